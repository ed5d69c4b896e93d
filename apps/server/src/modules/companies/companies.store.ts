import type { Words } from '@keepsake/kernel';
import type { ColumnType, Selectable } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type {
  CompanyRecord,
  DeliveryRule,
  PlantDefinition,
  SiteRecord,
  TaxRule,
} from './company.ts';

/** JSON that is written as text and read parsed. */
type Json<T> = ColumnType<T, string, string>;

interface CompaniesTable {
  readonly company: string;
  readonly position: number;
  readonly name: string;
  readonly legal_name: string;
  readonly invoice_address: Json<readonly string[]>;
  readonly tax_number: string | null;
  readonly summary: Json<Words>;
  readonly accent: string;
  readonly locale: string;
  readonly currency: string;
  readonly tax_included: boolean;
  readonly kind: 'goods' | 'stays';
  readonly mail_sender: string;
  readonly deliveries: Json<readonly StoredDelivery[]>;
  readonly taxes: Json<readonly TaxRule[]>;
  readonly families: Json<readonly string[]>;
  readonly created_at: Date;
}

interface SitesTable {
  readonly company: string;
  readonly site: string;
  readonly position: number;
  readonly name: Json<Words>;
  readonly place: string;
  readonly time_zone: string;
  readonly plant: Json<PlantDefinition>;
}

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly companies: CompaniesTable;
    readonly sites: SitesTable;
  }
}

/** JSON has no 64-bit integers. */
type StoredDelivery = Omit<DeliveryRule, 'feeMinor'> & { readonly feeMinor: string };

/** A company by its id. Two reads by key. */
export async function findCompany(db: Db, company: string): Promise<CompanyRecord | undefined> {
  const row = await db
    .selectFrom('companies')
    .selectAll()
    .where('company', '=', company)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const sites = await db
    .selectFrom('sites')
    .selectAll()
    .where('company', '=', company)
    .orderBy('position')
    .execute();
  return toRecord(row, sites);
}

/** Every company of this installation, in their order. */
export async function listCompanies(db: Db): Promise<readonly CompanyRecord[]> {
  const rows = await db.selectFrom('companies').selectAll().orderBy('position').execute();
  const sites = await db.selectFrom('sites').selectAll().orderBy('position').execute();
  return rows.map((row) =>
    toRecord(
      row,
      sites.filter((site) => site.company === row.company),
    ),
  );
}

/** Adds a company with its sites; answers whether it was not there before. */
export async function insertCompany(
  tx: Tx,
  record: CompanyRecord,
  more: { readonly position: number; readonly createdAt: Date },
): Promise<boolean> {
  const deliveries = record.deliveries.map((rule) => ({ ...rule, feeMinor: `${rule.feeMinor}` }));
  const inserted = await tx
    .insertInto('companies')
    .values({
      company: record.id,
      position: more.position,
      name: record.name,
      legal_name: record.legalName,
      invoice_address: JSON.stringify(record.invoiceAddress),
      tax_number: record.taxNumber ?? null,
      summary: JSON.stringify(record.summary),
      accent: record.accent,
      locale: record.locale,
      currency: record.currency,
      tax_included: record.taxIncluded,
      kind: record.kind,
      mail_sender: record.mailSender,
      deliveries: JSON.stringify(deliveries),
      taxes: JSON.stringify(record.taxes),
      families: JSON.stringify(record.families),
      created_at: more.createdAt,
    })
    .onConflict((conflict) => conflict.column('company').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return false;
  await insertSites(tx, record);
  return true;
}

async function insertSites(tx: Tx, record: CompanyRecord): Promise<void> {
  const sites = record.sites.map((site, position) => ({
    company: record.id,
    site: site.id,
    position,
    name: JSON.stringify(site.name),
    place: site.place,
    time_zone: site.timeZone,
    plant: JSON.stringify(site.plant),
  }));
  await tx.insertInto('sites').values(sites).execute();
}

function toRecord(
  row: Selectable<CompaniesTable>,
  sites: readonly Selectable<SitesTable>[],
): CompanyRecord {
  return {
    id: row.company,
    name: row.name,
    legalName: row.legal_name,
    invoiceAddress: row.invoice_address,
    taxNumber: row.tax_number ?? undefined,
    summary: row.summary,
    accent: row.accent,
    locale: row.locale,
    currency: row.currency,
    taxIncluded: row.tax_included,
    kind: row.kind,
    mailSender: row.mail_sender,
    sites: sites.map(toSite),
    deliveries: row.deliveries.map((rule) => ({ ...rule, feeMinor: BigInt(rule.feeMinor) })),
    taxes: row.taxes,
    families: row.families,
  };
}

function toSite(row: Selectable<SitesTable>): SiteRecord {
  const { site, name, place, time_zone, plant } = row;
  return { id: site, name, place, timeZone: time_zone, plant };
}
