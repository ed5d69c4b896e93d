import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly designs: DesignsTable;
  }
}

/** A saved design. What its owner chose is sealed; see `designs.service.ts`. */
export interface DesignsTable {
  readonly company: string;
  readonly id: string;
  readonly share_id: string;
  readonly subject: string;
  readonly family: string;
  readonly model_hash: string;
  readonly version: number;
  readonly content_sealed: Uint8Array;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export async function insertDesign(tx: Tx, row: DesignsTable): Promise<void> {
  await tx.insertInto('designs').values(row).execute();
}

/** A design by its id, which is also the key to change it. */
export async function findDesignRow(
  db: Db,
  company: string,
  id: string,
): Promise<DesignsTable | undefined> {
  return await db
    .selectFrom('designs')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A design by the id that it is shared under. */
export async function findSharedRow(
  db: Db,
  company: string,
  shareId: string,
): Promise<DesignsTable | undefined> {
  return await db
    .selectFrom('designs')
    .selectAll()
    .where('company', '=', company)
    .where('share_id', '=', shareId)
    .executeTakeFirst();
}

/** Writes the next version; false when somebody else wrote one in between. */
export async function updateDesign(
  tx: Tx,
  row: Pick<
    DesignsTable,
    'company' | 'id' | 'subject' | 'model_hash' | 'version' | 'content_sealed' | 'updated_at'
  >,
): Promise<boolean> {
  const result = await tx
    .updateTable('designs')
    .set({
      subject: row.subject,
      model_hash: row.model_hash,
      version: row.version + 1,
      content_sealed: row.content_sealed,
      updated_at: row.updated_at,
    })
    .where('company', '=', row.company)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The designs of a subject, newest first. */
export async function listDesignRows(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly DesignsTable[]> {
  return await db
    .selectFrom('designs')
    .selectAll()
    .where('company', '=', company)
    .where('subject', '=', subject)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Deletes the designs of a subject; answers how many. */
export async function deleteDesigns(tx: Tx, company: string, subject: string): Promise<number> {
  const result = await tx
    .deleteFrom('designs')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
