import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../model/model.ts';
import { backtrackSolutions } from '../../testing/backtrack.ts';
import { readUvl } from './uvl.ts';

type Dice = ReturnType<typeof seededRandom>;
/** Which features are there, and the number that each typed one holds. */
interface Design {
  readonly has: readonly boolean[];
  readonly holds: readonly number[];
}

interface Feature {
  readonly name: string;
  readonly parent: number;
  readonly group: number;
  readonly price: number | undefined;
  readonly isTyped: boolean;
}

interface Group {
  readonly parent: number;
  readonly word: string;
  readonly min: number;
  readonly max: number;
}

interface Said {
  readonly text: string;
  readonly is: (design: Design) => boolean;
}

interface Sketch {
  readonly features: readonly Feature[];
  readonly groups: readonly Group[];
  readonly rules: readonly Said[];
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[dice.below(list.length)] as T;
}

function sketchGroup(dice: Dice, parent: number): Group {
  const min = dice.below(4);
  const kinds = [
    { word: 'mandatory', min: 9, max: 9 },
    { word: 'optional', min: 0, max: 9 },
    { word: 'or', min: 1, max: 9 },
    { word: 'alternative', min: 1, max: 1 },
    { word: `[${String(min)}..${String(min + 1)}]`, min, max: min + 1 },
    { word: `[${String(min)}..*]`, min, max: 9 },
  ];
  return { parent, ...pick(dice, kinds) };
}

function sketchTree(dice: Dice, count: number, isTyped: boolean) {
  const root = { name: 'f0', parent: -1, group: -1, price: undefined, isTyped: false };
  const features: Feature[] = [root];
  const groups: Group[] = [];
  while (features.length < count) {
    const isNew = groups.length === 0 || dice.below(3) === 0;
    if (isNew) groups.push(sketchGroup(dice, dice.below(features.length)));
    const group = isNew ? groups.length - 1 : dice.below(groups.length);
    const parent = groups[group]?.parent ?? 0;
    const i = features.length;
    features.push({
      name: dice.below(4) === 0 ? `f ${String(i)}` : `f${String(i)}`,
      parent,
      group,
      price: dice.below(2) === 0 ? (dice.below(21) - 8) / 4 : undefined,
      isTyped: isTyped && dice.below(3) === 0,
    });
  }
  return { features, groups };
}

function quoted(name: string): string {
  return name.includes(' ') ? `"${name}"` : name;
}

interface Numeric {
  readonly text: string;
  readonly is: (design: Design) => number;
}

function plainTerm(dice: Dice, features: readonly Feature[]): Numeric {
  const priced = features.flatMap(({ price }, i) => (price === undefined ? [] : [i]));
  const constant = (dice.below(17) - 8) / 4;
  const text = constant < 0 ? `(0 - ${String(-constant)})` : String(constant);
  if (priced.length === 0 || dice.below(3) === 0) return { text, is: () => constant };
  const all = ({ has }: Design): number[] =>
    priced.flatMap((f) => (has[f] ? [features[f]?.price ?? 0] : []));
  const sum = (design: Design): number => all(design).reduce((a, b) => a + b, 0);
  const roll = dice.below(4);
  if (roll === 0) return { text: 'sum(Price)', is: sum };
  if (roll === 1) {
    const is = (design: Design): number =>
      all(design).length === 0 ? 0 : sum(design) / all(design).length;
    return { text: 'avg(Price)', is };
  }
  const f = pick(dice, priced);
  const is = ({ has }: Design): number => (has[f] ? (features[f]?.price ?? 0) : 0);
  return { text: `${quoted(features[f]?.name ?? '')}.Price`, is };
}

function openTerm(dice: Dice, features: readonly Feature[]): Numeric {
  const typed = features.flatMap((feature, i) => (feature.isTyped ? [i] : []));
  if (typed.length === 0) return plainTerm(dice, features);
  const f = pick(dice, typed);
  const factor = pick(dice, [1, 2, 0.5, 3]);
  const is = ({ has, holds }: Design): number => (has[f] ? (holds[f] ?? 0) * factor : 0);
  const name = quoted(features[f]?.name ?? '');
  return { text: factor === 1 ? name : `${name} * ${String(factor)}`, is };
}

function comparison(dice: Dice, features: readonly Feature[]): Said {
  const left = dice.below(2) === 0 ? openTerm(dice, features) : plainTerm(dice, features);
  const first = plainTerm(dice, features);
  const second = plainTerm(dice, features);
  const isProduct = dice.below(4) === 0;
  const right: Numeric = {
    text: isProduct ? `${first.text} * ${second.text}` : `${first.text} + ${second.text}`,
    is: (d) => (isProduct ? first.is(d) * second.is(d) : first.is(d) + second.is(d)),
  };
  const op = pick(dice, ['==', '!=', '<', '<=', '>', '>=']);
  // All numbers are a few quarters, but averages: noise must not decide.
  const difference = (d: Design): number => Math.round((left.is(d) - right.is(d)) * 1e9) / 1e9;
  const compares: Readonly<Record<string, (n: number) => boolean>> = {
    '==': (n) => n === 0,
    '!=': (n) => n !== 0,
    '<': (n) => n < 0,
    '<=': (n) => n <= 0,
    '>': (n) => n > 0,
    '>=': (n) => n >= 0,
  };
  const holds = compares[op] ?? (() => false);
  return { text: `${left.text} ${op} ${right.text}`, is: (d) => holds(difference(d)) };
}

function condition(
  dice: Dice,
  features: readonly Feature[],
  numbers: boolean,
  depth: number,
): Said {
  const roll = depth <= 0 ? 0 : dice.below(7);
  if (roll < 2 && numbers && dice.below(2) === 0) return comparison(dice, features);
  if (roll < 2) {
    const f = dice.below(features.length);
    return { text: quoted(features[f]?.name ?? ''), is: ({ has }) => has[f] === true };
  }
  const of = (): Said => condition(dice, features, numbers, depth - 1);
  const [a, b, c] = [of(), of(), of()];
  if (roll === 2) return { text: `!(${a.text})`, is: (d) => !a.is(d) };
  if (roll === 3) return { text: `(${a.text}) <=> (${b.text})`, is: (d) => a.is(d) === b.is(d) };
  if (roll === 4) return { text: `(${a.text}) => (${b.text})`, is: (d) => !a.is(d) || b.is(d) };
  const [x, y, z] = [`(${a.text})`, `(${b.text})`, `(${c.text})`];
  if (roll === 5) return { text: `${x} & ${y} | ${z}`, is: (d) => (a.is(d) && b.is(d)) || c.is(d) };
  return { text: `${x} | ${y} | ${z}`, is: (d) => a.is(d) || b.is(d) || c.is(d) };
}

function sketch(
  seed: number,
  size: { features: number; rules: number; depth: number; typed: boolean; numbers: boolean },
): Sketch {
  const dice = seededRandom(seed);
  const tree = sketchTree(dice, size.features, size.typed);
  const rules = Array.from({ length: size.rules }, () =>
    condition(dice, tree.features, size.numbers, size.depth),
  );
  return { ...tree, rules };
}

function write({ features, groups, rules }: Sketch): string {
  const lines = ['features'];
  const walk = (f: number, indent: string): void => {
    const { name, price, isTyped } = features[f] as Feature;
    const attributes = price === undefined ? '' : ` {Price ${String(price)}}`;
    lines.push(`${indent}${isTyped ? 'Integer ' : ''}${quoted(name)}${attributes}`);
    groups.forEach((group, g) => {
      if (group.parent !== f) return;
      lines.push(`${indent}\t${group.word}`);
      features.forEach((child, c) => {
        if (child.group === g) walk(c, `${indent}\t\t`);
      });
    });
  };
  walk(0, '\t');
  return [...lines, 'constraints', ...rules.map(({ text }) => `\t${text}`), ''].join('\n');
}

function fits({ features, groups, rules }: Sketch, design: Design): boolean {
  const { has } = design;
  if (has[0] !== true) return false;
  const isTree = features.every(({ parent }, f) => parent < 0 || !has[f] || has[parent] === true);
  const isGrouped = groups.every(({ parent, min, max, word }, g) => {
    const children = features.flatMap(({ group }, f) => (group === g ? [f] : []));
    const held = children.filter((f) => has[f]).length;
    if (has[parent] !== true) return true;
    if (word === 'mandatory') return held === children.length;
    return children.length === 0 || (min <= held && held <= max);
  });
  return isTree && isGrouped && rules.every(({ is }) => is(design));
}

function* allOf(count: number): Generator<readonly boolean[]> {
  for (let bits = 0; bits < 2 ** count; bits++) {
    yield Array.from({ length: count }, (_, i) => ((bits >> i) & 1) === 1);
  }
}

function read(text: string): Model {
  const result = readUvl(text);
  if (result.kind === 'refused') throw new Error(`${text}\n${JSON.stringify(result.error)}`);
  return result.value;
}

/** The features that are there, in the order of the sketch, and what the typed ones hold. */
function keyOf(model: Model, { features }: Sketch, values: Int32Array): string {
  const find = (name: string): number =>
    model.variables.findIndex((variable) => variable.name === name);
  return features
    .map(({ name, isTyped }) => {
      const has = values[find(name)] === 1;
      const v = isTyped ? find(`value of ${name}`) : -1;
      return has && v >= 0 ? String(model.variables[v]?.values[values[v] ?? 0]) : String(has);
    })
    .join();
}

/** The region of a model that a number lies in. */
function regionOf(model: Model, name: string, number: number): string | undefined {
  const variable = model.variables.find((each) => each.name === `value of ${name}`);
  const found = variable?.values.find((label) => {
    if (typeof label === 'number') return label === number;
    const [word, low, , high] = String(label).split(' ');
    if (word === 'below') return number < Number(low);
    if (word === 'above') return number > Number(low);
    return word === 'between' && number > Number(low) && number < Number(high);
  });
  return variable === undefined ? 'true' : String(found);
}

function checkBoolean(seed: number, size: Parameters<typeof sketch>[1]): void {
  const drawn = sketch(seed, size);
  const model = read(write(drawn));
  expect(model.outside).toEqual([]);
  const found = backtrackSolutions(model.problem).map((values) => keyOf(model, drawn, values));
  const wanted = [...allOf(size.features)].filter((has) => fits(drawn, { has, holds: [] }));
  expect(found.sort()).toEqual(wanted.map((has) => has.join()).sort());
}

const SEEDS = fc.nat({ max: 1_000_000 });

describe('a random model has the designs that its text means', () => {
  it('CFG-56 with groups and constraints of any depth', () => {
    const size = fc.record({
      features: fc.integer({ min: 1, max: 8 }),
      rules: fc.integer({ min: 0, max: 3 }),
      depth: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(SEEDS, size, (seed, drawn) => {
        checkBoolean(seed, { ...drawn, typed: false, numbers: false });
      }),
      { numRuns: 400 },
    );
  });

  it('CFG-56 with sums, averages and products of attributes', () => {
    const size = fc.record({
      features: fc.integer({ min: 2, max: 7 }),
      rules: fc.integer({ min: 1, max: 3 }),
      depth: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(SEEDS, size, (seed, drawn) => {
        checkBoolean(seed, { ...drawn, typed: false, numbers: true });
      }),
      { numRuns: 400 },
    );
  });

  it('CFG-56 with whole numbers that have no domain: each is what its range is', () => {
    fc.assert(
      fc.property(SEEDS, fc.integer({ min: 2, max: 5 }), (seed, features) => {
        const drawn = sketch(seed, { features, rules: 2, depth: 2, typed: true, numbers: true });
        const model = read(write(drawn));
        fc.pre(!model.outside.some((text) => text.startsWith('line')));
        const found = new Set(
          backtrackSolutions(model.problem).map((values) => keyOf(model, drawn, values)),
        );
        const dice = seededRandom(seed + 1);
        const met = new Set<string>();
        for (const has of allOf(features)) {
          for (let trial = 0; trial < 60; trial++) {
            const holds = drawn.features.map(() => dice.below(41) - 20);
            const key = drawn.features.map(({ name, isTyped }, f) =>
              has[f] && isTyped ? regionOf(model, name, holds[f] ?? 0) : String(has[f]),
            );
            if (fits(drawn, { has, holds })) met.add(key.join());
            else expect(found.has(key.join())).toBe(false);
          }
        }
        for (const key of met) expect(found.has(key)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
