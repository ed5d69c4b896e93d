import { invariant } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explode, type OperationLine, type SuperBill } from './index.ts';

/** Conditions are flags, expressions are thunks: enough of a language for these rules. */
type Condition = boolean;
type Expression = () => number;
const evaluate = {
  holds: (condition: Condition): boolean => condition,
  number: (expression: Expression): number => expression(),
};

function bill(part: Partial<SuperBill<Condition, Expression>>): SuperBill<Condition, Expression> {
  return { components: [], operations: [], ...part };
}

function operation(
  id: string,
  more: Partial<OperationLine<Condition, Expression>> = {},
): OperationLine<Condition, Expression> {
  return { id, name: { en: id }, workCentre: 'bench', minutes: 10, ...more };
}

function component(item: string, quantity: number | Expression, when?: boolean) {
  return { item, name: { en: item }, quantity, unit: 'piece', when };
}

describe('parts', () => {
  test('PRD-1 PRD-2 keeps the lines whose condition holds and sums those of one item', () => {
    const components = [
      component('spoke', () => 32, true),
      component('rim', 1, false),
      component('hub', 1),
      component('spoke', 0.5),
    ];
    expect(explode(bill({ components }), evaluate)).toEqual({
      kind: 'ok',
      value: {
        parts: [
          { item: 'spoke', name: { en: 'spoke' }, quantity: 32.5, unit: 'piece' },
          { item: 'hub', name: { en: 'hub' }, quantity: 1, unit: 'piece' },
        ],
        operations: [],
      },
    });
  });

  test('PRD-2 refuses one item in two units', () => {
    const components = [component('oil', 1), { ...component('oil', 1), unit: 'litre' }];
    expect(explode(bill({ components }), evaluate)).toEqual({
      kind: 'refused',
      error: { kind: 'unit-mismatch', line: 1, item: 'oil' },
    });
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-9, 2e6])(
    'PRD-5 refuses a quantity of %s',
    (quantity) => {
      const components = [component('hub', 1), component('rim', () => quantity)];
      expect(explode(bill({ components }), evaluate)).toEqual({
        kind: 'refused',
        error: { kind: 'bad-quantity', line: 1, item: 'rim', quantity },
      });
    },
  );

  test('PRD-5 sums of decimals do not drift', () => {
    const components = [component('glue', 0.1), component('glue', 0.2)];
    const result = explode(bill({ components }), evaluate);
    expect(result).toMatchObject({ value: { parts: [{ quantity: 0.3 }] } });
  });
});

describe('rules', () => {
  const broken = (): number => {
    throw new Error('no such attribute');
  };

  test('PRD-4 a rule that fails fails the design, and says where', () => {
    const quantity = bill({ components: [component('rim', broken)] });
    expect(explode(quantity, evaluate)).toEqual({
      kind: 'refused',
      error: {
        kind: 'rule-failed',
        list: 'components',
        line: 0,
        field: 'quantity',
        cause: 'no such attribute',
      },
    });
    const when = bill({ operations: [operation('paint', { when: true })] });
    const throwing = { ...evaluate, holds: () => broken() > 0 };
    expect(explode(when, throwing)).toMatchObject({
      error: { kind: 'rule-failed', list: 'operations', line: 0, field: 'when' },
    });
    const minutes = bill({ operations: [operation('paint', { minutes: broken })] });
    expect(explode(minutes, evaluate)).toMatchObject({ error: { field: 'minutes' } });
  });

  test('PRD-4 a bug in the evaluator stays a bug', () => {
    const components = [
      component('rim', () => {
        invariant(false, 'cannot be');
        return 1;
      }),
    ];
    expect(() => explode(bill({ components }), evaluate)).toThrow('cannot be');
  });

  test('PRD-4 nobody asks for the quantity of a line that is not there', () => {
    const components = [component('rim', broken, false)];
    expect(explode(bill({ components }), evaluate)).toMatchObject({ kind: 'ok' });
  });
});

describe('operations', () => {
  test('PRD-5 minutes become whole seconds, a stay stays a stay', () => {
    const operations = [
      operation('cut', { minutes: () => 0.51 }),
      operation('sleep', { minutes: 'stay' }),
    ];
    expect(explode(bill({ operations }), evaluate)).toMatchObject({
      value: { operations: [{ seconds: 31 }, { seconds: 'stay' }] },
    });
  });

  test.each([-1, Number.NaN, 1e12])('PRD-5 refuses %s minutes', (minutes) => {
    const operations = [operation('cut', { minutes })];
    expect(explode(bill({ operations }), evaluate)).toEqual({
      kind: 'refused',
      error: { kind: 'bad-minutes', line: 0, operation: 'cut', minutes },
    });
  });

  test('PRD-3 an absent predecessor hands on its own', () => {
    const operations = [
      operation('paint', { after: ['sand', 'mask'] }),
      operation('sand', { after: ['weld'], when: false }),
      operation('mask', { after: ['sand'], when: false }),
      operation('weld', { after: ['cut'] }),
      operation('cut'),
    ];
    expect(explode(bill({ operations }), evaluate)).toMatchObject({
      value: {
        operations: [
          { id: 'paint', after: ['weld'] },
          { id: 'weld', after: ['cut'] },
          { id: 'cut', after: [] },
        ],
      },
    });
  });

  test('PRD-3 bridging keeps exactly the order between present operations', () => {
    const lines = fc.array(fc.record({ mask: fc.nat(255), isPresent: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(lines, (list) => {
        const operations = list.map(({ mask, isPresent }, index) =>
          operation(`op-${index}`, {
            when: isPresent,
            after: list.flatMap((_, other) =>
              other < index && (mask >> other) & 1 ? [`op-${other}`] : [],
            ),
          }),
        );
        const result = explode(bill({ operations }), evaluate);
        if (result.kind === 'refused') throw new Error(result.error.kind);
        const present = result.value.operations;
        for (const one of present) {
          const wanted = present
            .map(({ id }) => id)
            .filter((id) => precedes(operations, id, one.id));
          expect(present.map(({ id }) => id).filter((id) => precedes(present, id, one.id))).toEqual(
            wanted,
          );
        }
      }),
    );
  });

  test('PRD-6 refuses cycles, unknown predecessors and duplicates', () => {
    const cycle = [
      operation('a', { after: ['b'] }),
      operation('b', { after: ['a'], when: false }),
      operation('c'),
    ];
    expect(explode(bill({ operations: cycle }), evaluate)).toEqual({
      kind: 'refused',
      error: { kind: 'cycle', operations: ['a', 'b'] },
    });
    const unknown = [operation('a', { after: ['z'] })];
    expect(explode(bill({ operations: unknown }), evaluate)).toEqual({
      kind: 'refused',
      error: { kind: 'unknown-predecessor', operation: 'a', predecessor: 'z' },
    });
    expect(explode(bill({ operations: [operation('a'), operation('a')] }), evaluate)).toEqual({
      kind: 'refused',
      error: { kind: 'duplicate-operation', line: 1, operation: 'a' },
    });
  });
});

interface Step {
  readonly id: string;
  readonly after?: readonly string[] | undefined;
}

function precedes(steps: readonly Step[], sooner: string, later: string): boolean {
  const after = steps.find(({ id }) => id === later)?.after ?? [];
  return after.some((id) => id === sooner || precedes(steps, sooner, id));
}
