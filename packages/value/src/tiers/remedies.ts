import { invariant } from '@keepsake/kernel';
import { REMEDIES_MAX, type Remedy } from './policy.ts';

/** Every combination of the remedies of a catalogue, the empty one first. */
export interface RemedyCombinations {
  /** Kinds of cost that some remedy cuts. */
  readonly kinds: readonly string[];
  /** Ids of the remedies of each combination, in the order of the catalogue. */
  readonly ids: readonly (readonly string[])[];
  /** Share of each kind that a combination saves: combination by combination, kinds within. */
  readonly cuts: Float64Array;
  /** What each combination costs. */
  readonly cost: Float64Array;
}

/**
 * Prepares a catalogue, at most `REMEDIES_MAX` remedies: 2^n combinations. A remedy cuts its share of
 * what those beside it leave, so that no cost is saved twice.
 */
export function combineRemedies(remedies: readonly Remedy[]): RemedyCombinations {
  invariant(remedies.length <= REMEDIES_MAX, 'all combinations of remedies are tried');
  const kinds = [...new Set(remedies.flatMap((remedy) => Object.keys(remedy.cuts)))].sort();
  const count = 2 ** remedies.length;
  const cuts = new Float64Array(count * kinds.length);
  const cost = new Float64Array(count);
  const ids: (readonly string[])[] = [];
  for (let i = 0; i < count; i++) {
    const chosen = remedies.filter((_, bit) => ((i >> bit) & 1) === 1);
    ids.push(chosen.map((remedy) => remedy.id));
    cost[i] = chosen.reduce((sum, remedy) => sum + remedy.cost, 0);
    for (const [k, kind] of kinds.entries()) {
      const left = chosen.reduce((share, remedy) => share * (1 - (remedy.cuts[kind] ?? 0)), 1);
      cuts[i * kinds.length + k] = 1 - left;
    }
  }
  return { kinds, ids, cuts, cost };
}

/** What one combination saves of these costs, its own cost taken off; may be below zero. */
export function savingOf(
  combinations: RemedyCombinations,
  index: number,
  costs: Float64Array,
): number {
  const { kinds, cuts, cost } = combinations;
  let saving = -(cost[index] ?? 0);
  for (let k = 0; k < kinds.length; k++) {
    saving += (cuts[index * kinds.length + k] ?? 0) * (costs[k] ?? 0);
  }
  return saving;
}

/** The combination that saves most of these costs; the empty one, with 0, where none saves. */
export function bestCombination(
  combinations: RemedyCombinations,
  costs: Float64Array,
): { readonly index: number; readonly saving: number } {
  let [index, saving] = [0, 0];
  for (let i = 1; i < combinations.cost.length; i++) {
    const candidate = savingOf(combinations, i, costs);
    if (candidate > saving) [index, saving] = [i, candidate];
  }
  return { index, saving };
}
