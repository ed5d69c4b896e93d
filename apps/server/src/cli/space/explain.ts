import type { Decision } from './names.ts';
import {
  type NamedRule,
  POSSIBLE,
  type PriceSpan,
  type Questions,
  UNKNOWN,
  undecided,
} from './questions.ts';

/** What `keepsake space explain` tells; JSON as it is. */
export interface Explanation {
  /** Whether the value can be had; null where the budget was too small to tell. */
  readonly possible: boolean | null;
  readonly conflict: {
    readonly rules: readonly NamedRule[];
    readonly decided: readonly (readonly [variable: string, value: string])[];
  } | null;
  readonly repairs: readonly {
    readonly changes: readonly {
      readonly variable: string;
      readonly from: string;
      readonly to: string;
    }[];
    /** By how much the least and the greatest total change; null without prices. */
    readonly price: PriceSpan | null;
  }[];
}

const REPAIRS_MAX = 3;

/** Why a value cannot be had besides the decisions, and the smallest changes that allow it. */
export function explain(
  questions: Questions,
  decisions: readonly Decision[],
  wanted: Decision,
): Explanation {
  const decided = undecided(questions);
  for (const { variable, value } of decisions) decided[variable] = value;
  const { outcome, conflict, repairs } = questions.why(decided, wanted, REPAIRS_MAX);
  const name = (v: number): string => questions.names.variables[v] ?? '';
  const named = (v: number, x: number): string => questions.names.values[v]?.[x] ?? '';
  return {
    possible: outcome === UNKNOWN ? null : outcome === POSSIBLE,
    conflict:
      conflict === undefined
        ? null
        : {
            rules: conflict.rules,
            decided: conflict.decided.map(({ variable, value }) => [
              name(variable),
              named(variable, value),
            ]),
          },
    repairs: repairs.map(({ changes, price }) => ({
      changes: changes.map(({ variable, from, to }) => ({
        ...{ variable: name(variable), from: named(variable, from), to: named(variable, to) },
      })),
      price: price ?? null,
    })),
  };
}

/** The same for people. `file` is how rules are located. */
export function describeExplanation(
  file: string,
  wanted: string,
  { possible, conflict, repairs }: Explanation,
): readonly string[] {
  if (possible === null) return [`Not known within the budget: ${wanted}`];
  if (possible) return [`${wanted} can be had.`];
  return [
    `${wanted} cannot be had, because of`,
    ...(conflict?.rules ?? []).map(({ id, text, line }) => {
      const place = line === undefined ? id : `${file}:${line}`;
      return `  the rule   ${text} (${place})`;
    }),
    ...(conflict?.decided ?? []).map(([name, value]) => `  the choice ${name} = ${value}`),
    ...describeRepairs(repairs),
  ];
}

function describeRepairs(repairs: Explanation['repairs']): readonly string[] {
  if (repairs.length === 0) return ['No change of what was decided would allow it.'];
  return [
    'To have it all the same, change',
    ...repairs.map(({ changes, price }, i) => {
      const what = changes.map(({ variable, from, to }) => `${variable} from ${from} to ${to}`);
      return `  ${i + 1}. ${what.join(', ')}${price === null ? '' : ` (${describeChange(price)})`}`;
    }),
  ];
}

function describeChange({ min, max }: PriceSpan): string {
  const signed = (amount: number): string => `${amount > 0 ? '+' : ''}${amount}`;
  return `the least price ${signed(min)}, the greatest ${signed(max)}`;
}
