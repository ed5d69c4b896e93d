import { BRIEF_PURPOSE } from './ontology-brief.ts';
import { type LinkProposal, proposeLinks } from './schema-links.ts';
import type { Slot } from './schema-read.ts';

/** The value by which dialogues say that any will do. */
const ANY_WILL_DO = 'dontcare';

/** The ontology of a schema in few words, with links for a person to accept; plain JSON. */
export interface SchemaOntology {
  readonly predicates: readonly Readonly<Record<string, unknown>>[];
  /** None of them holds unless it is accepted. */
  readonly links: readonly LinkProposal[];
}

/** Which links hold from the start. */
export type Accepts = (proposal: LinkProposal) => boolean;

/**
 * The ontology of a schema: one predicate a slot, named `Service.slot`, and by the slot alone where no
 * other service has one of that name. What an intent requires, and
 * what is a day, a time, a place or a number, belongs to one booking and is volatile; a list of values
 * that may be left out is a taste and lasts. `parseBriefOntology` reads the result.
 */
export function ontologyOfSchema(slots: readonly Slot[], accepts: Accepts): SchemaOntology {
  const links = proposeLinks(slots).map((one) => ({ ...one, accepted: accepts(one) }));
  const services = new Map<string, number>();
  for (const slot of slots) services.set(bareName(slot), (services.get(bareName(slot)) ?? 0) + 1);
  const predicates = slots.map((slot) => ({
    ...predicateOf(slot),
    ...(services.get(bareName(slot)) === 1 ? { synonyms: [bareName(slot)] } : {}),
  }));
  return { predicates, links };
}

function bareName({ name }: Slot): string {
  return name.slice(name.indexOf('.') + 1);
}

function predicateOf(slot: Slot): Readonly<Record<string, unknown>> {
  const { name, description, kind, values } = slot;
  return {
    ...{ name, label: description, kind, purpose: BRIEF_PURPOSE },
    ...(values.length === 0 ? {} : { values: values.map(listedValue) }),
    ...(kind === 'choice' || kind === 'number' ? { open: true } : {}),
    indifferent: ANY_WILL_DO,
    volatile: isOfOneBooking(slot),
  };
}

function isOfOneBooking({ use, kind, values }: Slot): boolean {
  const isTaste = kind === 'choice' && !values.every((value) => /^\d+$/.test(value));
  return use === 'required' || !isTaste;
}

/** Yes and no are called that, whatever a schema calls them. */
function listedValue(value: string): unknown {
  if (value === 'True') return { id: value, label: 'Yes', synonyms: ['true', 'yes'] };
  return value === 'False' ? { id: value, label: 'No', synonyms: ['false', 'no'] } : value;
}
