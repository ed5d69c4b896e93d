import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Choice } from './answers.ts';
import { decide, release } from './decide.ts';
import { checkDesign } from './design.ts';
import { because, explain } from './explain.ts';
import type { Values } from './expression.ts';
import { importDesign } from './import-design.ts';
import { repairs } from './repair.ts';
import { lock, redo, retract, type Session, startSession, undo, unlock } from './session.ts';
import { compileSpace, type Space } from './space.ts';
import { suggest, type Wish } from './suggest.ts';
import {
  enumerateDesigns,
  isPossibleByTrial,
  type Oracle,
  repairsByTrial,
} from './testing/oracle.ts';
import { type FamilySize, randomFamily } from './testing/random-family.ts';
import { viewSession } from './view.ts';
import { parseFamily } from './yaml.ts';

const size = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    attributes: fc.integer({ min: 2, max: 5 }),
    rules: fc.integer({ min: 0, max: 4 }),
    tables: fc.integer({ min: 0, max: 1 }),
    formulas: fc.integer({ min: 0, max: 1 }),
    prices: fc.integer({ min: 0, max: 1 }),
    sums: fc.integer({ min: 0, max: 1 }),
    parts: fc.constantFrom(0, 0, 0, 1),
  })
  // All designs are tried: beside parts there is room for few other attributes.
  .map((of) => (of.parts > 0 ? { ...of, attributes: Math.min(2, of.attributes) } : of));
const walk = fc.integer({ min: 1, max: 1_000_000 });

type Dice = ReturnType<typeof seededRandom>;

function spaceOf(text: string, tuplesMax?: number): Space {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return compileSpace(parsed.value, undefined, tuplesMax);
}

function allChoices(space: Space): Choice[] {
  return space.lookup.variables.flatMap(({ kind, id, values }) =>
    kind === 'attribute' ? values.map((value) => ({ attribute: id, value })) : [],
  );
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[dice.below(list.length)] as T;
}

function takeSome(start: Session, dice: Dice, count: number): Session {
  let session = start;
  for (let step = 0; step < count; step++) {
    const outcome = decide(session, pick(dice, allChoices(start.space)));
    if (outcome.kind === 'ok') session = outcome.value.session;
  }
  return session;
}

function goTogether(oracle: Oracle, choices: readonly Choice[]): boolean {
  return oracle.designs.some((design) =>
    choices.every(({ attribute, value }) => design[attribute] === value),
  );
}

/** The weight of the heaviest set of wishes that goes with the choices, by trying every set. */
function heaviestByTrial(
  oracle: Oracle,
  choices: readonly Choice[],
  wishes: readonly Wish[],
): number {
  let best = 0;
  for (let mask = 0; mask < 1 << wishes.length; mask++) {
    const taken = wishes.filter((_, i) => ((mask >> i) & 1) === 1);
    const weight = taken.reduce((sum, wish) => sum + (wish.weight ?? 1), 0);
    if (weight > best && goTogether(oracle, [...choices, ...taken])) best = weight;
  }
  return best;
}

interface Scene {
  readonly space: Space;
  readonly oracle: Oracle;
  readonly dice: Dice;
  readonly session: Session;
}

/** A random session of a random family that has designs; undefined of one that has none. */
function sceneOf(of: FamilySize, seed: number, taken: number): Scene | undefined {
  const space = spaceOf(randomFamily(of), of.seed % 2 === 0 ? 12 : undefined);
  const oracle = enumerateDesigns(space);
  const dice = seededRandom(seed);
  if (oracle.designs.length === 0) return undefined;
  return { space, oracle, dice, session: takeSome(startSession(space), dice, taken) };
}

function wishesIn({ dice, space }: Scene, isWeighed: boolean): Wish[] {
  return Array.from({ length: 5 }, (_, i) => ({
    ...pick(dice, allChoices(space)),
    from: `fact-${String(i)}`,
    ...(isWeighed ? { weight: 1 + dice.below(4) } : {}),
  }));
}

function grantByTrial({ oracle, session }: Scene, wishes: readonly Wish[]): readonly Wish[] {
  const granted: Wish[] = [];
  for (const wish of wishes) {
    if (goTogether(oracle, [...session.choices, ...granted, wish])) granted.push(wish);
  }
  return granted;
}

function weightOf(wishes: readonly Wish[]): number {
  return wishes.reduce((sum, wish) => sum + (wish.weight ?? 1), 0);
}

/** Checks one answer about wishes; how many were granted and how many gave way. */
function checkWishes(scene: Scene, isWeighed: boolean): readonly [number, number] {
  const { oracle, session } = scene;
  const wishes = wishesIn(scene, isWeighed);
  const answer = suggest(session, [...wishes, { attribute: 'no_such', value: 1 }]);
  const { gaveWay, granted, isExact, unknown, values } = answer;
  expect([isExact, unknown.length]).toEqual([true, 1]);
  expect(granted.length + gaveWay.length).toBe(wishes.length);
  const all = [...session.choices, ...granted];
  expect(goTogether(oracle, all)).toBe(true);
  for (const { attribute, value } of all) expect(values?.[attribute]).toBe(value);
  if (isWeighed) expect(weightOf(granted)).toBe(heaviestByTrial(oracle, session.choices, wishes));
  else expect(granted).toEqual(grantByTrial(scene, wishes));
  for (const { wish, to, because: why } of gaveWay) {
    expect(wish.from).toMatch(/^fact-/);
    expect(to).toBe(goTogether(oracle, [...session.choices, wish]) ? 'wishes' : 'choices');
    const ids = new Set(all.map(({ attribute }) => attribute));
    expect(why.choices.filter(({ attribute }) => !ids.has(attribute))).toEqual([]);
  }
  return [granted.length, gaveWay.length];
}

test('CFG-63 wishes are granted as far as they go together, by order or by weight', () => {
  let [granted, gone] = [0, 0];
  fc.assert(
    fc.property(size, walk, fc.boolean(), (of, seed, isWeighed) => {
      const scene = sceneOf(of, seed, 2);
      const counts = scene && checkWishes(scene, isWeighed);
      granted += counts?.[0] ?? 0;
      gone += counts?.[1] ?? 0;
    }),
    { numRuns: 100 },
  );
  expect(granted).toBeGreaterThan(0);
  expect(gone).toBeGreaterThan(0);
});

function changedIn(session: Session, choice: Choice): string[] {
  const { repairs: found } = repairs(session, choice, { most: 100 });
  return found
    .map(({ changes }) =>
      changes
        .map((c) => c.attribute)
        .sort()
        .join(),
    )
    .sort();
}

/** Checks decisions and repairs about one value beside a locked choice; whether a reason names it. */
function checkLocked({ oracle, session }: Scene, own: Choice, choice: Choice): boolean {
  const isOther = choice.attribute === own.attribute && choice.value !== own.value;
  const expected = isOther ? [] : repairsByTrial(oracle, session.choices, choice);
  const kept = expected.filter((ids) => !ids.includes(own.attribute));
  expect(changedIn(session, choice)).toEqual(kept.map((ids) => ids.join()).sort());
  if (isOther) {
    const error = { kind: 'locked', reason: 'standard' };
    expect(decide(session, choice)).toMatchObject({ kind: 'refused', error });
  }
  const why = explain(session, choice);
  if (why.kind !== 'impossible') return false;
  const isNamed = why.because.choices.some(({ attribute }) => attribute === own.attribute);
  const locked = isNamed ? [{ attribute: own.attribute, reason: 'standard' }] : undefined;
  expect(why.because.locked).toEqual(locked);
  return isNamed;
}

test('CFG-64 locked choices stay: no decision, retraction, undo or repair changes them', () => {
  let named = 0;
  fc.assert(
    fc.property(size, walk, (of, seed) => {
      const scene = sceneOf(of, seed, 4);
      const own = scene?.session.choices[0];
      if (scene === undefined || own === undefined) return;
      const session = lock(scene.session, own.attribute, 'standard');
      expect(retract(session, own.attribute)).toBe(session);
      for (let back = session, n = 0; n < 5; n++, back = undo(back)) {
        expect(back.choices).toContainEqual(own);
        expect(redo(back).choices).toContainEqual(own);
      }
      for (const choice of allChoices(scene.space)) {
        if (checkLocked({ ...scene, session }, own, choice)) named++;
      }
      const free = session.choices.filter((each) => each !== own);
      expect(retract(unlock(session, own.attribute), own.attribute).choices).toEqual(free);
    }),
    { numRuns: 80 },
  );
  expect(named).toBeGreaterThan(0);
});

/** Checks why one value stands as it does; whether it is forced. */
function checkBecause({ oracle, session, space }: Scene, choice: Choice): boolean {
  const { attribute } = choice;
  const values = space.lookup.variables.find(({ id }) => id === attribute)?.values ?? [];
  const leftUnder = (choices: readonly Choice[]) =>
    values.filter((value) => isPossibleByTrial(oracle, choices, { attribute, value }));
  const left = leftUnder(session.choices);
  const standing = left.length === 1 ? 'forced' : 'open';
  const why = because(session, choice);
  expect([choice, why.kind]).toEqual([
    choice,
    left.includes(choice.value) ? standing : 'impossible',
  ]);
  if (why.kind !== 'forced') return false;
  // Its choices alone leave no other value under all the rules.
  expect(leftUnder(why.because.choices).filter((value) => value !== choice.value)).toEqual([]);
  return true;
}

/** Checks what taking a choice back gives; how many values it gives. */
function checkRelease({ oracle, session, space }: Scene, first: Choice): number {
  const back = release(session, first.attribute);
  expect(back.session).toEqual(retract(session, first.attribute));
  const others = allChoices(space).filter(({ attribute }) => attribute !== first.attribute);
  const expected = others.filter(
    (choice) =>
      isPossibleByTrial(oracle, back.session.choices, choice) &&
      !isPossibleByTrial(oracle, session.choices, choice),
  );
  const inOrder = (list: readonly Choice[]) => list.map((each) => JSON.stringify(each)).sort();
  expect(inOrder(back.possible)).toEqual(inOrder(expected));
  return back.possible.length;
}

test('CFG-65 what a choice did and what taking it back gives is told, with its reasons', () => {
  let [forcings, releases] = [0, 0];
  fc.assert(
    fc.property(size, walk, (of, seed) => {
      const scene = sceneOf(of, seed, 3);
      if (scene === undefined) return;
      for (const choice of allChoices(scene.space)) if (checkBecause(scene, choice)) forcings++;
      const [first] = scene.session.choices;
      if (first !== undefined) releases += checkRelease(scene, first);
    }),
    { numRuns: 80 },
  );
  expect(forcings).toBeGreaterThan(0);
  expect(releases).toBeGreaterThan(0);
});

/** How far a design is from an old one: values changed, then price, then steps. */
function farness(space: Space, old: Values, design: Values): readonly [number, number, number] {
  let [changes, amount, steps] = [0, 0, 0];
  for (const { kind, id, values, amountsMinor } of space.lookup.variables) {
    const was = values.indexOf(old[id] ?? null);
    if (kind !== 'attribute' || !Object.hasOwn(old, id) || was < 0) continue;
    const is = values.indexOf(design[id] ?? null);
    changes += is === was ? 0 : 1;
    amount += Math.abs((amountsMinor[is] ?? 0) - (amountsMinor[was] ?? 0));
    steps += Math.abs(is - was);
  }
  return [changes, amount, steps];
}

/** The family with one value of one choice taken out, which no condition may mention. */
function withoutValue(text: string, dice: Dice): string {
  const family = JSON.parse(text) as {
    attributes: { values?: { id: string }[]; default?: string }[];
  };
  const list = family.attributes.filter(({ values }) => (values?.length ?? 0) > 1);
  const chosen = list.length === 0 ? undefined : pick(dice, list);
  if (chosen !== undefined) {
    const [gone] = chosen.values?.splice(-1) ?? [];
    if (chosen.default === gone?.id) delete chosen.default;
  }
  return JSON.stringify(family);
}

/** Imports a design and compares with all designs of the family; how many values changed. */
function checkImport(space: Space, old: Values): number {
  const { designs } = enumerateDesigns(space);
  const lost = { ...old, old_thing: 'x' };
  const answer = importDesign(space, { values: lost, texts: { note: 'hi', gone: 'x' } });
  expect(answer.kind).toBe(designs.length > 0 ? 'ok' : 'refused');
  if (answer.kind === 'refused') return 0;
  const { session, kept, changed, dropped } = answer.value;
  expect(dropped).toContainEqual({ kind: 'attribute', attribute: 'old_thing', from: 'x' });
  expect(dropped).toContainEqual({ kind: 'text', attribute: 'gone', from: 'x' });
  expect(session.texts).toEqual({ note: 'hi' });
  const { completion } = viewSession(session);
  if (completion === undefined) throw new Error('a design was taken over');
  const { values } = completion;
  expect(checkDesign(space, values)).toEqual([]);
  for (const { attribute, value } of [...session.choices, ...kept]) {
    expect(values[attribute]).toBe(value);
  }
  const all = designs.map((design) => farness(space, old, design));
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  expect(farness(space, old, values)).toEqual(all[0]);
  expect(changed).toHaveLength(all[0]?.[0] ?? 0);
  for (const { attribute, because: why, from, to } of changed) {
    expect([from, to]).toEqual([old[attribute], values[attribute]]);
    expect((why?.rules.length ?? 0) + (why?.choices.length ?? 0)).toBeGreaterThan(0);
  }
  return changed.length;
}

test('CFG-66 a design of an older model is taken over with the fewest changes, then the closest', () => {
  let changed = 0;
  fc.assert(
    fc.property(size, walk, (of, seed) => {
      const isCut = seed % 3 === 0;
      const rules = { rules: 0, tables: 0, formulas: 0, prices: 0, sums: 0 };
      // Parts bring conditions of their own.
      const bare: FamilySize = { ...of, ...rules, parts: isCut ? 0 : of.parts };
      const dice = seededRandom(seed);
      const old = pick(dice, enumerateDesigns(spaceOf(randomFamily(bare))).designs);
      const space = spaceOf(isCut ? withoutValue(randomFamily(bare), dice) : randomFamily(of));
      changed += checkImport(space, old);
    }),
    { numRuns: 120 },
  );
  expect(changed).toBeGreaterThan(0);
});
