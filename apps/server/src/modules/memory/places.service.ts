import type { Db } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import type { Site } from './places.rules.ts';

/** The sites of a company; none where there is no such company. */
export async function listSites(db: Db, company: string): Promise<readonly Site[]> {
  return (await findCompany(db, company))?.sites ?? [];
}

/** One site; `null` where none was asked for, undefined where there is none of that id. */
export async function findSiteOf(
  db: Db,
  company: string,
  site: string | undefined,
): Promise<Site | null | undefined> {
  if (site === undefined) return null;
  return (await listSites(db, company)).find((one) => one.id === site);
}
