import { instantToText } from '@keepsake/kernel';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import {
  eraseSubject,
  exportMemory,
  findSubjectByIdentifier,
  type MemoryCollaborators,
} from '../memory/index.ts';
import type { Passwords } from '../staff/index.ts';
import { makeBackup } from './backup.service.ts';
import { seedDemoHistory } from './demo-history.service.ts';
import { seedDemo } from './seed.service.ts';

/** The endpoints that the command line asks, with the token of the home. */
export const operatorRoutes = (
  deps: Deps,
  parts: { readonly passwords: Passwords; readonly memory: MemoryCollaborators },
) => ({
  seed: api.operations.seed.handler(async ({ input }) => {
    const { companies } = await seedDemo(deps, parts.passwords);
    const histories = input.history === true ? (await seedDemoHistory(deps)).companies : [];
    return { companies: [...companies], histories: [...histories] };
  }),
  backup: api.operations.backup.handler(
    async ({ input }) => await makeBackup(deps, input.withKey === true),
  ),
  export: api.operations.export.handler(async ({ input }) => {
    const { locale, subject } = await getPerson(deps, input);
    const request = { company: input.company, subject, locale, exporters: parts.memory.exporters };
    const document = await exportMemory(deps.database.kysely, deps, request);
    if (document === undefined) throw problem('guest/not-found');
    return document;
  }),
  erase: api.operations.erase.handler(async ({ input }) => {
    const { company } = input;
    const { subject } = await getPerson(deps, input);
    const { erasers, openOrders } = parts.memory;
    const erased = await eraseSubject(deps, { company, subject, erasers, openOrders });
    switch (erased.kind) {
      case 'erased':
        return { erasedAt: instantToText(erased.at), rows: erased.rows };
      case 'orders-open':
        throw problem('memory/orders-open', { orders: [...erased.orders] });
      case 'subject-not-found':
        throw problem('guest/not-found');
    }
  }),
});

async function getPerson(
  deps: Deps,
  which: { readonly company: string; readonly email: string },
): Promise<{ readonly subject: string; readonly locale: string }> {
  const db = deps.database.kysely;
  const company = await findCompany(db, which.company);
  if (company === undefined) throw problem('company/not-found');
  const handle = { company: which.company, kind: 'email', value: which.email };
  const subject = await findSubjectByIdentifier(db, deps, handle);
  if (subject === undefined) throw problem('guest/not-found');
  return { subject, locale: company.locale };
}
