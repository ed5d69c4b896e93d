/** The endpoints for other systems of a company. */
import type { Deps } from '../../platform/deps.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { type BulkAnswer, recordLines } from './bulk.service.ts';
import type { Comparer } from './comparer.ts';
import type { MemoryCollaborators } from './memory.routes.ts';
import { readProfileOf } from './profile.service.ts';
import type { Reader } from './recall.service.ts';

type TouchpointDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'>;

/** What lines that name no source come from. */
const SOURCE_DEFAULT = 'import';

/** What goes on in the background once lines are taken. */
interface TouchpointWork {
  readonly comparer: Pick<Comparer, 'wake'>;
}

/** The endpoints of touchpoints. */
export const touchpointRoutes = (
  deps: TouchpointDeps,
  { changedMany, comparer }: Pick<MemoryCollaborators, 'changedMany'> & TouchpointWork,
) => ({
  record: api.touchpoint.record.handler(async ({ input, context }) => {
    const { params, query, body } = input;
    const answer = await recordLines(deps, {
      company: params.company,
      source: query.source ?? SOURCE_DEFAULT,
      text: await body.text(),
      ...recorderOf(context),
    });
    void comparer.wake();
    // A repetition too: the first answer may have been lost before the orders followed.
    await changedMany(params.company, guestsOf(answer));
    return linesOf(answer);
  }),

  profile: api.touchpoint.profile.handler(async ({ input, context }) => {
    const { guest, identifier, site, ...rest } = input;
    if ((guest === undefined) === (identifier === undefined)) {
      const issues = [{ path: 'guest', message: 'either a guest or an identifier is named' }];
      throw problem('request/invalid', { issues });
    }
    const answer = await readProfileOf(deps, {
      ...rest,
      ...(guest === undefined ? {} : { guest }),
      ...(identifier === undefined ? {} : { identifier }),
      ...(site === undefined ? {} : { site }),
      reader: readerOf(context),
    });
    switch (answer.kind) {
      case 'read':
        return answer.profile;
      case 'guest-not-found':
        throw problem('guest/not-found');
      case 'purpose-not-found':
        throw problem('memory/purpose-not-found');
    }
  }),
});

function readerOf({ actor }: RequestContext): Reader {
  const { staff } = actor;
  if (actor.operator || staff === null) return { kind: 'system' };
  return { kind: 'staff', id: staff.id, name: staff.name };
}

/** Only who operates the server speaks for a system that proves identifiers. */
function recorderOf({ actor }: RequestContext) {
  const { operator, staff } = actor;
  if (operator || staff === null)
    return { actor: { kind: 'system' } as const, isTrusted: operator };
  return { actor: { kind: 'staff', id: staff.id } as const, isTrusted: false };
}

function guestsOf(answer: BulkAnswer): readonly string[] {
  if (answer.kind !== 'answered') return [];
  return [...new Set(answer.lines.flatMap((line) => ('guest' in line ? [line.guest] : [])))];
}

function linesOf(answer: BulkAnswer) {
  switch (answer.kind) {
    case 'company-not-found':
      throw problem('company/not-found');
    case 'too-many-lines':
      throw problem('request/too-large');
    case 'answered': {
      const { lines } = answer;
      const count = (outcome: string): number =>
        lines.filter((line) => line.outcome === outcome).length;
      return {
        accepted: count('accepted'),
        duplicates: count('duplicate'),
        refused: count('refused'),
        lines: [...lines],
      };
    }
  }
}
