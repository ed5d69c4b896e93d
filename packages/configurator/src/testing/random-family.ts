import { seededRandom } from '@keepsake/kernel';

/** How large a random family is; every number shrinks towards a simpler one. */
export interface FamilySize {
  readonly seed: number;
  readonly attributes: number;
  readonly rules: number;
  readonly tables: number;
  readonly formulas: number;
  readonly prices: number;
  /** Rules and prices that compare sums; none when left out. */
  readonly sums?: number;
  /** Kinds of parts, of which there can be two or three; none when left out. */
  readonly parts?: number;
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

function addend(dice: Dice, sketches: readonly Sketch[]): string {
  const sketch = pick(dice, sketches);
  const factor = pick(dice, ['', '', '2 * ', '0.5 * ', '3 * ']);
  if (sketch.values !== undefined)
    return `${factor}(${sketch.id} = ${pick(dice, sketch.values).id})`;
  const roll = dice.below(6);
  if (sketch.type === 'boolean' || roll > 2) return `${factor}${sketch.id}`;
  if (roll === 0) return `${factor}(${condition(dice, sketches)})`;
  if (roll === 1) return `sum(${sketch.id}, ${numberTerm(dice, sketches, 1)})`;
  return `${factor}min(${sketch.id}, ${numberTerm(dice, sketches, 1)})`;
}

function sumOf(dice: Dice, sketches: readonly Sketch[]): string {
  const parts = Array.from({ length: 2 + dice.below(3) }, () => addend(dice, sketches));
  const sum = parts.map((part, i) => (i > 0 ? `${pick(dice, ['+', '+', '-'])} ${part}` : part));
  if (dice.below(8) === 0) return `(${sum.join(' ')}) in [1, ${String(dice.below(6))}]`;
  const op = pick(dice, ['=', '!=', '<', '<=', '>', '>=']);
  const other = dice.below(4) === 0 ? `${addend(dice, sketches)} + 0` : String(dice.below(8));
  return `${sum.join(' ')} ${op} ${other}`;
}

function sketchSum(dice: Dice, sketches: readonly Sketch[], i: number): object {
  const head = { id: `s${String(i)}`, text: `Sum ${String(i)}` };
  const roll = dice.below(4);
  const [when, then] = [sumOf(dice, sketches), sumOf(dice, sketches)];
  if (!anyMentions([when])) return { ...head, require: 'a0 = a0' };
  if (roll === 0) return { ...head, when, then };
  return roll === 1 ? { ...head, require: `not (${when})` } : { ...head, require: when };
}

interface PartSketch {
  readonly attributes: readonly { readonly id: string }[];
  readonly [key: string]: unknown;
}

function sketchParts(dice: Dice, i: number): PartSketch {
  const own = [
    {
      id: 'x',
      type: 'choice',
      values: ['u', 'v', 'w'].slice(dice.below(2)).map((id) => ({ id, price: amount(dice) })),
    },
    { id: 'y', type: 'integer', min: 1, max: 2 + dice.below(2), pricePerUnit: amount(dice) },
    { id: 'z', type: 'boolean', price: amount(dice) },
  ];
  const from = dice.below(3);
  const attributes = own.slice(from, from + 1 + dice.below(2));
  return {
    id: `p${String(i)}`,
    one: { id: `o${String(i)}` },
    // All designs are tried: many parts with many values would be too many.
    max: attributes.length > 1 ? 2 : 2 + dice.below(2),
    min: dice.below(4) === 0 ? 1 : 0,
    price: amount(dice),
    attributes,
    ...(dice.below(4) === 0 ? { interchangeable: false } : {}),
  };
}

/** Conditions about parts; each mentions what only some kinds of parts have, or none of them. */
function partCondition(
  dice: Dice,
  i: number,
  attributes: readonly { readonly id: string }[],
): string {
  const p = `p${String(i)}`;
  const has = (id: string): boolean => attributes.some((each) => each.id === id);
  const options = [
    `count(${p}) ${pick(dice, ['<=', '>=', '!='])} ${String(dice.below(3))}`,
    ...(has('x') ? [`any(${p}.x = w)`, `all(${p}.x != v)`, `count(${p}.x = w) <= 1`] : []),
    ...(has('y')
      ? [
          `sum(${p}.y) ${pick(dice, ['<=', '='])} ${String(2 + dice.below(3))}`,
          `sum(2 - ${p}.y + (1 = 1)) < 3`,
        ]
      : []),
    ...(has('y') && has('x') ? [`sum((${p}.x = v) * ${p}.y + (a0 = a0)) <= 4`] : []),
    ...(has('z') ? [`not any(${p}.z)`, `all(${p}.z or a0 = a0)`] : []),
    ...(has('z') && has('y') ? [`all(${p}.z or ${p}.y = 1)`] : []),
  ];
  return pick(dice, options);
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
  const kinds = times(size.parts ?? 0, (i) => sketchParts(dice, i));
  const about = (i: number): string => partCondition(dice, i, kinds[i]?.attributes ?? []);
  const sums = times(size.sums ?? 0, (i) => sketchSum(dice, sketches, i));
  const partRules = kinds.map((_, i) => ({
    id: `q${String(i)}`,
    text: `Parts ${String(i)}`,
    require: dice.below(2) === 0 ? about(i) : `${about(i)} or ${atom(dice, sketches)}`,
  }));
  return JSON.stringify({
    keepsake: 1,
    family: 'random',
    name: 'Random',
    currency: 'EUR',
    basePrice: 10,
    attributes: [...sketches, { id: 'note', name: 'Note', type: 'text', maxLength: 9, price: 3 }],
    ...(kinds.length === 0 ? {} : { parts: kinds }),
    rules: [...times(size.rules, (i) => sketchRule(dice, sketches, i)), ...sums, ...partRules],
    tables: times(size.tables, (i) => sketchTable(dice, sketches, i)),
    formulas: times(size.formulas, (i) => sketchFormula(dice, sketches, i)).flat(),
    prices: [
      ...times(size.prices, (i) => ({
        id: `p${String(i)}`,
        text: `Price ${String(i)}`,
        when:
          dice.below(4) === 0
            ? `note != '' and ${atom(dice, sketches)}`
            : condition(dice, sketches),
        price: amount(dice),
      })),
      ...sums.map((_, i) => ({
        id: `sum${String(i)}`,
        text: `Sum ${String(i)}`,
        when: sumOf(dice, sketches),
        price: amount(dice),
      })),
      ...kinds.map((_, i) => ({
        id: `part${String(i)}`,
        text: `Part ${String(i)}`,
        when: about(i),
        price: amount(dice),
      })),
    ],
  });
}
