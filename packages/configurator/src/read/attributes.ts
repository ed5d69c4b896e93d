import type { Attribute, ChoiceValue, NumberAttribute } from '../family.ts';
import {
  type Fields,
  type Place,
  type Reading,
  readList,
  readMapping,
  readText,
  readWords,
  report,
} from './document.ts';
import {
  digitsOf,
  readAmount,
  readBoolean,
  readColour,
  readNamedId,
  readNumber,
  readPictureName,
  readPlainId,
  readWord,
  uniqueIds,
} from './values.ts';

/** Attributes of a family, values of a choice and steps of a number at most. */
export const ATTRIBUTES_MAX = 200;
const VALUES_MAX = 200;
const STEPS_MAX = 1_001;
const NUMBER_MAX = 1e6;

const TYPES = ['choice', 'boolean', 'integer', 'decimal', 'text'] as const;
type Type = (typeof TYPES)[number];

const COMMON = ['name', 'hint', 'group', 'memory', 'body'];
const OWN: Readonly<Record<Type, readonly string[]>> = {
  choice: ['values', 'default'],
  boolean: ['price', 'default'],
  integer: ['min', 'max', 'step', 'unit', 'measured', 'optional', 'pricePerUnit', 'default'],
  decimal: ['min', 'max', 'step', 'unit', 'measured', 'optional', 'pricePerUnit', 'default'],
  text: ['maxLength', 'optional', 'price'],
};
const REQUIRED: Readonly<Record<Type, readonly string[]>> = {
  choice: ['values'],
  boolean: [],
  integer: ['min', 'max'],
  decimal: ['min', 'max', 'step'],
  text: ['maxLength'],
};

/** What reading attributes needs to know of the family. */
export interface FamilyFrame {
  readonly minorDigits: number;
  readonly groups: ReadonlySet<string>;
}

/** An object without the members that are undefined. */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  // The one place where optional members are dropped; what is left is what T asks for.
  return Object.fromEntries(Object.entries(members).filter(([, v]) => v !== undefined)) as T;
}

type Base = Pick<Attribute, 'id' | 'name' | 'body'>;

function readBase(reading: Reading, fields: Fields, frame: FamilyFrame, id: string): Base {
  const group = readPlainId(reading, fields.get('group'));
  const at = fields.get('group');
  if (group !== undefined && at !== undefined && !frame.groups.has(group)) {
    report(reading, at, { code: 'id/unknown', message: `there is no group '${group}'` });
  }
  const base = {
    id,
    name: readWords(reading, fields.get('name')) ?? { en: id },
    hint: readWords(reading, fields.get('hint')),
    group,
    memory: readNamedId(reading, fields.get('memory')),
    body: readBoolean(reading, fields.get('body')) ?? false,
  };
  return present<Base>(base);
}

function readValue(reading: Reading, place: Place, frame: FamilyFrame): ChoiceValue | undefined {
  const fields = readMapping(reading, place, {
    required: ['id'],
    optional: ['name', 'hint', 'price', 'swatch', 'picture'],
  });
  const id = readNamedId(reading, fields?.get('id'));
  if (fields === undefined || id === undefined) return undefined;
  return present<ChoiceValue>({
    id,
    name: readWords(reading, fields.get('name')) ?? { en: id },
    hint: readWords(reading, fields.get('hint')),
    priceMinor: readAmount(reading, fields.get('price'), frame.minorDigits) ?? 0,
    swatch: readColour(reading, fields.get('swatch')),
    picture: readPictureName(reading, fields.get('picture')),
  });
}

function readChoice(reading: Reading, fields: Fields, base: Base, frame: FamilyFrame): Attribute {
  const isNew = uniqueIds(reading);
  const values: ChoiceValue[] = [];
  for (const at of readList(reading, fields.get('values'), { least: 1, most: VALUES_MAX })) {
    const value = readValue(reading, at, frame);
    if (value !== undefined && isNew(at, value.id)) values.push(value);
  }
  const at = fields.get('default');
  const wish = readNamedId(reading, at);
  if (at !== undefined && wish !== undefined && !values.some(({ id }) => id === wish)) {
    report(reading, at, { code: 'id/unknown', message: `'${wish}' is no value of '${base.id}'` });
  }
  return present<Attribute>({ ...base, type: 'choice', values, default: wish });
}

type Grid = Pick<NumberAttribute, 'min' | 'max' | 'step' | 'digits'>;

function readGrid(reading: Reading, fields: Fields, type: 'integer' | 'decimal', at: Place): Grid {
  const bounds = { least: -NUMBER_MAX, most: NUMBER_MAX, isWhole: type === 'integer' };
  const min = readNumber(reading, fields.get('min'), bounds) ?? 0;
  const max = readNumber(reading, fields.get('max'), bounds) ?? min;
  const step =
    readNumber(reading, fields.get('step'), { ...bounds, least: type === 'integer' ? 1 : 1e-6 }) ??
    1;
  const digits = Math.max(digitsOf(min), digitsOf(step));
  if (max < min) {
    report(reading, at, { code: 'value/bounds', message: "'max' is less than 'min'" });
    return { min, max: min, step, digits };
  }
  if ((max - min) / step + 1 > STEPS_MAX + 1e-6) {
    const message = `at most ${String(STEPS_MAX)} steps from 'min' to 'max'`;
    report(reading, at, { code: 'limit/exceeded', message });
    return { min, max: min, step, digits };
  }
  return { min, max, step, digits };
}

function isOnGrid(grid: Grid, value: number): boolean {
  const steps = (value - grid.min) / grid.step;
  return value >= grid.min && value <= grid.max && Math.abs(steps - Math.round(steps)) < 1e-6;
}

function readNumeric(
  reading: Reading,
  of: { fields: Fields; base: Base; frame: FamilyFrame; type: 'integer' | 'decimal'; at: Place },
): Attribute {
  const { fields, base, frame, type } = of;
  const grid = readGrid(reading, fields, type, of.at);
  const measured = readBoolean(reading, fields.get('measured')) ?? false;
  const optional = (readBoolean(reading, fields.get('optional')) ?? false) || measured;
  const at = fields.get('default');
  const wish = readNumber(reading, at, { least: -NUMBER_MAX, most: NUMBER_MAX });
  if (at !== undefined && wish !== undefined && !isOnGrid(grid, wish)) {
    report(reading, at, { code: 'value/bounds', message: 'the default is not on the grid' });
  }
  return present<Attribute>({
    ...base,
    type,
    ...grid,
    unit: readText(reading, fields.get('unit')),
    measured,
    optional,
    pricePerUnitMinor: readAmount(reading, fields.get('pricePerUnit'), frame.minorDigits) ?? 0,
    default: wish,
  });
}

function readFree(reading: Reading, fields: Fields, base: Base, frame: FamilyFrame): Attribute {
  const length = { least: 1, most: 200, isWhole: true };
  return {
    ...base,
    type: 'text',
    maxLength: readNumber(reading, fields.get('maxLength'), length) ?? 1,
    optional: readBoolean(reading, fields.get('optional')) ?? false,
    priceMinor: readAmount(reading, fields.get('price'), frame.minorDigits) ?? 0,
  };
}

/** An attribute, or undefined with issues. */
export function readAttribute(
  reading: Reading,
  at: Place,
  frame: FamilyFrame,
): Attribute | undefined {
  const everything = [...new Set([...COMMON, ...Object.values(OWN).flat()])];
  const loose = readMapping(reading, at, { required: ['id', 'type'], optional: everything });
  const id = readPlainId(reading, loose?.get('id'));
  const type = readWord(reading, loose?.get('type'), TYPES);
  if (loose === undefined || id === undefined || type === undefined) return undefined;
  for (const [key, place] of loose) {
    if (!everything.includes(key) || COMMON.includes(key) || OWN[type].includes(key)) continue;
    report(reading, place, { code: 'key/unknown', message: `'${key}' is not for type ${type}` });
  }
  for (const key of REQUIRED[type]) {
    if (!loose.has(key))
      report(reading, at, { code: 'key/missing', message: `'${key}' is missing` });
  }
  const base = readBase(reading, loose, frame, id);
  switch (type) {
    case 'choice':
      return readChoice(reading, loose, base, frame);
    case 'boolean':
      return present<Attribute>({
        ...base,
        type,
        priceMinor: readAmount(reading, loose.get('price'), frame.minorDigits) ?? 0,
        default: readBoolean(reading, loose.get('default')),
      });
    case 'integer':
    case 'decimal':
      return readNumeric(reading, { fields: loose, base, frame, type, at });
    case 'text':
      return readFree(reading, loose, base, frame);
  }
}

/** The attributes of a family; those that cannot be read are left out, with issues. */
export function readAttributes(
  reading: Reading,
  place: Place | undefined,
  frame: FamilyFrame,
): readonly Attribute[] {
  const isNew = uniqueIds(reading);
  const attributes: Attribute[] = [];
  for (const at of readList(reading, place, { least: 1, most: ATTRIBUTES_MAX })) {
    const attribute = readAttribute(reading, at, frame);
    if (attribute !== undefined && isNew(at, attribute.id)) attributes.push(attribute);
  }
  return attributes;
}
