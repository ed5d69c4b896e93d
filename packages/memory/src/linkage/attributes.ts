import { joinDate, readDate } from './dates.ts';
import type { ColumnKind, LinkageColumn, LinkageSchema } from './model.ts';
import { foldCode, foldEmail, foldPhone, foldText, splitName, splitStreet } from './normalise.ts';

type Fields = Readonly<Record<string, string>>;

/** What is compared of a record: one value made of one or more columns. */
export interface Attribute {
  /** Unique among the attributes of a schema. */
  readonly name: string;
  readonly kind: ColumnKind;
  readonly columns: readonly string[];
  /** Two values of a person are never different but for a slip. */
  readonly isUnique: boolean;
  /** The value made comparable; empty where it is missing. */
  read(fields: Fields): string;
}

/** From coarse to fine, so that what was found to agree explains what follows. */
const ORDER: readonly ColumnKind[] = [
  ...(['given', 'surname', 'birth', 'email', 'phone', 'identifier'] as const),
  ...(['street', 'postcode', 'city', 'region', 'houseNumber', 'category', 'text'] as const),
];

/** The attributes of a schema, in the order in which they are compared. */
export function attributesOf(schema: LinkageSchema): readonly Attribute[] {
  const { columns } = schema;
  const all = [
    ...columns.flatMap(plainAttribute),
    ...nameAttributes(columns),
    ...birthAttributes(columns),
    ...houseNumbers(columns),
  ];
  return ORDER.flatMap((kind) => all.filter((attribute) => attribute.kind === kind));
}

const FOLDS: Readonly<Partial<Record<ColumnKind, (text: string) => string>>> = {
  given: foldText,
  surname: foldText,
  email: foldEmail,
  phone: foldPhone,
  street: (text) => splitStreet(text).street,
  houseNumber: foldCode,
  postcode: foldCode,
  city: foldText,
  region: foldText,
  identifier: foldCode,
  category: foldText,
  text: foldText,
};

function plainAttribute({ name, kind, isUnique, dateOrder }: LinkageColumn): readonly Attribute[] {
  const rest = { name, kind, columns: [name], isUnique: isUnique === true };
  if (kind === 'birth') {
    return [{ ...rest, read: (fields) => readDate(fields[name] ?? '', dateOrder ?? 'ymd') }];
  }
  const fold = FOLDS[kind];
  return fold === undefined ? [] : [{ ...rest, read: (fields) => fold(fields[name] ?? '') }];
}

/** Full names are compared by their parts, unless these have columns of their own. */
function nameAttributes(columns: readonly LinkageColumn[]): readonly Attribute[] {
  const full = columns.find(({ kind }) => kind === 'name');
  if (full === undefined) return [];
  const { name } = full;
  return (['given', 'surname'] as const)
    .filter((part) => !columns.some(({ kind }) => kind === part))
    .map((part) => ({
      ...{ name: `${part} of ${name}`, kind: part, columns: [name], isUnique: false },
      read: (fields) => splitName(fields[name] ?? '')[part],
    }));
}

/** A birth date in three columns. */
function birthAttributes(columns: readonly LinkageColumn[]): readonly Attribute[] {
  const year = columns.find(({ kind }) => kind === 'birthYear')?.name;
  if (year === undefined || columns.some(({ kind }) => kind === 'birth')) return [];
  const month = columns.find(({ kind }) => kind === 'birthMonth')?.name;
  const day = columns.find(({ kind }) => kind === 'birthDay')?.name;
  const numberIn = (fields: Fields, name: string | undefined): number =>
    name === undefined ? 0 : Number(fields[name] ?? 0);
  return [
    {
      ...{ name: 'birth', kind: 'birth', isUnique: false },
      columns: [year, month, day].flatMap((name) => name ?? []),
      read: (fields) =>
        joinDate(numberIn(fields, year), numberIn(fields, month), numberIn(fields, day)),
    },
  ];
}

/** The number within an address line, unless it has a column of its own. */
function houseNumbers(columns: readonly LinkageColumn[]): readonly Attribute[] {
  const street = columns.find(({ kind }) => kind === 'street');
  if (street === undefined || columns.some(({ kind }) => kind === 'houseNumber')) return [];
  const { name } = street;
  return [
    {
      ...{ name: `number of ${name}`, kind: 'houseNumber', columns: [name], isUnique: false },
      read: (fields) => splitStreet(fields[name] ?? '').number,
    },
  ];
}
