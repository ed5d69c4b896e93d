/** How subjects are compared to find those that may be one person. */
import {
  blockingKeys,
  comparePair,
  defaultModel,
  type LinkageModel,
  type LinkageRecord,
} from '@keepsake/memory/linkage';
import { nameWords } from './names.rules.ts';

/** What is known of a subject in clear, for a comparison alone. */
export interface LinkageProfile {
  readonly subject: string;
  readonly name: string | null;
  /** The first of each kind, proved ones before claims. */
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
}

/** What a pair was compared by. */
export type EvidenceName =
  | 'prior'
  | 'given'
  | 'surname'
  | 'email'
  | 'phone'
  | 'loyalty'
  | 'household';

/** One addend of what speaks for a pair being one person. Holds no values of theirs. */
export interface EvidenceStep {
  readonly evidence: EvidenceName;
  /** The degree of agreement; empty where nothing was compared. */
  readonly level: string;
  /** Base-2 logarithm of the odds: positive speaks for one person. */
  readonly bits: number;
}

/** What two subjects being one person rests on. */
export interface PairEvidence {
  /** The sum of the waterfall. */
  readonly bits: number;
  /** 2^bits / (1 + 2^bits). */
  readonly probability: number;
  readonly waterfall: readonly EvidenceStep[];
}

/** Kinds of identifiers that are compared; the others say nothing about likeness. */
export const COMPARED_KINDS: ReadonlySet<string> = new Set(['email', 'phone', 'loyalty']);

/** Built in, and the same for every company: there are no records to learn from at the start. */
const MODEL: LinkageModel = defaultModel({
  columns: [
    { name: 'name', kind: 'name' },
    { name: 'email', kind: 'email' },
    { name: 'phone', kind: 'phone' },
    { name: 'loyalty', kind: 'identifier' },
  ],
});

const EVIDENCE: Readonly<Record<string, EvidenceName>> = {
  prior: 'prior',
  'given of name': 'given',
  'surname of name': 'surname',
  email: 'email',
  phone: 'phone',
  loyalty: 'loyalty',
  household: 'household',
};

/** Below this many bits, either way, an addend is shown as nothing. */
const BITS_MIN = 0.05;

function recordOf({ subject, name, identifiers }: LinkageProfile): LinkageRecord {
  const firstOf = (kind: string): string =>
    identifiers.find((one) => one.kind === kind)?.value ?? '';
  const fields = {
    name: name ?? '',
    email: firstOf('email'),
    phone: firstOf('phone'),
    loyalty: firstOf('loyalty'),
  };
  return { id: subject, fields };
}

/**
 * What alike subjects have in common, in clear: keep keyed hashes of it. Beside the keys of the model
 * the beginnings of first and last name: often a name is all there is, and a slip changes its sound.
 */
export function linkageKeys(profile: LinkageProfile): readonly string[] {
  const keys = blockingKeys(MODEL, recordOf(profile));
  if (profile.name === null) return keys;
  const words = nameWords(profile.name);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  // The whole name is never missing, which tells who was compared from who was not yet.
  const whole = `w|${words.join(' ')}`;
  return [...keys, whole, `b|${first.slice(0, 1)}|${last.slice(0, 3)}`];
}

/** What speaks for two subjects being one person; undefined where it is not worth a look. */
export function compareProfiles(a: LinkageProfile, b: LinkageProfile): PairEvidence | undefined {
  const { bits, probability, zone, waterfall } = comparePair(MODEL, recordOf(a), recordOf(b));
  if (zone === 'different') return undefined;
  const steps = waterfall.flatMap(({ name, level, bits: weight }): readonly EvidenceStep[] => {
    const evidence = EVIDENCE[name];
    if (evidence === undefined || level === 'missing') return [];
    if (evidence === 'household' && Math.abs(weight) < BITS_MIN) return [];
    return [{ evidence, level, bits: weight }];
  });
  return { bits, probability, waterfall: steps };
}
