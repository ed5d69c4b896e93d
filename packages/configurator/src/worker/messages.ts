import type {
  Choice,
  Explanation,
  PriceRange,
  Repair,
  RuleReference,
  Standing,
  Validity,
} from '../answers.ts';
import type { ModelFindings } from '../check-model.ts';
import type { Value } from '../expression.ts';
import type { Family } from '../family.ts';

/*
 * What a thread that holds a solution space is asked, and what it answers: plain data that can be
 * sent from thread to thread. The same messages go to a worker of a browser and to one of Node.
 */

/** One level of the diagram of a space. */
export interface LevelFigures {
  /** The attribute, conditional price or text that is decided here; of others the engine's own. */
  readonly id: string;
  readonly kind: 'attribute' | 'price' | 'text' | 'auxiliary';
  /** Which diagram it belongs to: the number of its connected component. */
  readonly component: number;
  /** How many different states of what was decided above have to be told apart here. */
  readonly nodes: number;
  readonly edges: number;
  /** Rules that tie what is decided above to what is decided here or below. */
  readonly across: readonly RuleReference[];
}

/** The compiled diagrams of a space, in numbers. */
export interface DiagramFigures {
  readonly nodes: number;
  readonly edges: number;
  /** All levels, component after component, each from its root down. */
  readonly levels: readonly LevelFigures[];
  /** Size of the space file. */
  readonly fileBytes: number;
}

/** What a space is, in numbers. */
export interface SpaceFigures {
  readonly modelHash: string;
  /** Who answers: diagrams, or search where they do not fit the limits. */
  readonly engine: 'diagram' | 'search';
  /** What a customer decides, and in how many values in all; texts are no part of it. */
  readonly attributes: number;
  readonly values: number;
  readonly rules: number;
  /** How many different designs there are; missing where only search answers. */
  readonly designs?: bigint;
  readonly diagram?: DiagramFigures;
}

/** One value of an attribute, or neighbouring numbers that stand exactly alike. */
export interface ValueLook {
  readonly value: Value;
  /** The last number of a run; missing for a single value. */
  readonly to?: number;
  readonly validity: Validity;
  /**
   * Designs that have it (any of a run) and keep all choices about other attributes: exact up to
   * 2^53, within a relative 10^-9 above.
   */
  readonly designs?: number;
  /** The least and the greatest total of those designs, in minor units. */
  readonly price?: { readonly minMinor: number; readonly maxMinor: number };
}

/** An attribute and all its values, in the order of the family. */
export interface AttributeLook {
  readonly id: string;
  readonly standing: Standing;
  /** The chosen or the only value left. */
  readonly value?: Value;
  readonly values: readonly ValueLook[];
}

/** How many designs there are in each of some equally wide intervals of the total. */
export interface PriceBins {
  readonly fromMinor: number;
  /** Width of a bin, at least 1; a bin holds its lower end and not its upper. */
  readonly stepMinor: number;
  /** Exact but for rounding; else neighbouring bins blur by a fraction of a bin. */
  readonly isExact: boolean;
  readonly designs: readonly number[];
}

/** What a space looks like after some choices. */
export interface SpaceLook {
  readonly attributes: readonly AttributeLook[];
  readonly price: PriceRange;
  /** How many designs keep all choices. */
  readonly designs?: bigint;
}

/** Why a value cannot be had, and what to change to have it all the same. */
export interface SpaceWhy {
  readonly kind: 'possible' | 'impossible' | 'unknown';
  readonly because?: Explanation;
  readonly repairs: readonly Repair[];
}

/** Every question, and what it is answered with. */
export interface SpaceQuestions {
  /** Before anything else. From now on search answers, and what can be compiled is. */
  readonly open: { readonly ask: { readonly family: Family }; readonly answer: object };
  /** A space file to use instead of compiling; refused where it is of another version. */
  readonly adopt: {
    readonly ask: { readonly file: Uint8Array };
    readonly answer: { readonly isTaken: boolean };
  };
  /** Answered once everything is compiled that will be. */
  readonly compile: { readonly ask: object; readonly answer: SpaceFigures };
  /** The space file, for those who keep it; missing where there is no diagram. */
  readonly write: { readonly ask: object; readonly answer: { readonly file?: Uint8Array } };
  readonly look: {
    readonly ask: { readonly choices: readonly Choice[] };
    readonly answer: SpaceLook;
  };
  /** How prices are spread, in the same bins whatever is chosen; missing where search answers. */
  readonly prices: {
    readonly ask: { readonly choices: readonly Choice[] };
    readonly answer: { readonly bins?: PriceBins };
  };
  readonly why: {
    readonly ask: { readonly choices: readonly Choice[]; readonly choice: Choice };
    readonly answer: SpaceWhy;
  };
  readonly check: { readonly ask: object; readonly answer: ModelFindings };
}

/** The name of a question. */
export type SpaceQuestion = keyof SpaceQuestions;

/** A question under way; `id` is the asker's and comes back with the answer. */
export type SpaceRequest = {
  readonly [K in SpaceQuestion]: {
    readonly id: number;
    readonly kind: K;
    readonly ask: SpaceQuestions[K]['ask'];
  };
}[SpaceQuestion];

/** What comes back: the answer, a failure, or how far compiling has come. */
export type SpaceReply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly id: number; readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'progress'; readonly doneCount: number; readonly ofCount: number };
