import type { Words } from '@keepsake/kernel';
import type { Component, FactInstruction, Operation } from '../family.ts';
import { present } from './attributes.ts';
import {
  type Place,
  type Reading,
  readList,
  readMapping,
  readText,
  readWords,
  report,
  scalarAt,
} from './document.ts';
import { readExpression, readQuantity } from './expressions.ts';
import type { Names } from './resolve.ts';
import { readNamedId, uniqueIds } from './values.ts';

const COMPONENTS_MAX = 2_000;
const OPERATIONS_MAX = 500;

/** Reports placeholders `{x}` of a text that name no attribute. */
export function checkPlaceholders(
  reading: Reading,
  place: Place | undefined,
  words: Words | undefined,
  known: (id: string) => boolean,
): void {
  if (place === undefined || words === undefined) return;
  for (const text of Object.values(words)) {
    for (const [, id = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
      if (known(id)) continue;
      report(reading, place, { code: 'id/unknown', message: `there is no attribute '${id}'` });
    }
  }
}

function requireOperation(
  reading: Reading,
  at: Place,
  operation: string,
  operations: readonly Operation[],
): void {
  if (operations.some(({ id }) => id === operation)) return;
  report(reading, at, { code: 'id/unknown', message: `there is no operation '${operation}'` });
}

/** The 150 % bill of materials. */
export function readComponents(
  reading: Reading,
  place: Place | undefined,
  of: { readonly names: Names; readonly operations: readonly Operation[] },
): readonly Component[] {
  const { names, operations } = of;
  const shape = { required: ['item', 'name', 'unit'], optional: ['when', 'quantity', 'operation'] };
  return readList(reading, place, { most: COMPONENTS_MAX }).flatMap((at) => {
    const fields = readMapping(reading, at, shape);
    const item = readNamedId(reading, fields?.get('item'));
    if (fields === undefined || item === undefined) return [];
    const operation = readNamedId(reading, fields.get('operation'));
    if (operation !== undefined) requireOperation(reading, at, operation, operations);
    const component = present<Component>({
      item,
      name: readWords(reading, fields.get('name')) ?? { en: item },
      when: readExpression(reading, fields.get('when'), names, 'truth'),
      quantity: readQuantity(reading, fields.get('quantity'), names) ?? 1,
      unit: readText(reading, fields.get('unit')) ?? 'piece',
      operation,
    });
    return [component];
  });
}

function readMinutes(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): Operation['minutes'] | undefined {
  if (place !== undefined && scalarAt(place)?.value === 'stay') return 'stay';
  return readQuantity(reading, place, names);
}

function readOperation(reading: Reading, at: Place, names: Names): Operation | undefined {
  const fields = readMapping(reading, at, {
    required: ['id', 'name', 'workCentre', 'minutes'],
    optional: ['when', 'after', 'instruction'],
  });
  const id = readNamedId(reading, fields?.get('id'));
  if (fields === undefined || id === undefined) return undefined;
  const instruction = readWords(reading, fields.get('instruction'));
  checkPlaceholders(reading, fields.get('instruction'), instruction, (name) =>
    names.attributes.has(name),
  );
  const after = readList(reading, fields.get('after'), { most: OPERATIONS_MAX });
  return present<Operation>({
    id,
    name: readWords(reading, fields.get('name')) ?? { en: id },
    workCentre: readNamedId(reading, fields.get('workCentre')) ?? id,
    minutes: readMinutes(reading, fields.get('minutes'), names) ?? 0,
    when: readExpression(reading, fields.get('when'), names, 'truth'),
    after: after.flatMap((each) => readNamedId(reading, each) ?? []),
    instruction,
  });
}

/** Operations in an order in which predecessors come first, as far as there is one. */
function countOrdered(operations: readonly Operation[]): number {
  const done = new Set<string>();
  let before = -1;
  while (done.size > before) {
    before = done.size;
    for (const { id, after } of operations) if (after.every((each) => done.has(each))) done.add(id);
  }
  return done.size;
}

/** The 150 % routing: predecessors exist and do not run in a circle. */
export function readOperations(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): readonly Operation[] {
  const isNew = uniqueIds(reading);
  const places = new Map<string, Place>();
  const operations: Operation[] = [];
  for (const at of readList(reading, place, { most: OPERATIONS_MAX })) {
    const operation = readOperation(reading, at, names);
    if (operation === undefined || !isNew(at, operation.id)) continue;
    operations.push(operation);
    places.set(operation.id, at);
  }
  let areKnown = true;
  for (const { id, after } of operations) {
    const at = places.get(id);
    for (const each of after) {
      if (places.has(each) || at === undefined) continue;
      areKnown = false;
      report(reading, at, { code: 'id/unknown', message: `there is no operation '${each}'` });
    }
  }
  if (areKnown && place !== undefined && countOrdered(operations) < operations.length) {
    report(reading, place, { code: 'value/bounds', message: 'operations wait for each other' });
  }
  return operations;
}

/** What remembered facts ask of operations. */
export function readInstructions(
  reading: Reading,
  place: Place | undefined,
  operations: readonly Operation[],
): readonly FactInstruction[] {
  const shape = { required: ['predicate', 'operation', 'text'], optional: [] };
  return readList(reading, place, { most: OPERATIONS_MAX }).flatMap((at) => {
    const fields = readMapping(reading, at, shape);
    const predicate = readNamedId(reading, fields?.get('predicate'));
    const operation = readNamedId(reading, fields?.get('operation'));
    const text = readWords(reading, fields?.get('text'));
    checkPlaceholders(reading, fields?.get('text'), text, (name) => name === 'value');
    if (predicate === undefined || operation === undefined || text === undefined) return [];
    requireOperation(reading, at, operation, operations);
    return [{ predicate, operation, text }];
  });
}
