import { circuitsWithin } from '@keepsake/configurator/circuits';
import {
  countOf,
  decideAt,
  type Explorer,
  figuresOf,
  type Repair as ModelRepair,
  openExplorer,
  type Position,
  positionAt,
  repairsOf,
  whyNot,
} from '@keepsake/configurator/explore';
import { prepareExplorer } from '@keepsake/configurator/prepare';
import { bytesOf } from '@keepsake/configurator/saving';
import { type Decision, type Names, nameAll } from './names.ts';
import type { Prices } from './prices.ts';
import {
  type Compiled,
  type Decisions,
  IMPOSSIBLE,
  type Look,
  POSSIBLE,
  type PriceSpan,
  type Questions,
  type Repair,
  UNKNOWN,
  type Why,
} from './questions.ts';

/** The names of what a design of the model consists of; auxiliary variables have none. */
export function namesOfModel(model: Model): Names {
  return nameAll(model.variables.slice(0, model.declared));
}

/** First option of each declared variable, and their number at the end. */
export function optionsOfModel({ problem, declared }: Model): Int32Array {
  return problem.optionAt.slice(0, declared + 1);
}

type Model = Explorer['model'];

interface Opened {
  readonly explorer: Explorer;
  readonly prices: Prices | undefined;
  /** The last position with designs: the next one is often but one decision away. */
  last: Position | undefined;
}

/** Answers count no steps: who asks at a terminal can stop them. */
const ENDLESS = { left: Number.POSITIVE_INFINITY };

/** A model of a foreign format as the commands see it. */
export function questionsOfModel(
  model: Model,
  { prices, hasFeatures }: { readonly prices: Prices | undefined; readonly hasFeatures: boolean },
): Questions {
  const amounts = prices && withAuxiliary(prices.amounts, model);
  const opened: Opened = { explorer: openExplorer(model, amounts), prices, last: undefined };
  const { explorer } = opened;
  return {
    names: namesOfModel(model),
    optionAt: optionsOfModel(model),
    hasFeatures,
    outside: model.outside,
    notes: model.notes ?? [],
    engine: () => (explorer.compiled === undefined ? 'search' : 'diagram'),
    compile: async (seconds, tell) => await compile(opened, seconds, tell),
    look: (decided) => look(opened, decided),
    why: (decided, wanted, most) => why(opened, decided, { wanted, most }),
  };
}

function withAuxiliary(amounts: Float64Array, { problem }: Model): Float64Array {
  const all = new Float64Array(problem.optionAt.at(-1) ?? 0);
  all.set(amounts);
  return all;
}

async function compile(
  opened: Opened,
  seconds: number,
  tell: (share: number) => void,
): Promise<Compiled | undefined> {
  const start = performance.now();
  const work = prepareExplorer(opened.explorer, { circuits: circuitsWithin() });
  while (performance.now() - start < seconds * 1000) {
    const slice = work.next();
    if (slice.done === true) {
      opened.last = undefined;
      const ms = Math.round(performance.now() - start);
      const { kind, nodes, edges } = slice.value;
      return kind === 'search' ? undefined : { ms, nodes, edges, bytes: bytesOf(opened.explorer) };
    }
    tell(slice.value.done / Math.max(1, slice.value.of));
  }
  return undefined;
}

/** The position with these decisions: one step from the last where that is the case. */
function moveTo(opened: Opened, decided: Decisions): Position {
  const { explorer, last } = opened;
  const all = new Int32Array(explorer.model.problem.sizes.length).fill(-1);
  all.set(decided);
  const changed = last && Array.from(all.keys()).filter((v) => all[v] !== last.decided[v]);
  const [variable = 0] = changed ?? [];
  const value = all[variable] ?? -1;
  const position =
    last !== undefined && changed?.length === 1 && value >= 0
      ? decideAt(last, variable, value, ENDLESS)
      : positionAt(explorer, all, ENDLESS);
  // A refused decision leaves everything where it was.
  if (position.outcome === 'possible') opened.last = position;
  return position;
}

const OUTCOMES = { possible: POSSIBLE, impossible: IMPOSSIBLE, unknown: UNKNOWN } as const;

function look(opened: Opened, decided: Decisions): Look {
  const position = moveTo(opened, decided);
  const price = priceOf(opened, position);
  const designs = countOf(position);
  return {
    outcome: OUTCOMES[position.outcome],
    values: position.validity,
    ...(price === undefined ? {} : { price }),
    ...(designs === undefined ? {} : { designs }),
  };
}

function priceOf({ prices }: Opened, position: Position): Look['price'] {
  if (prices === undefined || position.outcome !== 'possible') return undefined;
  const totals = figuresOf(position)?.totals;
  return totals && { min: totals.least / prices.perUnit, max: totals.greatest / prices.perUnit };
}

function why(
  opened: Opened,
  decided: Decisions,
  { wanted, most }: { readonly wanted: Decision; readonly most: number },
): Why {
  const { explorer } = opened;
  const decisions = Array.from(decided, (value, variable) => ({ variable, value })).filter(
    ({ value }) => value >= 0,
  );
  const told = whyNot(explorer, decisions, wanted, ENDLESS);
  if (told.kind !== 'impossible') return { outcome: OUTCOMES[told.kind], repairs: [] };
  const { repairs } = repairsOf(explorer, decisions, wanted, { most, meter: ENDLESS });
  const now = priceOf(opened, moveTo(opened, decided));
  return {
    outcome: IMPOSSIBLE,
    conflict: { rules: told.rules, decided: told.decisions },
    repairs: repairs.map((each) => withChange(opened, each, now)),
  };
}

/** What a repair changes, and by how much the price then differs from now. */
function withChange(
  { prices }: Opened,
  { changes, price }: ModelRepair,
  now: PriceSpan | undefined,
): Repair {
  if (prices === undefined || price === undefined || now === undefined) return { changes };
  // Whole amounts, before they are told in the units of the file.
  const change = (then: number, before: number): number =>
    Math.round(then - before * prices.perUnit) / prices.perUnit;
  return {
    changes,
    price: { min: change(price.least, now.min), max: change(price.greatest, now.max) },
  };
}
