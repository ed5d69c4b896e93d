import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { type CompanyRecord, insertCompany, listCompanies } from '../companies/index.ts';
import { findFamily, publishFamily } from '../families/index.ts';
import { addIdentifier, ensureCustomer, putOntology } from '../memory/index.ts';
import { installPlant } from '../production/index.ts';
import { addMember, type Passwords } from '../staff/index.ts';
import type { DemoCompany } from './demo.document.ts';
import { type DemoData, DemoError, examplesFolder, readDemo } from './demo.files.ts';
import { companyOf } from './demo.rules.ts';
import { type DemoPerson, demoPassword, writeDemoSignIn } from './demo.sign-in.ts';

/** What seeding did. */
export interface Seeded {
  /** The companies that were not there before. */
  readonly companies: readonly string[];
  /** How the demo staff sign in, in words; undefined where nothing was seeded. */
  readonly signIn: string | undefined;
}

/**
 * Seeds the demo companies. A company that exists is left alone. Its product families are published
 * first; then it is added in one transaction with its sites, stock, vocabulary, staff and customers:
 * a company that is there is whole, and seeding that was cut short is finished by the next.
 */
export async function seedDemo(
  deps: Deps,
  passwords: Passwords,
  folder: string = examplesFolder,
): Promise<Seeded> {
  const demo = readDemo(folder);
  const known = (await listCompanies(deps.database.kysely)).map((each) => each.id);
  const missing = demo.companies.filter(({ document }) => !known.includes(document.company));
  if (missing.length === 0) return { companies: [], signIn: undefined };
  const { home, publicUrl } = deps.config;
  const password = demoPassword(home);
  // Before anybody has this password: it would be lost where seeding is cut short.
  const signIn = writeDemoSignIn(home, publicUrl, password, peopleOf(demo));
  const passwordHash = await passwords.hash(password);
  const seeded: string[] = [];
  for (const { document, families } of missing) {
    await publishMissing(deps, document.company, families);
    const record = companyOf(
      document,
      families.map((each) => each.model),
    );
    const { ontology } = demo;
    const position = demo.companies.findIndex((each) => each.document === document);
    const seed = { ontology, document, record, position, passwordHash };
    const isNew = await deps.database.transaction((tx) => seedCompany(tx, deps, seed));
    if (isNew) seeded.push(record.id);
  }
  return { companies: seeded, signIn };
}

/** Seeds an installation that has no company yet, so that a first start has something to show. */
export async function seedWhenEmpty(deps: Deps, passwords: Passwords): Promise<Seeded> {
  const known = await listCompanies(deps.database.kysely);
  if (known.length > 0) return { companies: [], signIn: undefined };
  return await seedDemo(deps, passwords);
}

interface CompanySeed {
  readonly ontology: DemoData['ontology'];
  readonly document: DemoCompany;
  readonly record: CompanyRecord;
  readonly position: number;
  readonly passwordHash: string;
}

async function seedCompany(tx: Tx, deps: Deps, seed: CompanySeed): Promise<boolean> {
  const { record, position } = seed;
  const createdAt = new Date(deps.clock.now());
  if (!(await insertCompany(tx, record, { position, createdAt }))) return false;
  await putOntology(tx, deps, record.id, seed.ontology);
  for (const site of record.sites) {
    await installPlant(tx, { company: record.id, site: site.id }, site.plant.stock);
  }
  await seedStaff(tx, deps, seed);
  await seedCustomers(tx, deps, seed);
  return true;
}

async function seedStaff(tx: Tx, deps: Deps, seed: CompanySeed): Promise<void> {
  const { passwordHash } = seed;
  for (const { name, email, role } of seed.document.staff) {
    const person = { name, email, passwordHash };
    await addMember(tx, deps, { company: seed.record.id, roles: [role], person });
  }
}

async function seedCustomers(tx: Tx, deps: Deps, seed: CompanySeed): Promise<void> {
  const company = seed.record.id;
  for (const { email, name, loyalty } of seed.document.customers) {
    const subject = await ensureCustomer(tx, deps, { company, email, name });
    if (loyalty === undefined) continue;
    const number = { company, subject, kind: 'loyalty', value: loyalty };
    await addIdentifier(tx, deps, { ...number, by: 'source' });
  }
}

async function publishMissing(
  deps: Deps,
  company: string,
  families: DemoData['companies'][number]['families'],
): Promise<void> {
  for (const { id, yaml, layers } of families) {
    const known = await findFamily(deps.database.kysely, { company, family: id });
    if (known !== undefined) continue;
    const outcome = await publishFamily(deps, { company, family: id, yaml, layers });
    if (outcome.kind !== 'published') {
      throw new DemoError(`The family ${id} cannot be published: ${outcome.kind}.`);
    }
  }
}

function peopleOf(demo: DemoData): readonly DemoPerson[] {
  return demo.companies.flatMap(({ document }) =>
    document.staff.map(({ role, email }) => ({ company: document.name, role, email })),
  );
}
