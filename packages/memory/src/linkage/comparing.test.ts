import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOrderOf, readDate } from './dates.ts';
import {
  blockingKeys,
  comparePair,
  defaultModel,
  type LinkageModel,
  type LinkageRecord,
  parseLinkageModel,
} from './index.ts';
import { LEVELS } from './levels.data.ts';
import { foldPhone, foldText, splitName, splitStreet } from './normalise.ts';
import { isOneSlip, jaroWinkler } from './similarity.ts';

const ANNA = {
  givenName: 'Anna',
  surname: 'Okafor',
  birthDate: '1980-03-07',
  email: 'anna.okafor@mail.example',
  phone: '+44 20 7946 0958',
  street: '12 Mill Lane',
  city: 'Marwick',
  postcode: '11141',
};

function record(id: string, fields: Readonly<Record<string, string>>): LinkageRecord {
  return { id, fields };
}

function levels(
  changed: Readonly<Record<string, string>>,
  model: LinkageModel = defaultModel(),
): Readonly<Record<string, string>> {
  const { waterfall } = comparePair(model, record('a', ANNA), record('b', { ...ANNA, ...changed }));
  return Object.fromEntries(waterfall.map(({ name, level }) => [name, level]));
}

describe('similarity', () => {
  test.each([
    ['martha', 'marhta', 0.961],
    ['dixon', 'dicksonx', 0.813],
    ['dwayne', 'duane', 0.84],
    ['abc', 'xyz', 0],
    ['', 'a', 0],
    ['same', 'same', 1],
  ])('Jaro-Winkler of %s and %s is %d, as published', (a, b, expected) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

  test('similarity is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(jaroWinkler(a, b)).toBe(jaroWinkler(b, a));
        expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0);
        expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('one slip is what trying every slip finds', () => {
    const slipsOf = (text: string): ReadonlySet<string> => {
      const all = new Set<string>();
      for (let i = 0; i <= text.length; i++) {
        const [left, right] = [text.slice(0, i), text.slice(i)];
        all.add(left + right.slice(1));
        for (const letter of 'abc')
          all.add(left + letter + right).add(left + letter + right.slice(1));
        if (right.length > 1) all.add(left + right.charAt(1) + right.charAt(0) + right.slice(2));
      }
      all.delete(text);
      return all;
    };
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(isOneSlip(a, b)).toBe(slipsOf(a).has(b));
      }),
    );
  });
});

describe('values made comparable', () => {
  test.each([
    ['Ærø  Straße', 'aero strasse'],
    ["O'Brien", 'obrien'],
    ['N/A', ''],
    ['NA', ''],
    ['Na', 'na'],
    ['Nan', 'nan'],
    ['José-María', 'jose maria'],
    ['山田', '山田'],
  ])('%s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('of numbers and names, what does not depend on how they are written', () => {
    expect(foldPhone('+44 (0)20 7946-0958')).toBe(foldPhone('020 7946 0958'));
    expect(splitName('Dr. Anna Maria Okafor')).toEqual({ given: 'anna', surname: 'okafor' });
    expect(splitName('Okafor, Anna')).toEqual({ given: 'anna', surname: 'okafor' });
    expect(splitStreet('12b Mill Street')).toEqual({ street: 'mill st', number: '12b' });
  });

  test.each([
    ['19081209', 'ymd', '19081209'],
    ['1908-12-09', 'ymd', '19081209'],
    ['9/12/1908', 'dmy', '19081209'],
    ['12/9/1908', 'mdy', '19081209'],
    ['09.12.08', 'dmy', '20081209'],
    ['9 Dec 1908', 'ymd', '19081209'],
    ['December 9, 1908', 'ymd', '19081209'],
    ['1908-12-09T10:30:00Z', 'ymd', '19081209'],
    ['1908', 'ymd', '19080000'],
    ['12/1908', 'ymd', '19081200'],
    ['yesterday', 'ymd', ''],
    ['0000-00-00', 'ymd', ''],
    ['0001-01-01', 'ymd', ''],
    ['9999-12-31', 'ymd', ''],
    ['1980-99-99', 'ymd', '19800000'],
    ['19611071', 'ymd', '19611071'],
    ['09690215', 'ymd', '09690215'],
  ] as const)('MEM-112 the date %s, %s, is %s', (text, order, expected) => {
    expect(readDate(text, order)).toBe(expected);
  });

  test('MEM-112 the order of dates is told by those that are possible', () => {
    expect(dateOrderOf(['1/2/1980', '25/2/1980'])).toBe('dmy');
    expect(dateOrderOf(['1/2/1980', '2/25/1980'])).toBe('mdy');
    expect(dateOrderOf(['25121980', '01021980'])).toBe('dmy');
    expect(dateOrderOf(['19801225'])).toBe('ymd');
  });
});

describe('degrees of agreement', () => {
  test.each([
    [{ givenName: 'Ana' }, 'givenName', 'slip'],
    [{ givenName: 'A' }, 'givenName', 'short'],
    [{ givenName: 'Maria' }, 'givenName', 'different'],
    [{ givenName: 'Okafor', surname: 'Anna' }, 'givenName', 'swapped'],
    [{ givenName: 'Okafor', surname: 'Anna' }, 'surname', 'missing'],
    [{ givenName: 'Okafr', surname: 'Annna' }, 'givenName', 'swapped'],
    [{ birthDate: '1980-03-70' }, 'birthDate', 'slip'],
    [{ surname: 'Okafor Smith' }, 'surname', 'part'],
    [{ birthDate: '1980-03-08' }, 'birthDate', 'slip'],
    [{ birthDate: '1980-07-03' }, 'birthDate', 'turned'],
    [{ birthDate: '1980-11-07' }, 'birthDate', 'parts'],
    [{ birthDate: '1980-11-21' }, 'birthDate', 'year'],
    [{ birthDate: '1981-11-21' }, 'birthDate', 'near'],
    [{ birthDate: '1950-11-21' }, 'birthDate', 'different'],
    [{ email: 'anna.okafor@post.example' }, 'email', 'local'],
    [{ email: 'ana.okafor@mail.example' }, 'email', 'slip'],
    [{ email: 'x@y.example' }, 'email', 'different'],
    [{ postcode: '11140' }, 'postcode', 'slip'],
    [{ postcode: '11192' }, 'postcode', 'area'],
    [{ street: '12 Mill Ln' }, 'street', 'equal'],
    [{ phone: '020 7946 0958' }, 'phone', 'equal'],
    [{ city: '' }, 'city', 'missing'],
  ])('%o: %s is %s', (changed, name, level) => {
    expect(levels(changed)[name]).toBe(level);
  });

  test('MEM-102 what is missing is no evidence', () => {
    const empty = comparePair(defaultModel(), record('a', ANNA), record('b', {}));
    const compared = empty.waterfall.filter(({ kind }) => kind === 'comparison');
    expect(compared.every(({ bits, level }) => bits === 0 && level === 'missing')).toBe(true);
    expect(empty.zone).toBe('different');
  });

  test('assumed probabilities of each list sum to one', () => {
    for (const lists of Object.values(LEVELS)) {
      for (const list of lists) {
        expect(list.reduce((sum, { m }) => sum + m, 0)).toBeCloseTo(1, 9);
        expect(list.reduce((sum, { u }) => sum + u, 0)).toBeCloseTo(1, 9);
      }
    }
  });
});

describe('the model for who has no records', () => {
  const zoneOf = (changed: Readonly<Record<string, string>>): string =>
    comparePair(defaultModel(), record('a', ANNA), record('b', { ...ANNA, ...changed })).zone;

  test('joins what agrees, also with errors and after a move', () => {
    expect(zoneOf({})).toBe('same');
    expect(zoneOf({ givenName: 'Ana', phone: '', city: 'Marwik' })).toBe('same');
    expect(zoneOf({ street: '3 Hill Road', city: 'Lanton', postcode: '10052' })).toBe('same');
  });

  test('MEM-115 does not join who lives together', () => {
    expect(zoneOf({ givenName: 'Peter', birthDate: '1951-09-30' })).toBe('different');
    expect(zoneOf({ givenName: 'Peter', birthDate: '1951-09-30', email: '' })).toBe('different');
    const twin = { givenName: 'Grace', email: 'grace.okafor@mail.example' };
    expect(zoneOf(twin)).not.toBe('same');
  });
});

describe('a model as text', () => {
  const model = defaultModel();

  test('MEM-118 comes back as it was', () => {
    expect(parseLinkageModel(JSON.stringify(model))).toEqual({ kind: 'ok', value: model });
  });

  test.each([
    ['{', 'is not JSON'],
    ['[]', 'is not a linkage model'],
    [JSON.stringify({ ...model, version: 2 }), 'has version 2, not 1'],
    [JSON.stringify({ ...model, prior: { same: 2, household: 0 } }), "has no 'prior'"],
    [JSON.stringify({ ...model, blockMax: 1.5 }), "has no whole number 'blockMax'"],
    [JSON.stringify({ ...model, comparisons: [{ levels: [[{ m: 0, u: 1 }]] }] }), 'comparisons'],
  ])('MEM-118 %.40s is refused', (text, why) => {
    const read = parseLinkageModel(text);
    expect(read.kind === 'ok' ? '' : read.error).toContain(why);
  });
});

describe('values exchanged', () => {
  const schema = {
    columns: [
      { name: 'street', kind: 'street' },
      { name: 'more', kind: 'street' },
      { name: 'home', kind: 'phone' },
      { name: 'mobile', kind: 'phone' },
    ],
  } as const;
  const model = defaultModel(schema);
  const levelsOf = (a: Record<string, string>, b: Record<string, string>) => {
    const record = (id: string, fields: Record<string, string>) => ({ id, fields });
    const both = [record('a', a), record('b', b)] as const;
    const there = comparePair(model, both[0], both[1]);
    expect(comparePair(model, both[1], both[0])).toEqual(there);
    const steps = there.waterfall.filter(({ kind }) => kind === 'comparison');
    return Object.fromEntries(steps.map(({ name, level }) => [name, level]));
  };

  test('MEM-122 two lines of an address are compared across', () => {
    const a = { street: 'Hawke Court', more: 'The Pines' };
    expect(levelsOf(a, { street: 'The Pines', more: 'Hawk Court' })).toMatchObject({
      ...{ street: 'slip', more: 'missing' },
    });
    expect(levelsOf(a, a)).toMatchObject({ street: 'equal', more: 'equal' });
    expect(levelsOf(a, { street: 'The Pines', more: 'Mill Lane' })).toMatchObject({
      ...{ street: 'different', more: 'different' },
    });
  });

  test('MEM-122 a telephone in the other column is found, also where one column is empty', () => {
    const a = { home: '030 1234567' };
    const b = { mobile: '030 1234567' };
    expect(levelsOf(a, b)).toMatchObject({ home: 'slip', mobile: 'missing' });
    expect(blockingKeys(model, { id: 'a', fields: a })).toEqual(
      blockingKeys(model, { id: 'b', fields: b }),
    );
    expect(levelsOf(a, { mobile: '030 7654321' })).toMatchObject({ home: 'missing' });
  });

  test('MEM-122 names that agree as they stand are not exchanged', () => {
    const names = {
      columns: [
        { name: 'g', kind: 'given' },
        { name: 's', kind: 'surname' },
      ],
    } as const;
    const score = comparePair(
      defaultModel(names),
      { id: 'a', fields: { g: 'Martin', s: 'Martins' } },
      { id: 'b', fields: { g: 'Martins', s: 'Martin' } },
    );
    expect(score.waterfall.map(({ level }) => level)).toContain('slip');
  });
});
