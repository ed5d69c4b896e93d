import { type ReactNode, useDeferredValue } from 'react';

interface LaterProps {
  /** What stands there until it is drawn. */
  readonly skeleton?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Draws a large part of a page for the first time in slices, between whatever else is waiting, even
 * where what it shows has just come in and would be drawn in one go.
 */
export function Later({ skeleton, children }: LaterProps) {
  return useDeferredValue(true, false) ? children : skeleton;
}
