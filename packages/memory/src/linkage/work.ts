import type { Work } from '@keepsake/kernel';

/** Work as a part of other work, from one share of it to another. */
export function* partOf<T>(from: number, to: number, work: Work<T>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const { done, of } = step.value;
    yield { done: from + ((to - from) * done) / Math.max(1, of), of: 1 };
  }
}
