import type { Conflict, TextFault } from '@keepsake/configurator';
import { instantToText } from '@keepsake/kernel';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { wireMoney, wireRepairs } from './families.rules.ts';
import {
  evaluateSession,
  explainValue,
  findFamily,
  listFamilies,
  openSession,
  type PublishedFamily,
  publishFamily,
} from './families.service.ts';
import { listFamilyVersions, readSpaceFile } from './spaces.service.ts';

/** A refused choice or text, as the problem to answer with. */
export function conflictProblem(error: Conflict | TextFault): ReturnType<typeof problem> {
  switch (error.kind) {
    case 'attribute-unknown':
      return problem('design/unknown-attribute', { attribute: error.attribute });
    case 'value-unknown':
      return problem('design/unknown-value', { attribute: error.attribute });
    case 'impossible': {
      const { attribute, because } = error;
      const rules = because.rules.map(({ id, text }) => ({ id, text }));
      const choices = because.choices.map((choice) => choice.attribute);
      return problem('design/conflict', { attribute, rules, choices });
    }
    case 'undecided':
      return problem('design/undecided', { attribute: error.attribute });
    default:
      return problem('design/text-refused', { attribute: error.attribute, reason: error.kind });
  }
}

/** A version and a format never change: whoever has the file never has to ask again. */
const SPACE_CACHING = 'public, max-age=31536000, immutable';
const SPACE_TYPE = 'application/octet-stream';

async function getFamily(
  deps: Pick<Deps, 'database'>,
  input: {
    readonly company: string;
    readonly family: string;
    readonly modelHash?: string | undefined;
  },
): Promise<PublishedFamily> {
  const published = await findFamily(deps.database.kysely, input);
  if (published === undefined) throw problem('family/not-found');
  return published;
}

/** The handlers of `contract.families`, but for `quote`, which the orders module answers. */
export function familiesRoutes(deps: Deps) {
  return {
    list: api.families.list.handler(async ({ input }) => {
      const cards = await listFamilies(deps.database.kysely, input.company);
      return {
        items: cards.map(({ published, priceFromMinor, picture }) => ({
          id: published.id,
          name: published.family.name,
          summary: published.family.summary ?? published.family.name,
          demand: published.family.demand,
          modelHash: published.modelHash,
          priceFrom: wireMoney(published.family.currency, priceFromMinor),
          picture,
        })),
      };
    }),
    get: api.families.get.handler(async ({ input }) => {
      const { id, modelHash, publishedAt, family, layers } = await getFamily(deps, input);
      return { id, modelHash, publishedAt: instantToText(publishedAt), model: family, layers };
    }),
    versions: api.families.versions.handler(async ({ input }) => {
      const items = await listFamilyVersions(deps, input);
      if (items === undefined) throw problem('family/not-found');
      return {
        items: items.map(({ modelHash, publishedAt, isCurrent }) => ({
          modelHash,
          publishedAt: instantToText(publishedAt.getTime()),
          isCurrent,
        })),
      };
    }),
    space: api.families.space.handler(async ({ input, context }) => {
      const file = await readSpaceFile(deps, input);
      if (file.kind === 'no-version') throw problem('family/not-found');
      if (file.kind === 'missing') throw problem('family/space-missing');
      const { replyHeaders } = context;
      replyHeaders.set('cache-control', SPACE_CACHING);
      replyHeaders.set('etag', `"${input.modelHash}-${input.format}"`);
      return new File([new Uint8Array(file.content)], `${input.family}.space`, {
        type: SPACE_TYPE,
      });
    }),
    publish: api.families.publish.handler(async ({ input }) => {
      const outcome = await publishFamily(deps, input);
      switch (outcome.kind) {
        case 'invalid':
          throw problem('family/invalid', { issues: [...outcome.issues] });
        case 'contradictory': {
          const rules = outcome.contradictions.flatMap((found) => found.rules);
          throw problem('family/contradictory', {
            rules: rules.map(({ id, text }) => ({ id, text })),
          });
        }
        case 'published':
          return {
            modelHash: outcome.modelHash,
            publishedAt: instantToText(outcome.publishedAt),
            warnings: [...outcome.warnings],
          };
      }
    }),
    evaluate: api.families.evaluate.handler(async ({ input }) => {
      const opened = openSession(await getFamily(deps, input), input.decisions);
      if (opened.kind === 'refused') throw conflictProblem(opened.error);
      const view = evaluateSession(opened.value);
      if (view === undefined) throw problem('design/undecided');
      return view;
    }),
    explain: api.families.explain.handler(async ({ input }) => {
      const opened = openSession(await getFamily(deps, input), input.decisions);
      if (opened.kind === 'refused') throw conflictProblem(opened.error);
      const wish = { attribute: input.attribute, value: input.value };
      const answer = explainValue(opened.value, wish);
      if (answer.kind === 'unknown') throw problem('design/undecided');
      if (answer.kind === 'possible') {
        return { possible: true, rules: [], choices: [], repairs: [] };
      }
      return {
        possible: false,
        rules: answer.because.rules.map(({ id, text }) => ({ id, text })),
        choices: answer.because.choices.map((choice) => choice.attribute),
        repairs: [...wireRepairs(opened.value, wish)],
      };
    }),
  };
}
