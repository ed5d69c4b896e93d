import type { AccountedFact, MemoryAccount } from '@keepsake/contract';
import { calendarDateOf } from '../../ui/date.view.ts';

/** A question about the past, as the server takes it. */
export interface Moment {
  readonly purpose: string;
  readonly validAt?: string;
  readonly knownAt?: string;
  readonly site?: string;
}

/** The fields of the question as they are typed. */
export interface MomentFields {
  readonly purpose: string;
  /** As a `datetime-local` field gives it; empty is now. */
  readonly validAt: string;
  readonly knownAt: string;
  /** Empty is anywhere. */
  readonly site: string;
}

/** The question that the fields put; undefined while a time is not one. */
export function momentOf(fields: MomentFields): Moment | undefined {
  const validAt = instantOf(fields.validAt);
  const knownAt = instantOf(fields.knownAt);
  if (validAt === undefined || knownAt === undefined) return undefined;
  return {
    purpose: fields.purpose,
    ...(validAt === '' ? {} : { validAt }),
    ...(knownAt === '' ? {} : { knownAt }),
    ...(fields.site === '' ? {} : { site: fields.site }),
  };
}

/** A local time as an instant; empty stays empty. */
function instantOf(local: string): string | undefined {
  if (local === '') return '';
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What is believed now, and what was believed once: the newest belief first. */
export function byBelief(facts: readonly AccountedFact[]): {
  readonly now: readonly AccountedFact[];
  readonly once: readonly AccountedFact[];
} {
  const sorted = [...facts].sort((a, b) => b.believedFrom.localeCompare(a.believedFrom));
  return {
    now: sorted.filter(({ believedUntil }) => believedUntil === null),
    once: sorted.filter(({ believedUntil }) => believedUntil !== null),
  };
}

type Consent = MemoryAccount['consents'][number];

/** The purposes that may read a fact, and those it is withheld from, in the company's order. */
export function readersByPurpose(
  fact: Pick<AccountedFact, 'readableFor'>,
  consents: readonly Consent[],
): { readonly may: readonly Consent[]; readonly mayNot: readonly Consent[] } {
  const isAllowed = ({ purpose }: Consent) => fact.readableFor.includes(purpose);
  return {
    may: consents.filter(isAllowed),
    mayNot: consents.filter((consent) => !isAllowed(consent)),
  };
}

/** How many facts ever believed are kept for a purpose. */
export function keptCount(facts: readonly AccountedFact[], purpose: string): number {
  return facts.filter((fact) => fact.purpose === purpose).length;
}

/** The name of a file with what is kept of a person. */
export function fileName(what: 'export' | 'receipt', id: string, now: number): string {
  return `${what}-${id.slice(-12)}-${calendarDateOf(now)}.jsonld`;
}
