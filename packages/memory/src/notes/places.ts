import { plainText, tokensOf } from './tokens.ts';

/** A place that notes may name. */
export interface KnownPlace {
  /** Path as in a scope, for example `us/fl/key-west`. */
  readonly place: string;
  /** What people call it; a name of one word needs at least four letters. */
  readonly names: readonly string[];
}

/** Names of places, word by word. */
export type PlaceNames = ReadonlyMap<string, readonly PlaceName[]>;

interface PlaceName {
  readonly words: readonly string[];
  readonly place: string;
}

const NAME_LENGTH_MIN = 4;

/** The names by their first word, the longest first. */
export function placeNamesOf(places: readonly KnownPlace[]): PlaceNames {
  const names = new Map<string, PlaceName[]>();
  for (const { place, names: said } of places) {
    for (const name of said) {
      const words = tokensOf(name).flatMap(({ kind, plain }) => (kind === 'word' ? plain : []));
      const [first] = words;
      if (first === undefined || plainText(name).length < NAME_LENGTH_MIN) continue;
      const known = [...(names.get(first) ?? []), { words, place }];
      known.sort((a, b) => b.words.length - a.words.length);
      names.set(first, known);
    }
  }
  return names;
}

/** The place whose name begins at this position, and how many words it takes. */
export function placeAt(
  names: PlaceNames,
  plainAt: (offset: number) => string | undefined,
): { readonly place: string; readonly length: number } | undefined {
  const first = plainAt(0);
  if (first === undefined) return undefined;
  const found = names
    .get(first)
    ?.find(({ words }) => words.every((word, offset) => plainAt(offset) === word));
  return found === undefined ? undefined : { place: found.place, length: found.words.length };
}
