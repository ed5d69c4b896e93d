export {
  EVALUATIONS_MAX,
  type Evaluation,
  GAIN_MIN,
  type MaximiseOptions,
  type Maximum,
  maximise,
  type Objective,
} from './maximise.ts';
