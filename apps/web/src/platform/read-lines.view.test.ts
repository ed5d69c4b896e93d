import type { MyMemory } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import { readersOf, readLines } from './read-lines.view.ts';

const read = (
  at: string,
  facts: string[],
  more: Partial<MyMemory['reads'][number]> = {},
): MyMemory['reads'][number] => ({
  ...{ at, actor: 'staff', actorName: 'Priya Raman', purpose: 'service' },
  ...{ touchpoint: 'guest-card', facts },
  ...more,
});

describe('who read what', () => {
  const reads = [
    read('2026-11-09T10:00:00.000Z', ['f1']),
    read('2026-11-09T18:00:00.000Z', ['f1', 'f2']),
    read('2026-11-10T10:00:00.000Z', ['f2']),
    read('2026-11-09T11:00:00.000Z', ['f1'], { actor: 'customer', actorName: null }),
  ];

  test('is told once a day and reader, newest first', () => {
    const lines = readLines(reads, 'UTC');
    expect(lines.map(({ at, actor, count, factIds }) => [at, actor, count, factIds])).toEqual([
      ['2026-11-10T10:00:00.000Z', 'staff', 1, ['f2']],
      ['2026-11-09T18:00:00.000Z', 'staff', 2, ['f1', 'f2']],
      ['2026-11-09T11:00:00.000Z', 'customer', 1, ['f1']],
    ]);
  });

  test('can be told of one fact', () => {
    expect(readersOf(reads, 'f2', 'UTC').map(({ at }) => at)).toEqual([
      '2026-11-10T10:00:00.000Z',
      '2026-11-09T18:00:00.000Z',
    ]);
    expect(readersOf(reads, 'f9', 'UTC')).toEqual([]);
  });
});
