/** Whose a fact is that was noted while two were one person. */
import type { Instant } from '@keepsake/kernel';
import { type Fact, findPredicate } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { CompanyRecord } from '../companies/index.ts';
import { type AttributionRow, listAttributions, takeAttribution } from './attributions.store.ts';
import { inTurns } from './bulk.service.ts';
import { recordInteractions } from './journal.service.ts';
import { listInteractions } from './journal.store.ts';
import type { MemoryDeps, MemoryServiceDeps } from './memory-deps.ts';
import { interactionOf } from './projection.rules.ts';
import {
  currentFacts,
  isGranted,
  type LoadedPerson,
  loadPerson,
  logReads,
  mayRead,
  type Reader,
} from './recall.service.ts';
import { type FoundSubject, readSubject } from './search.service.ts';
import { viewFacts, type WireFact } from './view.service.ts';

/** A fact to be attributed. */
export interface Attribution {
  readonly interaction: string;
  /** When the two were parted. */
  readonly at: Instant;
  /** Of whom it is remembered until somebody decides. */
  readonly guest: FoundSubject;
  readonly other: FoundSubject;
  readonly fact: WireFact;
}

/** As many as somebody decides in one go; the next ones come up as these are decided. */
const SHOWN_MAX = 20;
/** How many are looked at for them: what may not be read, or was said anew, is not shown. */
const LOOKED_AT_MAX = 500;
const PURPOSE = 'service';

/** Who decides, and where they read it. */
export interface AttributionQuery {
  readonly company: CompanyRecord;
  readonly reader: Reader;
}

/**
 * What was noted while two were one and may be read for the service, the oldest first; the reading is
 * logged. What may not be read stays where it is.
 */
export async function readAttributions(
  db: Db,
  deps: MemoryDeps,
  { company, reader }: AttributionQuery,
): Promise<readonly Attribution[]> {
  const found: Attribution[] = [];
  for (const row of await listAttributions(db, company.id, LOOKED_AT_MAX)) {
    if (found.length === SHOWN_MAX) break;
    const person = await loadPerson(db, deps, { company: company.id, subject: row.subject });
    const fact = person === undefined ? undefined : factFrom(person, row);
    if (person === undefined || fact === undefined) continue;
    const [guest, other] = [await subjectOf(row.subject), await subjectOf(row.other)];
    const [shown] = await viewFacts(db, person, company.sites, [fact]);
    if (guest === undefined || other === undefined || shown === undefined) continue;
    const reading = { reader, purpose: PURPOSE, touchpoint: 'attribution', factIds: [fact.id] };
    await logReads(db, deps, person, reading);
    const { interaction, at } = row;
    found.push({ interaction, at: at.getTime(), guest, other, fact: shown });
  }
  return found;

  async function subjectOf(subject: string): Promise<FoundSubject | undefined> {
    return await readSubject(db, deps, { company: company.id, subject });
  }
}

function factFrom(person: LoadedPerson, row: AttributionRow): Fact | undefined {
  return currentFacts(person).find(
    (fact) =>
      fact.subject === row.subject &&
      fact.evidence.includes(row.interaction) &&
      mayRead(person, fact, PURPOSE),
  );
}

/** Somebody says whose it is: one of the two. */
export interface AttributionDecision {
  readonly company: string;
  readonly interaction: string;
  readonly guest: string;
  /** Id of the member of staff. */
  readonly actor: string;
}

/** What became of it; the subjects whose memory changed. */
export type Attributed =
  | { readonly kind: 'attributed'; readonly changed: readonly string[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'guest-not-found' }
  /** The other would have to agree to its being remembered of them. */
  | { readonly kind: 'consent-required'; readonly purposes: readonly string[] };

class Refused extends Error {
  readonly answer: Attributed;

  constructor(answer: Attributed) {
    super(answer.kind);
    this.answer = answer;
  }
}

/**
 * Leaves a line where it is, or moves it to the other: noted of them as it was noted then, and
 * forgotten here, words and all. Of two who decide at once the first one counts.
 */
export async function decideAttribution(
  deps: MemoryServiceDeps,
  decision: AttributionDecision,
): Promise<Attributed> {
  try {
    return await inTurns(deps, async (tx) => {
      const row = await takeAttribution(tx, decision.company, decision.interaction);
      if (row === undefined) return { kind: 'not-found' };
      if (decision.guest === row.subject) return { kind: 'attributed', changed: [] };
      if (decision.guest !== row.other) throw new Refused({ kind: 'guest-not-found' });
      await move(tx, deps, { row, actor: decision.actor });
      return { kind: 'attributed', changed: [row.subject, row.other] };
    });
  } catch (error) {
    // Thrown so that what was taken to be decided is put back.
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

async function move(
  tx: Tx,
  deps: MemoryDeps,
  { row, actor }: { readonly row: AttributionRow; readonly actor: string },
): Promise<void> {
  const { company, subject, other, interaction } = row;
  const from = await loadPerson(tx, deps, { company, subject });
  const to = await loadPerson(tx, deps, { company, subject: other });
  const key = from?.keys.get(subject);
  if (to === undefined || key === undefined) throw new Refused({ kind: 'guest-not-found' });
  const [line] = await listInteractions(tx, company, [subject], { ids: [interaction] });
  const said = line === undefined ? undefined : interactionOf(key, line);
  // Forgotten meanwhile: there is nothing left that could be somebody's.
  if (line === undefined || said === undefined || said.body.kind !== 'fact') return;
  const { body } = said;
  const purpose = body.purpose ?? findPredicate(to.ontology, body.predicate)?.purpose;
  if (purpose !== undefined && !isGranted(to, purpose)) {
    throw new Refused({ kind: 'consent-required', purposes: [purpose] });
  }
  const { predicate, scope } = body;
  const struck = {
    kind: 'fact-withdrawn',
    predicate,
    evidence: [interaction],
    forget: true,
  } as const;
  const moved = [
    { subject: other, occurredAt: said.occurredAt, bodies: [body] },
    { subject, bodies: [scope === undefined ? struck : { ...struck, scope }] },
  ];
  // In one order, whoever else writes of both: so that nobody waits for each other.
  for (const each of moved.sort((one, two) => compareText(one.subject, two.subject))) {
    await recordInteractions(tx, deps, {
      ...{ ...each, company, channel: line.channel, touchpoint: line.touchpoint },
      actor: { kind: 'staff', id: actor },
      ...(line.site === null ? {} : { site: line.site }),
    });
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
