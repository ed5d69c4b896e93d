import { describe, expect, test } from 'vitest';
import { inventPeople, pairQuality } from '../testing/index.ts';
import { chooseSchema, finish, type LinkageRecord, resolveRecords, trainLinkage } from './index.ts';

const people = inventPeople({ records: 800, seed: 23 });

/** The same records under other names of columns. */
function renamed(names: Readonly<Record<string, string>>): readonly LinkageRecord[] {
  return people.records.map(({ id, fields }) => ({
    id,
    fields: Object.fromEntries(
      Object.entries(names).map(([from, to]) => [to, fields[from] ?? ''] as const),
    ),
  }));
}

function kindsOf(records: readonly LinkageRecord[]): Readonly<Record<string, string>> {
  return Object.fromEntries(chooseSchema(records).columns.map(({ name, kind }) => [name, kind]));
}

const COLUMNS = [
  ...['first_name', 'last_name', 'birth_date', 'email', 'phone', 'street', 'city', 'postcode'],
] as const;
const KINDS = ['given', 'surname', 'birth', 'email', 'phone', 'street', 'city', 'postcode'];

describe('columns', () => {
  test.each([
    [['Vorname', 'Nachname', 'Geburtsdatum', 'E-Mail', 'Telefon', 'Straße', 'Ort', 'PLZ']],
    [
      [
        'nombre',
        'apellidos',
        'fecha_nacimiento',
        'correo',
        'teléfono',
        'dirección',
        'ciudad',
        'cp',
      ],
    ],
    [['nome', 'cognome', 'data di nascita', 'mail', 'cellulare', 'indirizzo', 'città', 'CAP']],
    [['prénom', 'nom', 'date_naissance', 'courriel', 'téléphone', 'rue', 'ville', 'code postal']],
    [['имя', 'фамилия', 'дата_рождения', 'почта', 'телефон', 'улица', 'город', 'индекс']],
    [['fn', 'ln', 'bday', 'mail', 'tel', 'addr1', 'town', 'zip']],
  ])('MEM-111 are told by their names in other languages: %j', (names) => {
    const to = Object.fromEntries(COLUMNS.map((column, i) => [column, names[i] ?? '']));
    expect(Object.values(kindsOf(renamed(to)))).toEqual(KINDS);
  });

  test('MEM-111 are told by what stands in them where the names say nothing', () => {
    const to = Object.fromEntries(COLUMNS.map((column, i) => [column, `c${i}`]));
    const records = renamed(to);
    expect(Object.values(kindsOf(records))).toEqual(KINDS.toSpliced(6, 1, 'text'));
    const { f1, precision } = pairQuality(
      finish(resolveRecords(records)).clusters,
      people.personOf,
    );
    expect(f1).toBeGreaterThan(0.97);
    expect(precision).toBeGreaterThan(0.97);
  });

  test('MEM-111 days on which something happened are no dates of birth', () => {
    const records = Array.from({ length: 100 }, (_, i) => ({
      ...{
        id: `${i}`,
        fields: { a: `20${20 + (i % 5)}-0${1 + (i % 9)}-1${i % 5}`, b: `${i % 50}` },
      },
    }));
    expect(kindsOf(records)).toMatchObject({ a: 'text' });
  });

  test('MEM-111 a name beside one of its parts is the other part', () => {
    const given = renamed({ first_name: 'name', last_name: 'surname', birth_date: 'born' });
    expect(kindsOf(given)).toEqual({ name: 'given', surname: 'surname', born: 'birth' });
    const surname = renamed({ first_name: 'Vorname', last_name: 'Name' });
    expect(kindsOf(surname)).toEqual({ Vorname: 'given', Name: 'surname' });
    const whole = given.map(({ id, fields }) => ({
      id,
      fields: { ...fields, name: `${fields['name']} ${fields['surname']}` },
    }));
    expect(kindsOf(whole)).toMatchObject({ name: 'name', surname: 'surname' });
    const model = finish(trainLinkage(whole));
    expect(model.comparisons.map(({ name }) => name)).toContain('given of name');
  });

  test('of very many columns those that tell most apart are compared', () => {
    const records = Array.from({ length: 100 }, (_, i) => ({
      id: `${i}`,
      fields: Object.fromEntries(
        Array.from({ length: 60 }, (__, c) => [`x${c}`, `v${(i * 7 + c) % (2 + c)}`]),
      ),
    }));
    const used = Object.entries(kindsOf(records)).filter(([, kind]) => kind !== 'ignored');
    expect(used).toHaveLength(20);
    expect(used.map(([name]) => name)).toContain('x59');
  });

  test('MEM-115 what households have in common is learned', () => {
    const model = finish(trainLinkage(people.records));
    const shareOf = (kind: string) => model.comparisons.find((one) => one.kind === kind)?.share;
    expect(shareOf('given')).toBe(0);
    expect(shareOf('street')).toBeGreaterThan(0.9);
    // Half of these families have one telephone.
    expect(shareOf('phone')).toBeGreaterThan(0.2);
    expect(shareOf('phone')).toBeLessThan(0.8);
  });
});
