import type { Value } from '../expression.ts';
import type { Problem } from '../problem/problem.ts';

/**
 * A named finite-domain model: what the readers of foreign formats make, and what can be explored
 * without a product family. Plain data but for opaque constraints.
 */
export interface Model {
  readonly name: string;
  /** One for each variable of the problem, auxiliary ones last. */
  readonly variables: readonly ModelVariable[];
  /**
   * Of how many of the variables, from the first on, a design consists. The rest are auxiliary: each
   * design has exactly one way to set them, so that they change no count.
   */
  readonly declared: number;
  readonly problem: Problem;
  /** What the constraints say, in the words of the model; several constraints can be one rule. */
  readonly rules: ModelRules;
  /** Of each constraint: its rule. */
  readonly ruleOf: Int32Array;
  /** What was read but lies outside the space, in sentences; empty where all was taken over. */
  readonly outside: readonly string[];
  /** What was read otherwise than it stands, in sentences, and changes no design. */
  readonly notes?: readonly string[];
  /** Numbers that the file gives to values, such as prices: by name of the attribute, by option. */
  readonly amounts?: Readonly<Record<string, Float64Array>>;
  /** How features lie below each other, where the file is a tree of them. */
  readonly tree?: ModelTree;
}

/** A tree of features; its root is variable 0, and every design has it. */
export interface ModelTree {
  readonly groups: readonly ModelGroup[];
  /** How many of the rules, from the first on, say no more than the tree. */
  readonly rules: number;
}

/** Features below a feature. Each is there only where the parent is. */
export interface ModelGroup {
  readonly parent: number;
  readonly kind: 'mandatory' | 'optional' | 'or' | 'alternative' | 'cardinality';
  /** Of a cardinality: how many children are there where the parent is. */
  readonly min: number;
  /** May be infinite. */
  readonly max: number;
  readonly children: readonly number[];
}

/** Rules by number from 0 on. An array is one; a quarter of a million are made when asked for. */
export interface ModelRules {
  readonly length: number;
  at(index: number): ModelRule | undefined;
}

/** A variable and its values, by the names that the file gives them. */
export interface ModelVariable {
  readonly name: string;
  /** `[false, true]` where it is a feature that is there or not. */
  readonly values: readonly Value[];
}

/** A rule of a model. `id` is unique; `text` is how the file says it, or a sentence about it. */
export interface ModelRule {
  readonly id: string;
  readonly text: string;
  /** Line of the file, from 1, where there is one. */
  readonly line?: number;
}
