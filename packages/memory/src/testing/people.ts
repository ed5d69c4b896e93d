import { seededRandom } from '@keepsake/kernel';
import type { LinkageRecord } from '../linkage/index.ts';
import {
  CITIES,
  GIVEN_NAMES,
  SHORT_NAMES,
  STREET_ENDINGS,
  STREETS,
  SURNAME_BEGINNINGS,
  SURNAME_ENDINGS,
  SURNAMES,
} from './people.data.ts';

/** How records of invented people are made. Rates are shares from 0 to 1. */
export interface PeopleOptions {
  /** About so many records. */
  readonly records: number;
  readonly seed: number;
  /** Each value of a record has an error. Default 0.06. */
  readonly errors?: number;
  /** Each value of a record is missing. Default 0.1; names seldom are. */
  readonly missing?: number;
  /** Households of several people, who share name, address and often telephone. Default 0.35. */
  readonly families?: number;
  /** Families with twins. Default 0.04. */
  readonly twins?: number;
  /** Records from before or after the household moved. Default 0.12. */
  readonly moved?: number;
}

/** Records with the truth about them. */
export interface InventedPeople {
  /** In an order that says nothing. */
  readonly records: readonly LinkageRecord[];
  /** By record: whose it is. */
  readonly personOf: ReadonlyMap<string, string>;
}

type Random = ReturnType<typeof seededRandom>;

interface Human {
  readonly id: string;
  readonly given: string;
  readonly surname: string;
  /** After a wedding, else undefined. */
  readonly married: string | undefined;
  readonly birth: string;
  readonly emails: readonly string[];
  readonly phone: string;
}

interface Home {
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
}

const ADULT_YEAR = 1940;
const CHILD_YEAR = 1985;

/**
 * Records of people who never were, with the truth: names as unevenly frequent as real ones,
 * errors of the keyboard, exchanged names, moved households, and as traps families with one
 * address, telephone and e-mail address, twins, and sons called like their fathers. The same for
 * the same options.
 */
export function inventPeople(options: PeopleOptions): InventedPeople {
  const random = seededRandom(options.seed);
  const drafts: { readonly fields: Record<string, string>; readonly person: string }[] = [];
  for (let household = 0; drafts.length < options.records; household++) {
    const homes = [homeOf(random), homeOf(random)] as const;
    for (const human of householdOf(household, random, options)) {
      const copies = copiesOf(random);
      for (let copy = 0; copy < copies; copy++) {
        const home = homes[random.next() < (options.moved ?? 0.12) ? 1 : 0];
        drafts.push({ fields: recordOf(human, home, random, options), person: human.id });
      }
    }
  }
  shuffle(drafts, random);
  const records = drafts.map(({ fields }, i) => ({ id: `r${i}`, fields }));
  const personOf = new Map(drafts.map(({ person }, i) => [`r${i}`, person]));
  return { records, personOf };
}

function copiesOf(random: Random): number {
  const chance = random.next();
  if (chance < 0.6) return 1;
  if (chance < 0.85) return 2;
  return chance < 0.95 ? 3 : 5;
}

function householdOf(
  household: number,
  random: Random,
  { families = 0.35, twins = 0.04 }: PeopleOptions,
): readonly Human[] {
  const surname = surnameOf(random);
  const phone = phoneOf(random);
  const shared = emailOf('family', surname, random);
  const size = random.next() < families ? 2 + random.below(3) : 1;
  const hasTwins = size > 3 && random.next() < twins * 3;
  const people: Human[] = [];
  for (let i = 0; i < size; i++) {
    const given = namesake(people[0]?.given, i, random);
    const birth = hasTwins && i === 3 ? (people[2]?.birth ?? '') : birthOf(i < 2, random);
    const own = emailOf(given, surname, random);
    people.push({
      id: `p${household}.${i}`,
      ...{ given, surname, birth },
      married: random.next() < 0.04 ? surnameOf(random) : undefined,
      emails: i > 0 && random.next() < 0.25 ? [shared] : [own, emailOf(given, surname, random)],
      phone: random.next() < 0.5 ? phone : phoneOf(random),
    });
  }
  return people;
}

/** Some sons are called like their fathers. */
function namesake(father: string | undefined, position: number, random: Random): string {
  const own = pickZipf(GIVEN_NAMES, random, 0.45);
  return position >= 2 && father !== undefined && random.next() < 0.04 ? father : own;
}

/** One of things whose frequency falls with a power of their rank, below 1 (Zipf 1949). */
function pickZipf(all: readonly string[], random: Random, steepness: number): string {
  const at = all.length * random.next() ** (1 / (1 - steepness));
  return all[Math.min(all.length - 1, Math.floor(at))] ?? '';
}

function surnameOf(random: Random): string {
  if (random.next() < 0.55) return pickZipf(SURNAMES, random, 0.4);
  return `${pick(SURNAME_BEGINNINGS, random)}${pickZipf(SURNAME_ENDINGS, random, 0.3)}`;
}

function pick(all: readonly string[], random: Random): string {
  return all[random.below(all.length)] ?? '';
}

function birthOf(isAdult: boolean, random: Random): string {
  const year = (isAdult ? ADULT_YEAR : CHILD_YEAR) + random.below(isAdult ? 60 : 25);
  const month = 1 + random.below(12);
  return `${year}-${two(month)}-${two(1 + random.below(28))}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function phoneOf(random: Random): string {
  return `0${1 + random.below(9)}${String(random.below(100_000_000)).padStart(8, '0')}`;
}

const PROVIDERS: readonly string[] = [
  'mail.example',
  'post.example',
  'web.example',
  'inbox.example',
];

function emailOf(given: string, surname: string, random: Random): string {
  const number = random.next() < 0.6 ? String(random.below(1000)) : '';
  const between = random.next() < 0.5 ? '.' : '';
  return `${given}${between}${surname}${number}@${pickZipf(PROVIDERS, random, 0.5)}`.toLowerCase();
}

function homeOf(random: Random): Home {
  const city = pickZipf(CITIES, random, 0.5);
  const district = random.below(20);
  const street = `${pickZipf(STREETS, random, 0.3)} ${pickZipf(STREET_ENDINGS, random, 0.5)}`;
  return {
    street: `${1 + random.below(180)} ${street}`,
    city,
    postcode: `${10 + CITIES.indexOf(city)}${two(district)}${random.below(10)}`,
  };
}

function recordOf(
  human: Human,
  home: Home,
  random: Random,
  options: PeopleOptions,
): Record<string, string> {
  const { missing = 0.1, errors = 0.06 } = options;
  const surname =
    human.married !== undefined && random.next() < 0.5 ? human.married : human.surname;
  const isSwapped = random.next() < 0.01;
  const given = calledBy(human.given, random);
  const clean: Readonly<Record<string, string>> = {
    first_name: isSwapped ? surname : given,
    last_name: isSwapped ? given : surname,
    birth_date: human.birth,
    email: human.emails[random.next() < 0.8 ? 0 : 1] ?? human.emails[0] ?? '',
    phone: human.phone,
    ...home,
  };
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(clean)) {
    const rate = name.endsWith('_name') ? missing / 5 : missing;
    if (random.next() < rate) fields[name] = '';
    else fields[name] = random.next() < errors ? withError(name, value, random) : value;
  }
  return fields;
}

function calledBy(given: string, random: Random): string {
  const chance = random.next();
  if (chance < 0.02) return given.slice(0, 1);
  return chance < 0.08 ? (SHORT_NAMES[given] ?? given) : given;
}

function withError(name: string, value: string, random: Random): string {
  if (name === 'birth_date' && random.next() < 0.25) {
    const [year = '', month = '', day = ''] = value.split('-');
    // Only where the day could be a month; else a digit is wrong.
    if (Number(day) <= 12) return `${year}-${day}-${month}`;
  }
  const isNumber = name === 'birth_date' || name === 'phone' || name === 'postcode';
  return isNumber ? withWrongDigit(value, random) : withSlip(value, random);
}

function withWrongDigit(value: string, random: Random): string {
  const places = [...value].flatMap((character, i) => (/\d/.test(character) ? [i] : []));
  // The last digit of each part is always possible, also in a date.
  const at = places[places.length - 1 - random.below(1 + Math.floor(places.length / 4))] ?? 0;
  return value.slice(0, at) + random.below(10) + value.slice(at + 1);
}

/** One letter left out, doubled, replaced, or exchanged with the next. */
function withSlip(value: string, random: Random): string {
  const at = random.below(Math.max(1, value.length - 1));
  const letter = value.charAt(at);
  const kinds: readonly string[] = [
    '',
    letter + letter,
    String.fromCharCode(97 + random.below(26)),
    value.charAt(at + 1) + letter,
  ];
  const kind = random.below(kinds.length);
  return value.slice(0, at) + (kinds[kind] ?? '') + value.slice(at + (kind === 3 ? 2 : 1));
}

function shuffle(all: unknown[], random: Random): void {
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
}
