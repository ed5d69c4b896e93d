import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributeView, Choice, SessionView, Validity } from './answers.ts';
import { completeDesign } from './complete.ts';
import { decide } from './decide.ts';
import { checkDesign } from './design.ts';
import type { Value, Values } from './expression.ts';
import { priceDesign } from './price.ts';
import { redo, retract, type Session, startSession, undo, writeText } from './session.ts';
import type { Backend, Problem } from './solve/problem.ts';
import { searchBackend } from './solve/search-backend.ts';
import { compileSpace, prepareSpace, type Space } from './space.ts';
import {
  enumerateDesigns,
  isPossibleByTrial,
  type Oracle,
  rangeByTrial,
} from './testing/oracle.ts';
import { randomFamily } from './testing/random-family.ts';
import { viewSession } from './view.ts';
import { parseFamily } from './yaml.ts';

type Maker = ((problem: Problem) => Backend) | undefined;

/** Every property holds of search alone and of the diagrams that a prepared space uses. */
const backend = fc.constantFrom<Maker>(searchBackend, undefined);

const size = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    attributes: fc.integer({ min: 1, max: 6 }),
    rules: fc.integer({ min: 0, max: 4 }),
    tables: fc.integer({ min: 0, max: 2 }),
    formulas: fc.integer({ min: 0, max: 2 }),
    prices: fc.integer({ min: 0, max: 3 }),
    sums: fc.integer({ min: 0, max: 2 }),
    parts: fc.constantFrom(0, 0, 0, 1),
  })
  // All designs are tried: beside parts there is room for few other attributes.
  .map((of) => (of.parts > 0 ? { ...of, attributes: Math.min(2, of.attributes) } : of));

/** With few tuples small conditions count as too wide for tables, and become sums. */
function spaceOf(of: Parameters<typeof randomFamily>[0], make: Maker): Space {
  const parsed = parseFamily(randomFamily(of));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  const space = compileSpace(parsed.value, make, of.seed % 3 === 0 ? 12 : undefined);
  prepareSpace(space);
  return space;
}

function validityOf(view: AttributeView, value: Value): Validity | undefined {
  if (view.kind === 'text') return undefined;
  if (value === null) return view.absent;
  if (view.kind === 'values') return view.values.find((each) => each.value === value)?.validity;
  return view.runs.find(({ from, to }) => Number(value) >= from && Number(value) <= to)?.validity;
}

function allChoices(space: Space): Choice[] {
  return space.lookup.variables.flatMap(({ kind, id, values }) =>
    kind === 'attribute' ? values.map((value) => ({ attribute: id, value })) : [],
  );
}

/** Every answer of a view against the oracle. */
function agree(space: Space, oracle: Oracle, session: Session): SessionView {
  const view = viewSession(session);
  for (const choice of allChoices(space)) {
    const shown = view.attributes.find(({ id }) => id === choice.attribute);
    const isPossible = isPossibleByTrial(oracle, session.choices, choice);
    expect([choice, shown && validityOf(shown, choice.value)]).toEqual([
      choice,
      isPossible ? 'valid' : 'invalid',
    ]);
  }
  const range = rangeByTrial(oracle, session.choices);
  if (range !== undefined) expect(view.price).toEqual(range);
  return view;
}

type Dice = ReturnType<typeof seededRandom>;

const NO_CHOICE: Choice = { attribute: '', value: null };

function takeSome(start: Session, dice: Dice, count: number): Session {
  const choices = allChoices(start.space);
  let session = start;
  for (let step = 0; step < count; step++) {
    const outcome = decide(session, choices[dice.below(choices.length)] ?? NO_CHOICE);
    if (outcome.kind === 'ok') session = outcome.value.session;
  }
  return session;
}

/** Undoes, redoes, takes back or takes a random choice, and checks whether it is taken. */
function act(session: Session, oracle: Oracle, dice: Dice): Session {
  const roll = dice.below(8);
  if (roll === 0) return undo(session);
  if (roll === 1) return redo(session);
  if (roll === 2) return retract(session, session.choices[0]?.attribute ?? 'none');
  const choices = allChoices(session.space);
  const choice = choices[dice.below(choices.length)] ?? NO_CHOICE;
  const outcome = decide(session, choice);
  const isPossible = isPossibleByTrial(oracle, session.choices, choice);
  expect(outcome.kind).toBe(isPossible ? 'ok' : 'refused');
  return outcome.kind === 'ok' ? outcome.value.session : session;
}

test('CFG-1 CFG-2 CFG-5 validity and price range equal those of trying every design', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), backend, (of, walk, make) => {
      const space = spaceOf(of, make);
      const dice = seededRandom(walk);
      let session = startSession(space);
      const written = dice.below(2) === 0 ? writeText(session, 'note', 'hi') : undefined;
      if (written?.kind === 'ok') session = written.value;
      const plain = enumerateDesigns(space);
      const noted = enumerateDesigns(space, { note: 'hi' });
      const oracleOf = (): Oracle => (Object.hasOwn(session.texts, 'note') ? noted : plain);
      agree(space, oracleOf(), session);
      for (let step = 0; step < 7; step++) {
        session = act(session, oracleOf(), dice);
        agree(space, oracleOf(), session);
      }
    }),
    { numRuns: 100 },
  );
});

test('CFG-3 taking any valid value at every step never dead-ends', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), backend, (of, walk, make) => {
      const space = spaceOf(of, make);
      const dice = seededRandom(walk);
      let session = startSession(space);
      if (viewSession(session).completion === undefined) return;
      for (const { id, kind } of space.lookup.variables) {
        if (kind !== 'attribute') continue;
        const shown = viewSession(session).attributes.find((each) => each.id === id);
        const valid = allChoices(space).filter(
          (choice) =>
            choice.attribute === id && shown && validityOf(shown, choice.value) === 'valid',
        );
        expect(valid.length).toBeGreaterThan(0);
        const choice = valid[dice.below(valid.length)];
        if (choice === undefined) return;
        const outcome = decide(session, choice);
        expect(outcome.kind).toBe('ok');
        if (outcome.kind === 'ok') session = outcome.value.session;
      }
      const values = Object.fromEntries(session.choices.map((c) => [c.attribute, c.value]));
      expect(checkDesign(space, values)).toEqual([]);
      const { totalMinor } = priceDesign(space.family, values, {});
      expect(viewSession(session).price).toEqual({
        kind: 'exact',
        minMinor: totalMinor,
        maxMinor: totalMinor,
      });
    }),
    { numRuns: 120 },
  );
});

test('CFG-4 neither the order of choices nor that of the family changes an answer', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), backend, (of, walk, make) => {
      const space = spaceOf(of, make);
      const { family } = space;
      const turned = compileSpace({
        ...family,
        attributes: [...family.attributes]
          .reverse()
          .map((attribute) =>
            attribute.type === 'choice'
              ? { ...attribute, values: [...attribute.values].reverse() }
              : attribute,
          ),
        rules: [...family.rules].reverse(),
        tables: [...family.tables].reverse(),
      });
      const session = takeSome(startSession(space), seededRandom(walk), 4);
      let other = startSession(turned);
      for (const choice of [...session.choices].reverse()) {
        const outcome = decide(other, choice);
        expect(outcome.kind).toBe('ok');
        if (outcome.kind === 'ok') other = outcome.value.session;
      }
      const [view, mirror] = [viewSession(session), viewSession(other)];
      expect(mirror.price).toEqual(view.price);
      for (const choice of allChoices(space)) {
        const [a, b] = [view, mirror].map((each) =>
          each.attributes.find(({ id }) => id === choice.attribute),
        );
        expect(b && validityOf(b, choice.value)).toBe(a && validityOf(a, choice.value));
      }
    }),
    { numRuns: 100 },
  );
});

/** The choices and then, in the order of the family, each default that some design still has. */
function grantByTrial(oracle: Oracle, session: Session): Choice[] {
  const wished: Choice[] = [...session.choices];
  for (const { kind, id, values, wish } of session.space.lookup.variables) {
    if (kind !== 'attribute' || wish < 0) continue;
    if (wished.some(({ attribute }) => attribute === id)) continue;
    const choice = { attribute: id, value: values[wish] ?? null };
    if (isPossibleByTrial(oracle, wished, choice)) wished.push(choice);
  }
  return wished;
}

/** The first of the cheapest designs, by attribute and then by value in the order of the family. */
function firstByTrial(oracle: Oracle, { space }: Session, choices: readonly Choice[]) {
  const own = oracle.designs
    .map((design, i) => ({ design, price: oracle.pricesMinor[i] ?? 0 }))
    .filter(({ design }) => choices.every((each) => design[each.attribute] === each.value));
  const least = Math.min(...own.map(({ price }) => price));
  const placesOf = (design: Values): number[] =>
    space.lookup.variables
      .filter(({ kind }) => kind === 'attribute')
      .map(({ id, values }) => values.indexOf(design[id] ?? null));
  const keyed = own
    .filter(({ price }) => price === least)
    .map(({ design }) => ({ design, places: placesOf(design) }));
  keyed.sort((a, b) => {
    const at = a.places.findIndex((place, i) => place !== b.places[i]);
    return (a.places[at] ?? 0) - (b.places[at] ?? 0);
  });
  return keyed[0]?.design;
}

test('CFG-9 a completion is valid, keeps every choice, grants defaults, and is then the first of the cheapest', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 1e6 }), backend, (of, walk, make) => {
      const space = spaceOf(of, make);
      const session = takeSome(startSession(space), seededRandom(walk), 3);
      const values = completeDesign(session);
      const oracle = enumerateDesigns(space);
      expect(values === undefined).toBe(oracle.designs.length === 0);
      if (values === undefined) return;
      expect(checkDesign(space, values)).toEqual([]);
      const wished = grantByTrial(oracle, session);
      for (const { attribute, value } of wished) expect(values[attribute]).toBe(value);
      const total = priceDesign(space.family, values, {}).totalMinor;
      expect(total).toBe(rangeByTrial(oracle, wished)?.minMinor);
      expect(values).toEqual(firstByTrial(oracle, session, wished));
      expect(viewSession(session).completion).toEqual({ values, totalMinor: total });
    }),
    { numRuns: 120 },
  );
});
