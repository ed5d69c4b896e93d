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

/** One line of a receipt: where it stands in the document, and its plain value. */
export interface ReceiptLine {
  readonly path: string;
  readonly value: string;
}

/** A receipt as lines to read; machine marks such as `@context` are left to the export. */
export function receiptLines(
  receipt: Readonly<Record<string, unknown>>,
  path = '',
): readonly ReceiptLine[] {
  return Object.entries(receipt).flatMap(([key, value]) => {
    if (key.startsWith('@') || value === null || value === undefined) return [];
    const here = path === '' ? key : `${path} · ${key}`;
    if (typeof value === 'object') return receiptLines({ ...value }, here);
    return [{ path: here, value: String(value) }];
  });
}
