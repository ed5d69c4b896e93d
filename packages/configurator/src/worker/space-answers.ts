import type { Progress, Work } from '@keepsake/kernel';
import type { Choice, Validity } from '../answers.ts';
import { checkModel, type ModelFindings } from '../check-model.ts';
import { FAMILY_BUDGET } from '../diagram/compile.ts';
import { type Compiled, compileProblem } from '../diagram/compile-problem.ts';
import { explain } from '../explain.ts';
import type { Value } from '../expression.ts';
import type { Family } from '../family.ts';
import { problemOf } from '../family-problem.ts';
import { repairs } from '../repair.ts';
import { DEFAULT_BUDGET, decidedOf, type Session, startSession, sweepAll } from '../session.ts';
import { compileSpace, type Space } from '../space.ts';
import { onlyIndex, rangeOf, validitiesOf } from '../view.ts';
import {
  type CompiledSpace,
  joinDiagrams,
  readSpaceFile,
  writeSpaceFile,
} from './compiled-space.ts';
import { diagramFigures } from './diagram-figures.ts';
import type {
  AttributeLook,
  PriceBins,
  SpaceFigures,
  SpaceLook,
  SpaceWhy,
  ValueLook,
} from './messages.ts';
import { type BinPlan, planBins, priceBins } from './price-bins.ts';
import { openReader, type Reader, type Reading } from './space-reader.ts';
import { toRuns } from './value-runs.ts';

/** Repairs that are offered at most. */
const REPAIRS_MAX = 4;

/** Everything that a page about a space asks of it; each answer is plain data. */
export interface SpaceAnswers {
  /** Compiles for a slice of a few milliseconds; true when nothing is left. */
  prepare(): boolean;
  progress(): Progress;
  figures(): SpaceFigures;
  write(): Uint8Array | undefined;
  /** Takes over a space file in place of compiling; false where it is of another version. */
  adopt(file: Uint8Array): boolean;
  look(choices: readonly Choice[]): SpaceLook;
  prices(choices: readonly Choice[]): PriceBins | undefined;
  why(choices: readonly Choice[], choice: Choice): SpaceWhy;
  check(): ModelFindings;
}

/** Opens the space of a family: search answers at once, diagrams when `prepare` has made them. */
export function openAnswers(family: Family): SpaceAnswers {
  const space = compileSpace(family);
  const problem = problemOf(space);
  let work: Work<Compiled> | undefined = compileProblem(problem.problem, FAMILY_BUDGET);
  let progress: Progress = { done: 0, of: 0 };
  let opened: Opened | undefined;
  return {
    prepare: () => {
      const step = work?.next();
      if (step === undefined || step.done === true) {
        work = undefined;
        if (step?.value?.kind === 'compiled') {
          opened = open(joinDiagrams(space, problem, step.value.diagrams));
        }
        return true;
      }
      progress = step.value;
      return false;
    },
    progress: () => progress,
    figures: () => figuresOf(space, opened),
    write: () => opened && writeSpaceFile(opened.compiled),
    adopt: (file) => {
      const read = readSpaceFile(space, file);
      if (read === undefined) return false;
      opened = open(read);
      work = undefined;
      return true;
    },
    look: (choices) => {
      const session = sessionOf(space, choices);
      return opened === undefined ? lookBySearch(session) : lookByDiagram(session, opened.reader);
    },
    prices: (choices) => opened && pricesOf(opened, sessionOf(space, choices)),
    why: (choices, choice) => whyNot(sessionOf(space, choices), choice),
    check: () => checkModel(space),
  };
}

/** A compiled space, and what is kept of it from one question to the next. */
interface Opened {
  readonly compiled: CompiledSpace;
  readonly reader: Reader;
  /** Designs, and bins for all of their prices, while nothing is chosen. */
  readonly designs: bigint;
  readonly plan: BinPlan | undefined;
}

function open(compiled: CompiledSpace): Opened {
  const { space } = compiled;
  const reader = openReader(compiled);
  const whole = reader.read(decidedOf(space, startSession(space)));
  const plan = whole.count === 0 ? undefined : planBins(whole.minMinor, whole.maxMinor);
  return { compiled, reader, designs: whole.designs(), plan };
}

function sessionOf(space: Space, choices: readonly Choice[]): Session {
  return { ...startSession(space), choices };
}

function figuresOf(space: Space, opened: Opened | undefined): SpaceFigures {
  const decided = space.lookup.variables.filter(({ kind }) => kind === 'attribute');
  const figures = {
    modelHash: space.modelHash,
    attributes: decided.length,
    values: decided.reduce((sum, { values }) => sum + values.length, 0),
    rules: space.relations.filter(({ owner }) => owner !== undefined).length,
  };
  if (opened === undefined) return { ...figures, engine: 'search' };
  const { compiled, designs } = opened;
  const diagram = diagramFigures(compiled, writeSpaceFile(compiled).length);
  return { ...figures, engine: 'diagram', designs, diagram };
}

function pricesOf({ compiled, plan }: Opened, session: Session): PriceBins | undefined {
  return plan && priceBins(compiled, decidedOf(session.space, session), plan);
}

function whyNot(session: Session, choice: Choice): SpaceWhy {
  const why = explain(session, choice);
  if (why.kind !== 'impossible') return { kind: why.kind, repairs: [] };
  const ways = repairs(session, choice, { most: REPAIRS_MAX });
  return { kind: 'impossible', because: why.because, repairs: ways.repairs };
}

function lookByDiagram(session: Session, reader: Reader): SpaceLook {
  const reading = reader.read(decidedOf(session.space, session));
  const attributes = attributesOf(session, (v, index) => valueByDiagram(reading, v, index));
  const { minMinor, maxMinor } = reading;
  return {
    attributes,
    price: { kind: 'exact', minMinor, maxMinor },
    designs: reading.designs(),
  };
}

function valueByDiagram(reading: Reading, v: number, index: number): Omit<ValueLook, 'value'> {
  const { validity, count, minMinor, maxMinor } = reading.valueAt(v, index);
  if (validity !== 'valid') return { validity };
  return { validity, designs: count, price: { minMinor, maxMinor } };
}

function lookBySearch(session: Session): SpaceLook {
  const { space } = session;
  const sweeps = sweepAll(space, session, { left: DEFAULT_BUDGET.steps });
  const validities = space.lookup.variables.map((_, v) => validitiesOf(space, sweeps, v));
  const attributes = attributesOf(session, (v, index) => ({
    validity: validities[v]?.[index] ?? 'unknown',
  }));
  return { attributes, price: rangeOf(space, sweeps) };
}

/** Every attribute with what is known of each of its values. */
function attributesOf(
  session: Session,
  lookOf: (v: number, index: number) => Omit<ValueLook, 'value'>,
): readonly AttributeLook[] {
  const { space, choices } = session;
  const chosen = new Map(choices.map(({ attribute, value }) => [attribute, value]));
  return space.lookup.variables.flatMap((variable, v): readonly AttributeLook[] => {
    if (variable.kind !== 'attribute') return [];
    const own = chosen.get(variable.id);
    const single = variable.values.map(
      (value, index): ValueLook => ({ value, ...lookOf(v, index) }),
    );
    const validities = single.map(({ validity }) => validity);
    const values = toRuns(single, space.classes.classOf[v] ?? [], own);
    return [{ id: variable.id, ...standOf(own, variable.values, validities), values }];
  });
}

function standOf(
  own: Value | undefined,
  values: readonly Value[],
  validities: readonly Validity[],
): Pick<AttributeLook, 'standing' | 'value'> {
  if (own !== undefined) return { standing: 'chosen', value: own };
  const only = onlyIndex(validities);
  const value = values[only];
  return value === undefined ? { standing: 'open' } : { standing: 'forced', value };
}
