import type { Fact, MyMemory, Predicate } from '@keepsake/contract';
import { calendarDateOf } from '../../ui/date.view.ts';

type ReadEntry = MyMemory['reads'][number];

/** One line of the log: who read something, when and for what; repeated readings are one line. */
export interface ReadLine {
  readonly key: string;
  /** The newest reading of the line. */
  readonly at: string;
  readonly actor: ReadEntry['actor'];
  readonly actorName: string | null;
  readonly purpose: string;
  readonly touchpoint: string;
  readonly factIds: readonly string[];
  readonly count: number;
}

/** The log by reader, place and day, newest first. */
export function readLines(reads: readonly ReadEntry[], timeZone?: string): readonly ReadLine[] {
  const lines = new Map<string, ReadLine>();
  for (const read of [...reads].sort((a, b) => b.at.localeCompare(a.at))) {
    const { at, actor, actorName, purpose, touchpoint } = read;
    const day = calendarDateOf(at, timeZone);
    const key = JSON.stringify([day, actor, actorName, purpose, touchpoint]);
    const known = lines.get(key);
    const factIds = [...new Set([...(known?.factIds ?? []), ...read.facts])];
    const count = (known?.count ?? 0) + 1;
    const newest = known?.at ?? at;
    lines.set(key, { key, at: newest, actor, actorName, purpose, touchpoint, factIds, count });
  }
  return [...lines.values()];
}

/** Who read one fact. */
export function readersOf(
  reads: readonly ReadEntry[],
  fact: string,
  timeZone?: string,
): readonly ReadLine[] {
  return readLines(
    reads.filter(({ facts }) => facts.includes(fact)),
    timeZone,
  );
}

/** What puts a forgotten fact back: its words, without where they once came from. */
export function restatementOf(fact: Fact): {
  readonly predicate: string;
  readonly value: Fact['value'];
  readonly polarity: Fact['polarity'];
} {
  const { predicate, value, polarity } = fact;
  return { predicate, value, polarity };
}

/** What was typed as a value of a predicate; undefined where it is none. */
export function valueFrom(
  predicate: Pick<Predicate, 'kind' | 'values'>,
  typed: string,
): Fact['value'] | undefined {
  const text = typed.trim();
  switch (predicate.kind) {
    case 'choice':
      return predicate.values.some(({ id }) => id === text) ? text : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'number': {
      const number = Number(text.replace(',', '.'));
      return text !== '' && Number.isFinite(number) ? number : undefined;
    }
    case 'text':
    case 'date':
    case 'time':
    case 'place':
      return text === '' || text.length > 64 ? undefined : text;
  }
}

/** The polarity of what customers tell of themselves: what is of the body must be heeded. */
export function toldPolarity(predicate: Pick<Predicate, 'sensitivity'>): Fact['polarity'] {
  return predicate.sensitivity === 'special' ? 'require' : 'like';
}

/** Whether the words that confirm an erasure were typed; case and spaces do not matter. */
export function isConfirmed(typed: string, confirm: string): boolean {
  const plain = (text: string) => text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  return plain(typed) === plain(confirm);
}

/** The name of an export: `my-memory-lantern-hotels-2026-11-24.json`. */
export function exportName(company: string, now: number): string {
  return `my-memory-${company}-${calendarDateOf(now)}.json`;
}

/** What a person reads of a consent receipt (ISO/IEC TS 27560 in the terms of DPV). */
export interface ReceiptSummary {
  readonly number: string | undefined;
  /** Who was allowed something, and where they are reached. */
  readonly controller: string | undefined;
  /** The words that were agreed to. */
  readonly wording: string | undefined;
  readonly at: string | undefined;
  /** What it is about, by name. */
  readonly about: readonly string[];
}

function within(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function textWithin(value: unknown, key: string): string | undefined {
  const found = within(value, key);
  return typeof found === 'string' ? found : undefined;
}

function listWithin(value: unknown, key: string): readonly unknown[] {
  const found = within(value, key);
  return Array.isArray(found) ? found : [];
}

/** Reads a receipt; whatever is not where the standard puts it is left out. */
export function receiptSummary(receipt: unknown): ReceiptSummary {
  const [process] = listWithin(receipt, 'dpv:hasProcess');
  const entities = within(receipt, 'dpv:hasEntity');
  const entity = within(entities, textWithin(receipt, 'dct:creator') ?? '');
  const controller = [textWithin(entity, 'dpv:hasName'), textWithin(entity, 'dpv:hasContact')];
  const named = controller.filter((part) => part !== undefined).join(' – ');
  return {
    number: textWithin(receipt, 'dpv:hasIdentifier'),
    controller: named === '' ? undefined : named,
    wording: textWithin(within(process, 'dpv:hasNotice'), 'dct:description'),
    at: textWithin(within(process, 'dpv:hasConsentStatus'), 'dpv:isIndicatedAtTime'),
    about: listWithin(process, 'dpv:hasPersonalData').flatMap(
      (data) => textWithin(data, 'skos:prefLabel') ?? [],
    ),
  };
}
