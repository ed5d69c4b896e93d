import type { Choice, PriceRange } from '../answers.ts';
import { checkDesign } from '../design.ts';
import type { Texts, Value, Values } from '../expression.ts';
import { priceDesign } from '../price.ts';
import type { Space } from '../space.ts';

/** Every valid design of a family with its price, found by trying all of them. */
export interface Oracle {
  readonly designs: readonly Values[];
  readonly pricesMinor: readonly number[];
}

/**
 * Tries every combination of values with `checkDesign` and prices it with `priceDesign`: it shares
 * neither boxes, classes, propagation nor search with the answers it judges. Cost is the product of
 * all domains; meant for some ten thousand combinations.
 */
export function enumerateDesigns(space: Space, texts: Texts = {}): Oracle {
  const designs: Values[] = [];
  const variables = space.lookup.variables.filter(({ kind }) => kind === 'attribute');
  const walk = (depth: number, values: Record<string, Value>): void => {
    const variable = variables[depth];
    if (variable === undefined) {
      if (checkDesign(space, values).length === 0) designs.push({ ...values });
      return;
    }
    for (const value of variable.values) walk(depth + 1, { ...values, [variable.id]: value });
  };
  walk(0, {});
  const pricesMinor = designs.map((values) => priceDesign(space.family, values, texts).totalMinor);
  return { designs, pricesMinor };
}

function keeps(design: Values, choices: readonly Choice[]): boolean {
  return choices.every(({ attribute, value }) => design[attribute] === value);
}

/** Whether some design has a value and keeps the choices about other attributes. */
export function isPossibleByTrial(
  oracle: Oracle,
  choices: readonly Choice[],
  wanted: Choice,
): boolean {
  const others = choices.filter(({ attribute }) => attribute !== wanted.attribute);
  return oracle.designs.some((design) => keeps(design, [...others, wanted]));
}

/** The price range over all designs that keep the choices; undefined when there is none. */
export function rangeByTrial(
  oracle: Oracle,
  choices: readonly Choice[],
): (PriceRange & { kind: 'exact' }) | undefined {
  const prices = oracle.pricesMinor.filter((_, i) => keeps(oracle.designs[i] ?? {}, choices));
  if (prices.length === 0) return undefined;
  return { kind: 'exact', minMinor: Math.min(...prices), maxMinor: Math.max(...prices) };
}

/** How many designs keep the choices. */
export function countByTrial(oracle: Oracle, choices: readonly Choice[]): number {
  return oracle.designs.filter((design) => keeps(design, choices)).length;
}

/**
 * All minimal sets of choices (as sorted attribute ids) that must change for a value to be had, the
 * smallest first: for each design with the value, those choices that it does not keep.
 */
export function repairsByTrial(
  oracle: Oracle,
  choices: readonly Choice[],
  wanted: Choice,
): readonly (readonly string[])[] {
  const others = choices.filter(({ attribute }) => attribute !== wanted.attribute);
  const sets = new Map<string, ReadonlySet<string>>();
  for (const design of oracle.designs) {
    if (!keeps(design, [wanted])) continue;
    const broken = others.filter((choice) => !keeps(design, [choice]));
    const ids = broken.map(({ attribute }) => attribute).sort();
    sets.set(ids.join(','), new Set(ids));
  }
  const all = [...sets.values()];
  const minimal = all.filter((set) => {
    return !all.some((other) => other.size < set.size && [...other].every((id) => set.has(id)));
  });
  return minimal.map((set) => [...set]).sort((a, b) => a.length - b.length);
}
