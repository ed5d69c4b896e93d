import { hash, verify } from '@node-rs/argon2';

/** Hashes passwords and checks them. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(given: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

/**
 * OWASP's choice for argon2id, which is the library's own default kind: 19 MiB, two passes, one lane.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Makes argon2id with at most `atOnceMax` at a time, so that a rush of guesses cannot eat all memory. */
export function createPasswords(atOnceMax: number): Passwords {
  const inTurn = createTurns(atOnceMax);
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    verify: (given) => inTurn(() => verify(given.hash, given.password)),
  };
}

function createTurns(atOnceMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
