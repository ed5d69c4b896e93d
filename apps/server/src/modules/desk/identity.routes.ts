/** Who is one person with whom, as staff see and decide it. */
import type { Verdict as VerdictSchema } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { z } from 'zod';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import {
  decidePair,
  listDuplicates,
  type MemberVerdict,
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
    const { items, total } = await listDuplicates(deps.database.kysely, deps, input.company);
    return {
      items: items.map(({ a, b, waterfall, ...rest }) => ({
        ...{ a: guestSummary(a), b: guestSummary(b), waterfall: [...waterfall] },
        ...rest,
      })),
      total,
    };
  }),

  decide: api.identity.decide.handler(async ({ input, context }) => {
    if (input.a === input.b) {
      const issues = [{ path: 'b', message: 'is the same guest as a' }];
      throw problem('request/invalid', { issues });
    }
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

  members: api.identity.members.handler(async ({ input }) => {
    const { company, guest } = input;
    const db = deps.database.kysely;
    const read = await readMembers(db, deps, { company, subject: guest });
    if (read === undefined) throw problem('guest/not-found');
    const names = new Map((await listMembers(db, company)).map(({ id, name }) => [id, name]));
    return {
      members: read.members.map(guestSummary),
      verdicts: read.verdicts.map((one) => verdictOf(one, names)),
    };
  }),
});

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
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return staff.id;
}
