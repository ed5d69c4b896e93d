import { inLocale, type MoneyWire, type Words } from '@keepsake/kernel';
import type { Tx } from '../../platform/database/schema.ts';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import { findFamily, type PublishedFamily, wireMoney } from '../families/index.ts';
import { queueMail } from '../mail/index.ts';
import { readProfile } from '../memory/index.ts';
import type { OrderRow } from './orders.store.ts';
import type { OrderDeps, PromiseDate } from './quote.service.ts';

/** What a mail about an order says. */
export type OrderMailKind = 'confirmed' | 'amended' | 'moved' | 'cancelled' | 'returned';

const SUBJECTS: Readonly<Record<OrderMailKind, Words>> = {
  confirmed: { en: 'Your order {number}', de: 'Ihre Bestellung {number}' },
  amended: { en: 'Your order {number} was changed', de: 'Ihre Bestellung {number} wurde geändert' },
  moved: {
    en: 'A new date for your order {number}',
    de: 'Neuer Termin für Ihre Bestellung {number}',
  },
  cancelled: {
    en: 'Your order {number} is cancelled',
    de: 'Ihre Bestellung {number} ist storniert',
  },
  returned: { en: 'Your order {number} is returned', de: 'Ihre Bestellung {number} ist zurück' },
};

const BODIES: Readonly<Record<OrderMailKind, Words>> = {
  confirmed: {
    en: 'Thank you. We are making {family} for you.\n\nReady: {ready}\nTotal: {total}\n\nYou see how it is getting on, and can change or cancel it until making begins, here:\n\n{link}',
    de: 'Vielen Dank. Wir fertigen für Sie: {family}.\n\nFertig: {ready}\nSumme: {total}\n\nHier sehen Sie den Stand und können bis zum Beginn der Fertigung ändern oder stornieren:\n\n{link}',
  },
  amended: {
    en: 'Your order was changed as you asked.\n\nReady: {ready}\nTotal: {total}\n\n{link}',
    de: 'Ihre Bestellung wurde wie gewünscht geändert.\n\nFertig: {ready}\nSumme: {total}\n\n{link}',
  },
  moved: {
    en: 'The date of your order has moved. It is now: {ready}\n\nWhy, and what you can do, is told here:\n\n{link}',
    de: 'Der Termin Ihrer Bestellung hat sich verschoben. Neu: {ready}\n\nWarum, und was Sie tun können, steht hier:\n\n{link}',
  },
  cancelled: {
    en: 'Your order is cancelled. Nothing is owed.\n\n{link}',
    de: 'Ihre Bestellung ist storniert. Es ist nichts zu zahlen.\n\n{link}',
  },
  returned: {
    en: 'We have taken your order back.\n\n{link}',
    de: 'Wir haben Ihre Bestellung zurückgenommen.\n\n{link}',
  },
};

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** An amount as people write it. */
export function moneyText(amount: MoneyWire, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: amount.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(Number(amount.minor) / 10 ** digits);
}

/** A date as people write it, in the time zone of the site. */
export function dateText(instant: number, locale: string, timeZone: string): string {
  const style = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(instant);
}

export interface OrderMail {
  readonly row: OrderRow;
  readonly kind: OrderMailKind;
  readonly company?: CompanyRecord | undefined;
  readonly published?: PublishedFamily | undefined;
  readonly promise?: Pick<PromiseDate, 'ready'> | undefined;
}

/** Queues a mail to the customer of an order, in the transaction that changed it. */
export async function mailOrder(tx: Tx, deps: OrderDeps, mail: OrderMail): Promise<void> {
  const { row, kind } = mail;
  if (row.subject === null) return;
  const company = mail.company ?? (await findCompany(tx, row.company));
  const published = mail.published ?? (await findFamily(tx, row));
  const profile = await readProfile(tx, deps, row.company, row.subject);
  if (company === undefined || published === undefined || profile.email === null) return;
  const { locale } = company;
  const site = company.sites.find((each) => each.id === row.site);
  const timeZone = site?.timeZone ?? 'UTC';
  const values = {
    number: row.number,
    family: inLocale(published.family.name, locale),
    ready: mail.promise === undefined ? '' : dateText(mail.promise.ready, locale, timeZone),
    total: moneyText(wireMoney(row.currency, Number(row.totalMinor)), locale),
    link: `${deps.config.publicUrl}/c/${row.company}/orders/${row.id}`,
  };
  const greeting = profile.name === null ? '' : `${profile.name},\n\n`;
  await queueMail(tx, deps, {
    company: row.company,
    subject: row.subject,
    to: profile.email,
    kind: `order-${kind}`,
    subjectLine: fill(inLocale(SUBJECTS[kind], locale), values),
    text: `${greeting}${fill(inLocale(BODIES[kind], locale), values)}\n\n${company.name}\n`,
  });
}
