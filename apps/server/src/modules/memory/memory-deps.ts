import type { Deps } from '../../platform/deps.ts';

/** What memory needs of the platform to keep and to read. */
export type MemoryDeps = Pick<Deps, 'keys' | 'clock' | 'random'>;

/** As `MemoryDeps`, for what opens its own transaction and counts what it does. */
export type MemoryServiceDeps = MemoryDeps & Pick<Deps, 'database' | 'metrics'>;

/** The one a row or a reading is about. */
export interface Who {
  readonly company: string;
  readonly subject: string;
}
