/** What a trusted source proves to be one person is a verdict like any other, and can be taken back. */
import { newId } from '@keepsake/kernel';
import type { Tx } from '../../platform/database/schema.ts';
import type { Assigned } from './bulk-people.rules.ts';
import { insertLink, listLinkedPairs, type Pair } from './links.store.ts';
import { projectAround } from './members.service.ts';
import type { MemoryDeps } from './memory-deps.ts';

/** Whether lines prove things that other subjects proved before. */
export function needsLinks(assigned: readonly Assigned[]): boolean {
  return assigned.some((one) => one.others.length > 0);
}

/**
 * Appends a machine's `same` for each pair that has none yet, also none that was taken back: a source
 * that repeats itself does not outvote who parted them. Under `lockLinks`.
 */
export async function linkOwners(
  tx: Tx,
  deps: MemoryDeps,
  { company, accepted }: { readonly company: string; readonly accepted: readonly Assigned[] },
): Promise<void> {
  const pairs = new Map<string, Pair>();
  for (const { subject, others } of accepted) {
    for (const other of others) {
      const [a = '', b = ''] = [subject, other].sort();
      pairs.set(`${a} ${b}`, { a, b });
    }
  }
  if (pairs.size === 0) return;
  for (const { a, b } of await listLinkedPairs(tx, company, [...pairs.values()])) {
    pairs.delete(`${a} ${b}`);
  }
  const at = deps.clock.now();
  for (const { a, b } of pairs.values()) {
    await insertLink(tx, {
      ...{ company, kind: 'same', a, b, voids: null, made_by: 'machine', actor: null },
      ...{ id: newId(at, deps.random), at: new Date(at), method: 'source' },
    });
  }
  await projectAround(tx, company, [...new Set([...pairs.values()].flatMap(({ a, b }) => [a, b]))]);
}
