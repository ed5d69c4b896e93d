import type { Problem, Review } from '@keepsake/contract';

/** How a person may end a review. */
export const OUTCOMES = ['remedies', 'no-change', 'part'] as const;
/** How a person may end a review. */
export type Outcome = (typeof OUTCOMES)[number];

type Remedy = Review['remedies'][number];

/** One remedy by itself, by its id. */
export interface Choice {
  readonly id: string;
  readonly remedy: Remedy;
}

/** The remedies of a review that can be chosen, each by itself. */
export function choicesOf({ remedies }: Pick<Review, 'remedies'>): readonly Choice[] {
  return remedies.flatMap((remedy) => remedy.ids.map((id) => ({ id, remedy })));
}

/** Whether what was typed can be sent; the server decides again. */
export function isComplete(
  outcome: Outcome,
  given: { readonly remedies: readonly string[]; readonly because: string },
): boolean {
  return outcome === 'remedies' ? given.remedies.length > 0 : given.because.trim() !== '';
}

/** Whether parting is open at all: not of who is above zero with remedies. */
export function mayPart({ why }: Pick<Review, 'why'>): boolean {
  return why === 'below-zero';
}

/** Refusals of an outcome that have words of their own. */
export const REFUSALS = ['no-reason', 'unknown-remedy', 'remedies-untried', 'curable'] as const;

/** Why an outcome was refused, of those that have words. */
export function refusalsOf(problem: Pick<Problem, 'issues'>): readonly (typeof REFUSALS)[number][] {
  const codes = (problem.issues ?? []).map(({ code = '' }) => code);
  return REFUSALS.filter((one) => codes.includes(`review/${one}`));
}
