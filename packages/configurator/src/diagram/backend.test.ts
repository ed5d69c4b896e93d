import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { type Session, startSession } from '../session.ts';
import { searchBackend } from '../solve/search-backend.ts';
import { compileSpace, prepareSpace, type Space } from '../space.ts';
import { randomFamily } from '../testing/random-family.ts';
import { viewSession } from '../view.ts';
import { parseFamily } from '../yaml.ts';
import { compileDiagram, type Diagram, type DiagramTask } from './compile.ts';

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

test.each([3, 14, 15, 92, 65])('CFG-25 diagrams answer as search does (family %d)', (seed) => {
  const family = familyOf(seed);
  const prepared = compileSpace(family);
  expect(prepareSpace(prepared)).toBe(true);
  expect(answers(prepared)).toEqual(answers(compileSpace(family, searchBackend)));
});

test('CFG-25 answers are the same before, while and after a space is prepared', () => {
  const family = familyOf(8);
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

function compile(task: DiagramTask, nodesMax?: number): Diagram | undefined {
  const work = compileDiagram(task, nodesMax);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** `x[2i] = x[2i + 1]` for all i, which a bad order would make exponential. */
function pairs(count: number): DiagramTask {
  const variables = Array.from({ length: 2 * count }, (_, v) => v);
  const rows = [0, 1, 2].map((c) => [new Set([c]), new Set([c])]);
  const tables = Array.from({ length: count }, (_, i) => ({ scope: [i, i + count], rows }));
  return { variables, sizes: new Int32Array(2 * count).fill(3), tables };
}

test('CFG-26 the order keeps partners together: the diagram grows with the model, not with its power', () => {
  const nodes = [4, 8, 16].map((count) => compile(pairs(count))?.nodeCount ?? 0);
  expect(nodes).toEqual([16, 32, 64]);
});

test('CFG-26 a component that outgrows the budget of nodes is left to search', () => {
  expect(compile(pairs(8), 10)).toBeUndefined();
});

test('CFG-26 the budget holds within a level too, where values multiply', () => {
  const classes = Array.from({ length: 200 }, (_, c) => c);
  const rows = classes.map((c) => [new Set([c]), new Set(classes.filter((d) => d !== c))]);
  const variables = [0, 1, 2, 3];
  const tables = variables.flatMap((a) =>
    variables.filter((b) => b > a).map((b) => ({ scope: [a, b], rows })),
  );
  expect(compile({ variables, sizes: new Int32Array(4).fill(200), tables })).toBeUndefined();
});
