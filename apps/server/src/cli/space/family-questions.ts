import { type Choice, compileSpace, type Family, type Value } from '@keepsake/configurator';
import { type AttributeLook, openAnswers, type SpaceAnswers } from '@keepsake/configurator/worker';
import { type Decision, type Names, nameAll, nameOfValue } from './names.ts';
import {
  type Decisions,
  IMPOSSIBLE,
  type Look,
  type NamedRule,
  POSSIBLE,
  type Questions,
  UNKNOWN,
  type Why,
} from './questions.ts';

/** A variable of a family that is decided by choosing: an attribute, and no text. */
interface Chosen {
  readonly name: string;
  readonly values: readonly Value[];
}

interface Opened {
  readonly answers: SpaceAnswers;
  readonly chosen: readonly Chosen[];
  readonly names: Names;
  readonly optionAt: Int32Array;
  /** Minor units in one of the currency. */
  readonly perUnit: number;
}

/** A product family as the commands see it; `perUnit` of its minor units are one of what is told. */
export function questionsOfFamily(family: Family, perUnit: number): Questions {
  const chosen = compileSpace(family).lookup.variables.flatMap((variable) =>
    variable.kind === 'attribute' ? [{ name: variable.id, values: variable.values }] : [],
  );
  const optionAt = new Int32Array(chosen.length + 1);
  chosen.forEach(({ values }, v) => {
    optionAt[v + 1] = (optionAt[v] ?? 0) + values.length;
  });
  const names = nameAll(chosen);
  const opened = { answers: openAnswers(family), chosen, names, optionAt, perUnit };
  const texts = family.attributes.filter(({ type }) => type === 'text').map(({ id }) => id);
  return {
    names,
    optionAt,
    hasFeatures: false,
    outside: texts.map((id) => `the text '${id}': any can be written`),
    notes: [],
    engine: () => (opened.answers.figures().engine === 'diagram' ? 'diagram' : 'search'),
    compile: async (seconds, tell) => compile(opened.answers, seconds, tell),
    look: (decided) => look(opened, decided),
    why: (decided, wanted, most) => why(opened, decided, { wanted, most }),
  };
}

function compile(
  answers: SpaceAnswers,
  seconds: number,
  tell: (share: number) => void,
): Awaited<ReturnType<Questions['compile']>> {
  const start = performance.now();
  for (let isDone = false; !isDone; isDone = answers.prepare()) {
    if (performance.now() - start >= seconds * 1000) return undefined;
    const { done, of } = answers.progress();
    tell(done / Math.max(1, of));
  }
  const ms = Math.round(performance.now() - start);
  const { diagram } = answers.figures();
  if (diagram === undefined) return undefined;
  return { ms, nodes: diagram.nodes, edges: diagram.edges, bytes: diagram.fileBytes };
}

function choicesOf({ chosen }: Opened, decided: Decisions): readonly Choice[] {
  return chosen.flatMap(({ name, values }, v) => {
    const value = values[decided[v] ?? -1];
    return value === undefined ? [] : [{ attribute: name, value }];
  });
}

const STANDS = { valid: POSSIBLE, invalid: IMPOSSIBLE, unknown: UNKNOWN } as const;

function look(opened: Opened, decided: Decisions): Look {
  const told = opened.answers.look(choicesOf(opened, decided));
  const values = new Uint8Array(opened.optionAt.at(-1) ?? 0);
  const byId = new Map(told.attributes.map((each) => [each.id, each]));
  opened.chosen.forEach((variable, v) => {
    const at = opened.optionAt[v] ?? 0;
    values.set(standingOf(variable, byId.get(variable.name)), at);
  });
  const outcome = outcomeOf(opened, decided, values);
  const { price, designs } = told;
  const { perUnit } = opened;
  return {
    outcome,
    values,
    ...(price.kind === 'exact' && outcome === POSSIBLE
      ? { price: { min: price.minMinor / perUnit, max: price.maxMinor / perUnit } }
      : {}),
    ...(designs === undefined ? {} : { designs }),
  };
}

/** How each value stands; neighbouring numbers that stand alike come as one. */
function standingOf({ values }: Chosen, told: AttributeLook | undefined): Uint8Array {
  const stands = new Uint8Array(values.length).fill(UNKNOWN);
  for (const { value, to, validity } of told?.values ?? []) {
    values.forEach((each, x) => {
      const isIn =
        to === undefined
          ? each === value
          : typeof each === 'number' && each >= Number(value) && each <= to;
      if (isIn) stands[x] = STANDS[validity];
    });
  }
  return stands;
}

/** A design is left exactly when every decided value is valid beside the others. */
function outcomeOf(opened: Opened, decided: Decisions, values: Uint8Array): Look['outcome'] {
  const own = opened.chosen.flatMap((_, v) => {
    const x = decided[v] ?? -1;
    const at = opened.optionAt[v] ?? 0;
    if (x >= 0) return [values[at + x] ?? UNKNOWN];
    const all = values.subarray(at, opened.optionAt[v + 1]);
    return [all.includes(POSSIBLE) ? POSSIBLE : all.includes(UNKNOWN) ? UNKNOWN : IMPOSSIBLE];
  });
  if (own.includes(IMPOSSIBLE)) return IMPOSSIBLE;
  return own.includes(UNKNOWN) ? UNKNOWN : POSSIBLE;
}

function why(
  opened: Opened,
  decided: Decisions,
  { wanted, most }: { readonly wanted: Decision; readonly most: number },
): Why {
  const { chosen, names, perUnit } = opened;
  const variable = chosen[wanted.variable];
  const value = variable?.values[wanted.value];
  if (variable === undefined || value === undefined) return { outcome: UNKNOWN, repairs: [] };
  const told = opened.answers.why(choicesOf(opened, decided), { attribute: variable.name, value });
  const outcome = { possible: POSSIBLE, impossible: IMPOSSIBLE, unknown: UNKNOWN }[told.kind];
  const numberOf = (attribute: string, each: Value): Decision => {
    const found = names.find({ variable: attribute, value: nameOfValue(each) });
    return typeof found === 'string' ? { variable: -1, value: -1 } : found;
  };
  const because = told.because && {
    rules: told.because.rules.map(({ id, text }): NamedRule => ({ id, text: text.en })),
    decided: told.because.choices.map((each) => numberOf(each.attribute, each.value)),
  };
  return {
    outcome: outcome as Why['outcome'],
    ...(because === undefined ? {} : { conflict: because }),
    repairs: told.repairs.slice(0, most).map(({ changes, minChangeMinor, maxChangeMinor }) => ({
      changes: changes.map(({ attribute, from, to }) => ({
        variable: numberOf(attribute, from).variable,
        from: numberOf(attribute, from).value,
        to: numberOf(attribute, to).value,
      })),
      price: { min: minChangeMinor / perUnit, max: maxChangeMinor / perUnit },
    })),
  };
}
