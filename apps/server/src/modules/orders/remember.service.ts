/** What an order tells memory, and what memory tells the makers of an order. */
import { type Instant, instantToText, newId } from '@keepsake/kernel';
import { findPredicate, findValue, type InteractionBody } from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { CompanyRecord, SiteRecord } from '../companies/index.ts';
import type { PublishedFamily } from '../families/index.ts';
import {
  applyMemory,
  currentFacts,
  decideStatements,
  isGranted,
  loadPerson,
  recordInteractions,
  type Statement,
  viewFacts,
} from '../memory/index.ts';
import type { OrderContent, OrderInstruction } from './content.ts';

type RememberDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'>;

/** Purposes that an order may feed; health never is: it wants words of its own. */
const PURPOSES: ReadonlySet<string> = new Set(['service', 'personalisation']);

export interface RememberedOrder {
  readonly company: CompanyRecord;
  readonly site: SiteRecord;
  readonly published: PublishedFamily;
  readonly subject: string;
  readonly order: string;
  readonly number: string;
  readonly occasion: 'self' | 'gift';
  readonly content: Pick<OrderContent, 'decisions' | 'values'>;
  /** The customer agreed to be remembered for next time. */
  readonly remember: boolean;
  readonly actor: { readonly kind: 'customer' | 'staff'; readonly id?: string };
}

/**
 * Writes an order into the journal. With the customer's leave, what they chose becomes stated facts;
 * of goods, what they accepted as suggested becomes observed ones, so that an order “as last time”
 * is whole. A gift says nothing about its giver.
 */
export async function rememberOrder(
  tx: Tx,
  deps: RememberDeps,
  input: RememberedOrder,
): Promise<void> {
  const { company, subject, site, number } = input;
  const placed: InteractionBody = {
    kind: 'event',
    name: 'order.placed',
    data: { number, family: input.published.id },
  };
  await recordInteractions(tx, deps, {
    company: company.id,
    subject,
    channel: input.actor.kind === 'staff' ? 'desk' : 'studio',
    touchpoint: `order ${input.published.id}`,
    actor: input.actor,
    site: site.id,
    bodies: [...(await factsOf(tx, deps, input)), placed],
  });
}

async function factsOf(
  tx: Tx,
  deps: RememberDeps,
  input: RememberedOrder,
): Promise<readonly InteractionBody[]> {
  if (!input.remember || input.occasion === 'gift') return [];
  const who = { company: input.company.id, subject: input.subject };
  const person = await loadPerson(tx, deps, who);
  if (person === undefined) return [];
  const { ontology } = person;
  const statements = statementsOf(input).filter((statement) => {
    const predicate = findPredicate(ontology, statement.predicate);
    if (predicate === undefined || predicate.sensitivity !== 'ordinary') return false;
    return PURPOSES.has(predicate.purpose) && findValue(predicate, statement.value) !== undefined;
  });
  const decided = decideStatements({
    statements,
    consents: ['personalisation'],
    ontology,
    isGranted: (purpose) => isGranted(person, purpose),
    receiptId: () => newId(deps.clock.now(), deps.random),
  });
  return decided.kind === 'accepted' ? decided.bodies : [];
}

function statementsOf({ published, content }: RememberedOrder): readonly Statement[] {
  const chosen = new Set(content.decisions.map((decision) => decision.attribute));
  const isStay = published.family.demand === 'stay';
  return published.family.attributes.flatMap((attribute): Statement[] => {
    const value = content.values[attribute.id];
    if (attribute.memory === undefined || value === undefined || value === null) return [];
    const isChosen = chosen.has(attribute.id);
    if (!isChosen && isStay) return [];
    return [{ predicate: attribute.memory, value, basis: isChosen ? 'stated' : 'observed' }];
  });
}

export interface InstructedOrder {
  readonly company: CompanyRecord;
  readonly site: SiteRecord;
  readonly published: PublishedFamily;
  readonly subject: string;
  readonly order: string;
  readonly occasion: 'self' | 'gift';
  readonly deadline: Instant;
}

/** What the makers of an order should know of its customer, with where it is known from. */
export async function instructOrder(
  tx: Tx,
  deps: RememberDeps,
  input: InstructedOrder,
): Promise<readonly OrderInstruction[]> {
  const { company, site, published, order, occasion, deadline } = input;
  const who = { company: company.id, subject: input.subject };
  const instructions = await applyMemory(tx, deps, {
    ...who,
    site: site.id,
    kind: published.family.demand,
    at: deps.clock.now(),
    deadline,
    occasion,
    order,
    capabilities: published.family.instructions,
  });
  const person = await loadPerson(tx, deps, who);
  if (person === undefined || instructions.length === 0) return [];
  const ids = new Set(instructions.flatMap((each) => each.factIds));
  const facts = currentFacts(person).filter((fact) => ids.has(fact.id));
  const views = await viewFacts(tx, person, company.sites, facts);
  const known = new Map(views.map((view) => [view.id, view.evidence]));
  return instructions.map(({ operation, text, factIds }) => ({
    operation,
    text,
    evidence: factIds.flatMap((id) => known.get(id) ?? []),
  }));
}

/** The earliest evidence of an instruction, as the date since when it is known. */
export function sinceOf(instruction: OrderInstruction, otherwise: Instant): string {
  const dates = instruction.evidence.map((each) => each.at).sort();
  return dates[0] ?? instantToText(otherwise);
}
