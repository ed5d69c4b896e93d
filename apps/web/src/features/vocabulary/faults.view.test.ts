import { expect, test } from 'vitest';
import { faultsByField } from './faults.view.ts';

const issue = (path: string, code: string) => ({ path, code, message: '' });

test('a fault stands beside its field; what is about something else is told of the whole', () => {
  const issues = [
    issue('predicates[1].values', 'missing-values'),
    issue('predicates[1].derivations[0].from', 'unknown-predicate'),
    issue('predicates[1].derivations[2].map[0].to', 'unknown-value'),
    issue('predicates[0].name', 'surprise'),
  ];
  expect([...faultsByField(issues, 'predicates[1]')]).toEqual([
    ['values', 'missing-values'],
    ['derivations', 'unknown-predicate'],
    ['derivations.0', 'unknown-predicate'],
    ['derivations.2', 'unknown-value'],
    ['', 'other'],
  ]);
});

test('a circle is told where one is, and a purpose of a name that there is at its name', () => {
  const circle = issue('predicates[0].derivations', 'derivation-cycle');
  expect([...faultsByField([circle], 'predicates[7]')]).toEqual([
    ['derivations', 'derivation-cycle'],
  ]);
  expect([...faultsByField([issue('purposes', 'duplicate')], 'purposes[3]')]).toEqual([
    ['id', 'duplicate'],
  ]);
});
