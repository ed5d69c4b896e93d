import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMoney,
  canonicalHash,
  canonicalText,
  finish,
  inLocale,
  instantToText,
  type Json,
  money,
  moneyFromWire,
  moneyToWire,
  newId,
  parseInstant,
  portionOfMoney,
  seededRandom,
  type Work,
} from './index.ts';

const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

function shuffled(data: Json, seed: number): Json {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map((item: Json) => shuffled(item, seed));
  const random = seededRandom(seed);
  const entries = Object.entries(data).map(([key, value]) => ({ key, value, at: random.next() }));
  entries.sort((a, b) => a.at - b.at);
  return Object.fromEntries(entries.map(({ key, value }) => [key, shuffled(value, seed + 1)]));
}

describe('canonical text', () => {
  test('KER-1 the order of keys does not matter', () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 1 }), (data, seed) => {
        expect(canonicalText(shuffled(data, seed))).toBe(canonicalText(data));
      }),
    );
  });

  test('KER-1 it reads back as the same data', () => {
    fc.assert(
      fc.property(anyJson, (data) => {
        expect(canonicalText(JSON.parse(canonicalText(data)))).toBe(canonicalText(data));
      }),
    );
  });

  test('KER-2 the hash is SHA-256 of the text', () => {
    expect(canonicalHash({})).toBe(
      '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    );
  });
});

describe('money', () => {
  test('KER-3 the wire form keeps every digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (minor) => {
        expect(moneyFromWire(moneyToWire(money('EUR', minor)))).toEqual({ currency: 'EUR', minor });
      }),
    );
  });

  test('KER-4 currencies do not mix', () => {
    expect(() => addMoney('EUR', [money('USD', 1)])).toThrow('cannot add USD to EUR');
  });

  test.each([
    [50n, 1_900, 10n],
    [-50n, 1_900, -10n],
    [5n, 1_000, 1n],
    [4n, 1_000, 0n],
    [10_000n, 725, 725n],
  ])('KER-5 a portion of %d at %d basis points is %d', (minor, basisPoints, expected) => {
    expect(portionOfMoney(money('EUR', minor), basisPoints).minor).toBe(expected);
  });
});

describe('ids and time', () => {
  test('KER-6 ids are UUID version 7 and sort by time', () => {
    const random = seededRandom(7);
    const ids = [1, 1_000, 1_700_000_000_000, 1_800_000_000_000].map((at) => newId(at, random));
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect([...ids].sort()).toEqual(ids);
  });

  test('KER-7 the same seed gives the same chance', () => {
    expect(seededRandom(3).bytes(32)).toEqual(seededRandom(3).bytes(32));
    expect(seededRandom(3).bytes(32)).not.toEqual(seededRandom(4).bytes(32));
  });

  test('KER-8 an instant survives its text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        expect(parseInstant(instantToText(at))).toBe(at);
      }),
    );
    expect(parseInstant('yesterday')).toBeUndefined();
  });

  test('KER-9 words fall back from region to language to English', () => {
    const words = { en: 'fork', de: 'Gabel' };
    expect([inLocale(words, 'de-AT'), inLocale(words, 'fr')]).toEqual(['Gabel', 'fork']);
  });
});

describe('work', () => {
  test('KER-10 work is done to its end, every slice of it once', () => {
    let sum = 0;
    function* adding(): Work<string> {
      for (let done = 1; done <= 4; done++) {
        sum += done;
        yield { done, of: 4 };
      }
      return `the sum is ${sum}`;
    }
    expect(finish(adding())).toBe('the sum is 10');
    expect(sum).toBe(10);
  });
});
