import { ok, type Result, refused } from '@keepsake/kernel';
import type { Attribute, Family, Group, PartKind } from './family.ts';
import type { ModelIssue } from './issue.ts';
import { present, readAttributes } from './read/attributes.ts';
import {
  type Fields,
  openDocument,
  type Place,
  placeAt,
  type Reading,
  readList,
  readMapping,
  readText,
  readWords,
  report,
} from './read/document.ts';
import { readComponents, readInstructions, readOperations } from './read/making.ts';
import { readParts } from './read/parts.ts';
import { readPicture } from './read/picture.ts';
import type { Names } from './read/resolve.ts';
import { readFormulas, readPrices, readRules, readTables } from './read/rules.ts';
import {
  readAmount,
  readNamedId,
  readNumber,
  readPlainId,
  readWord,
  uniqueIds,
} from './read/values.ts';

const GROUPS_MAX = 200;

const SHAPE = {
  required: ['keepsake', 'family', 'name', 'currency', 'basePrice', 'attributes'],
  optional: [
    'summary',
    'taxClass',
    'baseCost',
    'groups',
    'parts',
    'rules',
    'tables',
    'formulas',
    'prices',
    'components',
    'operations',
    'instructions',
    'demand',
    'picture',
  ],
} as const;

/** The currency and its minor digits, as ISO 4217 has them by way of the run time's own tables. */
function readCurrency(reading: Reading, place: Place | undefined) {
  const currency = readText(reading, place);
  if (place === undefined || currency === undefined) return { currency: 'EUR', minorDigits: 2 };
  const isKnown =
    /^[A-Z]{3}$/.test(currency) && Intl.supportedValuesOf('currency').includes(currency);
  if (!isKnown) {
    const message = `'${currency}' is no currency`;
    report(reading, place, { code: 'value/form', message, hint: 'an ISO 4217 code such as EUR' });
    return { currency: 'EUR', minorDigits: 2 };
  }
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return { currency, minorDigits: format.resolvedOptions().maximumFractionDigits ?? 2 };
}

function readGroups(reading: Reading, place: Place | undefined): readonly Group[] {
  const isNew = uniqueIds(reading);
  return readList(reading, place, { most: GROUPS_MAX }).flatMap((at) => {
    const fields = readMapping(reading, at, { required: ['id', 'name'], optional: [] });
    const id = readPlainId(reading, fields?.get('id'));
    if (fields === undefined || id === undefined || !isNew(at, id)) return [];
    return [{ id, name: readWords(reading, fields.get('name')) ?? { en: id } }];
  });
}

function readVersion(reading: Reading, place: Place | undefined): void {
  const version = readNumber(reading, place, { least: 1, most: 1e6, isWhole: true });
  if (place === undefined || version === undefined || version === 1) return;
  const message = `version ${String(version)} of the format is not known here`;
  report(reading, place, { code: 'value/bounds', message, hint: 'keepsake: 1' });
}

/** The parts that mention attributes. */
function readMentions(
  reading: Reading,
  fields: Fields,
  of: {
    readonly attributes: readonly Attribute[];
    readonly kinds: readonly PartKind[];
    readonly minorDigits: number;
  },
) {
  const attributes = new Map(of.attributes.map((attribute) => [attribute.id, attribute]));
  const parts = new Map(of.kinds.map((kind) => [kind.id, kind]));
  const strict: Names = { attributes, parts, texts: false };
  const free: Names = { attributes, parts, texts: true };
  const operations = readOperations(reading, fields.get('operations'), free);
  const { minorDigits } = of;
  return {
    rules: readRules(reading, fields.get('rules'), strict),
    tables: readTables(reading, fields.get('tables'), strict),
    formulas: readFormulas(reading, fields.get('formulas'), strict),
    prices: readPrices(reading, fields.get('prices'), { names: free, minorDigits }),
    components: readComponents(reading, fields.get('components'), { names: free, operations }),
    operations,
    instructions: readInstructions(reading, fields.get('instructions'), operations),
    picture: readPicture(reading, fields.get('picture'), free),
  };
}

function readFamily(reading: Reading, fields: Fields): Family {
  readVersion(reading, fields.get('keepsake'));
  const { currency, minorDigits } = readCurrency(reading, fields.get('currency'));
  const groups = readGroups(reading, fields.get('groups'));
  const frame = { minorDigits, groups: new Set(groups.map(({ id }) => id)) };
  const single = readAttributes(reading, fields.get('attributes'), frame);
  const parts = readParts(reading, fields.get('parts'), { ...frame, taken: single });
  const attributes = [...single, ...parts.attributes];
  const { kinds } = parts;
  const mentions = readMentions(reading, fields, { attributes, kinds, minorDigits });
  return present<Family>({
    keepsake: 1,
    id: readPlainId(reading, fields.get('family')) ?? 'family',
    name: readWords(reading, fields.get('name')) ?? { en: 'Family' },
    summary: readWords(reading, fields.get('summary')),
    currency,
    minorDigits,
    taxClass: readNamedId(reading, fields.get('taxClass')) ?? 'standard',
    basePriceMinor: readAmount(reading, fields.get('basePrice'), minorDigits) ?? 0,
    baseCostMinor: readAmount(reading, fields.get('baseCost'), minorDigits) ?? 0,
    demand: readWord(reading, fields.get('demand'), ['order', 'stay'] as const) ?? 'order',
    groups,
    attributes,
    parts: kinds.length === 0 ? undefined : kinds,
    ...mentions,
    rules: [...parts.rules, ...mentions.rules],
  });
}

/**
 * Reads a family file: YAML 1.2, checked against the format and its limits. Either a family as plain
 * data, or all faults at once (200 at most) in the order of the file. Never throws on any text.
 * Cost is linear in the file.
 */
export function parseFamily(text: string): Result<Family, readonly ModelIssue[]> {
  const reading = openDocument(text);
  const { document, issues } = reading;
  if (issues.length > 0) return refused(issues);
  const root = placeAt(reading, document.contents, '', 0);
  const fields = readMapping(reading, root, SHAPE);
  const family = fields && readFamily(reading, fields);
  if (family !== undefined && issues.length === 0) return ok(family);
  return refused([...issues].sort((a, b) => a.line - b.line || a.column - b.column));
}

export type { IssueCode, ModelIssue } from './issue.ts';
