import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice, Repair } from './answers.ts';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { repairs } from './repair.ts';
import { type Session, startSession } from './session.ts';
import { compileSpace } from './space.ts';
import { enumerateDesigns, isPossibleByTrial, repairsByTrial } from './testing/oracle.ts';
import { randomFamily } from './testing/random-family.ts';
import { viewSession } from './view.ts';
import { parseFamily } from './yaml.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  attributes: fc.integer({ min: 2, max: 6 }),
  rules: fc.integer({ min: 1, max: 5 }),
  tables: fc.integer({ min: 0, max: 2 }),
  formulas: fc.integer({ min: 0, max: 1 }),
  prices: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

function walkOf(of: Parameters<typeof randomFamily>[0], walk: number): Session {
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  const space = compileSpace(parsed.value, undefined, of.seed % 3 === 0 ? 12 : undefined);
  const dice = seededRandom(walk);
  let session = startSession(space);
  const choices = allChoices(session);
  for (let step = 0; step < 6; step++) {
    const choice = choices[dice.below(choices.length)] ?? { attribute: '', value: 0 };
    const outcome = decide(session, choice);
    if (outcome.kind === 'ok') session = outcome.value.session;
  }
  return session;
}

function allChoices(session: Session): Choice[] {
  return session.space.lookup.variables.flatMap(({ kind, id, values }) =>
    kind === 'attribute' ? values.map((value) => ({ attribute: id, value })) : [],
  );
}

/** Whether a value is possible when only these rules and choices count, by trying every design. */
function isPossibleUnder(
  session: Session,
  rules: ReadonlySet<string>,
  choices: readonly Choice[],
  wanted: Choice,
): boolean {
  const { family } = session.space;
  const fewer = compileSpace({
    ...family,
    rules: family.rules.filter(({ id }) => rules.has(id)),
    tables: family.tables.filter(({ id }) => rules.has(id)),
    formulas: family.formulas.filter(({ id }) => rules.has(id)),
    prices: [],
  });
  return isPossibleByTrial(enumerateDesigns(fewer), choices, wanted);
}

/** Its rule is wide, and a part of it that mentions no attribute never holds. */
const partlyFalse = {
  ...{ seed: 759_735, attributes: 4, rules: 1 },
  ...{ tables: 0, formulas: 0, prices: 0, sums: 0 },
};

test('CFG-6 an explanation excludes the value, and no part of it can be left away', () => {
  let explained = 0;
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, walk) => {
      const session = walkOf(of, walk);
      const oracle = enumerateDesigns(session.space);
      for (const choice of allChoices(session).slice(0, 6)) {
        const isPossible = isPossibleByTrial(oracle, session.choices, choice);
        const answer = explain(session, choice);
        expect(answer.kind).toBe(isPossible ? 'possible' : 'impossible');
        if (answer.kind !== 'impossible') continue;
        explained++;
        const { rules, choices } = answer.because;
        const ids = rules.map(({ id }) => id);
        expect(isPossibleUnder(session, new Set(ids), choices, choice)).toBe(false);
        for (const id of ids) {
          const fewer = new Set(ids.filter((other) => other !== id));
          expect(isPossibleUnder(session, fewer, choices, choice)).toBe(true);
        }
        for (const own of choices) {
          const rest = choices.filter((other) => other !== own);
          expect(isPossibleUnder(session, new Set(ids), rest, choice)).toBe(true);
        }
      }
    }),
    { numRuns: 60, examples: [[partlyFalse, 1]] },
  );
  expect(explained).toBeGreaterThan(0);
});

function choicesAfter(session: Session, repair: Repair, wanted: Choice): Choice[] {
  const changed = new Map(repair.changes.map((change) => [change.attribute, change]));
  const kept = session.choices
    .filter(({ attribute }) => attribute !== wanted.attribute)
    .map((own) => {
      const change = changed.get(own.attribute);
      return change === undefined ? own : { attribute: own.attribute, value: change.to };
    });
  return [...kept, wanted];
}

/** A repair changes only what was chosen, can be carried out, and costs what it says. */
function expectSound(session: Session, repair: Repair, wanted: Choice): void {
  for (const { attribute, from, to } of repair.changes) {
    expect(from).not.toBe(to);
    expect(session.choices).toContainEqual({ attribute, value: from });
  }
  let next = startSession(session.space);
  for (const own of choicesAfter(session, repair, wanted)) {
    const outcome = decide(next, own);
    expect(outcome.kind).toBe('ok');
    if (outcome.kind === 'ok') next = outcome.value.session;
  }
  const [before, after] = [viewSession(session).price, viewSession(next).price];
  expect(repair.price).toEqual(after);
  if (after.kind !== 'exact' || before.kind !== 'exact') throw new Error('no budget was set');
  expect(repair.minChangeMinor).toBe(after.minMinor - before.minMinor);
  expect(repair.maxChangeMinor).toBe(after.maxMinor - before.maxMinor);
}

test('CFG-7 CFG-8 repairs are the minimal sets of choices to change, fewest first, and they work', () => {
  let repaired = 0;
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, walk) => {
      const session = walkOf(of, walk);
      const oracle = enumerateDesigns(session.space);
      for (const choice of allChoices(session)) {
        const expected = repairsByTrial(oracle, session.choices, choice);
        const { repairs: found, isComplete } = repairs(session, choice, { most: 100 });
        expect(isComplete).toBe(true);
        const sets = found.map(({ changes }) => changes.map((c) => c.attribute).sort());
        const inOrder = (list: readonly (readonly string[])[]) => list.map((s) => s.join()).sort();
        expect(inOrder(sets)).toEqual(inOrder(expected));
        const sizes = sets.map((s) => s.length);
        expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
        expect(repairs(session, choice, { most: 1 }).repairs[0]).toEqual(found[0]);
        for (const repair of found) {
          repaired += repair.changes.length;
          expectSound(session, repair, choice);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(repaired).toBeGreaterThan(0);
});
