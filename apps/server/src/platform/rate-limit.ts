import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Whether one more is allowed; where not, after how many seconds. */
export type RateAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly retryAfterSeconds: number };

/** Counts what each key does within a window of time. */
export interface RateLimit {
  /** Counts one for `key` (hash what is personal before) and answers whether it is allowed. */
  take(key: string, points?: number): Promise<RateAnswer>;
  /** Forgets what was counted for `key`, such as failed attempts after one that succeeded. */
  forget(key: string): Promise<void>;
}

/** How much is allowed in how long. */
export interface RateLimitOptions {
  readonly points: number;
  readonly windowSeconds: number;
}

/** Makes a limit that lives in this process: with several servers each counts for itself. */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const limiter = new RateLimiterMemory({
    points: options.points,
    duration: options.windowSeconds,
  });
  return {
    take: async (key, points = 1) => {
      try {
        await limiter.consume(key, points);
        return { kind: 'allowed' };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return {
          kind: 'refused',
          retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
        };
      }
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}
