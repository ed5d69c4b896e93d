export {
  type FitInput,
  fitModel,
  type ModelFit,
  type NoModelFit,
} from './fit-model.ts';
export {
  type CustomerForecast,
  drawsFor,
  type Estimate,
  Forecaster,
  type ForecastTerms,
  type ForecastTotals,
  forecastTerms,
  GROUP_DRAWN_MAX,
} from './forecast.ts';
