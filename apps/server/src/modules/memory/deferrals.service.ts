/** Putting a possible duplicate off, so that it does not come up for everybody at every look. */
import { DAY_MS, type Instant } from '@keepsake/kernel';
import { deleteDeferralsBetween, mostBitsBetween, upsertDeferral } from './deferrals.store.ts';
import { holdSubjects } from './linkage.store.ts';
import { lockLinks } from './links.store.ts';
import { membersOf } from './members.service.ts';
import type { MemoryServiceDeps } from './memory-deps.ts';

/** A pair to be put off. */
export interface Deferral {
  readonly company: string;
  readonly a: string;
  readonly b: string;
  /** For how long; 0 has it come up again now. */
  readonly days: number;
  /** Id of the member of staff. */
  readonly actor: string;
}

/** What became of it: until when it is put off, null where it is not. */
export type Deferred =
  | { readonly kind: 'deferred'; readonly until: Instant | null }
  | { readonly kind: 'guest-not-found' };

/**
 * Puts a pair off for everybody of the company, in place of what was put off between the two before.
 * It comes up sooner where more speaks for it than does now, and is decided by a verdict as ever.
 */
export async function deferPair(deps: MemoryServiceDeps, deferral: Deferral): Promise<Deferred> {
  const { company, days, actor } = deferral;
  const [a = '', b = ''] = [deferral.a, deferral.b].sort();
  return await deps.database.transaction(async (tx) => {
    // A merge at the same moment would leave behind what is put off between its two.
    await lockLinks(tx, company);
    const there = await holdSubjects(tx, company, [a, b]);
    if (there.length < 2) return { kind: 'guest-not-found' };
    const persons = [await membersOf(tx, company, a), await membersOf(tx, company, b)] as const;
    await deleteDeferralsBetween(tx, company, persons);
    if (days === 0) return { kind: 'deferred', until: null };
    const bits = await mostBitsBetween(tx, company, persons);
    const now = deps.clock.now();
    const until = now + days * DAY_MS;
    await upsertDeferral(tx, {
      ...{ company, a, b, bits, actor },
      ...{ at: new Date(now), until: new Date(until) },
    });
    return { kind: 'deferred', until };
  });
}
