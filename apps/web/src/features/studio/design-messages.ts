import type { Choice, Explained, Family, Repair, SessionView, Texts } from '@keepsake/configurator';
import type { Decision, Remembered } from './design-session.ts';

/*
 * What the thread that holds a design is asked, and what it answers: plain data. The page itself runs
 * no engine, so that it stays at hand whatever a family asks of one.
 */

/** A design as it was stored. */
export interface StoredDesign {
  readonly decisions: readonly Decision[];
  readonly texts: Texts;
}

/** What a piece of work begins with. */
export interface DesignStart extends StoredDesign {
  readonly family: Family;
  /** Drawings by the names of their files. */
  readonly layers: Readonly<Record<string, string>>;
}

/** All that the page shows of a design at one moment. */
export interface Scene extends StoredDesign {
  readonly view: SessionView;
  /** An SVG document; undefined where the family has no picture, or nothing can be had. */
  readonly picture: string | undefined;
  /** How many designs keep what is chosen, exactly; missing while only search answers. */
  readonly designs?: bigint;
  /** Attributes whose choice no repair changes. */
  readonly locked: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether nothing was chosen or written. */
  readonly isUntouched: boolean;
}

/** What the thread answers once the design stands. */
export interface OpenedScene {
  readonly scene: Scene;
  /** Choices of the stored design that are no longer offered. */
  readonly droppedCount: number;
}

/** What somebody does to a design. */
export type Act =
  | { readonly kind: 'choose'; readonly choice: Choice }
  | { readonly kind: 'leaveOpen'; readonly attribute: string }
  | { readonly kind: 'write'; readonly attribute: string; readonly text: string }
  | { readonly kind: 'undo' | 'redo' }
  | { readonly kind: 'repair'; readonly choice: Choice; readonly repair: Repair }
  /** Another occasion: what memory had filled in gives way to what it fills in now. */
  | {
      readonly kind: 'refill';
      readonly before: readonly Remembered[];
      readonly now: readonly Decision[];
    }
  /** Everything that is still open, by what is wished first, then as the family suggests. */
  | { readonly kind: 'complete'; readonly wishes: readonly Decision[] }
  | { readonly kind: 'lock' | 'unlock'; readonly attribute: string }
  /** Another stored design in its place, without a past. */
  | ({ readonly kind: 'replace' } & StoredDesign);

/** A repair, and what it does to the price of the design as it stands. */
export interface Way {
  readonly repair: Repair;
  readonly changeMinor: number | undefined;
}

/** Why a value cannot be had, and the smallest ways to have it all the same. */
export interface Refusal {
  readonly choice: Choice;
  readonly reason: Explained;
  readonly ways: readonly Way[];
}

/** What an act came to. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly scene: Scene;
      readonly forced: readonly Choice[];
      readonly impossible: readonly Choice[];
    }
  | ({ readonly kind: 'refused' } & Refusal);

/** Every question, and what it is answered with. */
export interface DesignQuestions {
  /** Before anything else. */
  readonly open: { readonly ask: DesignStart; readonly answer: OpenedScene };
  readonly act: { readonly ask: Act; readonly answer: Outcome };
  /** A space file to answer by from now on; without a scene where it is of another version. */
  readonly adopt: { readonly ask: Uint8Array; readonly answer: { readonly scene?: Scene } };
}

/** A question; they are answered in the order in which they are asked. */
export type DesignRequest = {
  readonly [K in keyof DesignQuestions]: {
    readonly kind: K;
    readonly ask: DesignQuestions[K]['ask'];
  };
}[keyof DesignQuestions];

/** What comes back for each. */
export type DesignReply =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly message: string };
