import type { ColumnKind } from './model.ts';

/** A degree of agreement with what is assumed of it before anything was learned. */
export interface LevelGuess {
  readonly name: string;
  readonly m: number;
  readonly u: number;
}

type Row = readonly [name: string, m: number, u: number];

function rows(...all: readonly Row[]): readonly LevelGuess[] {
  return all.map(([name, m, u]) => ({ name, m, u }));
}

const GIVEN = rows(
  ['equal', 0.74, 0.008],
  ['swapped', 0.01, 0.00002],
  ['slip', 0.09, 0.004],
  ['short', 0.05, 0.008],
  ['alike', 0.05, 0.03],
  ['different', 0.06, 0.94998],
);

const SURNAME = rows(
  ['equal', 0.79, 0.002],
  ['slip', 0.1, 0.002],
  ['part', 0.03, 0.003],
  ['alike', 0.03, 0.02],
  ['different', 0.05, 0.973],
);

const BIRTH = rows(
  ['equal', 0.83, 0.0001],
  ['slip', 0.07, 0.0009],
  ['turned', 0.01, 0.00005],
  ['parts', 0.03, 0.00295],
  ['year', 0.02, 0.014],
  ['near', 0.01, 0.032],
  ['different', 0.03, 0.95],
);

const EMAIL = rows(
  ['equal', 0.72, 0.00002],
  ['local', 0.06, 0.0001],
  ['slip', 0.06, 0.00008],
  ['alike', 0.04, 0.004],
  ['different', 0.12, 0.9958],
);

/** Where both names agree: many addresses are made of them. */
const EMAIL_KNOWN = rows(
  ['equal', 0.72, 0.0002],
  ['local', 0.06, 0.002],
  ['slip', 0.06, 0.02],
  ['alike', 0.08, 0.25],
  ['different', 0.08, 0.7278],
);

const PHONE = rows(['equal', 0.7, 0.00003], ['slip', 0.07, 0.0001], ['different', 0.23, 0.99987]);

const STREET = rows(
  ['equal', 0.68, 0.001],
  ['slip', 0.1, 0.001],
  ['alike', 0.05, 0.02],
  ['different', 0.17, 0.978],
);

const STREET_KNOWN = rows(
  ['equal', 0.85, 0.8],
  ['slip', 0.08, 0.05],
  ['alike', 0.03, 0.05],
  ['different', 0.04, 0.1],
);

const NUMBER = rows(['equal', 0.75, 0.015], ['slip', 0.12, 0.1], ['different', 0.13, 0.885]);
const NUMBER_KNOWN = rows(['equal', 0.88, 0.1], ['slip', 0.09, 0.12], ['different', 0.03, 0.78]);

const POSTCODE = rows(
  ['equal', 0.75, 0.001],
  ['slip', 0.08, 0.006],
  ['area', 0.05, 0.02],
  ['different', 0.12, 0.973],
);
const POSTCODE_KNOWN = rows(
  ['equal', 0.9, 0.6],
  ['slip', 0.06, 0.05],
  ['area', 0.02, 0.1],
  ['different', 0.02, 0.25],
);

const CITY = rows(
  ['equal', 0.75, 0.02],
  ['slip', 0.08, 0.002],
  ['alike', 0.03, 0.01],
  ['different', 0.14, 0.968],
);
const CITY_KNOWN = rows(
  ['equal', 0.88, 0.8],
  ['slip', 0.07, 0.05],
  ['alike', 0.02, 0.02],
  ['different', 0.03, 0.13],
);

const REGION = rows(['equal', 0.88, 0.2], ['slip', 0.05, 0.01], ['different', 0.07, 0.79]);
const REGION_KNOWN = rows(['equal', 0.93, 0.9], ['slip', 0.05, 0.05], ['different', 0.02, 0.05]);

const CODE = rows(['equal', 0.85, 0.00001], ['slip', 0.07, 0.0002], ['different', 0.08, 0.99979]);
const CATEGORY = rows(['equal', 0.92, 0.4], ['different', 0.08, 0.6]);
const TEXT = rows(
  ['equal', 0.7, 0.02],
  ['slip', 0.08, 0.003],
  ['alike', 0.05, 0.027],
  ['different', 0.17, 0.95],
);
const TEXT_KNOWN = rows(
  ['equal', 0.8, 0.2],
  ['slip', 0.08, 0.03],
  ['alike', 0.04, 0.07],
  ['different', 0.08, 0.7],
);

/**
 * The levels of a kind, best first, with the assumed probabilities: alone, and where an earlier
 * comparison of its group agreed. Guesses from general experience with customer files; a file of
 * some size overrules them.
 */
export const LEVELS: Readonly<Partial<Record<ColumnKind, readonly (readonly LevelGuess[])[]>>> = {
  given: [GIVEN],
  surname: [SURNAME],
  birth: [BIRTH],
  email: [EMAIL, EMAIL_KNOWN],
  phone: [PHONE],
  street: [STREET, STREET_KNOWN],
  postcode: [POSTCODE, POSTCODE_KNOWN],
  city: [CITY, CITY_KNOWN],
  region: [REGION, REGION_KNOWN],
  houseNumber: [NUMBER, NUMBER_KNOWN],
  identifier: [CODE],
  category: [CATEGORY],
  text: [TEXT, TEXT_KNOWN],
};

/**
 * How likely two persons of one household agree because they are one: the share of households that
 * have it in common. What is not named here is a person's own.
 */
export const HOUSEHOLD_SHARES: Readonly<Partial<Record<ColumnKind, number>>> = {
  surname: 0.8,
  street: 0.98,
  houseNumber: 0.98,
  postcode: 0.98,
  city: 0.98,
  region: 0.98,
  phone: 0.5,
  email: 0.2,
  // It may be anything.
  text: 0.5,
  // Twins.
  birth: 0.02,
};
