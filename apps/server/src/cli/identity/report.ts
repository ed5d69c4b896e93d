import type { LinkageRecord, LinkageSchema, PairScore, Resolved } from '@keepsake/memory/linkage';

/** What resolving cost. */
export interface Spent {
  readonly pairs: number;
  readonly ms: number;
}

/** What `keepsake identity resolve` writes; JSON as it is. */
export interface Resolution {
  /** Every id once. */
  readonly clusters: readonly (readonly string[])[];
  /** Pairs that somebody should look at, the most probable first. */
  readonly review: readonly {
    readonly a: string;
    readonly b: string;
    readonly probability: number;
  }[];
  readonly spent: Spent;
}

/** The answer as it is written. */
export function resolutionOf({ clusters, review, pairs }: Resolved, ms: number): Resolution {
  return {
    clusters,
    review: review.map(({ a, b, probability }) => ({ a, b, probability: round(probability) })),
    spent: { pairs, ms },
  };
}

/** Six digits after the point; never quite certain. */
function round(probability: number): number {
  return Math.min(0.999999, Math.round(probability * 1e6) / 1e6);
}

const LISTED_MAX = 5;

/** The answer for people. */
export function describeResolution(
  file: string,
  { clusters, review, spent }: Resolution,
  schema: LinkageSchema,
): readonly string[] {
  const records = clusters.reduce((sum, { length }) => sum + length, 0);
  const several = clusters.filter(({ length }) => length > 1);
  const largest = Math.max(0, ...several.map(({ length }) => length));
  const most = largest === 0 ? '' : `, at most ${largest} of one person`;
  const doubtful = review.length > LISTED_MAX ? ` and ${review.length - LISTED_MAX} more` : '';
  return [
    `${file}: ${count(records, 'record')} of ${count(clusters.length, 'person')}`,
    `  compared  ${comparedOf(schema)}`,
    `  joined    ${count(several.length, 'person')} with several records${most}`,
    `  review    ${review.length === 0 ? 'nothing' : count(review.length, 'pair')}`,
    ...review
      .slice(0, LISTED_MAX)
      .map(({ a, b, probability }) => `            ${probability.toFixed(2)} ${a} ${b}`),
    ...(doubtful === '' ? [] : [`           ${doubtful} (--json has all)`]),
    `  spent     ${count(spent.pairs, 'pair')}, ${spent.ms} ms`,
  ];
}

function comparedOf({ columns }: LinkageSchema): string {
  const used = columns.filter(({ kind }) => kind !== 'ignored');
  if (used.length === 0) return 'nothing: no column tells records apart';
  return used.map(({ name, kind }) => `${name} (${KINDS[kind] ?? kind})`).join(', ');
}

const KINDS: Readonly<Record<string, string>> = {
  given: 'given name',
  name: 'full name',
  birth: 'date of birth',
  birthYear: 'year of birth',
  birthMonth: 'month of birth',
  birthDay: 'day of birth',
  houseNumber: 'house number',
};

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const ZONES = {
  same: 'one person',
  review: 'perhaps one person',
  different: 'two persons',
} as const;

/** Why two records are one person, or are not: each piece of evidence in bits. */
export function describePair(
  [a, b]: readonly [LinkageRecord, LinkageRecord],
  { bits, probability, zone, waterfall }: PairScore,
  isTogether: boolean,
): readonly string[] {
  const rows = waterfall.map(({ kind, name, level, bits: own, columns }) => ({
    what: kind === 'prior' ? 'before anything is compared' : labelOf(kind, name, level),
    own,
    values: columns.map((column) => `${quote(a, column)} ${quote(b, column)}`).join(', '),
  }));
  const width = Math.max(...rows.map(({ what }) => what.length));
  const verdict = zone === 'same' && !isTogether ? ', kept apart by the rest of their persons' : '';
  return [
    `${a.id} and ${b.id}: ${ZONES[zone]}${verdict}, probability ${probability.toFixed(4)}`,
    ...rows.map(({ what, own, values }) =>
      `  ${what.padEnd(width)} ${signed(own)}  ${values}`.trimEnd(),
    ),
    `  ${'total'.padEnd(width)} ${signed(bits)}`,
    ...(isTogether && zone !== 'same' ? ['Other records join them into one person.'] : []),
  ];
}

function labelOf(kind: string, name: string, level: string): string {
  return kind === 'household' ? 'or two of one household' : `${name}: ${level}`;
}

const SHOWN_MAX = 30;

function quote({ fields }: LinkageRecord, column: string): string {
  const value = fields[column] ?? '';
  if (value === '') return '–';
  return `'${value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value}'`;
}

function signed(bits: number): string {
  const text = bits.toFixed(1);
  return `${bits >= 0 && !text.startsWith('-') ? '+' : ''}${text === '-0.0' ? '+0.0' : text}`.padStart(
    6,
  );
}
