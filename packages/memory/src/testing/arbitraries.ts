import { DAY_MS, type Instant } from '@keepsake/kernel';
import fc from 'fast-check';
import type { Basis, Polarity } from '../fact.ts';
import type { Identifier, LinkEvent } from '../identity.ts';
import type { Interaction, InteractionBody } from '../journal.ts';
import type { Scope } from '../scope.ts';

/** The first instant of generated journals; all others are whole days after it. */
export const JOURNAL_START: Instant = Date.UTC(2024, 0, 1);

/** The number of days generated journals span: small, so that equal instants are common. */
export const JOURNAL_DAYS = 12;

/** An instant of a generated journal. */
export const instants: fc.Arbitrary<Instant> = fc
  .nat(JOURNAL_DAYS)
  .map((day) => JOURNAL_START + day * DAY_MS);

/** Scopes that nest, overlap and differ. */
export const scopes: fc.Arbitrary<Scope> = fc
  .record({
    place: fc.constantFrom('', 'us', 'us/ca', 'us/ca/monterey', 'us/fl'),
    category: fc.constantFrom('', 'room', 'room/pillow'),
    occasion: fc.constantFrom('', '', 'business'),
  })
  .map(({ place, category, occasion }) => ({
    ...(place === '' ? {} : { place }),
    ...(category === '' ? {} : { category }),
    ...(occasion === '' ? {} : { occasion }),
  }));

const bases: fc.Arbitrary<Basis> = fc.constantFrom(
  'stated',
  'confirmed',
  'observed',
  'inferred',
  'imported',
);

const polarities: fc.Arbitrary<Polarity> = fc.constantFrom(
  'like',
  'like',
  'dislike',
  'require',
  'forbid',
);

interface Topic {
  readonly predicate: string;
  readonly values: readonly (string | boolean)[];
  readonly scopes: fc.Arbitrary<Scope>;
}

const everywhere = fc.constant<Scope>({});
const pillow: Topic = {
  predicate: 'pillow.firmness',
  values: ['soft', 'firm'],
  scopes: everywhere,
};
const papers: Topic = {
  predicate: 'newspaper.title',
  values: ['morning', 'evening'],
  scopes: everywhere,
};

/** Journals keep to one slot, or range over many: conflicts need the first, mixing the second. */
const topicPools: readonly (readonly Topic[])[] = [
  [pillow],
  [papers],
  [
    pillow,
    papers,
    { ...pillow, values: ['soft', 'hard', 'Medium', 'unheard-of'], scopes },
    { ...pillow, predicate: 'bed.pillow', values: ['soft', 'Fest'] },
    { ...papers, scopes },
    { predicate: 'pillow.fill', values: ['foam', 'feather'], scopes },
    { predicate: 'allergy.feather', values: [true, false], scopes: everywhere },
    { predicate: 'nothing.known', values: ['x'], scopes: everywhere },
  ],
];

/** Ids an interaction may refer to; many of them exist in a journal of the same length. */
const references = fc.nat(9).map((position) => `i${position}`);

/** What interactions about these facts say. */
function factBodies(topics: readonly Topic[]): fc.Arbitrary<InteractionBody> {
  return fc
    .constantFrom(...topics)
    .chain((topic) =>
      fc.record({
        predicate: fc.constant(topic.predicate),
        scope: topic.scopes,
        value: fc.constantFrom(...topic.values),
      }),
    )
    .chain(({ predicate, scope, value }) =>
      fc.oneof(
        { weight: 5, arbitrary: learned({ predicate, scope, value }) },
        { weight: 2, arbitrary: corrected({ predicate, scope, value }) },
        { weight: 2, arbitrary: changed({ predicate, scope, value }) },
        { weight: 1, arbitrary: withdrawn({ predicate, scope }) },
        { weight: 2, arbitrary: outcome({ predicate, scope, value }) },
      ),
    );
}

interface Said {
  readonly predicate: string;
  readonly scope: Scope;
  readonly value: string | boolean;
}

function learned(said: Said): fc.Arbitrary<InteractionBody> {
  return fc
    .record({
      basis: bases,
      polarity: polarities,
      confidence: fc.constantFrom(undefined, 0.25, 0.75, 1.5),
      from: fc.option(instants, { nil: undefined }),
      to: fc.option(instants, { nil: undefined, freq: 4 }),
    })
    .map(({ basis, polarity, confidence, from, to }) => ({
      kind: 'fact' as const,
      ...said,
      basis,
      polarity,
      ...(confidence === undefined ? {} : { confidence }),
      ...(from === undefined ? {} : { validFrom: from }),
      ...(to === undefined ? {} : { validTo: to }),
    }));
}

function corrected(said: Said): fc.Arbitrary<InteractionBody> {
  return references.map((corrects) => ({ kind: 'fact-corrected' as const, ...said, corrects }));
}

function changed({ value, ...said }: Said): fc.Arbitrary<InteractionBody> {
  return fc
    .record({ hasValue: fc.boolean(), hasFormer: fc.boolean(), polarity: polarities })
    .map(({ hasValue, hasFormer, polarity }) => ({
      kind: 'mind-changed' as const,
      ...said,
      polarity,
      ...(hasValue ? { value } : {}),
      ...(hasFormer ? { former: value } : {}),
    }));
}

function withdrawn(said: Omit<Said, 'value'>): fc.Arbitrary<InteractionBody> {
  return fc
    .record({
      forget: fc.boolean(),
      evidence: fc.option(fc.array(references, { maxLength: 3 }), { nil: undefined }),
    })
    .map(({ forget, evidence }) => ({
      kind: 'fact-withdrawn' as const,
      ...said,
      forget,
      ...(evidence === undefined ? {} : { evidence }),
    }));
}

function outcome({ value, ...said }: Said): fc.Arbitrary<InteractionBody> {
  return fc
    .record({
      outcome: fc.constantFrom('kept' as const, 'corrected' as const, 'rejected' as const),
      evidence: fc.array(references, { minLength: 1, maxLength: 3 }),
    })
    .map((said2) => ({
      kind: 'instruction-outcome' as const,
      ...said,
      ...said2,
      ...(said2.outcome === 'corrected' ? { value } : {}),
    }));
}

const purposes = fc.constantFrom('stay', 'health', 'order', 'offers');

const consentBodies: fc.Arbitrary<InteractionBody> = fc.oneof(
  fc.record({
    kind: fc.constant('consent-granted' as const),
    purpose: purposes,
    basis: fc.constantFrom('consent' as const, 'explicit-consent' as const),
    wording: fc.constant({ en: 'Yes, remember this.' }),
    receiptId: fc.constant('r'),
  }),
  fc.record({
    kind: fc.constant('consent-withdrawn' as const),
    purpose: purposes,
    receiptId: fc.constant('r'),
  }),
  fc.record({
    kind: fc.constant('declined' as const),
    predicate: fc.constantFrom('pillow.firmness', 'bed.pillow', 'rider.inseam'),
    until: fc.option(instants, { nil: null }),
  }),
  fc.record({ kind: fc.constant('event' as const), name: fc.constant('order-placed') }),
);

/**
 * Journals in the words of `sampleOntology`, of up to three subjects, with ids `i0`, `i1`, … in
 * the order of the list.
 */
export function journals(maxLength: number): fc.Arbitrary<readonly Interaction[]> {
  return fc
    .constantFrom(...topicPools)
    .chain((topics) => fc.array(journalLine(topics), { maxLength }))
    .map((entries) =>
      entries.map((entry, position) => ({
        id: `i${position}`,
        seq: position,
        channel: 'desk',
        touchpoint: 'us/ca/monterey',
        actor: { kind: 'customer' as const },
        ...entry,
      })),
    );
}

function journalLine(
  topics: readonly Topic[],
): fc.Arbitrary<Pick<Interaction, 'subject' | 'occurredAt' | 'recordedAt' | 'body'>> {
  return fc.record({
    subject: fc.constantFrom('s1', 's1', 's1', 's1', 's2', 's3'),
    occurredAt: instants,
    recordedAt: instants,
    body: fc.oneof(
      { weight: 4, arbitrary: factBodies(topics) },
      { weight: 1, arbitrary: consentBodies },
    ),
  });
}

const subjects = fc.constantFrom('s1', 's2', 's3', 's4', 's5');

/** Identifiers of up to five subjects, some shared, weak or unproven. */
export const identifierLists: fc.Arbitrary<readonly Identifier[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('email', 'loyalty'),
    hmac: fc.constantFrom('h1', 'h2', 'h3'),
    subject: subjects,
    verifiedAt: fc.option(instants, { nil: null }),
    strength: fc.constantFrom(
      'strong' as const,
      'strong' as const,
      'weak' as const,
      'shared' as const,
    ),
  }),
  { maxLength: 6 },
);

/** Verdicts between up to five subjects, with ids `l0`, `l1`, …, and voids of some of them. */
export const linkLists: fc.Arbitrary<readonly LinkEvent[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('same' as const, 'same' as const, 'not_same' as const, 'void' as const),
      a: subjects,
      b: subjects,
      voids: fc.nat(9),
      by: fc.constantFrom('human' as const, 'machine' as const),
      at: instants,
    }),
    { maxLength: 10 },
  )
  .map((entries) =>
    entries.map(({ kind, a, b, voids, by, at }, position): LinkEvent => {
      const id = `l${position}`;
      return kind === 'void'
        ? { kind, id, voids: `l${voids}`, by, at }
        : { kind, id, a, b, by, at };
    }),
  );
