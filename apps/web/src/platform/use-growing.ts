import { startTransition, useEffect, useState } from 'react';

/**
 * Counts up to a number in steps, each drawn between whatever else is waiting: so that a long list is
 * put on the page bit by bit, and never holds it up. Where the number grows, it counts on.
 */
export function useGrowing(of: number, step: number): number {
  const [count, setCount] = useState(step);
  useEffect(() => {
    if (count >= of) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + step)));
    return () => clearTimeout(timer);
  }, [count, of, step]);
  return Math.min(count, of);
}
