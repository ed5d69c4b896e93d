import {
  type Choice,
  type Conflict,
  compileSpace,
  type Explanation,
  explain,
  type Family,
  familyHash,
  type ModelIssue,
  prepareSpace,
  restoreSession,
  type Session,
  type Space,
  startSession,
  type TextFault,
  viewSession,
} from '@keepsake/configurator';
import { adoptSpaceFile, SPACE_FORMAT } from '@keepsake/configurator/worker';
import { parseFamily } from '@keepsake/configurator/yaml';
import type { DesignView } from '@keepsake/contract';
import type { Instant } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { pictureOf } from './families.picture.ts';
import { warningsOf, wireView } from './families.rules.ts';

import {
  type FamilyVersion,
  findStamp,
  findVersion,
  listPublished,
  savePublished,
} from './families.store.ts';
import { checkInThread } from './space-threads.ts';
import { compileInBackground } from './spaces.service.ts';
import { findSpace } from './spaces.store.ts';

/** A published version of a family, compiled. */
export interface PublishedFamily {
  readonly id: string;
  readonly modelHash: string;
  readonly publishedAt: Instant;
  readonly family: Family;
  readonly space: Space;
  readonly layers: Readonly<Record<string, string>>;
}

/**
 * Families in memory, compiled, by company, family, model hash and time of writing: what is found
 * under such a key never changes, so that nothing here ever goes stale.
 */
const KEPT_MAX = 60;
const kept = new Map<string, PublishedFamily>();

/** Compiles a space between requests, a slice at a time; search answers until it is done. */
function prepareInBackground(space: Space): void {
  setImmediate(() => {
    if (!prepareSpace(space, 1)) prepareInBackground(space);
  }).unref();
}

async function keep(db: Db, version: FamilyVersion, key: string): Promise<PublishedFamily> {
  const { company, family, modelHash } = version;
  const file = (await findSpace(db, { company, family, modelHash, format: SPACE_FORMAT }))?.content;
  const space = compileSpace(version.model);
  const isCompiled = file !== undefined && adoptSpaceFile(space, file);
  if (!isCompiled) prepareInBackground(space);
  const published = {
    id: version.family,
    modelHash: version.modelHash,
    publishedAt: version.publishedAt.getTime(),
    family: space.family,
    space,
    layers: version.layers,
  };
  kept.set(key, published);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return published;
}

/** A family as customers see it now, or the version that `modelHash` names. */
export async function findFamily(
  db: Db,
  key: {
    readonly company: string;
    readonly family: string;
    readonly modelHash?: string | undefined;
  },
): Promise<PublishedFamily | undefined> {
  const { company, family } = key;
  const stamp = await findStamp(db, key);
  if (stamp === undefined) return undefined;
  const { modelHash, publishedAt } = stamp;
  const id = `${company} ${family} ${modelHash} ${publishedAt.getTime()}`;
  const known = kept.get(id);
  if (known !== undefined) return known;
  const version = await findVersion(db, { company, family, modelHash });
  return version && (await keep(db, version, id));
}

/** A family in a list: what it is, from what price, and how its default design looks. */
export interface FamilyCard {
  readonly published: PublishedFamily;
  readonly priceFromMinor: number;
  readonly picture: string;
}

/** The families a company sells. */
export async function listFamilies(db: Db, company: string): Promise<readonly FamilyCard[]> {
  const listed = await listPublished(db, company);
  const found = await Promise.all(listed.map((entry) => findFamily(db, { company, ...entry })));
  return found.flatMap((published) => {
    if (published === undefined) return [];
    const view = viewSession(startSession(published.space));
    const priceFromMinor =
      view.price.kind === 'exact' ? view.price.minMinor : view.price.atLeastMinor;
    const picture = pictureOf(published, view.completion?.values ?? {}, {});
    return [{ published, priceFromMinor, picture }];
  });
}

/** Why a family was not published. */
export type PublishRefusal =
  | { readonly kind: 'invalid'; readonly issues: readonly ModelIssue[] }
  | { readonly kind: 'contradictory'; readonly contradictions: readonly Explanation[] };

/** What publishing answers. */
export type PublishOutcome =
  | {
      readonly kind: 'published';
      readonly modelHash: string;
      readonly publishedAt: Instant;
      readonly warnings: ReturnType<typeof warningsOf>;
    }
  | PublishRefusal;

export interface PublishFamily {
  readonly company: string;
  readonly family: string;
  readonly yaml: string;
  /** Picture layers by file name; those of the version before when left out. */
  readonly layers?: Readonly<Record<string, string>> | undefined;
}

/** Checks a family, compiles it, and makes it the version that customers see. */
export async function publishFamily(
  deps: Pick<Deps, 'database' | 'clock' | 'log'>,
  input: PublishFamily,
): Promise<PublishOutcome> {
  const parsed = parseFamily(input.yaml);
  if (parsed.kind === 'refused') return { kind: 'invalid', issues: parsed.error };
  const model = parsed.value;
  if (model.id !== input.family) return { kind: 'invalid', issues: [wrongId(input.family)] };
  const layerIssues = issuesOfLayers(input.layers ?? {});
  if (layerIssues.length > 0) return { kind: 'invalid', issues: layerIssues };
  const findings = await checkInThread(model);
  if (findings.contradictions.length > 0) {
    return { kind: 'contradictory', contradictions: findings.contradictions };
  }
  const { company, family } = input;
  const modelHash = familyHash(model);
  const publishedAt = new Date(deps.clock.now());
  await deps.database.transaction(async (tx) => {
    const layers = input.layers ?? (await findFamily(tx, { company, family }))?.layers ?? {};
    const version = { company, family, modelHash, model, layers, publishedAt };
    await savePublished(tx, { ...version, source: input.yaml });
  });
  compileInBackground(deps, { company, family, modelHash });
  return {
    kind: 'published',
    modelHash,
    publishedAt: publishedAt.getTime(),
    warnings: warningsOf(findings),
  };
}

/** Layers are SVG documents by file name; what no store can hold is neither. */
function issuesOfLayers(layers: Readonly<Record<string, string>>): readonly ModelIssue[] {
  return Object.entries(layers).flatMap(([file, svg]) => {
    const isName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.svg$/.test(file);
    if (isName && !/[\0\p{Cs}]/u.test(svg)) return [];
    const message = isName ? 'This is no SVG document.' : 'A layer is named by a file, as arm.svg.';
    return [{ code: 'value/form', line: 1, column: 1, path: `layers.${file}`, message } as const];
  });
}

function wrongId(family: string): ModelIssue {
  return {
    code: 'value/form',
    line: 1,
    column: 1,
    path: 'family',
    message: `The address says “${family}”, the file says another family.`,
  };
}

/** A session with these choices; refused with the first that does not go with those before. */
export function openSession(
  published: PublishedFamily,
  decisions: readonly Choice[],
  texts: Readonly<Record<string, string>> = {},
):
  | { readonly kind: 'ok'; readonly value: Session }
  | { readonly kind: 'refused'; readonly error: Conflict | TextFault } {
  return restoreSession(published.space, decisions, texts);
}

/** What is still possible after these choices; undefined where the step budget ran out. */
export function evaluateSession(session: Session): DesignView | undefined {
  return wireView(session, viewSession(session));
}

/** Why a value is excluded; the rules in the customer's words. */
export function explainValue(
  session: Session,
  wish: Choice,
):
  | { readonly kind: 'possible' }
  | { readonly kind: 'impossible'; readonly because: Explanation }
  | { readonly kind: 'unknown' } {
  const answer = explain(session, wish);
  return answer.kind === 'unknown' ? { kind: 'unknown' } : answer;
}
