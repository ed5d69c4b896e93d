import { ok, type Result, refused } from '@keepsake/kernel';
import type { Polarity } from '../fact.ts';
import type { Issue } from '../issue.ts';
import { type FactValue, findPredicate, findValue, type Ontology } from '../ontology.ts';
import { Reader } from '../reader.ts';
import type { KnownPlace } from './places.ts';
import { PROPOSALS_MAX, type Proposal } from './proposal.ts';

/** Longest text that a proposed fact may hold. */
export const PROPOSED_TEXT_MAX = 64;

const POLARITIES: readonly [Polarity, ...Polarity[]] = ['like', 'dislike', 'require', 'forbid'];

/** What an answer from outside is held against. */
export interface ProposalGround {
  readonly note: string;
  readonly ontology: Ontology;
  readonly places: readonly KnownPlace[];
}

/**
 * Reads `{ proposals: [{ predicate, value, polarity, place?, confidence, start, end }] }`, as
 * another proposer answers, such as a language model. Nothing in it is believed: names must be the
 * ontology's, values its values, places those offered, spans inside the note. One fault refuses
 * all of it, with every fault reported.
 */
export function parseProposals(
  document: unknown,
  ground: ProposalGround,
): Result<readonly Proposal[], readonly Issue[]> {
  const issues: Issue[] = [];
  const root = new Reader(document, '', issues);
  root.onlyKeys(['proposals']);
  const items = root.list('proposals', PROPOSALS_MAX);
  const proposals = items.flatMap((item) => parseProposal(item, ground) ?? []);
  return issues.length > 0 ? refused(issues) : ok(proposals);
}

const KEYS = ['predicate', 'value', 'polarity', 'place', 'confidence', 'start', 'end'];

function parseProposal(reader: Reader, ground: ProposalGround): Proposal | undefined {
  reader.onlyKeys(KEYS);
  const named = reader.optionalText('predicate') ?? '';
  const found = findPredicate(ground.ontology, named);
  const predicate = found?.retired === true ? undefined : found;
  if (predicate === undefined) reader.report('unknown-predicate', 'predicate', named.slice(0, 100));
  const said = reader.scalar('value');
  const value = predicate === undefined ? undefined : knownValue(findValue(predicate, said));
  if (value === undefined) reader.report('unknown-value', 'value', String(said).slice(0, 100));
  const polarity = reader.oneOf('polarity', POLARITIES);
  const place = reader.optionalText('place');
  if (place !== undefined && !ground.places.some((known) => known.place === place)) {
    reader.report('not-one-of', 'place', place.slice(0, 100));
  }
  const confidence = numberIn(reader, 'confidence', { least: 0, most: 1 });
  const end = numberIn(reader, 'end', { least: 1, most: ground.note.length });
  const start = numberIn(reader, 'start', { least: 0, most: end - 1 });
  if (!Number.isInteger(start) || !Number.isInteger(end))
    reader.report('not-a-number', 'start', '');
  if (predicate === undefined || value === undefined) return undefined;
  const scope = place === undefined ? {} : { place };
  return { predicate: predicate.name, value, polarity, scope, confidence, start, end };
}

function knownValue(value: FactValue | undefined): FactValue | undefined {
  const isText = typeof value === 'string';
  return isText && (value.trim() === '' || value.length > PROPOSED_TEXT_MAX) ? undefined : value;
}

function numberIn(
  reader: Reader,
  key: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = reader.scalar(key);
  if (typeof value === 'number' && value >= least && value <= most) return value;
  reader.report('not-a-number', key, `${least} ${most}`);
  return least;
}
