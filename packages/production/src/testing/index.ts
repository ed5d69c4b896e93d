export {
  bruteForceAvailability,
  bruteForceFinish,
  type MinutePlant,
  minutePlant,
  type StockMove,
} from './brute-force.ts';
export {
  type Chance,
  EPOCH,
  later,
  type PlantSize,
  type RequestSize,
  randomPlant,
  randomRequest,
  randomStay,
} from './random-plant.ts';
export {
  carryOut,
  commit,
  frame,
  granted,
  NOW,
  noParts,
  on,
  operation,
  paint,
  plantOf,
  release,
  stateOf,
  weld,
} from './small-plant.ts';
