/** How far a piece of work has come. Both only ever tell a person something; `of` may still grow. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * Work that can be paused or given up: each step is one slice of a few milliseconds and tells how
 * far it has come, the last one brings the result.
 */
export type Work<T> = Generator<Progress, T, void>;

/** Does all of a piece of work in one go. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
