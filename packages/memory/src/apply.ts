import { type Instant, inLocale, type Words } from '@keepsake/kernel';
import type { PersonMemory } from './ask.ts';
import type { Polarity } from './fact.ts';
import {
  type FactValue,
  findPredicate,
  type Ontology,
  type Predicate,
  valueLabel,
} from './ontology.ts';
import { compareText } from './order.ts';
import { isGift, openRecall, type Recall } from './recall.ts';
import type { Candidate, Doubt } from './resolve.ts';

/** Somewhere a remembered fact can be acted on, for example a room made ready. */
export interface Touchpoint {
  readonly kind: string;
  readonly place: string;
  readonly category?: string;
  readonly occasion?: string;
  readonly gift?: boolean;
  /** When facts are read. */
  readonly at: Instant;
  /** When the instructions must have been carried out. */
  readonly deadline: Instant;
}

/** Something an operation can do about a predicate. */
export interface Capability {
  readonly predicate: string;
  readonly operation: string;
  /** `{value}` stands for the label of the value. */
  readonly text: Words;
  /** What to do where the instruction cannot be carried out. */
  readonly fallback?: Words;
}

/** What to do, for whoever carries out the operation. */
export interface Instruction {
  readonly predicate: string;
  readonly operation: string;
  /**
   * Filled in, in every language of the capability or the value. What the customer dislikes or
   * forbids begins with words that say so.
   */
  readonly text: Words;
  readonly value: FactValue;
  readonly polarity: Polarity;
  readonly factIds: readonly string[];
  /** Ids of the interactions behind it; an `instruction-outcome` names them. */
  readonly evidence: readonly string[];
  readonly deadline: Instant;
  readonly fallback?: Words;
}

/** Why something remembered is not acted on. */
export type SkipReason =
  | 'withheld'
  | Doubt
  | 'overruled'
  | 'not-so'
  | 'gift'
  | 'no-capability'
  | 'retired'
  | 'unknown-predicate';

/** One thing not acted on. `withheld` says nothing of whether there is a fact. */
export interface Skipped {
  readonly predicate: string;
  readonly reason: SkipReason;
  readonly factIds: readonly string[];
}

/** What is to be made of memory at a touchpoint. */
export interface ApplyRequest extends PersonMemory {
  readonly touchpoint: Touchpoint;
  readonly capabilities: readonly Capability[];
  readonly purpose: string;
  readonly ontology: Ontology;
}

/** Instructions in the order of the capabilities, and what was left out. */
export interface Application {
  readonly instructions: readonly Instruction[];
  readonly skipped: readonly Skipped[];
}

/**
 * What remembered facts ask of the operations at a touchpoint. Requirements and bans always
 * become instructions; wishes only when they are known without doubt. Nothing in the result
 * depends on a fact that may not be read.
 */
export function apply(request: ApplyRequest): Application {
  const { touchpoint, purpose, ontology } = request;
  const recall = openRecall({ ...request, situation: { ...touchpoint, purpose } });
  const instructions: Instruction[] = [];
  const skipped: Skipped[] = [];
  const seen = new Set<string>();
  for (const capability of request.capabilities) {
    const predicate = findPredicate(ontology, capability.predicate);
    const name = predicate?.name ?? capability.predicate;
    const decision =
      predicate === undefined
        ? leftOut(name, 'unknown-predicate')
        : decide(predicate, touchpoint, recall);
    for (const candidate of decision.used) {
      if (predicate === undefined) continue;
      instructions.push(instructionOf(candidate, { capability, predicate, touchpoint }));
    }
    if (!seen.has(name)) skipped.push(...decision.skipped);
    seen.add(name);
  }
  return { instructions, skipped: [...skipped, ...withoutCapability(recall, seen, ontology)] };
}

interface Decision {
  readonly used: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

function leftOut(predicate: string, reason: SkipReason): Decision {
  return { used: [], skipped: [{ predicate, reason, factIds: [] }] };
}

function decide(predicate: Predicate, touchpoint: Touchpoint, recall: Recall): Decision {
  const { name } = predicate;
  if (predicate.retired === true) return leftOut(name, 'retired');
  if (predicate.personal && isGift(touchpoint)) return leftOut(name, 'gift');
  if (!recall.isReadable(predicate)) return leftOut(name, 'withheld');
  const { candidates, overruled } = recall.resolve(predicate);
  const used: Candidate[] = [];
  const skipped: Skipped[] = [];
  for (const candidate of candidates) {
    const reason = reasonAgainst(candidate);
    if (reason === null) used.push(candidate);
    else skipped.push({ predicate: name, reason, factIds: candidate.factIds });
  }
  if (overruled.length > 0) {
    const factIds = overruled.map((fact) => fact.id);
    skipped.push({ predicate: name, reason: 'overruled', factIds });
  }
  return { used, skipped };
}

/** A requirement in dispute is still carried out: leaving it out would be the worse mistake. */
function reasonAgainst({ fact, doubt }: Candidate): SkipReason | null {
  if (fact.value === false) return 'not-so';
  return fact.polarity === 'require' ? null : doubt;
}

function instructionOf(
  candidate: Candidate,
  where: {
    readonly capability: Capability;
    readonly predicate: Predicate;
    readonly touchpoint: Touchpoint;
  },
): Instruction {
  const { capability, predicate, touchpoint } = where;
  const { value, polarity } = candidate.fact;
  const label = valueLabel(predicate, value);
  const text = filled(capability.text, label);
  const isAgainst = polarity === 'dislike' || polarity === 'forbid';
  return {
    predicate: predicate.name,
    operation: capability.operation,
    // An allergy's text says already what to keep away; nobody wants it turned round.
    text: isAgainst && predicate.sensitivity !== 'special' ? against(text, polarity) : text,
    value,
    polarity,
    factIds: candidate.factIds,
    evidence: candidate.evidence,
    deadline: touchpoint.deadline,
    ...(capability.fallback === undefined ? {} : { fallback: filled(capability.fallback, label) }),
  };
}

/** The text with `{value}` replaced, in every language that either of the two speaks. */
function filled(text: Words, label: Words): Words {
  const fill = (locale: string): string =>
    inLocale(text, locale).split('{value}').join(inLocale(label, locale));
  const locales = [...new Set([...Object.keys(text), ...Object.keys(label)])].sort(compareText);
  const entries = locales.map((locale) => [locale, fill(locale)] as const);
  return { ...Object.fromEntries(entries), en: fill('en') };
}

/** What stands before an instruction that the customer does not want, and never would. */
const AGAINST: Readonly<Record<'dislike' | 'forbid', Words>> = {
  dislike: { en: 'Rather not', de: 'Lieber nicht' },
  forbid: { en: 'Never', de: 'Auf keinen Fall' },
};

function against(text: Words, polarity: 'dislike' | 'forbid'): Words {
  const turned = Object.entries(text).map(([locale, words]) => {
    return [locale, `${inLocale(AGAINST[polarity], locale)}: ${words}`] as const;
  });
  return { ...Object.fromEntries(turned), en: `${AGAINST[polarity].en}: ${text.en}` };
}

function withoutCapability(
  recall: Recall,
  capable: ReadonlySet<string>,
  ontology: Ontology,
): readonly Skipped[] {
  const reasonOf = (name: string): SkipReason =>
    findPredicate(ontology, name)?.retired === true ? 'retired' : 'no-capability';
  const byPredicate = new Map<string, string[]>();
  for (const fact of recall.facts) {
    if (capable.has(fact.predicate)) continue;
    const ids = byPredicate.get(fact.predicate);
    if (ids === undefined) byPredicate.set(fact.predicate, [fact.id]);
    else ids.push(fact.id);
  }
  return [...byPredicate]
    .sort(([a], [b]) => compareText(a, b))
    .map(([predicate, factIds]) => ({ predicate, reason: reasonOf(predicate), factIds }));
}
