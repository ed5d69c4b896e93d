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

/** Work as a part of other work, from one share of it to another. */
export function* partOf<T>(from: number, to: number, work: Work<T>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const { done, of } = step.value;
    yield { done: from + ((to - from) * done) / Math.max(1, of), of: 1 };
  }
}
