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
