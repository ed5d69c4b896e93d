import { prepareSpace, type Space } from '@keepsake/configurator';

/** What is left of a pause, below which no slice of a few milliseconds is begun. */
const PAUSE_LEFT_MS = 5;
const NEXT_TRY_MS = 50;

/** Compiles a space while nobody is waiting; until it is done, search answers. */
export function prepareWhenIdle(space: Space): void {
  // Safari has no idle callbacks: one slice at a time is short enough there.
  if (typeof globalThis.requestIdleCallback !== 'function') {
    setTimeout(() => {
      if (!prepareSpace(space, 1)) prepareWhenIdle(space);
    }, NEXT_TRY_MS);
    return;
  }
  requestIdleCallback((pause) => {
    let isDone = false;
    while (!isDone && pause.timeRemaining() > PAUSE_LEFT_MS) isDone = prepareSpace(space, 1);
    if (!isDone) prepareWhenIdle(space);
  });
}
