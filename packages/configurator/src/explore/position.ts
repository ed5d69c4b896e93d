import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import type { Decided } from '../problem/problem.ts';
import {
  type Answer,
  answer,
  copyAnswer,
  makeAnswer,
  type Question,
  type Totals,
} from '../questions/answer.ts';
import { condition, conditionAll } from '../questions/condition.ts';
import { INVALID, type Meter, UNKNOWN, VALID } from '../search/answers.ts';
import { sweep } from '../search/search.ts';
import type { Explorer, OpenCircuit } from './explorer.ts';

/** What was compiled, at a position. */
export type Told =
  | {
      readonly kind: 'diagrams';
      /** Each component's diagram, shrunk by what is decided in it. */
      readonly live: readonly Diagram[];
      readonly totals: readonly Totals[];
      /** Of the undecided options, each within its own component. */
      readonly answer: Answer;
    }
  | {
      /** Figures are worked out when they are asked for. */
      readonly kind: 'circuit';
      readonly circuit: OpenCircuit;
    }
  | { readonly kind: 'search' };

type ToldByDiagrams = Told & { readonly kind: 'diagrams' };

/**
 * What is decided, and what can still be had. Immutable: keep any of them, go back to any of them;
 * that is undo.
 */
export interface Position {
  readonly explorer: Explorer;
  readonly decided: Decided;
  readonly outcome: 'possible' | 'impossible' | 'unknown';
  /** By option: `VALID`, `INVALID` or `UNKNOWN`. Of a decided variable the decided value is valid. */
  readonly validity: Uint8Array;
  readonly told: Told;
}

/** The options of a decided variable: only the decided one. */
function settle(explorer: Explorer, decided: Decided, validity: Uint8Array): void {
  const { optionAt } = explorer.model.problem;
  decided.forEach((value, v) => {
    if (value < 0) return;
    validity.fill(INVALID, optionAt[v], optionAt[v + 1]);
    validity[(optionAt[v] ?? 0) + value] = VALID;
  });
}

/** What diagrams and circuits are asked at a position. */
export function questionAt({ amounts, model }: Explorer, decided: Decided): Question {
  const { optionAt } = model.problem;
  return { optionAt, amounts: amounts ?? new Float64Array(optionAt.at(-1) ?? 0), decided };
}

function conclude(
  of: { readonly explorer: Explorer; readonly decided: Decided; readonly told: Told },
  outcome: Position['outcome'],
  validity: Uint8Array,
): Position {
  if (outcome === 'impossible') validity.fill(INVALID);
  else settle(of.explorer, of.decided, validity);
  return { ...of, outcome, validity };
}

/** A position told by diagrams; `from` lends what is known of the components that did not change. */
function tellByDiagrams(
  explorer: Explorer,
  decided: Decided,
  live: readonly Diagram[],
  from?: ToldByDiagrams,
): Position {
  const question = questionAt(explorer, new Int32Array(0));
  const filled = from === undefined ? makeAnswer(question.amounts.length) : copyAnswer(from.answer);
  const totals = live.map((diagram, k) => {
    const known = from?.live[k] === diagram ? from.totals[k] : undefined;
    return known ?? answer(diagram, question, filled);
  });
  const told: Told = { kind: 'diagrams', live, totals, answer: filled };
  const outcome = live.some(isEmpty) ? 'impossible' : 'possible';
  return conclude({ explorer, decided, told }, outcome, filled.valid.slice());
}

function tellByCircuit(explorer: Explorer, decided: Decided, circuit: OpenCircuit): Position {
  const { optionAt } = explorer.model.problem;
  const valid = new Uint8Array(optionAt.at(-1) ?? 0);
  const isPossible = circuit.markValid(optionAt, decided, valid);
  const told: Told = { kind: 'circuit', circuit };
  return conclude({ explorer, decided, told }, isPossible ? 'possible' : 'impossible', valid);
}

function tellBySearch(explorer: Explorer, decided: Decided, meter: Meter): Position {
  const { outcome, validity } = sweep(explorer.search(), decided, meter);
  return conclude({ explorer, decided, told: { kind: 'search' } }, outcome, validity.slice());
}

/**
 * The position with exactly these decisions. Conditions whole diagrams, or sweeps by search where
 * nothing is compiled.
 */
export function positionAt(explorer: Explorer, decided: Decided, meter: Meter): Position {
  const { compiled } = explorer;
  if (compiled === undefined) return tellBySearch(explorer, decided, meter);
  if (compiled.kind === 'circuit') return tellByCircuit(explorer, decided, compiled.circuit);
  const live = compiled.diagrams.map((diagram, k) => {
    const isTouched = explorer.components[k]?.some((v) => (decided[v] ?? -1) >= 0) === true;
    return isTouched ? conditionAll(diagram, decided) : diagram;
  });
  return tellByDiagrams(explorer, decided, live);
}

/** The position with nothing decided. */
export function startPosition(explorer: Explorer, meter: Meter): Position {
  return positionAt(explorer, new Int32Array(explorer.model.problem.sizes.length).fill(-1), meter);
}

/**
 * The position with one more decision, or with another value of a decided variable. Only the
 * component of the variable is answered anew, on its shrunken diagram. Undecided where search could
 * not tell.
 */
export function decideAt(
  position: Position,
  variable: number,
  value: number,
  meter: Meter,
): Position {
  const { explorer, told } = position;
  const decided = position.decided.slice();
  decided[variable] = value;
  const component = explorer.componentOf[variable] ?? 0;
  if (told.kind !== 'diagrams' || (position.decided[variable] ?? -1) >= 0) {
    return positionAt(explorer, decided, meter);
  }
  const live = told.live.map((diagram, k) =>
    k === component ? condition(diagram, variable, value) : diagram,
  );
  return tellByDiagrams(explorer, decided, live, told);
}

/** The position without a decision. */
export function retractAt(position: Position, variable: number, meter: Meter): Position {
  const decided = position.decided.slice();
  decided[variable] = -1;
  return positionAt(position.explorer, decided, meter);
}

/** Whether an option can be taken. */
export function standingOf(position: Position, option: number): 'valid' | 'invalid' | 'unknown' {
  const standing = position.validity[option] ?? UNKNOWN;
  if (standing === VALID) return 'valid';
  return standing === INVALID ? 'invalid' : 'unknown';
}
