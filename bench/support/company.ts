/** A small company for benches. */
import type { CompanyRecord } from '../../apps/server/src/modules/companies/index.ts';

/** A company that sells goods or stays at one site, and has no families. */
export function benchCompany(
  id: string,
  more: Pick<CompanyRecord, 'kind' | 'currency'>,
): CompanyRecord {
  const plant = { workCentres: [], stock: [] };
  const timeZone = 'America/New_York';
  const name = { en: 'Key West' };
  return {
    ...{ id, name: 'Tidewater', legalName: 'Tidewater Ltd' },
    ...{ invoiceAddress: ['1 Quay'], taxNumber: 'T 1', summary: { en: 'Hotels' } },
    ...{ accent: '#336699', locale: 'en', taxIncluded: true },
    ...{ mailSender: 'Tidewater', deliveries: [], taxes: [], families: [], ...more },
    sites: [{ id: 'keywest', name, place: 'us/fl/key-west', timeZone, plant }],
  };
}
