import { expect, test } from 'vitest';
import { placeWords } from './place.view.ts';

test('a place is a town and its country, in the reader’s language', () => {
  expect(placeWords('us/fl/key-west', 'en')).toBe('Key West, United States');
  expect(placeWords('gb/eng/whitby', 'de')).toBe('Whitby, Vereinigtes Königreich');
  expect(placeWords('Freiburg', 'en')).toBe('Freiburg');
});
