import type { Value } from '@keepsake/configurator';

/** How a value is called on the command line and in JSON: `true`, `4.5`, `oxblood`, `absent`. */
export function nameOfValue(value: Value): string {
  return value === null ? 'absent' : String(value);
}

/** A decision as people and files name it. */
export interface NamedDecision {
  readonly variable: string;
  readonly value: string;
}

/** A decision in numbers: the variable of a model, and which of its values. */
export interface Decision {
  readonly variable: number;
  readonly value: number;
}

/** The variables of a model and their values by name. */
export interface Names {
  readonly variables: readonly string[];
  /** Of each variable: what its values are called. */
  readonly values: readonly (readonly string[])[];
  /** The decision that names stand for, or what is wrong with them. */
  find(named: NamedDecision): Decision | string;
}

/** The names of variables; of two with one name the first is meant. Linear in the values. */
export function nameAll(
  variables: readonly { readonly name: string; readonly values: readonly Value[] }[],
): Names {
  const names = variables.map(({ name }) => name);
  const values = variables.map((each) => each.values.map(nameOfValue));
  const numberOf = new Map(names.map((name, v) => [name, v] as const).reverse());
  return {
    variables: names,
    values,
    find({ variable, value }) {
      const v = numberOf.get(variable);
      if (v === undefined) return `there is no variable '${variable}'${adviceOf(variable, names)}`;
      const own = values[v] ?? [];
      const x = own.indexOf(value);
      if (x >= 0) return { variable: v, value: x };
      return `'${variable}' has no value '${value}'${adviceOf(value, own)}`;
    },
  };
}

const LISTED_MAX = 12;

/** What may have been meant: a name that differs in case, or all where there are few. */
function adviceOf(wrong: string, names: readonly string[]): string {
  const low = wrong.toLowerCase();
  const near = names.find((name) => name.toLowerCase() === low);
  if (near !== undefined) return `; did you mean '${near}'?`;
  if (names.length <= LISTED_MAX) return `; it can be ${names.join(', ')}`;
  const longer = names.find((name) => low !== '' && name.toLowerCase().startsWith(low));
  return longer === undefined ? '' : `; did you mean '${longer}'?`;
}
