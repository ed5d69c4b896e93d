import type { Disparity, DisparityBy, TreatmentReport } from '@keepsake/contract';
import { type Scale, scaleOf } from '../../ui/scale.view.ts';

/** One scale for all effects of a list, with zero and what is worth having on it. */
export function effectScale(
  treatments: readonly Pick<TreatmentReport, 'effect' | 'worth'>[],
): Scale {
  return scaleOf([
    0,
    ...treatments.flatMap(({ effect, worth }) =>
      effect === null ? [] : [effect.low, effect.high, worth],
    ),
  ]);
}

/** How far a treatment is from an answer. */
export type Waiting =
  /** Customers whose outcome is known, and how many an answer takes. */
  | { readonly kind: 'counting'; readonly counted: number; readonly needed: number }
  /** Nobody's outcome is known yet. */
  | { readonly kind: 'nobody' }
  /** There is no saying how many an answer takes. */
  | { readonly kind: 'unknown'; readonly counted: number }
  /** There is an answer. */
  | { readonly kind: 'answered' };

/** What is still to be waited for, of one treatment. */
export function waitingFor(
  report: Pick<TreatmentReport, 'verdict' | 'treated' | 'control' | 'needed'>,
): Waiting {
  if (report.verdict !== 'running') return { kind: 'answered' };
  const counted = report.treated.counted + report.control.counted;
  if (counted === 0) return { kind: 'nobody' };
  return report.needed === null
    ? { kind: 'unknown', counted }
    : { kind: 'counting', counted, needed: Math.max(counted, roundly(report.needed)) };
}

/** An estimate of how many, in two digits. */
function roundly(count: number): number {
  return Number(count.toPrecision(2));
}

/** Where the four-fifths line lies for a report: of the rate of the group that is compared with. */
export function fourFifthsRate({ groups, reference }: Disparity): number | undefined {
  const rate = groups.find(({ group }) => group !== null && group === reference)?.rate;
  return rate === undefined ? undefined : 0.8 * rate;
}

/** One scale for the shares of all groups, from zero; never wider than the whole. */
export function rateScale({ groups }: Pick<Disparity, 'groups'>): Scale {
  return scaleOf([0, ...groups.map(({ high }) => Math.min(1, high))]);
}

/** How a group is called: a country by its name, everything else as it is kept; empty where not known. */
export function groupName(by: DisparityBy, group: string, locale: string): string {
  if (by !== 'country' || !/^[A-Z]{2}$/.test(group)) return group;
  return new Intl.DisplayNames(locale, { type: 'region' }).of(group) ?? group;
}
