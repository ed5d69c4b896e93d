import type { Decided } from '../problem/problem.ts';
import { counting } from '../questions/semiring.ts';
import type { Circuit } from './circuit.ts';
import { liftCircuit, lowerCircuit } from './sweep.ts';

/** One for each option that the decisions leave, nothing for the others of decided variables. */
function weightsOf(circuit: Circuit, optionAt: Int32Array, decided: Decided | undefined): bigint[] {
  const weights = new Array<bigint>(circuit.options).fill(1n);
  decided?.forEach((value, v) => {
    if (value < 0) return;
    for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
      if (o !== (optionAt[v] ?? 0) + value) weights[o] = 0n;
    }
  });
  return weights;
}

/** How many designs keep the decisions; exact, with hundreds of digits if need be. */
export function countDesigns(circuit: Circuit, optionAt: Int32Array, decided?: Decided): bigint {
  return liftCircuit(circuit, counting, weightsOf(circuit, optionAt, decided)).at(-1) ?? 0n;
}

/**
 * How many designs have each option and keep the decisions about other variables; exact. Two passes,
 * each a product or a sum of long numbers for every edge that matters.
 */
export function countDesignsByOption(
  circuit: Circuit,
  optionAt: Int32Array,
  decided?: Decided,
): readonly bigint[] {
  const values = liftCircuit(circuit, counting, weightsOf(circuit, optionAt, decided));
  return lowerCircuit(circuit, counting, values).slice(0, circuit.options);
}
