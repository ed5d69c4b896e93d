import type { Work } from '@keepsake/kernel';
import { answerCircuit, makeAnswerScratch } from '../dnnf/answer-circuit.ts';
import { type Circuit, nodeCountOf } from '../dnnf/circuit.ts';
import { CIRCUIT_BUDGET, type CircuitBudget, compileCircuit } from '../dnnf/compile.ts';
import { countDesigns } from '../dnnf/counts.ts';
import { makeValidityScratch, markValidOptions } from '../dnnf/valid-options.ts';
import type { Problem } from '../problem/problem.ts';
import type { CircuitCompiler, OpenCircuit } from './explorer.ts';

function open(circuit: Circuit): OpenCircuit {
  const scratch = makeAnswerScratch(circuit);
  const marks = makeValidityScratch(circuit);
  const { childAt, children, isSum } = circuit;
  return {
    nodes: nodeCountOf(circuit),
    edges: children.length,
    bytes: isSum.byteLength + childAt.byteLength + children.byteLength,
    answer: (question, into) => answerCircuit(circuit, question, scratch, into),
    markValid: (optionAt, decided, valid) =>
      markValidOptions(circuit, { optionAt, decided }, marks, valid),
    count: (optionAt, decided) => countDesigns(circuit, optionAt, decided),
  };
}

/**
 * What `prepareExplorer` needs to compile Boolean models that outgrow diagrams: feature models with
 * hundreds or thousands of features. Gives a model up where the budget runs out.
 */
export function circuitsWithin(budget: CircuitBudget = CIRCUIT_BUDGET): CircuitCompiler {
  return function* compile(problem: Problem): Work<OpenCircuit | undefined> {
    const circuit = yield* compileCircuit(problem, budget);
    return circuit && open(circuit);
  };
}

export { CIRCUIT_BUDGET, type CircuitBudget };
