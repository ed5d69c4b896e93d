import type { Instant } from '@keepsake/kernel';
import type { Interaction, InteractionBody } from '../journal.ts';
import { type FactValue, findPredicate, findValue, type Ontology } from '../ontology.ts';
import type { AsOf } from '../projection.ts';
import { type Scope, scopeKey } from '../scope.ts';

/** What the reference says is believed of one thing at one moment in both times. */
export interface ReferenceBelief {
  readonly subject: string;
  readonly predicate: string;
  readonly scope: string;
  readonly polarity: string;
  readonly value: FactValue;
  readonly basis: string;
  readonly confidence: number;
  /** Id of the interaction that decides. */
  readonly decidedBy: string;
}

const BASIS_ORDER = ['stated', 'confirmed', 'observed', 'inferred', 'imported'];
const BASIS_CONFIDENCE = [1, 0.95, 0.7, 0.4, 0.6];

/**
 * What was true and known at one moment, straight from the rules: it looks at one moment only and
 * knows nothing of intervals, rows or slots. Slow on purpose. Sorted by text.
 */
export function referenceFactsAsOf(
  journal: readonly Interaction[],
  ontology: Ontology,
  asOf: AsOf,
): readonly ReferenceBelief[] {
  const lines = journal.flatMap((line) => understoodLine(line, ontology));
  const remembered = lines.filter((line) => !lines.some((other) => other.forgets(line)));
  const known = remembered.filter((line) => line.at.recordedAt <= asOf.knownAt);
  const standing = known.filter((line) => !known.some((other) => other.withdraws(line)));
  const beliefs = standing.flatMap((line) => believed(line, standing, asOf.validAt));
  const winners = beliefs.filter(
    (belief) => !beliefs.some((other) => rivals(other, belief, ontology) && beats(other, belief)),
  );
  return winners
    .map(({ validFrom: _from, seq: _seq, ...belief }) => belief)
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

interface Line {
  readonly at: Interaction;
  readonly topic: string;
  readonly scope: Scope;
  readonly predicate: string;
  readonly value: FactValue | undefined;
  readonly former: FactValue | undefined;
  withdraws(line: Line): boolean;
  forgets(line: Line): boolean;
}

function understoodLine(at: Interaction, ontology: Ontology): readonly Line[] {
  const { body } = at;
  if (!('predicate' in body) || body.kind === 'declined') return [];
  const predicate = findPredicate(ontology, body.predicate);
  if (predicate === undefined) return [];
  const said = 'value' in body ? body.value : undefined;
  const before = 'former' in body ? body.former : undefined;
  const value = said === undefined ? undefined : findValue(predicate, said);
  const former = before === undefined ? undefined : findValue(predicate, before);
  if (value !== said && value === undefined) return [];
  if (former !== before && former === undefined) return [];
  if (isMalformed(at)) return [];
  const scope = body.scope ?? {};
  const topic = JSON.stringify([at.subject, predicate.name, scopeKey(scope)]);
  const withdraws = (line: Line): boolean =>
    body.kind === 'fact-withdrawn' &&
    line.topic === topic &&
    line.at.body.kind !== 'fact-withdrawn' &&
    isEarlier(line.at, at) &&
    (body.evidence === undefined || body.evidence.includes(line.at.id));
  const forgets = (line: Line): boolean =>
    body.kind === 'fact-withdrawn' && body.forget && withdraws(line);
  return [{ at, topic, scope, predicate: predicate.name, value, former, withdraws, forgets }];
}

function isMalformed({ body, occurredAt }: Interaction): boolean {
  if (body.kind !== 'fact' && body.kind !== 'fact-corrected') return false;
  if (body.confidence !== undefined && (body.confidence < 0 || body.confidence > 1)) return true;
  if (body.kind !== 'fact' || body.validTo === undefined) return false;
  return body.validTo <= (body.validFrom ?? occurredAt);
}

function isEarlier(a: Interaction, b: Interaction): boolean {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt;
  if (a.seq !== b.seq) return a.seq < b.seq;
  return a.id < b.id;
}

interface Belief extends ReferenceBelief {
  readonly validFrom: Instant;
  readonly seq: number;
}

function believed(line: Line, standing: readonly Line[], validAt: Instant): readonly Belief[] {
  const { body } = line.at;
  if (line.value === undefined || !isClaim(body)) return [];
  const from = ('validFrom' in body ? body.validFrom : undefined) ?? line.at.occurredAt;
  const to = ('validTo' in body ? body.validTo : undefined) ?? Number.POSITIVE_INFINITY;
  if (validAt < from || validAt >= to) return [];
  const same = standing.filter((other) => other.topic === line.topic);
  const correction = same
    .filter((other) => other.at.body.kind === 'fact-corrected')
    .filter((other) => rootOf(other.at.id, same) === line.at.id)
    .reduce<Line | undefined>(
      (last, other) => (last === undefined || isEarlier(last.at, other.at) ? other : last),
      undefined,
    );
  const word = correction?.at.body ?? body;
  const polarity = polarityOf(word) ?? polarityOf(body) ?? 'like';
  const value = correction?.value ?? line.value;
  const isOver = same.some((other) => closedBy(other, { line, value, polarity, from, validAt }));
  if (isOver) return [];
  const basis = ('basis' in word ? word.basis : undefined) ?? 'stated';
  return [
    {
      subject: line.at.subject,
      predicate: line.predicate,
      scope: scopeKey(line.scope),
      polarity,
      value,
      basis,
      confidence: confidenceOf({ line, same, correction, basis }),
      decidedBy: line.at.id,
      validFrom: from,
      seq: line.at.seq,
    },
  ];
}

function isClaim(body: InteractionBody): boolean {
  return (
    body.kind === 'fact' ||
    body.kind === 'mind-changed' ||
    (body.kind === 'instruction-outcome' && body.outcome === 'corrected')
  );
}

function polarityOf(body: InteractionBody): string | undefined {
  return 'polarity' in body ? body.polarity : undefined;
}

function rootOf(id: string, lines: readonly Line[]): string {
  let root = id;
  for (let step = 0; step <= lines.length; step++) {
    const body = lines.find((line) => line.at.id === root)?.at.body;
    if (body?.kind !== 'fact-corrected') return root;
    root = body.corrects;
  }
  return 'a ring';
}

interface Standing {
  readonly line: Line;
  readonly value: FactValue;
  readonly polarity: string;
  readonly from: Instant;
  readonly validAt: Instant;
}

function closedBy(change: Line, claim: Standing): boolean {
  const { body, occurredAt } = change.at;
  if (body.kind !== 'mind-changed' || change === claim.line) return false;
  const moment = body.validFrom ?? occurredAt;
  const happenedBefore =
    claim.line.at.occurredAt < occurredAt ||
    (claim.line.at.occurredAt === occurredAt && isEarlier(claim.line.at, change.at));
  const polarity = body.polarity ?? 'like';
  const isWish = (one: string): boolean => one === 'like' || one === 'dislike';
  const concerns = isWish(polarity) ? isWish(claim.polarity) : polarity === claim.polarity;
  return (
    happenedBefore &&
    concerns &&
    claim.from < moment &&
    claim.validAt >= moment &&
    (change.former === undefined || change.former === claim.value)
  );
}

function confidenceOf(about: {
  readonly line: Line;
  readonly same: readonly Line[];
  readonly correction: Line | undefined;
  readonly basis: string;
}): number {
  const { line, same, correction, basis } = about;
  const word = correction?.at.body ?? line.at.body;
  const given = 'confidence' in word ? word.confidence : undefined;
  let confidence = given ?? BASIS_CONFIDENCE[BASIS_ORDER.indexOf(basis)] ?? 0;
  for (const other of [...same].sort((a, b) => (isEarlier(a.at, b.at) ? -1 : 1))) {
    const { body } = other.at;
    if (body.kind !== 'instruction-outcome' || body.outcome === 'corrected') continue;
    if (correction !== undefined && isEarlier(other.at, correction.at)) continue;
    if (!body.evidence.some((id) => rootOf(id, same) === line.at.id)) continue;
    confidence = body.outcome === 'kept' ? confidence + (1 - confidence) / 2 : confidence / 2;
  }
  return confidence;
}

/** Whether two beliefs about one thing cannot both hold. */
function rivals(a: Belief, b: Belief, ontology: Ontology): boolean {
  const sameThing =
    a.subject === b.subject &&
    a.predicate === b.predicate &&
    a.scope === b.scope &&
    a.polarity === b.polarity;
  const isSingle = findPredicate(ontology, a.predicate)?.cardinality === 'one';
  const isWanted = a.polarity === 'like' || a.polarity === 'require';
  return sameThing && ((isSingle && isWanted) || a.value === b.value);
}

function beats(a: Belief, b: Belief): boolean {
  if (a.basis !== b.basis) return BASIS_ORDER.indexOf(a.basis) < BASIS_ORDER.indexOf(b.basis);
  if (a.validFrom !== b.validFrom) return a.validFrom > b.validFrom;
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return a.seq > b.seq;
}
