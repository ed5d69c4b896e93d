import { InputError } from '../space/input.ts';
import { type DateOrder, findDateOrder, hasDecimalComma, isEpoch } from './cells.ts';
import { columnOf, guessAmount, guessCurrency, guessCustomer, isNumber } from './column-guesses.ts';
import type { TableSample } from './table-file.ts';

/** Which columns were told by the one who asks: by name or by number, from 1. */
export interface ColumnFlags {
  readonly customer?: string;
  readonly date?: string;
  readonly amount?: string;
  readonly dates?: DateOrder;
}

/** Where the parts of a purchase stand; numbers are places in a row, from 0. */
export interface PurchaseColumns {
  readonly kind: 'purchases';
  readonly hasHeader: boolean;
  readonly width: number;
  readonly customer: number;
  readonly date: number;
  readonly amount: number | undefined;
  /** Amounts are prices of one, and this is how many. */
  readonly quantity: number | undefined;
  readonly currency: number | undefined;
  readonly dateOrder: DateOrder | undefined;
  readonly decimalComma: boolean;
  readonly names: readonly string[];
  /** What was told by its values, though there are names. */
  readonly guessed: readonly ('customer' | 'amount')[];
}

/** Where the parts of a purchase history stand. */
export interface HistoryColumnsFound {
  readonly kind: 'histories';
  readonly hasHeader: true;
  readonly width: number;
  readonly customer: number | undefined;
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
  /** Mean value of the purchases after the first. */
  readonly spend: number | undefined;
  /** How many customers have the history. */
  readonly count: number | undefined;
  readonly names: readonly string[];
}

export type FoundColumns = PurchaseColumns | HistoryColumnsFound;

/** Names as files have them, without signs and in small letters; those that say it best come first. */
const NAMES = {
  customer:
    'customer customerid customerno customernumber customerkey customercode custid custno custkey cust client clientid clientno user userid member memberid memberno buyer buyerid account accountid accountno shopper shopperid household householdid householdkey donor donorid guest guestid visitorid contactid personid cardid cardno loyaltyid partyid email customeremail kunde kundenid kundennr kundennummer kdnr kundin mitglied mitgliedsnummer id',
  date: 'date orderdate invoicedate purchasedate transactiondate transactiondt trxdate transdate txndate txdate saledate salesdate giftdate donationdate eventdate bookingdate day time timestamp datetime orderdatetime orderpurchasetimestamp eventtime createdat created orderedat orderdt purchasedat paidat when datum bestelldatum auftragsdatum rechnungsdatum kaufdatum buchungsdatum belegdatum',
  amount:
    'amount total totalamount totalprice totalvalue linetotal value salesvalue revenue turnover sales salesamount salesamt spend spent amountspent dollars euros net netamount netsales netvalue ordervalue orderamount ordertotal transactionamount transactionvalue purchaseamount invoiceamount invoicetotal paymentvalue grandtotal monetaryvalue gift giftamount donation donationamount paid sum betrag umsatz summe nettobetrag nettosumme netto nettoumsatz gesamtbetrag gesamtpreis gesamt bestellwert rechnungsbetrag',
  price:
    'unitprice priceperunit priceeach itemprice price einzelpreis stueckpreis stückpreis preis',
  quantity: 'quantity qty units quantityordered menge anzahl stück stueck',
  currency: 'currency currencycode curr währung waehrung',
  frequency: 'frequency frequencycal x xcal p1x',
  recency: 'recency recencycal tx txcal lasttransaction',
  age: 't tcal age periods n ncal nperiods occasions opportunities',
  spend: 'zbar monetaryvalue monetaryvaluecal monetary meanspend averagespend avgspend mx spend m',
  count:
    'weights weight count counts customers ncust ncustomers numberofcustomers custs num donors',
} as const;
type Role = keyof typeof NAMES;

function plainName(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A table, and what was told of it. */
export interface ColumnSearch {
  readonly file: string;
  readonly sample: TableSample;
  readonly flags: ColumnFlags;
  /** Looks at all dates of a column for what the sample leaves open. */
  readonly findOrder: (column: number) => DateOrder | undefined;
}

/**
 * Finds the columns: by their names where the first line has any that are known, else by what stands
 * in them. A table with frequency, recency and T holds histories, any other purchases. Throws
 * `InputError` where a column is not found.
 */
export function findColumns({ file, sample, flags, findOrder }: ColumnSearch): FoundColumns {
  const first = withRowNames(sample.rows);
  const names = first.map(plainName);
  const histories = findHistories(names, first);
  if (histories !== undefined) return histories;
  const hasHeader = isHeader([first, ...sample.rows.slice(1)], names);
  const body = hasHeader ? sample.rows.slice(1) : sample.rows;
  if (body.length === 0) {
    throw new InputError(`${file}: has a line of names and no purchase below it`);
  }
  const search: Search = {
    ...{ file, flags, findOrder, names: hasHeader ? names : [], written: hasHeader ? first : [] },
    ...{ body, width: widthOf(body) },
  };
  return findPurchases(search, hasHeader);
}

/** The first row; with a name for the column of row names, where it leaves that out as R does. */
function withRowNames(rows: TableSample['rows']): readonly string[] {
  const [first = [], ...others] = rows;
  const isShort = others.length > 0 && others.every(({ length }) => length === first.length + 1);
  return isShort ? ['', ...first] : first;
}

/** What is known of a table while its columns are looked for; names are plain. */
export interface Search extends Pick<ColumnSearch, 'file' | 'flags' | 'findOrder'> {
  readonly names: readonly string[];
  readonly written: readonly string[];
  readonly body: readonly (readonly string[])[];
  readonly width: number;
}

function findHistories(
  names: readonly string[],
  written: readonly string[],
): HistoryColumnsFound | undefined {
  const place = (role: Role): number | undefined => placeOf(names, role);
  const [frequency, recency, age] = [place('frequency'), place('recency'), place('age')];
  if (frequency === undefined || recency === undefined || age === undefined) return undefined;
  return {
    ...{ kind: 'histories', hasHeader: true, width: names.length, names: written },
    // A column without a name holds the names of rows.
    customer: place('customer') ?? (names[0] === '' ? 0 : undefined),
    ...{ frequency, recency, age },
    ...{ spend: place('spend'), count: place('count') },
  };
}

function placeOf(names: readonly string[], role: Role): number | undefined {
  for (const name of NAMES[role].split(' ')) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  return undefined;
}

/** A first line without any date or amount where the others have them, or with names that are known. */
function isHeader(rows: readonly (readonly string[])[], names: readonly string[]): boolean {
  const [first = [], ...others] = rows;
  if (first.some((text) => findDateOrder([text]) !== 'no-dates' || /^-?[\d.,]+$/.test(text))) {
    return false;
  }
  const isKnown = ['customer', 'date', 'amount'].some(
    (role) => placeOf(names, role as Role) !== undefined,
  );
  return isKnown || others.some((row) => row.some((text) => findDateOrder([text]) !== 'no-dates'));
}

function widthOf(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [best = [0, 0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return best[0];
}

function findPurchases(search: Search, hasHeader: boolean): PurchaseColumns {
  const { names, written, width, flags } = search;
  const date = findDate(search);
  const order = flags.dates ?? orderOf(search, date);
  const taken = new Set([date]);
  const amount = findAmount(search, taken);
  if (amount !== undefined) taken.add(amount);
  const isPrice = amount !== undefined && flags.amount === undefined && isPriceOfOne(names, amount);
  const quantity = isPrice ? placeOf(names, 'quantity') : undefined;
  if (quantity !== undefined) taken.add(quantity);
  const currency = placeOf(names, 'currency') ?? guessCurrency(search, taken);
  if (currency !== undefined) taken.add(currency);
  const customer = findCustomer(search, taken);
  checkApart(search, { customer, date, amount });
  const isGuess = { customer: isUnnamed(search, 'customer'), amount: isUnnamed(search, 'amount') };
  return {
    ...{ kind: 'purchases', hasHeader, width, customer, date, amount, quantity, names: written },
    ...{ currency, guessed: (['customer', 'amount'] as const).filter((role) => isGuess[role]) },
    dateOrder: order,
    decimalComma: amount !== undefined && hasDecimalComma(columnOf(search, amount)),
  };
}

/** Whether there are names, and none says where a part of a purchase stands. */
function isUnnamed({ names, flags }: Search, role: 'customer' | 'amount'): boolean {
  if (names.length === 0 || flags[role] !== undefined) return false;
  const isNamed = placeOf(names, role) !== undefined;
  return !isNamed && (role === 'customer' || placeOf(names, 'price') === undefined);
}

/** Of days and months in numbers; undefined where the dates need none. */
function orderOf(search: Search, date: number): DateOrder | undefined {
  const texts = columnOf(search, date);
  const found = findDateOrder(readable(texts));
  if (found !== 'ambiguous') return found === 'dmy' || found === 'mdy' ? found : undefined;
  const order = search.findOrder(date);
  if (order !== undefined) return order;
  const what = `does '${texts[0] ?? ''}' begin with the day or the month? No date of the file tells`;
  throw new InputError(`${search.file}: ${what}; say --dates dmy or --dates mdy`);
}

/** A column cannot be two things. */
function checkApart(
  { file, written }: Search,
  places: Readonly<Record<'customer' | 'date' | 'amount', number | undefined>>,
): void {
  const roles = Object.entries(places);
  for (const [role, at] of roles) {
    const other = roles.find(([each, place]) => each !== role && place === at);
    if (at === undefined || other === undefined) continue;
    const name = written[at] ?? `column ${at + 1}`;
    const what = `${name} is taken for the ${role} and for the ${other[0]}`;
    throw new InputError(`${file}: ${what}; name the columns with --${role} and --${other[0]}`);
  }
}

function isPriceOfOne(names: readonly string[], amount: number): boolean {
  return NAMES.price.split(' ').includes(names[amount] ?? '');
}

/** Dates that can be read; what cannot is told later, with its line. */
function readable(texts: readonly string[]): readonly string[] {
  const dates = texts.filter((text) => findDateOrder([text]) !== 'no-dates');
  return dates.length * 2 >= texts.length ? dates : texts;
}

/** The column of a flag, by name or number; undefined where nothing was said. */
function flagged(search: Search, flag: 'customer' | 'date' | 'amount'): number | undefined {
  const { flags, written, width } = search;
  const told = flags[flag];
  if (told === undefined) return undefined;
  const byName = written.indexOf(told);
  const at = byName >= 0 ? byName : /^\d+$/.test(told) ? Number(told) - 1 : -1;
  if (at >= 0 && at < width) return at;
  const there = written.length > 0 ? written.join(', ') : `columns 1 to ${width}`;
  throw new InputError(`--${flag}: there is no column '${told}'; there are ${there}`);
}

function findDate(search: Search): number {
  const told = flagged(search, 'date') ?? placeOf(search.names, 'date');
  if (told !== undefined) return told;
  // Counts of seconds look like other numbers: they are dates where nothing else is.
  const best =
    mostOf(search, (text) => isDate(text) && !isEpoch(text)) ??
    mostOf(search, (text) => isDate(text));
  if (best !== undefined) return best;
  const what = 'has no column of dates, and no line of names with frequency, recency and T';
  const advice = 'name the column with --date, or write names above histories: x, t_x, T';
  throw new InputError(`${search.file}: ${what}; ${advice}`);
}

function isDate(text: string): boolean {
  return findDateOrder([text]) !== 'no-dates';
}

/** The first column with the most values of a kind, if they are more than half. */
function mostOf(search: Search, isOne: (text: string) => boolean): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (let at = 0; at < search.width; at++) {
    const texts = columnOf(search, at);
    const count = texts.filter(isOne).length;
    if (count <= most || count * 2 <= texts.length) continue;
    best = at;
    most = count;
  }
  return best;
}

/** By name; else the last column of numbers with fractions, else of numbers, but for the first. */
function findAmount(search: Search, taken: ReadonlySet<number>): number | undefined {
  const told = flagged(search, 'amount');
  if (told !== undefined) return told;
  const named = placeOf(search.names, 'amount') ?? placeOf(search.names, 'price');
  if (named !== undefined) return named;
  if (search.names.length > 0) return guessAmount(search, amountTaken(search, taken));
  let whole: number | undefined;
  for (let at = search.width - 1; at >= 0; at--) {
    if (taken.has(at)) continue;
    const texts = columnOf(search, at).filter((text) => text !== '');
    const isNumbers = texts.filter((text) => isNumber(text)).length * 2 > texts.length;
    if (!isNumbers) continue;
    if (texts.some((text) => /\d[.,]\d{1,2}\D*$/.test(text))) return at;
    if (at > 0) whole ??= at;
  }
  return search.width - taken.size > 1 ? whole : undefined;
}

/** What is no amount by its name. */
function amountTaken({ names }: Search, taken: ReadonlySet<number>): ReadonlySet<number> {
  const others = (['customer', 'quantity', 'currency'] as const).map((role) =>
    placeOf(names, role),
  );
  return new Set([...taken, ...others.filter((at) => at !== undefined)]);
}

function findCustomer(search: Search, taken: ReadonlySet<number>): number {
  const told = flagged(search, 'customer') ?? placeOf(search.names, 'customer');
  if (told !== undefined) return told;
  if (search.names.length === 0) {
    for (let at = 0; at < search.width; at++) if (!taken.has(at)) return at;
  }
  const guess = guessCustomer(search, taken);
  if (guess !== undefined) return guess;
  const there = search.written.length > 0 ? `; there are ${search.written.join(', ')}` : '';
  throw new InputError(
    `${search.file}: has no column of customers; name it with --customer${there}`,
  );
}
