import { common } from './common.ts';
import { problem } from './problem.ts';
import { signIn } from './sign-in.ts';
import { start } from './start.ts';

/** All English words, by feature. */
export const en = {
  common,
  problem,
  signIn,
  start,
} as const;
