import { customerValue } from './customer-value.ts';
import { desk } from './desk.ts';
import { fact } from './fact.ts';
import { memory } from './memory.ts';
import { order } from './order.ts';
import { portfolio } from './portfolio.ts';
import { privacy } from './privacy.ts';
import { problem } from './problem.ts';
import { promise } from './promise.ts';
import { questions } from './questions.ts';
import { reviews } from './reviews.ts';
import { common } from './shell.ts';
import { signIn } from './sign-in.ts';
import { space } from './space.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { studio } from './studio.ts';
import { terms } from './terms.ts';
import { treatments } from './treatments.ts';
import { value } from './value.ts';
import { vocabulary } from './vocabulary.ts';
import { workshop } from './workshop.ts';

/** All English words, by feature. */
export const en = {
  common,
  customerValue,
  desk,
  fact,
  memory,
  order,
  portfolio,
  privacy,
  problem,
  promise,
  questions,
  reviews,
  signIn,
  space,
  staff,
  start,
  studio,
  terms,
  treatments,
  value,
  vocabulary,
  workshop,
} as const;
