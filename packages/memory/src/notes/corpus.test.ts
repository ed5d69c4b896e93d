import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseOntology } from '../ontology-parse.ts';
import { CORPUS_DE, CORPUS_EN } from './corpus.data.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { readNote } from './read-note.ts';

const file = new URL('../../../../examples/ontology.yaml', import.meta.url);
const places = [
  { place: 'us/ca/monterey/monterey', names: ['Lantern Monterey', 'Monterey'] },
  { place: 'us/fl/key-west/key-west', names: ['Lantern Key West', 'Key West'] },
];

function open(): { readonly lexicon: Lexicon; readonly relevant: ReadonlySet<string> } {
  const parsed = parseOntology(parse(readFileSync(file, 'utf8')));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  const names = parsed.value.predicates.map(({ name }) => name);
  // What a hotel can act on: of bicycles and coffee it hears by the way.
  const relevant = new Set(
    names.filter((name) => /^(?:room|bed|pillow|duvet|stay|allergy)\./.test(name)),
  );
  return { lexicon: lexiconOf(parsed.value), relevant };
}

const { lexicon, relevant } = open();

function told(note: string): ReadonlySet<string> {
  const { proposals } = readNote(note, lexicon, { places, relevant });
  return new Set(
    proposals.map(({ predicate, value, polarity, scope }) => {
      const at = scope.place === undefined ? '' : `@${scope.place.split('/').at(-1)}`;
      return `${predicate}=${value} ${polarity}${at}`;
    }),
  );
}

interface Score {
  readonly notes: number;
  readonly precision: number;
  readonly recall: number;
}

function measure(corpus: string, half: 0 | 1): Score {
  const lines = corpus
    .trim()
    .split('\n')
    .filter((_, at) => at % 2 === half);
  let [right, proposed, expected] = [0, 0, 0];
  for (const line of lines) {
    const [note = '', facts = ''] = line.split('=>').map((part) => part.trim());
    const wanted = new Set(facts.split(';').map((fact) => fact.trim()));
    wanted.delete('');
    const found = told(note);
    proposed += found.size;
    expected += wanted.size;
    right += [...found].filter((fact) => wanted.has(fact)).length;
  }
  return { notes: lines.length, precision: right / proposed, recall: right / expected };
}

describe('the notes kept for measuring', () => {
  test.each([
    ['English, looked at', CORPUS_EN, 0],
    ['English, held out', CORPUS_EN, 1],
    ['German, looked at', CORPUS_DE, 0],
    ['German, held out', CORPUS_DE, 1],
  ] as const)(
    'MEM-159 %s: nine proposals of ten are right, three facts of four are found',
    (_, corpus, half) => {
      const { notes, precision, recall } = measure(corpus, half);
      expect(notes).toBeGreaterThanOrEqual(45);
      expect(precision).toBeGreaterThanOrEqual(0.9);
      expect(recall).toBeGreaterThanOrEqual(0.75);
    },
  );
});
