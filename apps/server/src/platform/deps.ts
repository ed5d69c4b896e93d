import type { Clock, Random } from '@keepsake/kernel';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/**
 * What the platform gives to every module, built once in `server.ts`. A function names the slice it
 * needs: `Pick<Deps, 'keys' | 'clock'>`.
 */
export interface Deps {
  readonly config: Config;
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}
