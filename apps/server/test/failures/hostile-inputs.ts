/** Inputs for every endpoint of the contract: well-formed here, absurd there, often nearly right. */
import { contract, type EndpointMeta } from '@keepsake/contract';
import fc from 'fast-check';
import { z } from 'zod';

/** An endpoint, and the JSON schema of its input. */
export interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: EndpointMeta['access'];
  readonly input: Schema;
}

/** As much of JSON schema as the contract makes use of. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** Every endpoint of the contract. */
export const endpoints: readonly Endpoint[] = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs).map(([verb, procedure]) => {
    const { meta, route, inputSchema } = (
      procedure as unknown as {
        '~orpc': {
          meta: EndpointMeta;
          route: { method: string; path: string };
          inputSchema: z.ZodType;
        };
      }
    )['~orpc'];
    const input = z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }) as Schema;
    return { ...route, name: `${noun}.${verb}`, access: meta.access, input };
  }),
);

/** Numbers that no order of this world has any use for. */
const NUMBERS: readonly number[] = [
  ...[1e308, -1e308, 5e-324, -0, 0, 1, 2, 20, 0.1 + 0.2, 0.3, 59.99999999999999],
  ...[Number.MAX_SAFE_INTEGER + 2, -(2 ** 31) - 1, 2 ** 31, 2 ** 63, 1e-7, 1_000_000],
];

/** Texts that something, somewhere, may take for more than a text. */
const TEXTS: readonly string[] = [
  ...['', ' ', 'NaN', 'Infinity', '-0', '1e308', 'null', 'undefined', 'true', '__proto__'],
  ...['constructor', 'prototype', 'toString', 'hasOwnProperty', '\u0000', 'a\u0000b', '\ud800'],
  ...['\u202egnirts', '\u200b', '\ufeff', 'a\r\nBcc: x@example.com', "'; drop table orders; --"],
  ...['<script>alert(1)</script>', '{{engraving}}', '{greeting}', '#{7*7}', '../../etc/passwd'],
  ...['%00', '%', '\\', '北斗 — 7', '👨‍👩‍👧‍👦', 'שלום', 'e\u0301'.repeat(200), 'x'.repeat(5_000)],
];

const WORDS: readonly string[] = [
  ...['frame', 'room', 'main', 'pickup', 'post', 'colour', 'width', 'depth', 'glass', 'engraving'],
  ...['greeting', 'red', 'blue', 'crib', 'wood', 'personalisation', 'health', 'service', 'bench'],
  ...['constructor', '__proto__', 'nothing', 'keep', 'DE', 'self', 'gift'],
];

const PREDICATES: readonly string[] = [
  ...['pillow.firmness', 'minibar.wish', 'body.height', 'allergy.substance', 'arrival.contact'],
  ...['constructor.prototype', 'no.such'],
];

const DATES: readonly string[] = [
  ...['2026-03-02', '2026-03-09', '2026-03-10', '0000-01-01', '0001-01-01', '9999-12-31'],
  ...['2026-02-29', '2026-13-01', '1900-01-01'],
];

const INSTANTS: readonly string[] = [
  ...['2026-03-03T09:00:00.000Z', '0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ...['2026-02-30T00:00:00.000Z', '2026-03-03T09:00:00Z', '1970-01-01T00:00:00.000Z'],
];

/** Anything that is JSON, with keys that reach for prototypes. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...NUMBERS, ...TEXTS, null, true, false),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>([], {}, [[[[[]]]]], { ['__proto__']: { a: 1 } }, { constructor: 1 }),
);

/** Values that mean something here, by the name of the field or of the part of the address. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const NO_ID = '0190c0de-0000-7000-8000-000000000000';

/** Values that fit a form, and fit nothing else. */
const FORMS: readonly (readonly [fits: (schema: Schema) => boolean, values: readonly string[]])[] =
  [
    [({ format }) => format === 'date', DATES],
    [({ format }) => format === 'date-time', INSTANTS],
    [({ format }) => format === 'email', ['a@example.com', 'a@b.c\r\nBcc: d@e.fr']],
    [({ pattern }) => pattern?.includes('\\.[a-z]') === true, PREDICATES],
    [({ pattern }) => pattern?.includes('-?[0-9]') === true, ['0', '-1', '999999999999999999']],
    [({ pattern }) => pattern?.includes('[A-Z]{3}') === true, ['EUR', 'USD']],
    [({ pattern }) => pattern?.includes('[A-Z]{2}') === true, ['DE', 'XX']],
    [({ pattern }) => pattern?.includes('{8}') === true, [NO_ID]],
  ];

function textOf(schema: Schema): fc.Arbitrary<string> {
  const form = FORMS.find(([fits]) => fits(schema))?.[1];
  if (form !== undefined) return fc.constantFrom(...form);
  if (schema.pattern !== undefined) return fc.constantFrom(...WORDS);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  );
}

function fieldOf(name: string, schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const own = Object.hasOwn(known, name) ? (known[name] ?? []) : [];
  if (own.length === 0) return formed(name, schema, known);
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...own) },
    { weight: 1, arbitrary: formed(name, schema, known) },
  );
}

/** As the schema has it, whatever it may mean. */
function formed(name: string, schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map((each) => formed(name, each, known)));
  }
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'number':
    case 'integer':
      return fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true }), fc.integer());
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fieldOf(name, schema.items ?? {}, known), { maxLength: 6 });
    case 'object':
      return objectOf(schema, known);
    default:
      return anything;
  }
}

function objectOf(schema: Schema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const { properties, required = [], additionalProperties } = schema;
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? additionalProperties : {};
    const keys = fc.constantFrom('engraving', 'greeting', 'a.svg', 'constructor', ...TEXTS);
    return fc.dictionary(keys, formed('', value, known), { maxKeys: 3 });
  }
  const fields = Object.entries(properties).map(
    ([name, each]) => [name, fieldOf(name, each, known)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

/** Every second object has one of its fields replaced by anything, or one too many. */
function spoilt(
  fields: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  const spoil = fc.option(fc.tuple(fc.nat(), fc.constantFrom('', ...TEXTS), anything));
  return fc.tuple(fields, spoil).map(([good, bad]) => {
    if (bad === null) return good;
    const [which, extra, value] = bad;
    const names = Object.keys(good);
    const name =
      names.length === 0 || which % 4 === 0 ? extra : (names[which % names.length] ?? extra);
    return { ...good, [name]: value };
  });
}

/** One request to an endpoint. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Requests to an endpoint. */
export function requestsTo(endpoint: Endpoint, known: Known): fc.Arbitrary<HostileRequest> {
  const { method, path, input } = endpoint;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return spoilt(objectOf(input, known)).map((fields) => {
    const rest = Object.entries(fields).filter(([name]) => !names.includes(name));
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(wellFormed(textIn(fields[name]))),
    );
    if (method !== 'GET') return { method, path: filled, body: jsonOf(rest) };
    const query = new URLSearchParams(
      rest.map(([name, value]): [string, string] => [name, textIn(value)]),
    );
    return { method, path: `${filled}?${query}` };
  });
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : textOfJson(value);
}

/** An address cannot hold half a character, and one without a part is another address. */
function wellFormed(text: string): string {
  const whole = Buffer.from(text).toString();
  return ['', '.', '..'].includes(whole) ? 'x' : whole;
}

/** As text, so that `__proto__` is a key like any other and -0 keeps its sign. */
function jsonOf(entries: readonly (readonly [string, unknown])[]): string {
  const fields = entries.map(([name, value]) => `${JSON.stringify(name)}:${textOfJson(value)}`);
  return `{${fields.join(',')}}`;
}

function textOfJson(value: unknown): string {
  if (Object.is(value, -0)) return '-0.0';
  return JSON.stringify(value) ?? 'null';
}
