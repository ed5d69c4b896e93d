import { type Instant, invariant } from '@keepsake/kernel';
import { Clusters } from './clusters.ts';
import { compareText } from './order.ts';

/** A handle by which a subject can be known again; the value itself never gets here. */
export interface Identifier {
  /** For example `email`, `loyalty`, `phone`. Values of different kinds are never equal. */
  readonly kind: string;
  /** Keyed hash of the value. */
  readonly hmac: string;
  readonly subject: string;
  /** When the customer proved it is theirs; null: a mere claim, which joins nothing. */
  readonly verifiedAt: Instant | null;
  /** Weak ones, and ones several people use (a hotel desk's e-mail), join nothing. */
  readonly strength: 'strong' | 'weak' | 'shared';
}

/** One appended verdict on whether two subjects are one person; never changed once written. */
export type LinkEvent =
  | {
      readonly kind: 'same' | 'not_same';
      readonly id: string;
      readonly a: string;
      readonly b: string;
      /** A human's verdict outranks a machine's on the same pair. */
      readonly by: 'human' | 'machine';
      readonly at: Instant;
    }
  | {
      readonly kind: 'void';
      readonly id: string;
      /** Id of an earlier event, which no longer counts; it may be a `void` itself. */
      readonly voids: string;
      readonly by: 'human' | 'machine';
      readonly at: Instant;
    };

/** Who we take to be one human being: a projection over subjects, which never move. */
export interface Person {
  /** Made of the smallest member; stays resolvable for ever through `aliases`. */
  readonly id: PersonId;
  /** Sorted. */
  readonly members: readonly string[];
  /** Every id this person may have been handed out under, sorted; contains `id`. */
  readonly aliases: readonly PersonId[];
}

/** `person:` and the id of a subject. */
export type PersonId = string;

/** The person a subject belongs to; a subject nobody mentioned is a person alone. */
export function personOf(
  subject: string,
  identifiers: readonly Identifier[],
  links: readonly LinkEvent[],
): Person {
  const person = personsOf([subject], identifiers, links).find((one) =>
    one.members.includes(subject),
  );
  invariant(person !== undefined, 'every subject given belongs to one person');
  return person;
}

/** The person who was ever handed out under this id, whatever was merged or parted since. */
export function personById(
  id: PersonId,
  identifiers: readonly Identifier[],
  links: readonly LinkEvent[],
): Person | undefined {
  if (!id.startsWith(PERSON_PREFIX)) return undefined;
  return personOf(id.slice(PERSON_PREFIX.length), identifiers, links);
}

/**
 * Partitions subjects into persons: connected components over human `same` verdicts, equal
 * verified strong identifiers and machine `same` verdicts, in that order, never joining two
 * subjects that were told apart. Depends on the set of evidence only, not on its order. Cost:
 * almost linear in the evidence, times the number of `not_same` verdicts in force.
 */
export function personsOf(
  subjects: readonly string[],
  identifiers: readonly Identifier[],
  links: readonly LinkEvent[],
): readonly Person[] {
  const verdicts = verdictsInForce(links);
  const apart = verdictsApart(verdicts);
  const clusters = new Clusters(apart);
  const owners = identifierGroups(identifiers);
  for (const subject of [
    ...subjects,
    ...identifiers.map((identifier) => identifier.subject),
    ...verdicts.flatMap(({ a, b }) => [a, b]),
  ]) {
    clusters.add(subject);
  }
  joinAll(clusters, verdicts, 'human');
  for (const group of owners) {
    group.forEach((subject, position) => {
      group.slice(0, position).some((earlier) => clusters.join(earlier, subject));
    });
  }
  joinAll(clusters, verdicts, 'machine');
  return clusters.members().map(personWith);
}

/** A verdict on two subjects, as opposed to the taking back of one. */
export type Verdict = Exclude<LinkEvent, { kind: 'void' }>;

/**
 * Verdicts that were not taken back, the oldest first. A void only reaches events before it, so that
 * the answer is settled from the newest backwards.
 */
export function verdictsInForce(links: readonly LinkEvent[]): readonly Verdict[] {
  const newestFirst = [...links].sort((x, y) => y.at - x.at || compareText(y.id, x.id));
  const voided = new Set<string>();
  const seen = new Set<string>();
  const verdicts: Verdict[] = [];
  for (const link of newestFirst) {
    if (seen.has(link.id)) continue;
    seen.add(link.id);
    if (voided.has(link.id)) continue;
    if (link.kind !== 'void') verdicts.push(link);
    else if (!seen.has(link.voids)) voided.add(link.voids);
  }
  return verdicts.reverse();
}

/** Pairs told apart: a human's `not_same` always, a machine's unless a human said `same`. */
function verdictsApart(verdicts: readonly Verdict[]): readonly Verdict[] {
  const humanSame = new Set(
    verdicts.filter((one) => one.kind === 'same' && one.by === 'human').map(pairKey),
  );
  return verdicts.filter(
    (one) => one.kind === 'not_same' && (one.by === 'human' || !humanSame.has(pairKey(one))),
  );
}

function pairKey({ a, b }: Verdict): string {
  return JSON.stringify(compareText(a, b) <= 0 ? [a, b] : [b, a]);
}

function joinAll(clusters: Clusters, verdicts: readonly Verdict[], by: 'human' | 'machine'): void {
  for (const verdict of verdicts) {
    if (verdict.kind === 'same' && verdict.by === by) clusters.join(verdict.a, verdict.b);
  }
}

/** Subjects that share a proven identifier, each group and the groups sorted. */
function identifierGroups(identifiers: readonly Identifier[]): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  for (const { kind, hmac, subject, verifiedAt, strength } of identifiers) {
    if (verifiedAt === null || strength !== 'strong') continue;
    const key = JSON.stringify([kind, hmac]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, new Set([subject]));
    else group.add(subject);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => [...group].sort(compareText));
}

const PERSON_PREFIX = 'person:';

function personWith(members: readonly string[]): Person {
  const aliases = members.map((subject) => `${PERSON_PREFIX}${subject}`);
  return { id: aliases[0] ?? PERSON_PREFIX, members, aliases };
}
