export { canonicalHash, canonicalText, type Json } from './canonical.ts';
export {
  addMoney,
  type Currency,
  type Money,
  type MoneyWire,
  money,
  moneyFromWire,
  moneyToWire,
  portionOfMoney,
} from './money.ts';
export { newId, type Random, seededRandom, toHex } from './random.ts';
export { InvariantError, invariant, ok, type Result, refused } from './result.ts';
export {
  type Clock,
  DAY_MS,
  HOUR_MS,
  type Instant,
  instantToText,
  MINUTE_MS,
  parseInstant,
  SECOND_MS,
} from './time.ts';
export { inLocale, type Words } from './words.ts';
export { finish, type Progress, type Work } from './work.ts';
