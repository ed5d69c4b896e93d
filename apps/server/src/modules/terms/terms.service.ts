/** What a company reckons by: cost tables, tier policies, settings and plans of treatments. */
import { type ValueDocument, ValueSettings } from '@keepsake/contract';
import { canonicalText, instantToText, invariant } from '@keepsake/kernel';
import {
  type CostTable,
  DEFAULT_TIER_POLICY,
  parseCostTable,
  parseTierPolicy,
  parseTreatments,
  type TierPolicy,
  type TreatmentPlan,
} from '@keepsake/value';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import { listMembers } from '../staff/index.ts';
import {
  DEFAULT_SETTINGS,
  isReserved,
  readDocument,
  type StatedKind,
  saysSame,
  type TermsIssue,
} from './terms.rules.ts';
import {
  type DocumentKind,
  type DocumentRow,
  findCostsOn,
  findDocument,
  insertDocument,
  listDocuments,
  lockDocuments,
} from './terms.store.ts';

/** Versions of one kind that are listed at most. */
const VERSIONS_SHOWN = 50;

/** What is reckoned by on a day. */
export interface Terms {
  /** Undefined where none had begun. */
  readonly costs: CostTable | undefined;
  /** The company's newest, or the one to begin with. */
  readonly policy: TierPolicy;
  readonly settings: ValueSettings;
  /** Undefined where there is none. */
  readonly plan: TreatmentPlan | undefined;
}

/**
 * What a company reckons by: the cost table that holds on a day (`YYYY-MM-DD`), and the newest of
 * everything else. Four reads by key.
 */
export async function findTerms(db: Db, company: string, day: string): Promise<Terms> {
  const costs = await findCostsOn(db, company, day);
  const [policy] = await listDocuments(db, { company, kind: 'policy' }, 1);
  return {
    costs: costs && kept(parseCostTable(costs.body)),
    policy: policy === undefined ? DEFAULT_TIER_POLICY : kept(parseTierPolicy(policy.body)),
    settings: await findSettings(db, company),
    plan: await findPlan(db, company),
  };
}

/** The newest plan of treatments; undefined where there is none. One read by key. */
export async function findPlan(db: Db, company: string): Promise<TreatmentPlan | undefined> {
  const [plan] = await listDocuments(db, { company, kind: 'treatments' }, 1);
  return plan && kept(parseTreatments(plan.body));
}

/** What was read before it was kept. */
function kept<T>(
  read: { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'refused' },
): T {
  invariant(read.kind === 'ok', 'a document was read before it was kept');
  return read.value;
}

async function findSettings(db: Db, company: string): Promise<ValueSettings> {
  const [row] = await listDocuments(db, { company, kind: 'settings' }, 1);
  return row === undefined ? DEFAULT_SETTINGS : ValueSettings.parse(row.body);
}

/** A document as data, whoever states it. */
export interface DocumentInput {
  readonly company: string;
  readonly kind: StatedKind;
  readonly document: unknown;
  /** Account of the member of staff; null where it comes with the data. */
  readonly by: string | null;
}

/** What became of it. */
export type DocumentPut =
  | { readonly kind: 'made'; readonly document: ValueDocument }
  | { readonly kind: 'version-taken' | 'company-not-found' }
  | { readonly kind: 'refused'; readonly issues: readonly TermsIssue[] };

/**
 * Keeps a document as a new version, in the caller's transaction. What is there already, and the same,
 * is answered as it is; it does not become the newest again.
 */
export async function putDocument(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { company, kind, document, by }: DocumentInput,
): Promise<DocumentPut> {
  const found = await findCompany(tx, company);
  if (found === undefined) return { kind: 'company-not-found' };
  const read = readDocument(kind, document, found.currency);
  if (read.kind === 'refused') return { kind: 'refused', issues: read.error };
  const { version, validFrom, body } = read.value;
  if (isReserved(kind, read.value)) return { kind: 'version-taken' };
  const madeAt = await lockDocuments(tx, company, new Date(clock.now()));
  const known = await findDocument(tx, { company, kind }, version);
  if (known !== undefined && !saysSame(known.body, body)) return { kind: 'version-taken' };
  const row = { company, kind, version, valid_from: validFrom, made_at: madeAt, made_by: by };
  if (known === undefined) await insertDocument(tx, { ...row, body });
  const view = await viewDocuments(tx, company, [known ?? { ...row, body: JSON.parse(body) }]);
  return { kind: 'made', document: firstOf(view) };
}

function firstOf<T>([first]: readonly T[]): T {
  invariant(first !== undefined, 'one was passed');
  return first;
}

/** Keeps settings as a new version, unless they are those that hold. */
export async function putSettings(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  input: {
    readonly company: string;
    readonly settings: ValueSettings;
    readonly by: string | null;
  },
): Promise<ValueSettings> {
  const { company, settings, by } = input;
  const madeAt = await lockDocuments(tx, company, new Date(clock.now()));
  const body = canonicalText(settings);
  if (canonicalText(await findSettings(tx, company)) === body) return settings;
  await insertDocument(tx, {
    ...{ company, kind: 'settings', version: instantToText(madeAt.getTime()), valid_from: null },
    ...{ body, made_at: madeAt, made_by: by },
  });
  return settings;
}

/** All that a company reckons by, in the shape of the wire. */
export interface TermsView {
  readonly costs: ValueDocument[];
  readonly policies: ValueDocument[];
  readonly policy: Record<string, unknown>;
  readonly settings: ValueSettings;
}

/** The versions of cost tables and policies, the newest first, and what holds of the rest. */
export async function viewTerms(db: Db, company: string): Promise<TermsView> {
  const costs = await listDocuments(db, { company, kind: 'costs' }, VERSIONS_SHOWN);
  const policies = await listDocuments(db, { company, kind: 'policy' }, VERSIONS_SHOWN);
  const [own] = policies;
  const policy = own === undefined ? DEFAULT_TIER_POLICY : kept(parseTierPolicy(own.body));
  return {
    costs: await viewDocuments(db, company, costs),
    policies: await viewDocuments(db, company, policies),
    policy: { ...policy },
    settings: await findSettings(db, company),
  };
}

/** The newest version of a kind, in the shape of the wire. */
export async function latestDocument(
  db: Db,
  company: string,
  kind: DocumentKind,
): Promise<ValueDocument | undefined> {
  const rows = await listDocuments(db, { company, kind }, 1);
  return (await viewDocuments(db, company, rows))[0];
}

async function viewDocuments(
  db: Db,
  company: string,
  rows: readonly DocumentRow[],
): Promise<ValueDocument[]> {
  const isNamed = rows.some(({ made_by }) => made_by !== null);
  const members = isNamed ? await listMembers(db, company) : [];
  return rows.map(({ version, made_at, made_by, body }) => ({
    version,
    madeAt: instantToText(made_at.getTime()),
    madeBy: members.find(({ id }) => id === made_by)?.name ?? null,
    document: body as ValueDocument['document'],
  }));
}
