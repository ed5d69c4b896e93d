import { describe, expect, test } from 'vitest';
import { costOf, countService, findContactCost, marginOf, type ServiceEvent } from './cost-of.ts';
import { type CostTable, findCostTable, parseCostTable } from './cost-table.ts';

const TABLE: CostTable = {
  version: '2026-1',
  validFrom: '2026-01-01',
  currency: 'EUR',
  minorPerUnit: 100,
  marginBasisPoints: 3_500,
  marginBasisPointsByCategory: { gifts: 5_000 },
  perOrderMinor: 450,
  perLineMinor: 60,
  perReturnMinor: 700,
  perContactMinor: { phone: 650 },
  paymentBasisPoints: 200,
  discountBasisPointsPerYear: 1_000,
};

describe('cost tables', () => {
  test('VAL-60 a table that is complete is read as it stands', () => {
    expect(parseCostTable(structuredClone(TABLE))).toEqual({ kind: 'ok', value: TABLE });
  });

  test('VAL-60 all that is wrong is told at once, each with its path', () => {
    const { perLineMinor: _, ...rest } = TABLE;
    const parsed = parseCostTable({
      ...rest,
      validFrom: '2026-02-29',
      marginBasisPoints: 35.5,
      minorPerUnit: 7,
      perContactMinor: { phone: -1, mail: 20 },
      marginBasisPointsByCategory: [],
      colour: 'red',
    });
    expect(parsed.kind).toBe('refused');
    const issues = parsed.kind === 'refused' ? parsed.error : [];
    expect(issues.map(({ path, problem }) => `${path} ${problem}`).sort()).toEqual([
      'colour unknown-field',
      'marginBasisPoints wrong',
      'marginBasisPointsByCategory wrong',
      'minorPerUnit wrong',
      'perContactMinor.phone wrong',
      'perLineMinor missing',
      'validFrom wrong',
    ]);
    for (const { expected } of issues) expect(expected).not.toBe('');
  });

  test.each([null, 3, 'table', [], undefined])('VAL-60 %s is no table', (data) => {
    expect(parseCostTable(data)).toMatchObject({ kind: 'refused', error: [{ path: '' }] });
  });

  test('VAL-60 names that every object inherits are no fields', () => {
    const parsed = parseCostTable({ ...TABLE, constructor: 1 });
    expect(parsed).toMatchObject({ error: [{ path: 'constructor', problem: 'unknown-field' }] });
    expect(findContactCost(TABLE, 'constructor')).toBeUndefined();
    expect(marginOf(TABLE, 'toString')).toBe(0.35);
  });

  test('VAL-61 the table of a day is the one that was last to begin', () => {
    const later = { ...TABLE, version: '2026-2', validFrom: '2026-07-01' };
    const fixed = { ...later, version: '2026-2b' };
    const tables = [later, fixed, TABLE];
    expect(findCostTable(tables, '2025-12-31')).toBeUndefined();
    expect(findCostTable(tables, '2026-06-30')?.version).toBe('2026-1');
    expect(findCostTable(tables, '2026-07-01')?.version).toBe('2026-2b');
  });
});

describe('cost to serve', () => {
  const events: readonly ServiceEvent[] = [
    { kind: 'order', lines: 3, paid: 80 },
    { kind: 'order', lines: 1, paid: 20 },
    { kind: 'return', fault: 'customer' },
    { kind: 'contact', channel: 'phone', fault: 'nobody' },
    { kind: 'contact', channel: 'pigeon', fault: 'customer' },
  ];

  test('VAL-62 it is what each event costs, and a channel without a price is named', () => {
    expect(costOf(TABLE, countService(events))).toEqual({
      orders: 9,
      lines: 2.4,
      returns: 7,
      contacts: 6.5,
      payment: 2,
      total: 26.9,
      unpriced: ['pigeon'],
    });
  });

  test('VAL-63 returns and contacts by the fault of the company cost the customer nothing', () => {
    const ours: readonly ServiceEvent[] = [
      { kind: 'return', fault: 'company' },
      { kind: 'contact', channel: 'phone', fault: 'company' },
      { kind: 'contact', channel: 'pigeon', fault: 'company' },
    ];
    expect(countService([...events, ...ours])).toEqual(countService(events));
  });
});
