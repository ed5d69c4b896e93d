import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseOntology } from '../ontology-parse.ts';
import { CORPUS_DE, CORPUS_EN, ROUGH_HELD, ROUGH_SEEN } from './corpus.data.ts';
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

const linesOf = (corpus: string): readonly string[] => corpus.trim().split('\n');
const half = (corpus: string, rest: 0 | 1): readonly string[] =>
  linesOf(corpus).filter((_, at) => at % 2 === rest);

function measure(lines: readonly string[]): Score {
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
    ['English, looked at', half(CORPUS_EN, 0)],
    ['English, held out', half(CORPUS_EN, 1)],
    ['German, looked at', half(CORPUS_DE, 0)],
    ['German, held out', half(CORPUS_DE, 1)],
    ['rough, looked at', linesOf(ROUGH_SEEN)],
    ['rough, held out', linesOf(ROUGH_HELD)],
  ])('MEM-159 %s: nine proposals of ten are right, two facts of three are found', (_, lines) => {
    const { notes, precision, recall } = measure(lines);
    expect(notes).toBeGreaterThanOrEqual(39);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(2 / 3);
  });
});
