import { invariant, type Json } from '@keepsake/kernel';
import type { InteractionBody } from '@keepsake/memory';
import type { Db } from '../../platform/database/schema.ts';
import { type Keys, openText, type SubjectKey, seal } from '../../platform/keys.ts';

/** Where a sealed value of memory is kept: what was sealed for one place opens in no other. */
export type Place =
  | 'subject.name'
  | 'identifier.value'
  | 'interaction.body'
  | 'fact.value'
  | 'read.actor'
  | 'application.reason';

/** Seals data with the key of its subject. */
export function sealJson(key: SubjectKey, place: Place, data: Json | InteractionBody): Uint8Array {
  return seal(key, JSON.stringify(data), place);
}

/** Opens what `sealJson` sealed. The caller knows what it put there. */
export function openJson<T>(key: SubjectKey, place: Place, sealed: Uint8Array): T {
  return JSON.parse(openText(key, sealed, place)) as T;
}

/** The key of a subject whose row is there; a row without its key is a broken store. */
export async function getKey(
  db: Db,
  keys: Keys,
  who: { readonly company: string; readonly subject: string },
): Promise<SubjectKey> {
  const key = await keys.findSubjectKey(db, who.company, who.subject);
  invariant(key !== undefined, 'a subject has its key for as long as its row is there');
  return key;
}
