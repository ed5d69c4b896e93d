/** Reads lines of JSON, and works out whom each is about. Pure but for the keyed look-ups. */
import { InteractionLine, LIMITS, type LineAnswer, type LineRefusal } from '@keepsake/contract';
import { type Instant, MINUTE_MS } from '@keepsake/kernel';
import type { Basis, Polarity } from '@keepsake/memory';
import type { HandleKey } from './bulk.store.ts';
import { placeOf, type Site } from './places.rules.ts';
import type { Statement } from './statements.rules.ts';

/** A handle that a line names a person by, with what it is looked up by. */
export interface LineHandle extends HandleKey {
  readonly value: string;
  /** A mere claim joins nothing. */
  readonly isProved: boolean;
}

/** A line that can be read; what it means to memory is decided later. */
export interface Draft {
  /** From 1. */
  readonly line: number;
  /** Recording under the same key again changes nothing. */
  readonly key: string;
  readonly at: Instant;
  /** Id of a guest that the line names outright. */
  readonly guest: string | null;
  /** The first proved one says whom the line is about. */
  readonly handles: readonly LineHandle[];
  readonly channel: string;
  readonly touchpoint: string;
  readonly site: Site | null;
  readonly statements: readonly Statement[];
  /** Purposes agreed to. */
  readonly purposes: readonly string[];
}

/** A line that was not taken. */
export type Refusal = Extract<LineAnswer, { outcome: 'refused' }>;

/** What reading lines needs to know. */
export interface Reading {
  readonly source: string;
  readonly sites: readonly Site[];
  readonly now: Instant;
  /** The caller may say that identifiers are proved. */
  readonly isTrusted: boolean;
  /** What an identifier is looked up by. */
  readonly hmacOf: (kind: string, value: string) => string;
  /** The key of what makes a repetition of a line known again. */
  readonly keyOf: (identity: string) => string;
}

/** Lines that can be read, and the others. */
export interface ReadLines {
  readonly drafts: readonly Draft[];
  readonly refusals: readonly Refusal[];
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Clocks of other systems may be ahead by this much. */
const AHEAD_MS = 5 * MINUTE_MS;
const TOUCHPOINT_DEFAULT = 'interaction';

/** How many lines a text has, blank ones aside. Stops counting beyond the limit. */
export function hasTooManyLines(text: string): boolean {
  let count = 0;
  for (const line of text.split('\n')) if (line.trim() !== '') count += 1;
  return count > LIMITS.bulkLinesMax;
}

/** Reads every line by itself: one that cannot be read says nothing of the others. */
export function readLines(text: string, reading: Reading): ReadLines {
  const drafts: Draft[] = [];
  const refusals: Refusal[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    const draft = readLine(line, index + 1, reading);
    if ('outcome' in draft) refusals.push(draft);
    else drafts.push(draft);
  });
  return { drafts, refusals };
}

/** An answer that a line is not taken. */
export function refuse(line: number, reason: LineRefusal, about: string | null = null): Refusal {
  return { line, outcome: 'refused', reason, about };
}

function readLine(text: string, line: number, reading: Reading): Draft | Refusal {
  if (Buffer.byteLength(text) > LIMITS.bulkLineBytesMax) return refuse(line, 'too-long');
  const json = parseJson(text);
  if (json === undefined) return refuse(line, 'not-json');
  const parsed = InteractionLine.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    return refuse(line, 'invalid', path === '' ? null : path);
  }
  return draftOf(parsed.data, { text, line, reading });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Source {
  readonly text: string;
  readonly line: number;
  readonly reading: Reading;
}

function draftOf(said: InteractionLine, { text, line, reading }: Source): Draft | Refusal {
  const at = Date.parse(said.at);
  if (at > reading.now + AHEAD_MS) return refuse(line, 'in-the-future', 'at');
  if (said.verified === true && !reading.isTrusted) return refuse(line, 'not-trusted', 'verified');
  const site = siteOf(said, reading.sites);
  if (site === undefined) return refuse(line, 'site-not-found', said.site ?? null);
  const guest = said.subject !== undefined && ID.test(said.subject) ? said.subject : null;
  const handles = handlesOf(said, guest, reading);
  if (guest === null && handles.length === 0) return refuse(line, 'nobody-named');
  return {
    line,
    key: reading.keyOf(`${reading.source}\0${said.id ?? text}`),
    at,
    guest,
    handles,
    channel: said.channel,
    touchpoint: said.touchpoint ?? TOUCHPOINT_DEFAULT,
    site,
    statements: statementsOf(said, site),
    purposes: said.purposes ?? [],
  };
}

/** The site that a line names; `null` where it names none that is known by its place. */
function siteOf(said: InteractionLine, sites: readonly Site[]): Site | null | undefined {
  if (said.site !== undefined) return sites.find((one) => one.id === said.site);
  if (said.place === undefined) return null;
  const { place } = said;
  return sites.find((one) => place === one.place || place === placeOf(one)) ?? null;
}

/**
 * By what a line names its person. A key of the source comes first and always counts: a source knows
 * its own records. Claims make a record of their own in the source, which nothing else joins.
 */
function handlesOf(
  said: InteractionLine,
  guest: string | null,
  { source, hmacOf }: Reading,
): readonly LineHandle[] {
  const handleOf = (kind: string, value: string, isProved: boolean): LineHandle => {
    return { kind, value, hmac: hmacOf(kind, value), isProved };
  };
  const kind = `source.${source}`;
  const isProved = said.verified === true;
  const named = Object.entries(said.identifiers ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const handles = named.map(([each, value]) => handleOf(each, value, isProved));
  if (guest !== null) return handles;
  if (said.subject !== undefined) return [handleOf(kind, said.subject, true), ...handles];
  if (isProved || handles.length === 0) return handles;
  const value = named.map(([each, claimed]) => `${each} ${claimed}`).join(' ');
  return [handleOf(kind, value, true), ...handles];
}

function statementsOf(said: InteractionLine, site: Site | null): readonly Statement[] {
  const place = site === null ? said.place : placeOf(site);
  const more: { polarity?: Polarity; basis?: Basis; place?: string } = {};
  if (said.polarity !== undefined) more.polarity = said.polarity;
  if (said.basis !== undefined) more.basis = said.basis;
  if (said.hereOnly === true && place !== undefined) more.place = place;
  return Object.entries(said.says ?? {}).map(([predicate, value]) => ({
    predicate,
    value,
    ...more,
  }));
}
