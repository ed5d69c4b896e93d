import type { Company } from '@keepsake/contract';
import { invariant, type Money, moneyToWire } from '@keepsake/kernel';
import type { z } from 'zod';
import type { CompanyRecord, DeliveryRule, TaxRule } from './company.ts';

/** Where something goes, and what kind of thing it is, as far as taxes care. */
export interface TaxQuestion {
  readonly country: string;
  readonly region?: string | undefined;
  readonly taxClass: string;
}

/** The tax of one order: its name on the invoice and its rate in hundredths of a per cent. */
export interface Tax {
  readonly label: string;
  readonly basisPoints: number;
}

const UNTAXED: Tax = { label: '', basisPoints: 0 };

/**
 * The tax that a company charges there. The most particular row wins: one that names the region
 * before one that names the country, that before one that names the class; of equals the first.
 * Without a row nothing is charged.
 */
export function taxFor(company: Pick<CompanyRecord, 'taxes'>, question: TaxQuestion): Tax {
  let best: TaxRule | undefined;
  for (const rule of company.taxes) {
    if (!applies(rule, question)) continue;
    if (best === undefined || weight(rule) > weight(best)) best = rule;
  }
  return best === undefined ? UNTAXED : { label: best.label, basisPoints: best.basisPoints };
}

function applies(rule: TaxRule, question: TaxQuestion): boolean {
  return (
    (rule.country === null || rule.country === question.country) &&
    (rule.region === null || rule.region === question.region) &&
    (rule.taxClass === null || rule.taxClass === question.taxClass)
  );
}

function weight(rule: TaxRule): number {
  return (rule.region === null ? 0 : 4) + (rule.country === null ? 0 : 2) + (rule.taxClass ? 1 : 0);
}

/** The fee of a delivery as money. */
export function deliveryFee(company: CompanyRecord, rule: DeliveryRule): Money {
  return { currency: company.currency, minor: rule.feeMinor };
}

/** Whether a delivery is offered for a country. */
export function deliversTo(rule: DeliveryRule, country: string): boolean {
  return rule.countries.length === 0 || rule.countries.includes(country);
}

/** A site of a company, or undefined; without an id, its first. */
export function findSite(
  company: CompanyRecord,
  site: string | undefined,
): CompanyRecord['sites'][number] | undefined {
  invariant(company.sites.length > 0, 'a company has a site');
  return site === undefined ? company.sites[0] : company.sites.find((each) => each.id === site);
}

/** A company as everybody may see it. */
export function companyToWire(company: CompanyRecord): z.input<typeof Company> {
  const { id, name, summary, accent, locale, currency, taxIncluded, kind } = company;
  return {
    id,
    name,
    summary,
    accent,
    locale,
    currency,
    taxIncluded,
    kind,
    sites: company.sites.map((site) => ({
      id: site.id,
      name: site.name,
      place: site.place,
      timeZone: site.timeZone,
    })),
    deliveries: company.deliveries.map((rule) => ({
      id: rule.id,
      name: rule.name,
      countries: [...rule.countries],
      fee: moneyToWire(deliveryFee(company, rule)),
      days: rule.days,
      needsAddress: rule.needsAddress,
    })),
  };
}
