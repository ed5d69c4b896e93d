import type { Decision, Names } from './names.ts';

/** What compiling made of a model. */
export interface Compiled {
  readonly ms: number;
  readonly nodes: number;
  readonly edges: number;
  /** Size of the space as a file. */
  readonly bytes: number;
}

/** How values stand, as `Look` tells them by option. */
export const IMPOSSIBLE = 0;
export const POSSIBLE = 1;
export const UNKNOWN = 2;

/** What is still there after some decisions. */
export interface Look {
  /** Whether any design keeps the decisions. */
  readonly outcome: typeof IMPOSSIBLE | typeof POSSIBLE | typeof UNKNOWN;
  /** By option: how each value stands besides the decisions about other variables. */
  readonly values: Uint8Array;
  /** In the units of the prices; missing where there are none or no design is left. */
  readonly price?: PriceSpan;
  /** How many designs keep the decisions; missing where only search answers. */
  readonly designs?: bigint;
}

/** The least and the greatest total. */
export interface PriceSpan {
  readonly min: number;
  readonly max: number;
}

/** A rule as the file says it. */
export interface NamedRule {
  readonly id: string;
  readonly text: string;
  readonly line?: number;
}

/** Rules and own decisions that exclude a value together; none can be left away. */
export interface Conflict {
  readonly rules: readonly NamedRule[];
  readonly decided: readonly Decision[];
}

/** Decisions to change so that a value can be had. */
export interface Repair {
  readonly changes: readonly {
    readonly variable: number;
    readonly from: number;
    readonly to: number;
  }[];
  /** By how much the least and the greatest total change; missing without prices. */
  readonly price?: PriceSpan;
}

/** Why a value cannot be had, and what to do about it. */
export interface Why {
  readonly outcome: Look['outcome'];
  /** Missing where the value can be had, and where it is not known. */
  readonly conflict?: Conflict;
  readonly repairs: readonly Repair[];
}

/** For each declared variable the value it must have, or -1. */
export type Decisions = Int32Array;

/** A model as the commands see it: named variables, and answers about them. */
export interface Questions {
  readonly names: Names;
  /** First option of each variable, and the number of options at the end. */
  readonly optionAt: Int32Array;
  /** Whether variables that are false or true are features, called by their name alone. */
  readonly hasFeatures: boolean;
  /** What was read but lies outside of the space, in sentences. */
  readonly outside: readonly string[];
  /** What was read otherwise than it stands and changes no design, in sentences. */
  readonly notes: readonly string[];
  /** Who answers at the moment. */
  engine(): 'diagram' | 'search';
  /**
   * Compiles, for at most some seconds, telling how far it has come between 0 and 1; undefined where
   * that is not enough, so that search answers.
   */
  compile(seconds: number, tell: (share: number) => void): Promise<Compiled | undefined>;
  look(decided: Decisions): Look;
  /** At most `most` repairs. */
  why(decided: Decisions, wanted: Decision, most: number): Why;
}

/** Nothing decided. */
export function undecided({ names }: Questions): Decisions {
  return new Int32Array(names.variables.length).fill(-1);
}
