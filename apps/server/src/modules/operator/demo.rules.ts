import type { Family } from '@keepsake/configurator';
import { inLocale, type Words } from '@keepsake/kernel';
import type { CompanyRecord, DeliveryRule, SiteRecord, TaxRule } from '../companies/index.ts';
import { type DemoCompany, type DemoDelivery, type DemoSite, weekdayOf } from './demo.document.ts';

/** How an item is called and counted, as the families that use it say. */
type Names = ReadonlyMap<string, { readonly name: Words; readonly unit: string }>;

/** A demo company as a record. Its families name the items that its sites keep. */
export function companyOf(document: DemoCompany, families: readonly Family[]): CompanyRecord {
  const names = namesOf(families);
  return {
    id: document.company,
    name: document.name,
    legalName: document.legalName,
    invoiceAddress: addressOf(document),
    taxNumber: document.taxNumber,
    summary: document.summary,
    accent: document.accent,
    locale: document.locale,
    currency: document.currency,
    taxIncluded: document.pricesIncludeTax,
    kind: document.kind,
    mailSender: document.mail.name,
    sites: document.sites.map((site) => siteOf(site, names)),
    deliveries: document.delivery.map((rule) => deliveryOf(rule, document.currency)),
    taxes: document.taxes.map((rule) => taxOf(rule, document.locale)),
    families: document.families.map((each) => each.family),
  };
}

function namesOf(families: readonly Family[]): Names {
  const names = new Map<string, { name: Words; unit: string }>();
  for (const { components } of families) {
    for (const { item, name, unit } of components) names.set(item, { name, unit });
  }
  return names;
}

function addressOf({ invoiceAddress }: DemoCompany): readonly string[] {
  const { lines, postalCode, city, region, country } = invoiceAddress;
  if (region !== undefined) return [...lines, `${city}, ${region} ${postalCode}`];
  return country === 'gb' ? [...lines, city, postalCode] : [...lines, `${postalCode} ${city}`];
}

function siteOf(site: DemoSite, names: Names): SiteRecord {
  const closed = site.holidays.map((holiday) => holiday.date);
  return {
    id: site.plant,
    name: site.name,
    place: site.place,
    timeZone: site.timeZone,
    plant: {
      workCentres: site.workCentres.map(({ id, name, units, shifts }) => ({
        ...{ id, name, units },
        calendar: {
          shifts: shifts.flatMap(({ days, from, to }) =>
            days.map((day) => ({ weekday: weekdayOf(day), from, to })),
          ),
          closed,
        },
      })),
      stock: site.items.map(({ item, onHand, leadDays, bin }) => ({
        item,
        name: names.get(item)?.name ?? { en: item },
        unit: names.get(item)?.unit ?? 'piece',
        bin,
        onHand,
        leadTimeDays: leadDays,
      })),
    },
  };
}

function deliveryOf(rule: DemoDelivery, currency: string): DeliveryRule {
  const { id, name, days } = rule;
  const places = rule.method === 'ship' ? rule.places : [];
  return {
    ...{ id, name, days },
    countries: [...new Set(places.map((place) => place.slice(0, 2).toUpperCase()))],
    feeMinor: minorOf(rule.fee, currency),
    needsAddress: rule.method === 'ship',
  };
}

function minorOf(amount: number, currency: string): bigint {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return BigInt(Math.round(amount * 10 ** digits));
}

/** Taxes are kept by country and region: towns are theirs. */
function taxOf(rule: DemoCompany['taxes'][number], locale: string): TaxRule {
  const [country = '', region] = rule.place.split('/');
  return {
    country: country.toUpperCase(),
    region: region?.toUpperCase() ?? null,
    taxClass: rule.taxClass,
    label: inLocale(rule.label, locale),
    basisPoints: rule.basisPoints,
  };
}
