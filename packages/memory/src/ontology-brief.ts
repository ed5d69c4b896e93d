/** Ontologies in few words: what a person writes by hand, or a reader of schemas proposes. */
import { ok, type Result } from '@keepsake/kernel';
import type { Issue } from './issue.ts';
import { indexOf, type Ontology, type Purpose } from './ontology.ts';
import { FREE_SPELLING, parseOntology } from './ontology-parse.ts';

/** The purpose that facts are kept for where a brief ontology names none. */
export const BRIEF_PURPOSE = 'service';

/** An ontology in few words, in full. */
export interface BriefOntology {
  readonly ontology: Ontology;
  /** True where it names no purposes: any may be used then, each by a consent of its own. */
  readonly isOpenToPurposes: boolean;
}

/**
 * Reads an ontology in few words: as `parseOntology`, but names may have capitals and no dots; the
 * `label` follows from the name, the `question` from the label, the `kind` from the `values` (choice
 * or text), the `purpose` is the first one (`service` where there is none). `predicates` may be a map
 * by name, values may be plain texts or a map from a value to other words for it, a `map` of a
 * derivation and its `when` may be objects. Of `links`, those with `accepted: true` hold.
 */
export function parseBriefOntology(document: unknown): Result<BriefOntology, readonly Issue[]> {
  const root = asObject(document);
  if (root === undefined) {
    const parsed = parseOntology(document, FREE_SPELLING);
    return parsed.kind === 'ok' ? ok({ ontology: parsed.value, isOpenToPurposes: true }) : parsed;
  }
  const { links, ...rest } = root;
  const named = listOf(root['purposes']).map(purposeOf);
  const isOpenToPurposes = named.length === 0;
  const purposes = isOpenToPurposes ? [purposeOf(BRIEF_PURPOSE)] : named;
  const first = asObject(purposes[0])?.['id'];
  const linked = linkedPredicates(namedEntries(root['predicates']), links);
  const predicates = linked.map((one) => predicateOf(one, first));
  const parsed = parseOntology({ ...rest, purposes, predicates }, FREE_SPELLING);
  return parsed.kind === 'ok' ? ok({ ontology: parsed.value, isOpenToPurposes }) : parsed;
}

/** The ontology with further purposes, each by a consent of its own. */
export function withPurposes(ontology: Ontology, ids: readonly string[]): Ontology {
  const known = new Set(ontology.purposes.map(({ id }) => id));
  const added = [...new Set(ids)].filter((id) => !known.has(id));
  const more = added.map((id): Purpose => {
    const label = { en: wordsOf(id) };
    return { id, label, description: label, needs: 'consent', includes: [] };
  });
  const { predicates } = ontology;
  return { purposes: [...ontology.purposes, ...more], predicates, index: indexOf(predicates) };
}

type Members = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (Object.fromEntries(Object.entries(value)) as Members) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list as it is, or a map by name as a list of objects with names. */
function namedEntries(value: unknown): readonly unknown[] {
  const members = asObject(value);
  if (members === undefined) return listOf(value);
  return Object.entries(members).map(([name, member]) => ({ name, ...asObject(member) }));
}

/** `pickup_city` as `Pickup city`; of `RentalCars_1.pickup_city` the last part. */
export function wordsOf(name: string): string {
  const words = (name.split('.').at(-1) ?? name).replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function purposeOf(given: unknown): unknown {
  const members = typeof given === 'string' ? { id: given } : asObject(given);
  if (members === undefined) return given;
  const label = 'label' in members ? members['label'] : wordsOf(textOf(members['id']));
  return { label, description: label, needs: 'consent', ...members };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function predicateOf(given: unknown, purpose: unknown): unknown {
  const members = typeof given === 'string' ? { name: given } : asObject(given);
  if (members === undefined) return given;
  const { description, derivations, ...rest } = members;
  const label = members['label'] ?? description ?? wordsOf(textOf(members['name']));
  const question = typeof label === 'string' && label !== '' ? `${label}?` : label;
  const values = valuesOf(members['values']);
  const kind = Array.isArray(values) && values.length > 0 ? 'choice' : 'text';
  return {
    ...{ kind, question, purpose, ...rest, label },
    ...('values' in members ? { values } : {}),
    ...('derivations' in members ? { derivations: derivationsOf(derivations) } : {}),
  };
}

function valuesOf(given: unknown): unknown {
  const members = asObject(given);
  if (members !== undefined) {
    return Object.entries(members).map(([id, synonyms]) => listedValue({ id, synonyms }));
  }
  return Array.isArray(given) ? given.map(listedValue) : given;
}

function listedValue(given: unknown): unknown {
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') {
    return { id: String(given), label: String(given) };
  }
  const members = asObject(given);
  if (members === undefined) return given;
  const { synonyms } = members;
  const several = typeof synonyms === 'string' ? [synonyms] : (synonyms ?? []);
  return { label: members['id'], ...members, synonyms: several };
}

function derivationsOf(given: unknown): unknown {
  return Array.isArray(given) ? given.map(derivationOf) : given;
}

function derivationOf(given: unknown): unknown {
  if (typeof given === 'string') return { from: given };
  const members = asObject(given);
  if (members === undefined) return given;
  const map = asObject(members['map']);
  const when = asObject(members['when']);
  const pairs = map && Object.entries(map).map(([from, to]) => ({ from, to }));
  const conditions =
    when && Object.entries(when).map(([predicate, value]) => ({ predicate, value }));
  return {
    ...members,
    ...(pairs === undefined ? {} : { map: pairs }),
    ...(conditions === undefined ? {} : { when: conditions }),
  };
}

/** How two predicates hang together: one fact, one likely meant by the other, or b follows from a. */
export type LinkKind = 'synonym' | 'counterpart' | 'derivation';

/** Predicates with the links that were accepted; one that is a synonym of another is taken into it. */
function linkedPredicates(given: readonly unknown[], links: unknown): readonly unknown[] {
  const accepted = listOf(links).flatMap((link) => {
    const members = asObject(link);
    return members?.['accepted'] === true ? [members] : [];
  });
  if (accepted.length === 0) return given;
  const namesOf = (member: string, of: string, as: LinkKind): ReadonlyMap<string, string[]> => {
    const byName = new Map<string, string[]>();
    for (const link of accepted) {
      if ((link['as'] ?? 'counterpart') !== as) continue;
      const name = textOf(link[member]);
      byName.set(name, [...(byName.get(name) ?? []), textOf(link[of])]);
    }
    return byName;
  };
  const counterparts = namesOf('a', 'b', 'counterpart');
  const synonyms = namesOf('a', 'b', 'synonym');
  const sources = namesOf('b', 'a', 'derivation');
  const taken = new Set([...synonyms.values()].flat());
  return given.flatMap((one) => {
    const members = typeof one === 'string' ? { name: one } : asObject(one);
    if (members === undefined) return [one];
    const name = textOf(members['name']);
    if (taken.has(name)) return [];
    const added: Members = {
      ...extended(members, 'counterparts', counterparts.get(name)),
      ...extended(members, 'synonyms', synonyms.get(name)),
      ...extended(members, 'derivations', sources.get(name)),
    };
    return [{ ...members, ...added }];
  });
}

function extended(members: Members, key: string, more: readonly string[] | undefined): Members {
  return more === undefined ? {} : { [key]: [...listOf(members[key]), ...more] };
}
