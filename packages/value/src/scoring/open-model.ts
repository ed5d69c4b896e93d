import { ok, type Result, refused } from '@keepsake/kernel';
import { type FittedModelName, MODEL_DEFINITIONS } from '../fit/purchase-models.ts';
import { createGammaGamma } from '../models/gamma-gamma.ts';
import type { AccountColumns } from '../money/accounts.ts';
import type { ActivityScale } from '../money/activity.ts';
import type { CostTable } from '../money/cost-table.ts';
import { type FittedService, placeService } from '../money/service.ts';
import {
  betaPriorsAt,
  type FittedPriors,
  type GammaPrior,
  gammaPriorsAt,
  type PriorsAt,
} from '../money/shrinkage.ts';
import type { DrawnParameters, PlacedValueModel } from '../money/value-model.ts';
import { type DataFault, DataReader } from '../tiers/data-reader.ts';
import { type ModelFindings, SAVED_MODEL_FORMAT } from './saved-model.ts';

/** A model of value that was saved: all of the fit but the customers that it was fitted on. */
export interface OpenedValueModel extends DrawnParameters {
  readonly service: FittedService;
  /** The fit itself and draws around it. */
  readonly parameters: readonly [DrawnParameters, ...DrawnParameters[]];
  readonly found: ModelFindings;
}

/** Why saved data is no model: another format, or the first thing in it that is broken. */
export type SavedModelFault =
  | { readonly code: 'other-format'; readonly path: 'format' }
  | { readonly code: 'broken'; readonly path: string; readonly fault: DataFault['code'] };

const ANY: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE];
const POSITIVE: readonly [number, number] = [Number.MIN_VALUE, Number.MAX_VALUE];
/** Gamma–Gamma has a mean for q above 1 only, and no other is ever fitted. */
const WITH_MEAN: readonly [number, number] = [1 + Number.EPSILON, Number.MAX_VALUE];
const NOT_NEGATIVE: readonly [number, number] = [0, Number.MAX_VALUE];
const CHANNELS_MAX = 1_000;
const PARAMETERS_MAX = 10_000;
/** A level is kept in one byte. */
const EDGES_MAX = 255;
const PRIORS_KEYS = ['point', 'covariance'];
const KEYS = [
  'format',
  'found',
  'levels',
  'returns',
  'emptied',
  'extraLines',
  'channels',
  'contacts',
  'margin',
  'parameters',
];

/**
 * Reads what `saveValueModel` wrote. What is opened answers, placed on the same columns, with the very
 * numbers of the fit. A value of another format, or one in which anything is missing, unknown or out
 * of range, is refused with its path.
 */
export function openValueModel(saved: unknown): Result<OpenedValueModel, SavedModelFault> {
  const faults: DataFault[] = [];
  const data = new DataReader(saved, '', faults, KEYS);
  const format = data.number('format', ANY);
  const isOther = faults.every(({ path }) => path !== '') && format !== SAVED_MODEL_FORMAT;
  if (isOther) return refused({ code: 'other-format', path: 'format' });
  const service = readService(data);
  const parameters = data
    .list('parameters', PARAMETERS_MAX, ['purchase', 'values', 'spend', 'spendSlope'])
    .map(readParameters);
  const [fitted, ...around] = parameters;
  if (fitted === undefined) data.report('missing', 'parameters');
  const found = readFindings(data.inner('found', ['customers', 'purchases', 'spend']));
  const [first] = faults;
  if (first !== undefined || fitted === undefined) {
    const { path = '', code = 'missing' } = first ?? {};
    return refused({ code: 'broken', path, fault: code });
  }
  return ok({ ...fitted, service, parameters: [fitted, ...around], found });
}

/**
 * The same fit of other customers: their levels of activity by the scale of the fit, their own margins
 * by a table, which need not be that of the fit. Nothing is fitted anew, so that channels of contact
 * without a price when the fit was made cost nothing until the next. One pass over the columns.
 */
export function placeCustomers(
  model: Omit<OpenedValueModel, 'found'>,
  columns: AccountColumns,
  table: CostTable,
): PlacedValueModel {
  const { purchase, spend, parameters, service } = model;
  return { purchase, spend, parameters, service: placeService(service, columns, table) };
}

function readFindings(found: DataReader): ModelFindings {
  return {
    customers: found.whole('customers', NOT_NEGATIVE),
    purchases: found.oneOf('purchases', ['identified', 'dropout-not-identified']),
    spend: found.oneOf('spend', [
      'identified',
      'too-little-data',
      'mean-not-finite',
      'differences-not-identified',
      'spend-follows-frequency',
    ]),
  };
}

function readService(data: DataReader): FittedService {
  const levels = readScale(data.inner('levels', ['typicalAge', 'edges', 'logs']));
  const gammas = gammaPriorsAt(levels.logs);
  const margin = data.inner('margin', ['middle', 'slope', 'within', 'between']);
  return {
    levels,
    returns: readPriors(data.inner('returns', PRIORS_KEYS), betaPriorsAt(levels.logs)),
    emptied: data.number('emptied', [0, 1]),
    extraLines: readPriors(data.inner('extraLines', PRIORS_KEYS), gammas),
    contacts: readContacts(data, gammas),
    margin: {
      mean: { middle: margin.number('middle', ANY), slope: margin.number('slope', ANY) },
      within: margin.number('within', NOT_NEGATIVE),
      between: margin.number('between', NOT_NEGATIVE),
    },
  };
}

function readScale(levels: DataReader): ActivityScale {
  const edges = levels.numbers('edges', [0, EDGES_MAX], ANY);
  const count = edges.length + 1;
  const logs = Float64Array.from(levels.numbers('logs', [count, count], ANY));
  const isGrowing = edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? edge));
  if (!isGrowing) levels.report('out-of-range', 'edges');
  return { typicalAge: levels.number('typicalAge', POSITIVE), edges, logs };
}

function readContacts(
  data: DataReader,
  at: PriorsAt<GammaPrior>,
): ReadonlyMap<string, FittedPriors<GammaPrior>> {
  const channels = data.texts('channels', CHANNELS_MAX);
  const priors = data
    .list('contacts', CHANNELS_MAX, PRIORS_KEYS)
    .map((saved) => readPriors(saved, at));
  if (!data.has('channels')) data.report('missing', 'channels');
  if (priors.length !== channels.length) data.report('missing', 'contacts');
  return new Map(
    channels.flatMap((channel, i) => {
      const own = priors[i];
      return own === undefined ? [] : [[channel, own] as const];
    }),
  );
}

function readPriors<P>(saved: DataReader, at: PriorsAt<P>): FittedPriors<P> {
  const point = Float64Array.from(saved.numbers('point', [3, 3], ANY));
  const covariance = Float64Array.from(saved.numbers('covariance', [9, 9], ANY));
  return { priors: at(point), maximum: { point, covariance }, at };
}

const MODEL_NAMES: readonly [FittedModelName, ...FittedModelName[]] = [
  'pareto-nbd',
  'mbg-nbd',
  'bg-nbd',
  'nbd',
];

function readParameters(data: DataReader): DrawnParameters {
  const definition = MODEL_DEFINITIONS[data.oneOf('purchase', MODEL_NAMES)];
  const names = definition.parameters.map(({ name }) => name);
  const values = data.inner('values', names);
  const spend = data.inner('spend', ['p', 'q', 'v']);
  return {
    purchase: definition.create(names.map((name) => values.number(name, POSITIVE))),
    spend: {
      model: createGammaGamma({
        p: spend.number('p', POSITIVE),
        q: spend.number('q', WITH_MEAN),
        v: spend.number('v', POSITIVE),
      }),
      slope: data.number('spendSlope', ANY),
    },
  };
}
