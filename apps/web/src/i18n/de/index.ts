import { common } from './common.ts';
import { problem } from './problem.ts';
import { signIn } from './sign-in.ts';
import { start } from './start.ts';

/** All German words, by feature. */
export const de = {
  common,
  problem,
  signIn,
  start,
} as const;
