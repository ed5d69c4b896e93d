import { describe, expect, test } from 'vitest';
import { distinctOf, type LotWindow } from './lots.rules.ts';

const windowOf = (person: string, from = '2026-01-01'): LotWindow => ({
  ...{ person, from, to: '2026-04-02' },
});

describe('windows', () => {
  test('of one person and the same days are summed once', () => {
    const windows = ['b', 'a', 'b', 'a', 'c'].map((person) => windowOf(person));
    const { distinct, places } = distinctOf([...windows, windowOf('b', '2026-01-02')]);
    expect(distinct.map(({ person, from }) => `${person} ${from}`)).toEqual([
      ...['b 2026-01-01', 'a 2026-01-01', 'c 2026-01-01', 'b 2026-01-02'],
    ]);
    expect(places).toEqual([0, 1, 0, 1, 2, 3]);
  });

  test('of one person that say whose they are stay apart', () => {
    const whole = windowOf('a');
    const windows: LotWindow[] = [whole, { ...whole, subjects: ['a'] }];
    windows.push({ ...whole, subjects: ['a', 'b'] }, { ...whole, subjects: null });
    const { distinct, places } = distinctOf(windows);
    expect(distinct.map(({ subjects }) => subjects)).toEqual([undefined, ['a'], ['a', 'b']]);
    expect(places).toEqual([0, 1, 2, 0]);
  });

  test('of nobody are none', () => {
    expect(distinctOf([])).toEqual({ distinct: [], places: [] });
  });
});
