/** What a person takes along of their history, and what goes with them. */
import { moneyToWire } from '@keepsake/kernel';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText } from '../../platform/keys.ts';
import { SEALED_FOR } from './history.service.ts';
import { deleteHistory, listContacts, listPurchases } from './history.store.ts';

/** Deletes everything that was taken over or recorded of a subject; answers how many rows. */
export async function eraseHistory(tx: Tx, company: string, subject: string): Promise<number> {
  return await deleteHistory(tx, company, subject);
}

type ExportDeps = Pick<Deps, 'keys'>;
type Export = (db: Db, company: string, subject: string) => Promise<readonly object[]>;

/** Purchases and returns of a subject, to take along. */
export function exportPurchases({ keys }: ExportDeps): Export {
  return async (db, company, subject) => {
    const key = await keys.findSubjectKey(db, company, subject);
    if (key === undefined) return [];
    const rows = await listPurchases(db, company, subject);
    return rows.map((row) => ({
      kind: row.kind,
      ...wordsOf(openText(key, row.content_sealed, SEALED_FOR)),
      day: row.day,
      amount: moneyToWire({ currency: row.currency, minor: row.amount_minor }),
      lines: row.lines,
      ...(row.category === null ? {} : { category: row.category }),
      ownFault: row.own_fault,
      source: row.source,
    }));
  };
}

/** Contacts of a subject with service, to take along. */
export function exportContacts({ keys }: ExportDeps): Export {
  return async (db, company, subject) => {
    const key = await keys.findSubjectKey(db, company, subject);
    if (key === undefined) return [];
    const rows = await listContacts(db, company, subject);
    return rows.map((row) => {
      // Which member of staff recorded it is not about the person.
      const { by: _by, ...words } = wordsOf(openText(key, row.content_sealed, SEALED_FOR));
      const { day, channel, own_fault: ownFault, source } = row;
      return { ...words, day, channel, ownFault, source };
    });
  };
}

/** What `history.service.ts` and `contacts.service.ts` sealed. */
function wordsOf(text: string): Readonly<Record<string, string>> {
  return JSON.parse(text) as Readonly<Record<string, string>>;
}
