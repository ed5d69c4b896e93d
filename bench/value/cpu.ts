import type { Work } from '@keepsake/kernel';
import { finish } from '@keepsake/kernel';

/** What a piece of work answered, and the seconds of processor time it took. */
export interface Measured<T> {
  readonly value: T;
  readonly cpuSeconds: number;
}

/** Measures processor time: what others do on the machine meanwhile counts less. */
export function measureCpu<T>(work: () => T): Measured<T> {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuSeconds: (user + system) / 1e6 };
}

/** The same for work that can be paused. */
export function measureWork<T>(work: Work<T>): Measured<T> {
  return measureCpu(() => finish(work));
}

/** Megabytes that the process holds now. */
export function residentMegabytes(): number {
  return process.memoryUsage().rss / 1e6;
}
