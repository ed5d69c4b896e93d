import { SPACE_FORMAT } from '@keepsake/configurator/worker';
import type { Database } from '../../platform/database/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { findStamp, findVersion } from './families.store.ts';
import { compileInThread } from './space-threads.ts';
import {
  findSpace,
  listVersions,
  type SpaceKey,
  type StoredSpace,
  saveSpace,
  type VersionRow,
} from './spaces.store.ts';

/** The largest space file that is kept and sent; what is larger every reader compiles alone. */
export const SPACE_BYTES_MAX = 16 * 1_048_576;
/** How long a request waits for a compile that it began or found under way. */
const PATIENCE_MS = 2_000;

type SpaceDeps = Pick<Deps, 'database' | 'clock' | 'log'>;

/** What one server is compiling, so that everybody who asks for a space waits for the same. */
interface Compiling {
  readonly spaces: Map<string, Promise<StoredSpace | undefined>>;
  readonly saves: Set<Promise<void>>;
  isEnding: boolean;
}

// By database: one process may hold several servers, one after the other.
const compilingOf = new WeakMap<Database, Compiling>();

function compilingIn({ database }: SpaceDeps): Compiling {
  const known = compilingOf.get(database);
  if (known !== undefined) return known;
  const made: Compiling = { spaces: new Map(), saves: new Set(), isEnding: false };
  compilingOf.set(database, made);
  return made;
}

/** Saves no more spaces, and waits for those being saved: what is compiled meanwhile is let go. */
export async function endCompiling(deps: SpaceDeps): Promise<void> {
  const compiling = compilingIn(deps);
  compiling.isEnding = true;
  // Whoever opens a server on this database next begins anew.
  compilingOf.delete(deps.database);
  await Promise.allSettled(compiling.saves);
}

/** Compiles the space of a version and keeps it; undefined where there is no such version. */
async function compileVersion(deps: SpaceDeps, key: SpaceKey): Promise<StoredSpace | undefined> {
  const compiling = compilingIn(deps);
  const version = await findVersion(deps.database.kysely, key);
  if (version === undefined) return undefined;
  const file = await compileInThread(version.model);
  const content = file !== undefined && file.length <= SPACE_BYTES_MAX ? file : undefined;
  const { isEnding, saves } = compiling;
  if (isEnding) return { content };
  const compiledAt = new Date(deps.clock.now());
  const save = saveSpace(deps.database.kysely, key, { content, compiledAt });
  saves.add(save);
  await save.finally(() => saves.delete(save));
  return { content };
}

function compileOnce(deps: SpaceDeps, key: SpaceKey): Promise<StoredSpace | undefined> {
  const { spaces } = compilingIn(deps);
  const id = [key.company, key.family, key.modelHash].join(' ');
  const known = spaces.get(id);
  if (known !== undefined) return known;
  const work = compileVersion(deps, key).finally(() => spaces.delete(id));
  spaces.set(id, work);
  return work;
}

/** Begins to compile a version that was just published; what fails is tried by the first reader. */
export function compileInBackground(deps: SpaceDeps, key: Omit<SpaceKey, 'format'>): void {
  compileOnce(deps, { ...key, format: SPACE_FORMAT }).catch((error: unknown) => {
    deps.log.warn({ error, family: key.family }, 'a space was not compiled; it is tried again');
  });
}

/** What a reader gets: the file, that there is none (yet), or that there is no such version. */
export type SpaceFile =
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-version' };

/**
 * The space file of a published version. It is missing where no diagram fits, where compiling takes
 * longer than a request waits, and where the reader wants a format that is not written here.
 */
export async function readSpaceFile(deps: SpaceDeps, key: SpaceKey): Promise<SpaceFile> {
  const stored = await findSpace(deps.database.kysely, key);
  if (stored !== undefined) return answer(stored);
  if ((await findStamp(deps.database.kysely, key)) === undefined) return { kind: 'no-version' };
  if (key.format !== SPACE_FORMAT) return { kind: 'missing' };
  const work = compileOnce(deps, key).catch((error: unknown) => {
    deps.log.warn({ error, family: key.family }, 'a space was not compiled; it is tried again');
    return undefined;
  });
  return answer(await Promise.race([work, patience()]));
}

function answer(space: StoredSpace | undefined): SpaceFile {
  const content = space?.content;
  return content === undefined ? { kind: 'missing' } : { kind: 'file', content };
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE_MS).unref();
  });
}

/** The published versions of a family, newest first; undefined where it was never published. */
export async function listFamilyVersions(
  deps: Pick<Deps, 'database'>,
  key: { readonly company: string; readonly family: string },
): Promise<readonly VersionRow[] | undefined> {
  const rows = await listVersions(deps.database.kysely, key);
  return rows.length === 0 ? undefined : rows;
}
