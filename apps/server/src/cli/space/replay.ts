import { groupDigits } from './inspect.ts';
import type { Decision } from './names.ts';
import { type Look, POSSIBLE, type PriceSpan, type Questions, undecided } from './questions.ts';

/** What `keepsake space replay` tells of each decision; JSON as it is. */
export interface Step {
  readonly step: number;
  readonly accepted: boolean;
  /** Of every variable that is not decided: the values that can still be had. */
  readonly valid: Readonly<Record<string, readonly string[]>>;
  readonly designs: string | null;
  readonly price: PriceSpan | null;
  /** Microseconds of the engine: deciding, all valid values, price and count. */
  readonly us: number;
}

/**
 * Takes decisions one by one. One that leaves no design is not accepted, and everything stays as it
 * was; another decision about a decided variable takes its place.
 */
export function* replay(
  questions: Questions,
  decisions: readonly Decision[],
  now: () => number,
): Generator<Step> {
  let decided = undecided(questions);
  let look: Look = questions.look(decided);
  for (const [step, { variable, value }] of decisions.entries()) {
    const start = now();
    const next = decided.slice();
    next[variable] = value;
    const then = questions.look(next);
    const accepted = then.outcome === POSSIBLE;
    if (accepted) [decided, look] = [next, then];
    const us = Math.round((now() - start) * 1000);
    yield {
      step,
      accepted,
      valid: validValues(questions, decided, look),
      designs: look.designs?.toString() ?? null,
      price: look.price ?? null,
      us,
    };
  }
}

function validValues(
  { names, optionAt }: Questions,
  decided: Int32Array,
  look: Look,
): Step['valid'] {
  const open = names.variables.flatMap((name, v) => {
    if ((decided[v] ?? -1) >= 0) return [];
    const isIn = (x: number): boolean => look.values[(optionAt[v] ?? 0) + x] === POSSIBLE;
    return [[name, (names.values[v] ?? []).filter((_, x) => isIn(x))] as const];
  });
  return Object.fromEntries(open);
}

/** The same for people: one line a decision, and what it left. */
export function describeStep(questions: Questions, decision: Decision, told: Step): string {
  const { names } = questions;
  const name = names.variables[decision.variable] ?? '';
  const value = names.values[decision.variable]?.[decision.value] ?? '';
  const open = Object.values(told.valid);
  const choices = open.filter((values) => values.length > 1).length;
  const parts = [
    `${told.step}: ${name} = ${value} ${told.accepted ? 'taken' : 'REFUSED: no design has it besides what was decided'}`,
    `${choices} still open, ${open.length - choices} settled`,
    ...(told.designs === null ? [] : [`${groupDigits(told.designs)} designs`]),
    ...(told.price === null ? [] : [`price ${told.price.min} to ${told.price.max}`]),
    `${told.us} µs`,
  ];
  return parts.join('; ');
}
