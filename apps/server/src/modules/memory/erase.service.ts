import type { Instant } from '@keepsake/kernel';
import type { Database } from '../../platform/database/database.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { inTurns } from './bulk.service.ts';
import { deleteSubject, reclaimDeleted } from './erase.store.ts';
import { tombstoneOf } from './identity.service.ts';
import { listLinksAround, lockLinks } from './links.store.ts';
import { membersOf, projectAround } from './members.service.ts';
import type { MemoryServiceDeps, Who } from './memory-deps.ts';
import { openJson } from './sealing.ts';
import { insertTombstones, listIdentifiers, lockSubjectWhole } from './subjects.store.ts';

/** Deletes or makes nameless what one module keeps of a subject; answers how many rows. */
export type Eraser = (tx: Tx, company: string, subject: string) => Promise<number>;

/** The numbers of the orders that are still being made for a subject. */
export type OpenOrders = (db: Db, company: string, subject: string) => Promise<readonly string[]>;

/** Whom to erase, and what of other modules goes with them. */
export interface EraseInput extends Who {
  readonly erasers: readonly Eraser[];
  /** Absent: open orders do not stand in the way. */
  readonly openOrders?: OpenOrders;
}

/** What became of it. */
export type Erased =
  | { readonly kind: 'erased'; readonly at: Instant; readonly rows: number }
  | { readonly kind: 'orders-open'; readonly orders: readonly string[] }
  | { readonly kind: 'subject-not-found' };

/**
 * Erases a person: in one transaction every module deletes its rows, memory its own, the keys of
 * all subjects of the person are destroyed, and tombstones are left that an import will respect.
 * Then the room of the deleted rows is given up, on a server in the background. Cannot be undone, not from a backup either where
 * the keys are the newer ones.
 */
export async function eraseSubject(
  deps: MemoryServiceDeps & Pick<Deps, 'log'>,
  input: EraseInput,
): Promise<Erased> {
  // Whoever compares or attributes at this moment holds rows of theirs before the subject.
  const erased = await inTurns(deps, (tx) => eraseLocked(tx, deps, input));
  if (erased.kind === 'erased') {
    const reclaimed = reclaimInTurn(deps);
    // The tables of a server may be large, and what is left in them is sealed with a destroyed key.
    if (deps.database.backend === 'pglite') await reclaimed;
  }
  return erased;
}

/** Databases whose room is being given up, and whether it is to be done once more. */
const reclaiming = new WeakMap<Database, { again: boolean }>();

/** One at a time: several at once would only wait for each other. Never fails. */
async function reclaimInTurn(deps: Pick<Deps, 'database' | 'log'>): Promise<void> {
  const { database, log } = deps;
  const running = reclaiming.get(database);
  if (running !== undefined) {
    running.again = true;
    return;
  }
  const turn = { again: true };
  reclaiming.set(database, turn);
  try {
    while (turn.again) {
      turn.again = false;
      await reclaimDeleted(database.kysely);
    }
  } catch (error) {
    log.warn({ error }, 'the room of erased rows was not given up yet');
  } finally {
    reclaiming.delete(database);
  }
}

async function eraseLocked(tx: Tx, deps: MemoryServiceDeps, input: EraseInput): Promise<Erased> {
  const { company, subject, erasers } = input;
  await lockLinks(tx, company);
  const members = await membersOf(tx, company, subject);
  const gone: string[] = [];
  // In one order, like everybody who locks several.
  for (const member of [...members].sort()) {
    const row = await lockSubjectWhole(tx, { company, subject: member });
    if (row === undefined) gone.push(member);
  }
  if (gone.includes(subject)) return { kind: 'subject-not-found' };
  const open: string[] = [];
  for (const member of members) {
    open.push(...((await input.openOrders?.(tx, company, member)) ?? []));
  }
  if (open.length > 0) return { kind: 'orders-open', orders: open };
  const links = await listLinksAround(tx, company, members);
  let rows = 0;
  for (const member of members) {
    const who = { company, subject: member };
    await leaveTombstones(tx, deps, who);
    for (const erase of erasers) rows += await erase(tx, company, member);
    rows += await deleteSubject(tx, who);
    if (await deps.keys.eraseSubjectKey(tx, company, member)) rows += 1;
  }
  // Others were told apart from them, or would be one person but for them.
  const others = new Set(links.flatMap(({ a, b }) => [a, b]).filter((one) => one !== null));
  for (const member of members) others.delete(member);
  await projectAround(tx, company, [...others]);
  return { kind: 'erased', at: deps.clock.now(), rows };
}

async function leaveTombstones(tx: Tx, deps: MemoryServiceDeps, who: Who): Promise<void> {
  const key = await deps.keys.findSubjectKey(tx, who.company, who.subject);
  if (key === undefined) return;
  const identifiers = await listIdentifiers(tx, who.company, [who.subject]);
  const erased_at = new Date(deps.clock.now());
  const rows = identifiers.map(({ kind, value }) => {
    const handle = {
      company: who.company,
      kind,
      value: openJson<string>(key, 'identifier.value', value),
    };
    return { company: who.company, kind, hmac: tombstoneOf(deps, handle), erased_at };
  });
  await insertTombstones(tx, rows);
}
