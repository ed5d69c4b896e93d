import type { Order } from '@keepsake/contract';
import { inLocale, type MoneyWire, type Words } from '@keepsake/kernel';
import PDFDocument from 'pdfkit';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import { readProfile } from '../memory/index.ts';
import { nightsOf } from './dates.rules.ts';
import { boldFont, fontRuns, plainFont } from './invoice-fonts.ts';
import { dateText, moneyText } from './order-mails.ts';
import type { OrderRow } from './orders.store.ts';
import type { OrderDeps } from './quote.service.ts';

const LABELS = {
  invoice: { en: 'Invoice', de: 'Rechnung' },
  order: { en: 'Order', de: 'Bestellung' },
  date: { en: 'Date', de: 'Datum' },
  ready: { en: 'Ready', de: 'Fertig' },
  nights: { en: 'Nights', de: 'Nächte' },
  delivery: { en: 'Delivery', de: 'Lieferung' },
  total: { en: 'Total', de: 'Summe' },
  includes: { en: 'Includes', de: 'Enthält' },
  due: { en: 'Payable within 14 days of receipt.', de: 'Zahlbar innerhalb von 14 Tagen.' },
  cancelled: { en: 'Cancelled: nothing is owed.', de: 'Storniert: es ist nichts zu zahlen.' },
} as const satisfies Record<string, Words>;

const LEFT = 56;
const RIGHT = 539;
const LINE = 16;
const BOTTOM = 780;

type Pen = InstanceType<typeof PDFDocument>;

interface Invoice {
  readonly order: Order;
  readonly row: OrderRow;
  readonly company: CompanyRecord;
  readonly recipient: readonly string[];
  readonly locale: string;
}

/** The invoice of an order as PDF: A4, one column of lines, every script in its own letters. */
export async function writeInvoice(
  deps: OrderDeps,
  input: {
    readonly row: OrderRow;
    readonly order: Order;
    readonly locale?: 'en' | 'de' | undefined;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { row, order } = input;
  const { kysely } = deps.database;
  const company = await findCompany(kysely, row.company);
  if (company === undefined) throw new Error(`no company ${row.company}`);
  const { subject } = row;
  const profile = subject === null ? null : await readProfile(kysely, deps, row.company, subject);
  const recipient = recipientOf(order, profile?.name ?? null);
  const locale = input.locale ?? company.locale;
  return await render({ order, row, company, recipient, locale });
}

function recipientOf(order: Order, name: string | null): readonly string[] {
  const { address } = order;
  if (address === null) return name === null ? [] : [name];
  const { line1, line2, postcode, city, region, country } = address;
  const town = [postcode, city, region].filter((part) => part !== undefined).join(' ');
  return [address.name, line1, ...(line2 === undefined ? [] : [line2]), town, country];
}

async function render(invoice: Invoice): Promise<Uint8Array<ArrayBuffer>> {
  const pen = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: plainFont(),
    info: { Title: invoice.row.number, CreationDate: invoice.row.placedAt },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    pen.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pen.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', reject);
  });
  drawHead(pen, invoice);
  drawLines(pen, invoice);
  pen.end();
  return await done;
}

function write(pen: Pen, text: string, x: number, y: number): void {
  let at = x;
  for (const run of fontRuns(text)) {
    pen.font(run.font).text(run.text, at, y, { lineBreak: false });
    at += pen.widthOfString(run.text);
  }
}

function writeRight(pen: Pen, text: string, y: number): void {
  pen.font(plainFont());
  write(pen, text, RIGHT - pen.widthOfString(text), y);
}

function drawHead(pen: Pen, { company, row, order, recipient, locale }: Invoice): void {
  const say = (words: Words): string => inLocale(words, locale);
  const timeZone = company.sites.find((site) => site.id === row.site)?.timeZone ?? 'UTC';
  pen.font(boldFont()).fontSize(18).fillColor(company.accent).text(company.name, LEFT, 56);
  pen.fillColor('#1d1b17').fontSize(9);
  [company.legalName, ...company.invoiceAddress].forEach((line, index) => {
    write(pen, line, 360, 60 + index * 12);
  });
  pen.fontSize(11);
  recipient.forEach((line, index) => {
    write(pen, line, LEFT, 150 + index * 15);
  });
  pen.font(boldFont()).fontSize(16);
  pen.text(`${say(LABELS.invoice)} ${row.number}`, LEFT, 250);
  pen.fontSize(10);
  const placed = dateText(row.placedAt.getTime(), locale, timeZone);
  const ready = dateText(Date.parse(order.promise.ready), locale, timeZone);
  write(pen, `${say(LABELS.date)}: ${placed}`, LEFT, 276);
  write(pen, `${say(LABELS.ready)}: ${ready}`, 300, 276);
}

/** A row of the table: what, and how much. */
type Row = readonly [label: string, amount: string];

function rowsOf({ order, locale }: Invoice): readonly Row[] {
  const say = (words: Words): string => inLocale(words, locale);
  const money = (amount: MoneyWire): string => moneyText(amount, locale);
  const nights = order.stay === null ? [] : [`${say(LABELS.nights)}: ${nightsOf(order.stay)}`];
  const texts = Object.values(order.texts).map((text) => `  “${text}”`);
  const { delivery, tax } = order;
  const fee: Row[] =
    delivery.fee.minor === '0'
      ? []
      : [[`${say(LABELS.delivery)}: ${say(delivery.name)}`, money(delivery.fee)]];
  return [
    [say(order.familyName), ''],
    ...nights.map((text): Row => [text, '']),
    ...order.lines.map((line): Row => [lineLabel(order, line, say), money(line.amount)]),
    ...texts.map((text): Row => [text, '']),
    ...fee,
    ...(tax.included || tax.amount.minor === '0'
      ? []
      : [[taxLabel(tax), money(tax.amount)] as Row]),
  ];
}

/** “Frame: Gravel” for a chosen value; what names itself, such as “Lights”, stays alone. */
function lineLabel(
  order: Order,
  line: Order['lines'][number],
  say: (words: Words) => string,
): string {
  const id = line.code.replace(/^option:/, '');
  const attribute = order.design.find((each) => each.attribute === id);
  const value = say(line.label);
  const name = attribute === undefined ? value : say(attribute.label);
  return name === value ? value : `${name}: ${value}`;
}

function taxLabel(tax: Order['tax']): string {
  return `${tax.label} ${(tax.basisPoints / 100).toString()} %`;
}

function drawLines(pen: Pen, invoice: Invoice): void {
  const { order, locale } = invoice;
  const say = (words: Words): string => inLocale(words, locale);
  let y = 310;
  const next = (step: number): void => {
    y += step;
    if (y < BOTTOM) return;
    pen.addPage();
    y = LEFT;
  };
  pen.fontSize(10);
  for (const [label, amount] of rowsOf(invoice)) {
    write(pen, label, LEFT, y);
    writeRight(pen, amount, y);
    next(LINE);
  }
  pen.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.5).stroke('#8a857a');
  next(8);
  pen.fontSize(12);
  write(pen, say(LABELS.total), LEFT, y);
  writeRight(pen, moneyText(order.total, locale), y);
  next(22);
  pen.fontSize(9);
  const { tax } = order;
  if (tax.included && tax.amount.minor !== '0') {
    const share = `${say(LABELS.includes)} ${taxLabel(tax)}: ${moneyText(tax.amount, locale)}`;
    write(pen, share, LEFT, y);
    next(LINE);
  }
  const isOver = order.state === 'cancelled' || order.state === 'returned';
  write(pen, say(isOver ? LABELS.cancelled : LABELS.due), LEFT, y);
}
