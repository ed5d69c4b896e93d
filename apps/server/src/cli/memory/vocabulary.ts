/** The vocabulary that a replay speaks: an ontology file, and names looked up in it. */
import {
  type BriefOntology,
  type FactValue,
  findPredicate,
  findPurpose,
  findValue,
  type Issue,
  type Ontology,
  type Predicate,
  parseBriefOntology,
  withPurposes,
} from '@keepsake/memory';
import { LineCounter, parseDocument } from 'yaml';
import { InputError, readText } from '../space/input.ts';
import { adviceFor } from './faults.ts';
import type { Line } from './line-file.ts';

/** Names of predicates and purposes, told by the line that gets them wrong. */
export class Vocabulary {
  readonly #file: string;
  readonly #brief: BriefOntology;
  readonly #purposes = new Set<string>();

  constructor(file: string, brief: BriefOntology) {
    this.#file = file;
    this.#brief = brief;
  }

  /** The ontology, with every purpose that was met where it names none itself. */
  ontology(): Ontology {
    return withPurposes(this.#brief.ontology, [...this.#purposes]);
  }

  predicate(name: string, line: Line): Predicate | undefined {
    const { ontology } = this.#brief;
    const predicate = findPredicate(ontology, name);
    if (predicate !== undefined) return predicate;
    const advice = adviceFor(name, Object.keys(ontology.index));
    line.fault(`there is no predicate '${name}' in ${this.#file}${advice}`);
    return undefined;
  }

  /** The purposes of a line; of an ontology that names purposes, they must be among these. */
  purposes(ids: readonly string[], line: Line): readonly string[] {
    const { ontology, isOpenToPurposes } = this.#brief;
    for (const id of ids) {
      if (isOpenToPurposes) this.#purposes.add(id);
      else if (findPurpose(ontology, id) === undefined) {
        const known = ontology.purposes.map((purpose) => purpose.id);
        line.fault(`there is no purpose '${id}' in ${this.#file}${adviceFor(id, known)}`);
      }
    }
    return ids;
  }

  /** Whether a value means something; where not, what it can be. */
  accepts(predicate: Predicate, value: FactValue, line: Line): boolean {
    if (findValue(predicate, value) !== undefined) return true;
    const ids = predicate.values.map(({ id }) => id);
    const advice =
      ids.length > 0 ? adviceFor(String(value), ids) : `; it must be a ${predicate.kind}`;
    line.fault(`'${value}' is no value of ${predicate.name}${advice}`);
    return false;
  }
}

/**
 * Reads an ontology file, JSON or YAML, in few words or in full. Throws `InputError` with a line a
 * fault, where it is.
 */
export function readVocabulary(file: string): Vocabulary {
  const lines = new LineCounter();
  const text = readText(file).replace(/^\uFEFF/, '');
  const document = parseDocument(text, { lineCounter: lines });
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new InputError(
      `${placeOf(fault.pos[0])} is no JSON or YAML: ${fault.message.split('\n')[0]}`,
    );
  const content: unknown = document.toJS();
  const parsed = parseBriefOntology(content);
  if (parsed.kind === 'ok') return new Vocabulary(file, parsed.value);
  const told = parsed.error.slice(0, 20).map((issue) => {
    const node = document.getIn(keysOf(issue.path), true);
    return `${placeOf(hasRange(node) ? node.range[0] : 0)} ${sentenceOf(issue)}`;
  });
  throw new InputError(told.join('\n'));
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

/** `predicates[3].label` as keys; as far as they lead in what was written. */
function keysOf(path: string): readonly (string | number)[] {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  return keys.slice(0, 2).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

const SENTENCES: Readonly<Record<Issue['code'], string>> = {
  'not-an-object': 'must be an object',
  'not-a-list': 'must be a list',
  'not-a-text': 'must be a text',
  'not-a-number': 'must be a number above zero',
  'not-a-boolean': 'must be true or false',
  'not-words': 'must be a text, or texts by language with one for en',
  'not-one-of': 'must be one of:',
  'unknown-key': 'is not known; there are:',
  'bad-name': 'is no name: letters, digits, _ and -, parts joined by dots:',
  duplicate: 'is there twice:',
  'missing-values': 'has no values, or its kind takes none:',
  'unknown-purpose': 'names a purpose that is not there:',
  'special-needs-explicit-consent': 'is special and needs a purpose with explicit-consent, unlike:',
  'unknown-predicate': 'names a predicate that is not there:',
  'unknown-value': 'names a value that the predicate does not have:',
  'derivation-cycle': 'go round in a circle; take one of them out:',
  'too-many': 'are too many; at most:',
};

/** An issue of a document in a sentence. */
export function sentenceOf({ code, path, detail }: Issue): string {
  const subject = path === '' ? 'the file' : path;
  return `${subject} ${SENTENCES[code]} ${detail}`.trim().replace(/:$/, '');
}
