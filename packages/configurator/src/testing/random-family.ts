import { seededRandom } from '@keepsake/kernel';

/** How large a random family is; every number shrinks towards a simpler one. */
export interface FamilySize {
  readonly seed: number;
  readonly attributes: number;
  readonly rules: number;
  readonly tables: number;
  readonly formulas: number;
  readonly prices: number;
}

type Dice = ReturnType<typeof seededRandom>;

interface Sketch {
  readonly id: string;
  readonly type: string;
  readonly values?: readonly { readonly id: string; readonly price: number }[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly optional?: boolean;
  readonly [key: string]: unknown;
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[dice.below(list.length)] as T;
}

function amount(dice: Dice): number {
  return (dice.below(9) - 2) * 2.5;
}

function sketchAttribute(dice: Dice, i: number): Sketch {
  const base = { id: `a${String(i)}`, name: `Attribute ${String(i)}` };
  const kind = dice.below(10);
  if (kind < 5) {
    const values = Array.from({ length: 1 + dice.below(4) }, (_, k) => ({
      id: `v${String(k)}`,
      price: amount(dice),
    }));
    const wish = dice.below(2) === 0 ? { default: pick(dice, values).id } : {};
    return { ...base, type: 'choice', values, ...wish };
  }
  if (kind < 7) {
    const wish = dice.below(2) === 0 ? { default: dice.below(2) === 0 } : {};
    return { ...base, type: 'boolean', price: amount(dice), ...wish };
  }
  const min = dice.below(3);
  const optional = dice.below(2) === 0 ? { optional: true } : {};
  const priced = dice.below(2) === 0 ? { pricePerUnit: amount(dice) } : {};
  const step = kind === 9 ? 0.5 : 1;
  const max = min + step * (1 + dice.below(4));
  const type = kind === 9 ? 'decimal' : 'integer';
  return { ...base, type, min, max, step, ...optional, ...priced };
}

function numberTerm(dice: Dice, sketches: readonly Sketch[], depth: number): string {
  const numeric = sketches.filter(({ type }) => type === 'integer' || type === 'decimal');
  const roll = dice.below(6);
  if (depth > 1 || roll < 3) {
    if (numeric.length > 0 && dice.below(3) > 0) return pick(dice, numeric).id;
    return String(dice.below(5));
  }
  const [a, b] = [numberTerm(dice, sketches, depth + 1), numberTerm(dice, sketches, depth + 1)];
  if (roll === 3) return `(${a} ${pick(dice, ['+', '-', '*', '/'])} ${b})`;
  if (roll === 4) return `${pick(dice, ['min', 'max'])}(${a}, ${b})`;
  return `${pick(dice, ['round', 'floor', 'ceil'])}(${a} * 0.5 - ${b})`;
}

function atom(dice: Dice, sketches: readonly Sketch[]): string {
  const sketch = pick(dice, sketches);
  if (sketch.values !== undefined && dice.below(4) > 0) {
    const value = pick(dice, sketch.values).id;
    if (dice.below(3) === 0) return `${sketch.id} in [${value}, ${pick(dice, sketch.values).id}]`;
    return `${sketch.id} ${pick(dice, ['=', '!='])} ${value}`;
  }
  if (sketch.type === 'boolean') return sketch.id;
  const op = pick(dice, ['=', '!=', '<', '<=', '>', '>=']);
  return `${numberTerm(dice, sketches, 0)} ${op} ${numberTerm(dice, sketches, 0)}`;
}

function condition(dice: Dice, sketches: readonly Sketch[], depth = 0): string {
  const roll = dice.below(8);
  if (depth > 1 || roll < 3) return atom(dice, sketches);
  if (roll < 4) return `not (${condition(dice, sketches, depth + 1)})`;
  const op = roll < 6 ? 'and' : 'or';
  return `(${condition(dice, sketches, depth + 1)} ${op} ${condition(dice, sketches, depth + 1)})`;
}

function anyMentions(sources: readonly string[]): boolean {
  return sources.some((source) => /\ba\d/.test(source));
}

function sketchRule(dice: Dice, sketches: readonly Sketch[], i: number): object {
  const head = { id: `r${String(i)}`, text: `Rule ${String(i)}` };
  const [when, then] = [condition(dice, sketches), condition(dice, sketches)];
  if (!anyMentions([when, then])) return { ...head, require: 'a0 = a0' };
  if (dice.below(3) > 0 || !anyMentions([when])) return { ...head, when, then };
  return { ...head, require: when };
}

function valuesOf(sketch: Sketch): readonly unknown[] {
  if (sketch.values !== undefined) return sketch.values.map(({ id }) => id);
  if (sketch.type === 'boolean') return [false, true];
  const { min = 0, max = 0, step = 1 } = sketch;
  const count = Math.round((max - min) / step) + 1;
  const grid: unknown[] = Array.from({ length: count }, (_, k) => min + k * step);
  return sketch.optional === true ? [...grid, null] : grid;
}

function sketchTable(dice: Dice, sketches: readonly Sketch[], i: number): object {
  const columns = [...new Set([0, 1, 2].map(() => pick(dice, sketches)))];
  const rows = Array.from({ length: 2 + dice.below(6) }, () =>
    columns.map((column) => {
      const roll = dice.below(5);
      if (roll === 0) return '*';
      const values = valuesOf(column);
      return roll === 1 ? [pick(dice, values), pick(dice, values)] : pick(dice, values);
    }),
  );
  const head = { id: `t${String(i)}`, text: `Table ${String(i)}` };
  return { ...head, columns: columns.map(({ id }) => id), rows };
}

function sketchFormula(dice: Dice, sketches: readonly Sketch[], i: number): object[] {
  const targets = sketches.filter(({ type }) => type !== 'boolean');
  if (targets.length === 0) return [];
  const target = pick(dice, targets);
  const others = sketches.filter((sketch) => sketch !== target);
  const head = { id: `f${String(i)}`, text: `Formula ${String(i)}`, attribute: target.id };
  const when = dice.below(2) === 0 && others.length > 0 ? { when: condition(dice, others) } : {};
  const value = numberTerm(dice, others, 0);
  if (target.values === undefined) return [{ ...head, ...when, value }];
  const first = { upTo: dice.below(3), is: pick(dice, target.values).id };
  return [{ ...head, ...when, value, steps: [first, { is: pick(dice, target.values).id }] }];
}

/**
 * The text of a small random family with rules, tables, formulas, open numbers and conditional
 * prices. The same size and seed give the same text. Many have designs; some contradict themselves.
 */
export function randomFamily(size: FamilySize): string {
  const dice = seededRandom(size.seed);
  const sketches = Array.from({ length: size.attributes }, (_, i) => sketchAttribute(dice, i));
  const times = <T>(count: number, make: (i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i));
  return JSON.stringify({
    keepsake: 1,
    family: 'random',
    name: 'Random',
    currency: 'EUR',
    basePrice: 10,
    attributes: [...sketches, { id: 'note', name: 'Note', type: 'text', maxLength: 9, price: 3 }],
    rules: times(size.rules, (i) => sketchRule(dice, sketches, i)),
    tables: times(size.tables, (i) => sketchTable(dice, sketches, i)),
    formulas: times(size.formulas, (i) => sketchFormula(dice, sketches, i)).flat(),
    prices: times(size.prices, (i) => ({
      id: `p${String(i)}`,
      text: `Price ${String(i)}`,
      when:
        dice.below(4) === 0 ? `note != '' and ${atom(dice, sketches)}` : condition(dice, sketches),
      price: amount(dice),
    })),
  });
}
