import { describe, expect, test } from 'vitest';
import type { PredictiveModel } from '../model.ts';
import { valueBenchmark } from '../testing/index.ts';
import { createBgNbd, createMbgNbd, createParetoNbd } from './index.ts';

interface Golden {
  readonly params: readonly [number, number, number, number];
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  readonly t: number;
  readonly ll: number;
  readonly palive: number;
  readonly cet: number;
  readonly ex: number;
}

const text = valueBenchmark('golden_values.json');
const golden: Record<string, readonly Golden[]> = text === undefined ? {} : JSON.parse(text);

const MODELS: readonly (readonly [string, string, (p: Golden['params']) => PredictiveModel])[] = [
  ['BG/NBD', 'bgnbd', ([r, alpha, a, b]) => createBgNbd({ r, alpha, a, b })],
  ['MBG/NBD', 'mbgnbd', ([r, alpha, a, b]) => createMbgNbd({ r, alpha, a, b })],
  ['Pareto/NBD', 'pnbd', ([r, alpha, s, beta]) => createParetoNbd({ r, alpha, s, beta })],
];

const error = (value: number, wanted: number): number =>
  Math.abs(value - wanted) / Math.max(Math.abs(wanted), 1e-300);

describe.each(MODELS)('%s', (_name, key, create) => {
  const title = 'VAL-6 agrees with values computed at sixty digits';
  test.skipIf(text === undefined)(
    text === undefined ? `${title} (skipped: no benchmark data)` : title,
    () => {
      const worst = { ll: 0, alive: 0, expected: 0, fresh: 0 };
      for (const { params, x, tx, T, t, ...wanted } of golden[key] ?? []) {
        const model = create(params);
        worst.ll = Math.max(worst.ll, error(model.logLikelihood(x, tx, T), wanted.ll));
        worst.alive = Math.max(worst.alive, error(model.probabilityAlive(x, tx, T), wanted.palive));
        worst.expected = Math.max(
          worst.expected,
          error(model.expectedPurchases(x, tx, T, t), wanted.cet),
        );
        worst.fresh = Math.max(worst.fresh, error(model.expectedPurchases(0, 0, 0, t), wanted.ex));
      }
      expect(golden[key]?.length).toBeGreaterThan(20);
      expect(worst.ll).toBeLessThan(1e-12);
      expect(worst.alive).toBeLessThan(1e-10);
      expect(worst.expected).toBeLessThan(1e-8);
      expect(worst.fresh).toBeLessThan(1e-8);
    },
  );
});
