import type { HistoryKind } from '@keepsake/contract';
import { InputError } from '../space/input.ts';

/** Names that columns of a meaning go by, without blanks and signs; those before win. */
const NAMES = {
  customer:
    'customerkey customerid customernumber customerno customernr customer custid clientid client memberid member guestid guest buyerid buyer accountid account kundennummer kundennr kundenid kunde gastnummer gast',
  name: 'name fullname customername guestname kundenname',
  firstName: 'firstname givenname forename vorname',
  lastName: 'lastname surname familyname nachname',
  email: 'email emailaddress mail customeremail emailadresse mailadresse',
  phone: 'phone phonenumber telephone mobile tel telefon telefonnummer handy mobil',
  loyalty:
    'loyalty loyaltynumber loyaltyno loyaltyid cardnumber clubnumber bonusnummer kundenkarte kartennummer',
  number:
    'number ordernumber orderno ordernr orderid invoicenumber invoiceno invoice receiptnumber receipt transactionid documentnumber id bestellnummer auftragsnummer rechnungsnummer belegnummer belegnr order',
  id: 'id contactid ticketid ticket ticketnumber caseid case casenumber number no vorgang vorgangsnummer ticketnummer',
  date: 'date orderdate invoicedate purchasedate transactiondate contactdate day createdat created time timestamp datum bestelldatum rechnungsdatum auftragsdatum belegdatum tag',
  amount:
    'netamount net amountnet nettotal amount ordervalue ordertotal total value revenue sales nettobetrag netto betrag nettowert summe umsatz wert',
  currency: 'currency currencycode curr waehrung wahrung',
  lines:
    'lines linecount numberoflines orderlines positions items itemcount positionen anzahlpositionen',
  category:
    'category productcategory productgroup itemgroup department kategorie warengruppe produktgruppe artikelgruppe sparte',
  kind: 'kind type transactiontype documenttype art typ belegart',
  order:
    'returnsorder returnoforder returnof returnedorder originalorder originalordernumber originalnumber refundof creditof forder order ursprungsauftrag zuauftrag zubestellung bezug',
  ownFault: 'ownfault ourfault companyfault fault eigenverschulden eigenesverschulden unserfehler',
  channel: 'channel contactchannel medium via kanal kontaktkanal',
  reason: 'reason subject topic note comment text description grund betreff anliegen bemerkung',
} as const;

/** In a table of customers a key can only be theirs. */
const OWN_KEYS = 'key id number no nr nummer';

/** What a column means. */
export type Role = keyof typeof NAMES;

interface Wanted {
  readonly all: readonly Role[];
  /** Of each of these, one must be there. */
  readonly needed: readonly (readonly Role[])[];
}

const WANTED: Readonly<Record<HistoryKind, Wanted>> = {
  customers: {
    all: ['customer', 'name', 'firstName', 'lastName', 'email', 'phone', 'loyalty'],
    needed: [['customer']],
  },
  orders: {
    all: [
      ...(['number', 'order', 'customer', 'email', 'date', 'amount', 'currency'] as const),
      ...(['lines', 'category', 'kind', 'ownFault'] as const),
    ],
    needed: [['number'], ['customer', 'email'], ['date'], ['amount']],
  },
  contacts: {
    all: ['id', 'customer', 'email', 'date', 'channel', 'ownFault', 'reason'],
    needed: [['id'], ['customer', 'email'], ['date'], ['channel']],
  },
};

const WORDS: Readonly<Record<Role, string>> = {
  customer: 'customer',
  name: 'name',
  firstName: 'first name',
  lastName: 'last name',
  email: 'e-mail',
  phone: 'phone',
  loyalty: 'loyalty number',
  number: 'order number',
  id: 'id',
  date: 'date',
  amount: 'net amount',
  currency: 'currency',
  lines: 'lines',
  category: 'category',
  kind: 'kind',
  order: 'returned order',
  ownFault: 'own fault',
  channel: 'channel',
  reason: 'reason',
};

/** What the meaning of a column is called. */
export function sayRole(role: Role): string {
  return WORDS[role];
}

/** Where columns stand in a row, from 0. */
export interface Columns {
  readonly width: number;
  readonly places: Readonly<Partial<Record<Role, number>>>;
  /** Names of columns that mean nothing here. */
  readonly passedOver: readonly string[];
}

/**
 * Finds columns by their names, in any order, in English or German. Throws `InputError` that names what
 * is missing and what is there.
 */
export function findColumns(file: string, kind: HistoryKind, header: readonly string[]): Columns {
  const names = header.map(plainName);
  const places: Partial<Record<Role, number>> = {};
  const taken = new Set<number>();
  for (const role of WANTED[kind].all) {
    const also = kind === 'customers' && role === 'customer' ? ` ${OWN_KEYS}` : '';
    const at = placeOf(names, `${NAMES[role]}${also}`, taken);
    if (at === undefined) continue;
    places[role] = at;
    taken.add(at);
  }
  const missing = WANTED[kind].needed.filter((roles) =>
    roles.every((role) => places[role] === undefined),
  );
  if (missing.length > 0) throw missingColumns(file, missing, header);
  const passedOver = header.filter((name, at) => !taken.has(at) && name !== '');
  return { width: header.length, places, passedOver };
}

function placeOf(
  names: readonly string[],
  wanted: string,
  taken: ReadonlySet<number>,
): number | undefined {
  for (const name of wanted.split(' ')) {
    const at = names.indexOf(name);
    if (at >= 0 && !taken.has(at)) return at;
  }
  return undefined;
}

function plainName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll('ß', 'ss').replace(/[^\p{L}\p{N}]/gu, '');
}

function missingColumns(
  file: string,
  missing: readonly (readonly Role[])[],
  header: readonly string[],
): InputError {
  const faults = missing.map((roles) => {
    const what = roles.map(sayRole).join(' or ');
    const [role] = roles;
    const names = role === undefined ? [] : NAMES[role].split(' ').slice(0, 5);
    return `there is no column for the ${what}; call it ${names.join(', ')} or alike`;
  });
  const seen = header.map((name) => `'${name}'`).join(', ');
  return new InputError(
    [...faults.map((fault) => `${file}:1 ${fault}`), `${file}:1 the columns are ${seen}`].join(
      '\n',
    ),
  );
}
