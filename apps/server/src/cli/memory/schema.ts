/** An ontology from a dialogue schema, with links that a person accepts. */
import {
  type Accepts,
  ontologyOfSchema,
  readSchema,
  type SchemaOntology,
  STRONG_LINK,
} from '@keepsake/memory';
import { InputError, readJson } from '../space/input.ts';
import { Faults } from './faults.ts';
import { sentenceOf } from './vocabulary.ts';

/** An ontology as it goes into a file, and how many links are in it. */
export interface OntologyFile {
  readonly text: string;
  readonly predicates: number;
  readonly proposed: number;
  readonly accepted: number;
}

/**
 * Reads a schema and writes its ontology. `accept` is `all`, `strong`, or a file that was written so
 * and edited: what is accepted there is accepted here, also links that a person added. Throws
 * `InputError` where a file cannot be used.
 */
export function ontologyFile(schema: string, accept: string | undefined): OntologyFile {
  const file = readJson(schema);
  const slots = readSchema(file.value);
  if (slots.kind === 'refused') {
    const told = slots.error.slice(0, 20).map((issue) => `${schema} ${sentenceOf(issue)}`);
    throw new InputError(told.join('\n'));
  }
  const edited = accept === undefined || accept in BUILT_IN ? [] : readAccepted(accept);
  const given = new Map(edited.map((link) => [pairOf(link), link]));
  const accepts =
    (accept === undefined ? undefined : BUILT_IN[accept]) ?? ((one) => given.has(pairOf(one)));
  const ontology = ontologyOfSchema(slots.value, accepts);
  const proposed = new Set(ontology.links.map(pairOf));
  const added = edited.filter((link) => !proposed.has(pairOf(link)));
  checkNames(added, new Set(slots.value.map(({ name }) => name)), accept ?? '');
  const links = [
    ...ontology.links.map((link) => ({ ...link, ...given.get(pairOf(link)) })),
    ...added,
  ];
  return {
    text: textOf({ ...ontology, links }),
    predicates: ontology.predicates.length,
    proposed: ontology.links.length,
    accepted: links.filter(({ accepted }) => accepted).length,
  };
}

const BUILT_IN: Readonly<Record<string, Accepts | undefined>> = {
  all: () => true,
  strong: ({ strength }) => strength >= STRONG_LINK,
};

interface Pair {
  readonly a: string;
  readonly b: string;
}

/** A link of two is the same whichever comes first, but for a derivation, whose kind is kept. */
function pairOf({ a, b }: Pair): string {
  return JSON.stringify([a, b].sort());
}

interface AcceptedLink extends Pair {
  readonly accepted: true;
}

/** The accepted links of a file, with whatever else is written of them. */
function readAccepted(path: string): readonly AcceptedLink[] {
  const file = readJson(path);
  const { value } = file;
  const links =
    typeof value === 'object' && value !== null && 'links' in value ? value.links : undefined;
  if (!Array.isArray(links))
    throw file.fault([], "has no list of 'links': give a file that this command wrote");
  return links.flatMap((link: unknown, at): readonly AcceptedLink[] => {
    if (typeof link !== 'object' || link === null || !('accepted' in link)) return [];
    if (link.accepted !== true) return [];
    const { a, b } = { a: undefined, b: undefined, ...link };
    if (typeof a === 'string' && typeof b === 'string') return [{ ...link, a, b, accepted: true }];
    throw file.fault(['links', at], "a link needs two names, 'a' and 'b'");
  });
}

function checkNames(links: readonly Pair[], names: ReadonlySet<string>, file: string): void {
  const faults = new Faults();
  for (const { a, b } of links) {
    for (const name of [a, b].filter((one) => !names.has(one))) {
      faults.add(`${file} links a slot that the schema does not have: ${name}`);
    }
  }
  faults.throwIfAny();
}

/** JSON with one line for each predicate and link, for people to edit and to compare. */
function textOf({
  predicates,
  links,
}: Pick<SchemaOntology, 'predicates'> & { readonly links: readonly object[] }): string {
  const list = (items: readonly object[]): string =>
    items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  return `{\n  "predicates": [\n${list(predicates)}\n  ],\n  "links": [\n${list(links)}\n  ]\n}\n`;
}
