import type { Work } from '@keepsake/kernel';
import type { Diagram } from '../diagram/diagram.ts';
import type { Model } from '../model/model.ts';
import type { Decided, Problem } from '../problem/problem.ts';
import { componentsOf } from '../problem/scopes.ts';
import type { Answer, Question, Totals } from '../questions/answer.ts';
import { createSearch, type Search } from '../search/search.ts';

/** A circuit and how it is asked: what `@keepsake/configurator/circuits` makes. */
export interface OpenCircuit {
  readonly nodes: number;
  readonly edges: number;
  /** Its size as bytes. */
  readonly bytes: number;
  answer(question: Question, into: Answer): Totals;
  /**
   * Marks the options that some design has which keeps all decisions about other variables; whether
   * any design keeps all of them. A part of what `answer` tells, in a fraction of its time.
   */
  markValid(optionAt: Int32Array, decided: Decided, valid: Uint8Array): boolean;
  /** How many designs keep decisions, exactly. */
  count(optionAt: Int32Array, decided: Decided): bigint;
}

/**
 * Compiles Boolean models to circuits. It is an entry of its own, so that a page which shows product
 * families need not load it.
 */
export type CircuitCompiler = (problem: Problem) => Work<OpenCircuit | undefined>;

/** What was compiled of a model: a diagram for each component, or one circuit for all. */
export type Compiled =
  | { readonly kind: 'diagrams'; readonly diagrams: readonly Diagram[] }
  | { readonly kind: 'circuit'; readonly circuit: OpenCircuit };

/**
 * A model that can be explored, and all that was made ready for it. Search answers from the first
 * moment; `prepare` compiles what answers better. Shared by all positions.
 */
export interface Explorer {
  readonly model: Model;
  /** What each option adds to the price; without it no prices are told. */
  readonly amounts: Float64Array | undefined;
  readonly components: readonly Int32Array[];
  /** The component of each variable. */
  readonly componentOf: Int32Array;
  /** Replaced once, when compiling has ended well. */
  compiled: Compiled | undefined;
  /** Made when it is first needed: an explorer that reads a space file may never need it. */
  readonly search: () => Search;
}

/** Opens a model; nothing is compiled yet. Linear in the size of the model. */
export function openExplorer(model: Model, amounts?: Float64Array): Explorer {
  const components = componentsOf(model.problem);
  const componentOf = new Int32Array(model.problem.sizes.length);
  components.forEach((variables, k) => {
    for (const v of variables) componentOf[v] = k;
  });
  let search: Search | undefined;
  return {
    model,
    amounts,
    components,
    componentOf,
    compiled: undefined,
    search: () => {
      search ??= createSearch(model.problem, { ruleOf: model.ruleOf });
      return search;
    },
  };
}
