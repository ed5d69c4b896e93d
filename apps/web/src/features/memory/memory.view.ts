import type { Fact, Predicate } from '@keepsake/contract';
import { calendarDateOf } from '../../ui/date.view.ts';

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
