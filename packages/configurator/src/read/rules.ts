import type { Words } from '@keepsake/kernel';
import { isSeq } from 'yaml';
import { type Expression, mentionedIn } from '../expression.ts';
import type { Attribute, Cell, ConditionalPrice, Formula, Rule, Table } from '../family.ts';
import { gridOf } from '../solve/compile.ts';
import { present } from './attributes.ts';
import {
  type Fields,
  type Place,
  placeAt,
  type Reading,
  readList,
  readMapping,
  readWords,
  report,
  scalarAt,
} from './document.ts';
import { readExpression } from './expressions.ts';
import type { Names } from './resolve.ts';
import { readAmount, readAttributeId, readNamedId, readNumber, uniqueIds } from './values.ts';

/** Rules, tables, formulas and prices at most, each; rows of a table and steps of a formula. */
const RULES_MAX = 2_000;
const ROWS_MAX = 20_000;
const STEPS_MAX = 200;

interface Head {
  readonly id: string;
  readonly text: Words;
}

/** Reads the entries of a section, each with an id of its own and a text for people. */
export function readSection<T>(
  reading: Reading,
  place: Place | undefined,
  shape: { readonly required: readonly string[]; readonly optional: readonly string[] },
  read: (fields: Fields, head: Head, at: Place) => T | undefined,
): readonly T[] {
  const isNew = uniqueIds(reading);
  return readList(reading, place, { most: RULES_MAX }).flatMap((at) => {
    const required = ['id', 'text', ...shape.required];
    const fields = readMapping(reading, at, { required, optional: shape.optional });
    const id = readNamedId(reading, fields?.get('id'));
    const text = readWords(reading, fields?.get('text'));
    if (fields === undefined || id === undefined || !isNew(at, id)) return [];
    const entry = read(fields, { id, text: text ?? { en: id } }, at);
    return entry === undefined ? [] : [entry];
  });
}

/** A rule that mentions no attribute says nothing about designs: an author's slip. */
function mentionsSome(reading: Reading, at: Place, conditions: readonly Expression[]): boolean {
  if (conditions.some(({ tree }) => mentionedIn(tree).length > 0)) return true;
  report(reading, at, { code: 'expression/type', message: 'the rule mentions no attribute' });
  return false;
}

function readImplication(
  reading: Reading,
  at: Place,
  fields: Fields,
  names: Names,
): Pick<Rule & { kind: 'implies' }, 'when' | 'then'> | undefined {
  for (const key of ['when', 'then']) {
    if (fields.has(key)) continue;
    report(reading, at, { code: 'key/missing', message: `'${key}' is missing` });
  }
  const when = readExpression(reading, fields.get('when'), names, 'truth');
  const then = readExpression(reading, fields.get('then'), names, 'truth');
  if (when === undefined || then === undefined) return undefined;
  return mentionsSome(reading, at, [when, then]) ? { when, then } : undefined;
}

/** The rules of a family. */
export function readRules(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): readonly Rule[] {
  const shape = { required: [], optional: ['when', 'then', 'require'] };
  return readSection<Rule>(reading, place, shape, (fields, head, at) => {
    const isRequire = fields.has('require');
    if (isRequire === (fields.has('when') || fields.has('then'))) {
      const message = "a rule has either 'when' and 'then', or 'require'";
      return report(reading, at, { code: 'key/missing', message });
    }
    if (!isRequire) {
      const sides = readImplication(reading, at, fields, names);
      return sides && { kind: 'implies', ...head, ...sides };
    }
    const require = readExpression(reading, fields.get('require'), names, 'truth');
    if (require === undefined || !mentionsSome(reading, at, [require])) return undefined;
    return { kind: 'require', ...head, require };
  });
}

/** One value of a table cell; undefined with an issue when the attribute has no such value. */
function readCellValue(
  reading: Reading,
  at: Place,
  attribute: Attribute,
): string | number | boolean | null | undefined {
  const scalar = scalarAt(at);
  const value = scalar?.value;
  if (value === null && 'optional' in attribute && attribute.optional === true) return null;
  if (attribute.type === 'choice') {
    const id = readNamedId(reading, at);
    if (id === undefined || attribute.values.some((each) => each.id === id)) return id;
    const message = `'${id}' is no value of '${attribute.id}'`;
    return report(reading, at, { code: 'id/unknown', message });
  }
  if (attribute.type === 'boolean' && typeof value === 'boolean') return value;
  const isNumeric = attribute.type === 'integer' || attribute.type === 'decimal';
  if (isNumeric && typeof value === 'number' && gridOf(attribute).includes(value)) return value;
  const message = `not a value of '${attribute.id}'`;
  return report(reading, at, { code: 'value/bounds', message });
}

function readCell(reading: Reading, at: Place, attribute: Attribute): Cell | undefined {
  if (scalarAt(at)?.value === '*') return '*';
  const items = isSeq(at.node)
    ? at.node.items.map((item, i) => placeAt(reading, item, `${at.path}[${String(i)}]`, at.offset))
    : [at];
  const any: (string | number | boolean | null)[] = [];
  for (const item of items) {
    const value = readCellValue(reading, item, attribute);
    if (value !== undefined) any.push(value);
  }
  return { any };
}

function readColumns(reading: Reading, place: Place | undefined, names: Names): Attribute[] {
  const isNew = uniqueIds(reading);
  return readList(reading, place, { least: 1, most: 20 }).flatMap((at) => {
    const id = readAttributeId(reading, at);
    if (id === undefined || !isNew(at, id)) return [];
    const attribute = names.attributes.get(id);
    if (attribute !== undefined && attribute.type !== 'text') return [attribute];
    report(reading, at, {
      code: 'id/unknown',
      message: `there is no attribute '${id}' for a table`,
    });
    return [];
  });
}

/** The tables of a family. */
export function readTables(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): readonly Table[] {
  const shape = { required: ['columns', 'rows'], optional: [] };
  return readSection<Table>(reading, place, shape, (fields, head) => {
    const faultsBefore = reading.issues.length;
    const columns = readColumns(reading, fields.get('columns'), names);
    if (reading.issues.length > faultsBefore || columns.length === 0) return undefined;
    const rows = readList(reading, fields.get('rows'), { most: ROWS_MAX }).flatMap((at) => {
      const cells = readList(reading, at, { most: columns.length });
      if (cells.length !== columns.length) {
        const message = `a row has ${String(columns.length)} cells`;
        report(reading, at, { code: 'value/bounds', message });
        return [];
      }
      return [
        columns.map((column, p) => {
          const cell = cells[p];
          return (cell && readCell(reading, cell, column)) ?? '*';
        }),
      ];
    });
    return { ...head, columns: columns.map(({ id }) => id), rows };
  });
}

function readSteps(
  reading: Reading,
  place: Place | undefined,
  target: Attribute & { type: 'choice' },
): Formula['steps'] {
  let above = Number.NEGATIVE_INFINITY;
  return readList(reading, place, { least: 1, most: STEPS_MAX }).flatMap((at) => {
    const fields = readMapping(reading, at, { required: ['is'], optional: ['upTo'] });
    const is = readNamedId(reading, fields?.get('is'));
    const bound = fields?.get('upTo');
    const upTo = readNumber(reading, bound, { least: -1e9, most: 1e9 });
    if (is === undefined) return [];
    if (!target.values.some(({ id }) => id === is)) {
      report(reading, at, { code: 'id/unknown', message: `'${is}' is no value of '${target.id}'` });
    }
    if (above === Number.POSITIVE_INFINITY || (upTo !== undefined && upTo <= above)) {
      const message = "steps ascend, and only the last has no 'upTo'";
      report(reading, at, { code: 'value/bounds', message });
    }
    above = upTo ?? Number.POSITIVE_INFINITY;
    return [present<{ upTo?: number; is: string }>({ upTo, is })];
  });
}

function readTarget(reading: Reading, at: Place, fields: Fields, names: Names) {
  const place = fields.get('attribute');
  const id = readAttributeId(reading, place);
  const attribute = id === undefined ? undefined : names.attributes.get(id);
  if (place === undefined || id === undefined) return undefined;
  if (attribute === undefined || attribute.type === 'text' || attribute.type === 'boolean') {
    const message = `'${id}' is no choice and no number`;
    return report(reading, place, { code: 'id/unknown', message });
  }
  if ((attribute.type === 'choice') !== fields.has('steps')) {
    const message = "'steps' belong to a formula for a choice, and only there";
    return report(reading, at, { code: 'key/missing', message });
  }
  return attribute;
}

/** The formulas of a family. */
export function readFormulas(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): readonly Formula[] {
  const shape = { required: ['attribute', 'value'], optional: ['when', 'steps'] };
  return readSection<Formula>(reading, place, shape, (fields, head, at) => {
    const target = readTarget(reading, at, fields, names);
    const value = readExpression(reading, fields.get('value'), names, 'number');
    const when = readExpression(reading, fields.get('when'), names, 'truth');
    if (target === undefined || value === undefined) return undefined;
    const isSelf = mentionedIn(value.tree).includes(target.id);
    if (isSelf) {
      const message = 'a formula cannot mention the attribute that it ties';
      return report(reading, at, { code: 'expression/type', message });
    }
    const steps =
      target.type === 'choice' ? readSteps(reading, fields.get('steps'), target) : undefined;
    return present<Formula>({ ...head, when, attribute: target.id, value, steps });
  });
}

/** The conditional prices of a family; their conditions may ask whether a text is written. */
export function readPrices(
  reading: Reading,
  place: Place | undefined,
  frame: { readonly names: Names; readonly minorDigits: number },
): readonly ConditionalPrice[] {
  const shape = { required: ['when', 'price'], optional: [] };
  return readSection<ConditionalPrice>(reading, place, shape, (fields, head) => {
    const when = readExpression(reading, fields.get('when'), frame.names, 'truth');
    const priceMinor = readAmount(reading, fields.get('price'), frame.minorDigits);
    return when && priceMinor !== undefined ? { ...head, when, priceMinor } : undefined;
  });
}
