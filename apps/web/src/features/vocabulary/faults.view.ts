import type { Problem } from '@keepsake/contract';

/** Codes of faults that have words of their own. */
export const FAULTS = [
  'bad-name',
  'not-words',
  'not-a-number',
  'duplicate',
  'missing-values',
  'unknown-purpose',
  'special-needs-explicit-consent',
  'unknown-predicate',
  'unknown-value',
  'derivation-cycle',
] as const;

/** A fault that has words of its own. */
export type Fault = (typeof FAULTS)[number] | 'other';

/**
 * The faults of a refused document by the field of one entry, such as `predicates[3]`, that each is
 * about: `label`, and of a list also `values.2`. What is about something else stands under the empty
 * name.
 */
export function faultsByField(
  issues: Problem['issues'],
  entry: string,
): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const { path = '', code } of issues ?? []) {
    const fault = FAULTS.find((one) => one === code) ?? 'other';
    // A circle is told at any of the predicates that it goes through.
    const rest = code === 'derivation-cycle' ? 'derivations' : restOf(path, entry);
    const [, field = '', at] = /^([a-zA-Z]+)(?:\[(\d+)\])?/.exec(rest) ?? [];
    for (const key of at === undefined ? [field] : [field, `${field}.${at}`]) {
      if (!faults.has(key)) faults.set(key, fault);
    }
  }
  return faults;
}

function restOf(path: string, entry: string): string {
  // Of a list as a whole, such as `purposes`, it is this entry that was changed.
  if (path === entry.replace(/\[\d+\]$/, '')) return 'id';
  return path.startsWith(`${entry}.`) ? path.slice(entry.length + 1) : '';
}
