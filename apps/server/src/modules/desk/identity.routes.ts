/** Who is one person with whom, as staff see and decide it. */
import type { Verdict as VerdictSchema } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { z } from 'zod';
import type { Db } from '../../platform/database/schema.ts';
import type { RequestContext, StaffActor } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import {
  decideAttribution,
  decidePair,
  deferPair,
  listDuplicates,
  type MemberVerdict,
  readAttributions,
  readMembers,
  undoVerdict,
} from '../memory/index.ts';
import { listMembers } from '../staff/index.ts';
import type { DeskCollaborators, DeskDeps } from './desk.service.ts';
import { guestSummary } from './guests.rules.ts';

/** The endpoints of identity. What was joined or parted, open orders follow. */
export const identityRoutes = (
  deps: DeskDeps,
  { changed }: Pick<DeskCollaborators, 'changed'>,
) => ({
  duplicates: api.identity.duplicates.handler(async ({ input }) => {
    const db = deps.database.kysely;
    const { items, total, deferred, decided } = await listDuplicates(db, deps, input.company);
    const names = await staffNames(db, input.company);
    return {
      items: items.map(({ a, b, waterfall, ...rest }) => ({
        ...{ a: guestSummary(a), b: guestSummary(b), waterfall: [...waterfall] },
        ...rest,
      })),
      total,
      deferred: deferred.map(({ a, b, actor, at, until }) => ({
        ...{ a: guestSummary(a), b: guestSummary(b), byName: names.get(actor) ?? null },
        ...{ at: instantToText(at), until: instantToText(until) },
      })),
      decided: decided.map((one) => verdictOf(one, names)),
    };
  }),

  defer: api.identity.defer.handler(async ({ input, context }) => {
    refuseOne(input);
    const deferred = await deferPair(deps, { ...input, actor: actorOf(context) });
    if (deferred.kind === 'guest-not-found') throw problem('guest/not-found');
    const { until } = deferred;
    return { until: until === null ? null : instantToText(until) };
  }),

  decide: api.identity.decide.handler(async ({ input, context }) => {
    refuseOne(input);
    const decided = await decidePair(deps, { ...input, actor: actorOf(context) });
    switch (decided.kind) {
      case 'decided':
        // Of one person now, so that either of them will do; telling apart changes no person.
        if (input.kind === 'same') await changed(input.company, input.a);
        return { verdict: decided.verdict };
      case 'guest-not-found':
        throw problem('guest/not-found');
      case 'verdict-stands':
        throw problem('verdict/stands');
    }
  }),

  undo: api.identity.undo.handler(async ({ input, context }) => {
    const { company, verdict } = input;
    const undone = await undoVerdict(deps, { company, verdict, actor: actorOf(context) });
    if (undone.kind === 'verdict-not-found') throw problem('verdict/not-found');
    for (const subject of undone.subjects) await changed(company, subject);
    return { verdict };
  }),

  attributions: api.identity.attributions.handler(async ({ input, context }) => {
    const db = deps.database.kysely;
    const company = await findCompany(db, input.company);
    if (company === undefined) throw problem('company/not-found');
    const { id, name } = staffOf(context);
    const read = await readAttributions(db, deps, { company, reader: { kind: 'staff', id, name } });
    return {
      items: read.map(({ at, guest, other, ...rest }) => ({
        ...{ ...rest, at: instantToText(at) },
        ...{ guest: guestSummary(guest), other: guestSummary(other) },
      })),
    };
  }),

  attribute: api.identity.attribute.handler(async ({ input, context }) => {
    const { company, guest } = input;
    const attributed = await decideAttribution(deps, { ...input, actor: actorOf(context) });
    switch (attributed.kind) {
      case 'attributed':
        for (const subject of attributed.changed) await changed(company, subject);
        return { guest };
      case 'not-found':
        throw problem('memory/fact-not-found');
      case 'guest-not-found':
        throw problem('guest/not-found');
      case 'consent-required':
        throw problem('memory/consent-required', { purposes: [...attributed.purposes] });
    }
  }),

  members: api.identity.members.handler(async ({ input }) => {
    const { company, guest } = input;
    const db = deps.database.kysely;
    const read = await readMembers(db, deps, { company, subject: guest });
    if (read === undefined) throw problem('guest/not-found');
    const names = await staffNames(db, company);
    return {
      members: read.members.map(guestSummary),
      verdicts: read.verdicts.map((one) => verdictOf(one, names)),
    };
  }),
});

function refuseOne({ a, b }: { readonly a: string; readonly b: string }): void {
  if (a !== b) return;
  throw problem('request/invalid', { issues: [{ path: 'b', message: 'is the same guest as a' }] });
}

async function staffNames(db: Db, company: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await listMembers(db, company)).map(({ id, name }) => [id, name]));
}

function verdictOf(
  { a, b, at, actor, waterfall, ...rest }: MemberVerdict,
  names: ReadonlyMap<string, string>,
): z.infer<typeof VerdictSchema> {
  return {
    ...rest,
    ...{ a: guestSummary(a), b: guestSummary(b), at: instantToText(at) },
    byName: actor === null ? null : (names.get(actor) ?? null),
    waterfall: [...waterfall],
  };
}

function actorOf(context: RequestContext): string {
  return staffOf(context).id;
}

function staffOf(context: RequestContext): StaffActor {
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return staff;
}
