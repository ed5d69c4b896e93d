import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { problemOf } from './family-problem.ts';
import { startSession } from './session.ts';
import { compileSpace, prepareSpace } from './space.ts';
import { viewSession } from './view.ts';
import { parseFamily } from './yaml.ts';

/** Cents a percent of each of ten shares. */
const CENTS = [30, 12, 45, 8, 22, 60, 17, 35, 50, 10];

const SHARES = `
keepsake: 1
family: blend
name: Blend
currency: EUR
basePrice: 1
attributes:
${CENTS.map(
  (cents, i) =>
    `  - { id: q${String(i)}, name: Q, type: integer, min: 0, max: 100, unit: '%', pricePerUnit: ${String(cents / 100)} }`,
).join('\n')}
rules:
  - { id: whole, text: Shares come to a hundred, require: ${CENTS.map((_, i) => `q${String(i)}`).join(' + ')} = 100 }
  - { id: dose, text: Two of the first and three of the second, require: 2 * q0 + 3 * q1 <= 120 }
`;

function spaceOf(text: string) {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return compileSpace(parsed.value);
}

test('CFG-61 ten shares that come to a hundred are kept as a sum, and answered exactly', () => {
  const space = spaceOf(SHARES);
  const { problem } = problemOf(space);
  const whole = problem.constraints.find(({ kind }) => kind === 'linear');
  expect(whole).toMatchObject({ min: 100, max: 100, scope: { length: 10 } });
  const start = startSession(space);
  // All of the cheapest, or of the dearest, and a base price of 1.
  expect(viewSession(start).price).toEqual({ kind: 'exact', minMinor: 900, maxMinor: 6_100 });
  const taken = decide(start, { attribute: 'q5', value: 70 });
  if (taken.kind === 'refused') throw new Error('it can be had');
  const view = viewSession(taken.value.session);
  expect(view.price).toEqual({
    kind: 'exact',
    minMinor: 100 + 70 * 60 + 30 * 8,
    maxMinor: 100 + 70 * 60 + 30 * 50,
  });
  expect(view.attributes[2]).toMatchObject({
    runs: [
      { from: 0, to: 30, validity: 'valid' },
      { from: 31, to: 100, validity: 'invalid' },
    ],
  });
  expect(view.attributes[1]).toMatchObject({ runs: [{ to: 30 }, { validity: 'invalid' }] });
  expect(explain(taken.value.session, { attribute: 'q2', value: 31 })).toMatchObject({
    kind: 'impossible',
    because: { rules: [{ id: 'whole' }], choices: [{ attribute: 'q5', value: 70 }] },
  });
});

test('CFG-61 a prepared space answers the same about sums', () => {
  const [fresh, prepared] = [spaceOf(SHARES), spaceOf(SHARES)];
  prepareSpace(prepared);
  const views = [fresh, prepared].map((space) => viewSession(startSession(space)));
  expect(views[1]?.attributes).toEqual(views[0]?.attributes);
  expect(views[1]?.price).toEqual(views[0]?.price);
});
