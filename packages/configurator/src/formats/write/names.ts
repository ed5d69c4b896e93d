import type { Value } from '../../expression.ts';
import type { Model } from '../../model/model.ts';

/** How the variables of a model are features. */
export interface FeatureNames {
  readonly root: string;
  /** Of each option the feature that says it, or undefined for *false* of what is there or not. */
  readonly ofOption: readonly (string | undefined)[];
  /** Of each variable its own feature. */
  readonly ofVariable: readonly string[];
}

const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;
const RESERVED = new Set(
  'include features imports namespace as constraint constraints cardinality String Boolean Integer Real len sum avg floor ceil Type Arithmetic or alternative optional mandatory true false'.split(
    ' ',
  ),
);

/** A name as UVL writes it: quoted where it has to be. */
export function quoted(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name}"`;
}

/** Whether a variable is a feature that is there or not. */
export function isFeature(values: readonly Value[]): boolean {
  return values.length === 2 && values[0] === false && values[1] === true;
}

/** A name that UVL can write and that nothing else has. */
function freshName(taken: Set<string>, wanted: string): string {
  // A quoted name of UVL holds neither of these.
  let name = wanted
    .replaceAll('"', "'")
    .replaceAll('.', '·')
    .replaceAll(/[\r\n]/g, ' ');
  while (taken.has(name)) name += "'";
  taken.add(name);
  return quoted(name);
}

/** Chooses the features of a model: one for each variable, and one for each value of the others. */
export function chooseNames(model: Model): FeatureNames {
  const taken = new Set<string>();
  const ofVariable = model.variables.map(({ name }) => freshName(taken, name));
  const ofOption = model.variables.flatMap(({ name, values }, v) => {
    if (isFeature(values)) return [undefined, ofVariable[v]];
    const says = (value: Value): string => (value === null ? 'absent' : String(value));
    return values.map((value) => freshName(taken, `${name} = ${says(value)}`));
  });
  const own = model.tree === undefined ? undefined : ofVariable[0];
  return { root: own ?? freshName(taken, model.name), ofOption, ofVariable };
}
