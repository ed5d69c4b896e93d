import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY } from '../problem/problem.ts';
import { carFamily } from '../testing/car-family.ts';
import { growOrder } from './grow-order.ts';
import { rankOrders, siftOrder } from './order.ts';
import { type OrderTask, orderTask } from './order-task.ts';
import { cutWidth, standingOf, swapAt, widthOf } from './order-width.ts';
import { logCount, makeCounting, projectionOf } from './projection.ts';
import type { Part, RowRelation } from './relation.ts';

/** A table of random cells, some of which say nothing. */
function tableOf(seed: number, columns: number, gaps: boolean): RowRelation {
  const dice = seededRandom(seed);
  const rows = Int32Array.from({ length: columns * 40 }, () => {
    return gaps && dice.below(40) === 0 ? ANY : dice.below(3);
  });
  return { kind: 'rows', scope: Int32Array.from({ length: columns }, (_, p) => p), rows };
}

/** Different rows over some columns, counted one by one. */
function countRows({ scope, rows }: RowRelation, columns: readonly number[]): number {
  const seen = new Set<string>();
  for (let at = 0; at < rows.length; at += scope.length) {
    seen.add(columns.map((p) => rows[at + p]).join());
  }
  return seen.size;
}

function partOf(seed: number): Part {
  const family = carFamily({ seed, variables: 30, values: 120, tables: 34, rows: 2_000 });
  const relations = family.constraints.flatMap((each): RowRelation[] =>
    each.kind === 'table' ? [{ kind: 'rows', scope: each.scope, rows: each.rows }] : [],
  );
  return {
    variables: Int32Array.from(family.sizes.keys()),
    alive: Array.from(family.sizes, (size) => new Uint8Array(size).fill(1)),
    relations,
  };
}

/** With widths of relations that make some of them tables and some rules. */
function taskOf(seed: number): OrderTask {
  const part = partOf(seed);
  const widths = Float64Array.from(part.relations, (_, r) => Math.log(2 + (r % 20)));
  return finish(orderTask(part, widths));
}

function isPermutation(order: Int32Array, count: number): boolean {
  return [...order].sort((a, b) => a - b).every((v, i) => v === i) && order.length === count;
}

const SEED = fc.integer({ min: 1, max: 1_000_000 });

describe('projections of tables', () => {
  it('count the different rows over any columns', () => {
    fc.assert(
      fc.property(SEED, fc.integer({ min: 2, max: 14 }), fc.boolean(), (seed, width, gaps) => {
        const table = tableOf(seed, width, gaps);
        const { columns, projection } = projectionOf(table, (v) => v !== 1);
        const full = table.scope.filter(
          (p) => p !== 1 && !table.rows.some((cell, i) => i % width === p && cell === ANY),
        );
        expect(columns).toEqual([...full]);
        const counting = makeCounting(1_000_000);
        for (let mask = 1; mask < Math.min(64, 1 << columns.length); mask++) {
          const own = columns.filter((_, i) => ((mask >> i) & 1) === 1);
          const log = logCount(counting, projection, mask);
          expect(Math.exp(log)).toBeCloseTo(countRows(table, own));
          expect(logCount(counting, projection, mask)).toBe(log);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tell that they are not counted once the budget is used up, and what was counted before', () => {
    const { projection } = projectionOf(tableOf(5, 4, false), () => true);
    const counting = makeCounting(41);
    const first = logCount(counting, projection, 1);
    expect(logCount(counting, projection, 2)).toBeGreaterThanOrEqual(0);
    expect(logCount(counting, projection, 4)).toBe(-1);
    expect(logCount(counting, projection, 1)).toBe(first);
  });
});

describe('orders', () => {
  it('have widths that do not depend on how they came about', () => {
    fc.assert(
      fc.property(SEED, (seed) => {
        const task = taskOf(1 + (seed % 4));
        const dice = seededRandom(seed);
        const count = task.logSizes.length;
        const moved = standingOf(
          task,
          Int32Array.from({ length: count }, (_, v) => v),
        );
        for (let i = 0; i < 300; i++) swapAt(moved, dice.below(count - 1));
        const fresh = standingOf(task, moved.order);
        for (let cut = 0; cut < count; cut++) {
          const width = widthOf(fresh, cut);
          expect(cutWidth(moved, cut)).toBeCloseTo(width);
          expect(width).toBeGreaterThanOrEqual(0);
        }
        expect(widthOf(fresh, count - 1)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('name every variable once, when grown, ranked or sifted', () => {
    fc.assert(
      fc.property(SEED, (seed) => {
        const task = taskOf(1 + (seed % 4));
        const dice = seededRandom(seed);
        const count = task.logSizes.length;
        const start = dice.below(count);
        const grown = finish(growOrder(task, start, dice));
        expect(grown[0]).toBe(start);
        expect(isPermutation(grown, count)).toBe(true);
        const ranked = finish(rankOrders(task, { seed, isQuick: false }));
        expect(ranked.every(({ order }) => isPermutation(order, count))).toBe(true);
        const [best] = ranked;
        if (best === undefined) throw new Error('there is an order');
        const sifted = finish(siftOrder(task, best));
        expect(isPermutation(sifted.order, count)).toBe(true);
        expect(sifted.width).toBeLessThanOrEqual(best.width + 1e-9);
        expect(ranked.every(({ width }) => width >= best.width)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});
