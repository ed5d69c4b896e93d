import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { ANY, makeProblem, type Problem } from '../problem/problem.ts';
import { type Session, startSession } from '../session.ts';
import { searchBackend } from '../solve/search-backend.ts';
import { compileSpace, prepareSpace, type Space } from '../space.ts';
import { randomFamily } from '../testing/random-family.ts';
import { viewSession } from '../view.ts';
import { parseFamily } from '../yaml.ts';
import { compileNow } from './compile-problem.ts';

function familyOf(seed: number) {
  const of = { seed, attributes: 9, rules: 7, tables: 2, formulas: 1, prices: 3 };
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** All that a page would show after each of a few choices. */
function answers(space: Space): unknown[] {
  let session: Session = startSession(space);
  const seen: unknown[] = [];
  for (const attribute of space.family.attributes) {
    const view = viewSession(session);
    const { completion, price, attributes, isComplete } = view;
    seen.push({ price, attributes, isComplete, total: completion?.totalMinor });
    const wish = completion?.values[attribute.id];
    if (wish === undefined) continue;
    const taken = decide(session, { attribute: attribute.id, value: wish });
    if (taken.kind === 'ok') session = taken.value.session;
  }
  return seen;
}

test.each([3, 14, 15, 22, 65])('CFG-25 diagrams answer as search does (family %d)', (seed) => {
  const family = familyOf(seed);
  const prepared = compileSpace(family);
  expect(prepareSpace(prepared)).toBe(true);
  expect(answers(prepared)).toEqual(answers(compileSpace(family, searchBackend)));
});

test('CFG-25 answers are the same before, while and after a space is prepared', () => {
  const family = familyOf(4);
  const before = answers(compileSpace(family));
  const during = compileSpace(family);
  let slices = 0;
  do {
    expect(answers(during)).toEqual(before);
    slices += 1;
  } while (!prepareSpace(during, 1));
  expect(slices).toBeGreaterThan(3);
  expect(answers(during)).toEqual(before);
});

/** `x[2i] = x[2i + 1]` for all i, which a bad order would make exponential. */
function pairs(count: number): Problem {
  const constraints = Array.from({ length: count }, (_, i) => ({
    kind: 'table' as const,
    scope: Int32Array.of(i, i + count),
    rows: Int32Array.of(0, 0, 1, 1, 2, 2),
  }));
  // One table over all joins the pairs to one component, and allows everything.
  const all = Int32Array.from({ length: 2 * count }, (_, v) => v);
  const any = new Int32Array(2 * count).fill(ANY);
  const joined = { kind: 'table' as const, scope: all, rows: any };
  return makeProblem(new Int32Array(2 * count).fill(3), [...constraints, joined]);
}

test('CFG-26 the order keeps partners together: the diagram grows with the model, not with its power', () => {
  const nodes = [4, 8, 16].map((count) => compileNow(pairs(count)).stats.nodes);
  expect(nodes).toEqual([17, 33, 65]);
});

test('CFG-26 a component that outgrows the budget of nodes is left to search', () => {
  expect(compileNow(pairs(8), { nodesMax: 10 }).kind).toBe('too-large');
});

test('CFG-26 the budget holds within a level too, where values multiply', () => {
  const rows = Int32Array.from({ length: 2 * 200 * 199 }, (_, i) => {
    const [a, b] = [Math.floor(i / 2 / 199), (i >> 1) % 199];
    return i % 2 === 0 ? a : b + (b >= a ? 1 : 0);
  });
  const scopes = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b]));
  const tables = scopes.map((scope) => ({
    kind: 'table' as const,
    scope: Int32Array.from(scope),
    rows,
  }));
  const problem = makeProblem(new Int32Array(4).fill(200), tables);
  expect(compileNow(problem, { nodesMax: 60_000, stepsMax: 3_000_000 }).kind).toBe('too-large');
});
