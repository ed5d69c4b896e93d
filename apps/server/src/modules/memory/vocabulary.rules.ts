import type { Vocabulary } from '@keepsake/contract';
import { canonicalText } from '@keepsake/kernel';
import {
  findPredicate,
  findPurpose,
  type Issue,
  type Ontology,
  type Predicate,
  type Purpose,
} from '@keepsake/memory';

/** An ontology as its company writes it down: without what follows from it. */
export function documentOf({ purposes, predicates }: Ontology): Vocabulary['document'] {
  // The predicates are plain data; what is null has no place in a document.
  const text = JSON.stringify({ purposes, predicates }, (_, value) => value ?? undefined);
  return JSON.parse(text);
}

/** From the least to the most that a purpose needs. */
const NEEDS: readonly Purpose['needs'][] = ['contract', 'consent', 'explicit-consent'];

/**
 * What a change may not do although the document is sound, because it would say something else of
 * what is known, or open it to those who may not read it: a predicate keeps its kind and its purpose
 * and stays special, and a purpose keeps needing what it needs.
 */
export function changeIssues(next: Ontology, before: Ontology): readonly Issue[] {
  const paths = new Map<string, string>();
  for (const old of before.predicates) {
    // Journals are kept in their own words: whatever reads one of them reads what it says.
    for (const word of [old.name, ...old.synonyms]) {
      const predicate = findPredicate(next, word);
      if (predicate === undefined) continue;
      const path = `predicates[${next.predicates.indexOf(predicate)}]`;
      for (const key of lostOf(old, predicate)) paths.set(`${path}.${key}`, old[key]);
    }
  }
  next.purposes.forEach((purpose, position) => {
    const old = findPurpose(before, purpose.id);
    if (old === undefined || NEEDS.indexOf(purpose.needs) >= NEEDS.indexOf(old.needs)) return;
    paths.set(`purposes[${position}].needs`, old.needs);
  });
  return [...paths].map(([path, detail]) => ({ code: 'not-one-of', path, detail }));
}

/** What a predicate would lose of what the old one promised. */
function lostOf(old: Predicate, next: Predicate): readonly ('kind' | 'purpose' | 'sensitivity')[] {
  const isOpened = old.sensitivity === 'special' && next.sensitivity !== 'special';
  return [
    ...(old.kind === next.kind ? [] : (['kind'] as const)),
    ...(old.purpose === next.purpose ? [] : (['purpose'] as const)),
    ...(isOpened ? (['sensitivity'] as const) : []),
  ];
}

/** Labels, questions and purposes without words: nobody could be asked by them, or agree to them. */
export function wordIssues({ predicates, purposes }: Ontology): readonly Issue[] {
  const isBlank = ({ en }: Predicate['label']): boolean => en.trim() === '';
  const unsaid = purposes.flatMap((purpose, position) =>
    (['label', 'description'] as const)
      .filter((field) => isBlank(purpose[field]))
      .map((field) => {
        return { code: 'not-words', path: `purposes[${position}].${field}`, detail: '' } as const;
      }),
  );
  const unasked = predicates.flatMap(({ label, question, values }, position) => {
    const blank = [
      ...(isBlank(label) ? ['label'] : []),
      ...(isBlank(question) ? ['question'] : []),
      ...values.flatMap((value, at) => (isBlank(value.label) ? [`values[${at}].label`] : [])),
    ];
    return blank.map((field) => {
      return { code: 'not-words', path: `predicates[${position}].${field}`, detail: '' } as const;
    });
  });
  return [...unsaid, ...unasked];
}

/**
 * Whether what is known would be another with the next ontology: how values and names are read, what
 * excludes each other, and for what purpose something is kept. Labels, questions, derivations and
 * retirement are read when they are needed, and nothing is kept under a name that is new.
 */
export function needsReplay(next: Ontology, before: Ontology): boolean {
  const gone = before.purposes.some(({ id }) => !next.purposes.some((one) => one.id === id));
  return (
    gone ||
    before.predicates.some((old) => {
      const now = findPredicate(next, old.name);
      return now === undefined || readingOf(now) !== readingOf(old);
    })
  );
}

/** What of a predicate decides how a journal is read. */
function readingOf(predicate: Predicate): string {
  const { name, kind, values, unit, cardinality, synonyms, sensitivity, purpose } = predicate;
  const { open = false, indifferent = null } = predicate;
  const words = values.map(({ id, label, synonyms: others }) => [id, { ...label }, [...others]]);
  return canonicalText(
    JSON.parse(
      JSON.stringify([
        ...[name, kind, words, unit, cardinality, [...synonyms].sort()],
        ...[sensitivity, purpose, open, indifferent],
      ]),
    ),
  );
}
