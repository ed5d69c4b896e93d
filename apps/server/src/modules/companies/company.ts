import type { Words } from '@keepsake/kernel';
import type { Calendar } from '@keepsake/production';

/** A kind of bench, machine, crew or room of a site, with how many of it there are. */
export interface WorkCentreDefinition {
  readonly id: string;
  readonly name: Words;
  readonly units: number;
  readonly calendar: Calendar;
}

/** A stock-keeping unit as a site begins with it. */
export interface StockDefinition {
  readonly item: string;
  readonly name: Words;
  readonly unit: string;
  readonly bin: string | null;
  readonly onHand: number;
  readonly leadTimeDays: number;
}

/** What a site can make with: capacities and what lies in its bins at the start. */
export interface PlantDefinition {
  readonly workCentres: readonly WorkCentreDefinition[];
  readonly stock: readonly StockDefinition[];
}

/** A place of a company. Instants shown there are in its time zone (IANA name). */
export interface SiteRecord {
  readonly id: string;
  readonly name: Words;
  readonly place: string;
  readonly timeZone: string;
  readonly plant: PlantDefinition;
}

/** A way of handing over what was made. `countries` are ISO 3166 codes; none means everywhere. */
export interface DeliveryRule {
  readonly id: string;
  readonly name: Words;
  readonly countries: readonly string[];
  /** In minor units of the company's currency. */
  readonly feeMinor: bigint;
  /** Days from ready to delivered. */
  readonly days: number;
  readonly needsAddress: boolean;
}

/** One row of a tax table; an absent country, region or class matches every one. */
export interface TaxRule {
  readonly country: string | null;
  readonly region: string | null;
  readonly taxClass: string | null;
  readonly label: string;
  readonly basisPoints: number;
}

/** A company as it was set up. Holds nothing personal. */
export interface CompanyRecord {
  readonly id: string;
  readonly name: string;
  readonly legalName: string;
  readonly invoiceAddress: readonly string[];
  /** As printed on the invoice. */
  readonly taxNumber?: string | undefined;
  readonly summary: Words;
  /** A colour, `#rrggbb`. */
  readonly accent: string;
  /** BCP 47; the language of its mails and invoices. */
  readonly locale: string;
  readonly currency: string;
  readonly taxIncluded: boolean;
  readonly kind: 'goods' | 'stays';
  /** The display name that its mails come from. */
  readonly mailSender: string;
  readonly sites: readonly SiteRecord[];
  readonly deliveries: readonly DeliveryRule[];
  readonly taxes: readonly TaxRule[];
  /** Ids of its product families, in the order of the shop. */
  readonly families: readonly string[];
}
