import { type Compiled, IMPOSSIBLE, type Look, type Questions, undecided } from './questions.ts';

/** What `keepsake space inspect` tells; JSON as it is. */
export interface Inspection {
  readonly variables: number;
  readonly values: number;
  readonly designs: string | null;
  /** What every design has. */
  readonly core: readonly string[];
  /** What no design has. */
  readonly dead: readonly string[];
  readonly compile: Compiled | null;
  readonly engine: 'diagram' | 'search';
}

/** Inspects a model after it was compiled, or after that was given up. */
export function inspect(questions: Questions, compiled: Compiled | undefined): Inspection {
  const look = questions.look(undecided(questions));
  return {
    variables: questions.names.variables.length,
    values: questions.optionAt.at(-1) ?? 0,
    designs: look.designs?.toString() ?? null,
    ...extremes(questions, look),
    compile: compiled ?? null,
    engine: questions.engine(),
  };
}

/** Features by name, other variables as `variable=value`. */
function extremes(
  { names, optionAt, hasFeatures }: Questions,
  look: Look,
): Pick<Inspection, 'core' | 'dead'> {
  const core: string[] = [];
  const dead: string[] = [];
  names.variables.forEach((name, v) => {
    const values = names.values[v] ?? [];
    const isOut = (x: number): boolean => look.values[(optionAt[v] ?? 0) + x] === IMPOSSIBLE;
    const left = values.filter((_, x) => !isOut(x));
    const forced = left.length === 1 ? left[0] : undefined;
    if (hasFeatures && values.join() === 'false,true') {
      if (forced === 'true') core.push(name);
      if (isOut(1)) dead.push(name);
      return;
    }
    if (forced !== undefined) core.push(`${name}=${forced}`);
    dead.push(...values.filter((_, x) => isOut(x)).map((value) => `${name}=${value}`));
  });
  return { core, dead };
}

const LISTED_MAX = 20;

/** The same for people. */
export function describeInspection(file: string, told: Inspection): readonly string[] {
  const { compile } = told;
  return [
    `${file}: ${told.variables} variables with ${told.values} values`,
    `  designs   ${told.designs === null ? 'not counted: search answers, which does not count' : groupDigits(told.designs)}`,
    `  core      ${listed(told.core)}`,
    `  dead      ${listed(told.dead)}`,
    compile === null
      ? '  compile   gave up; questions are answered by search'
      : `  compile   ${compile.ms} ms, ${compile.nodes} nodes, ${compile.edges} edges, ${compile.bytes} bytes as a file`,
    `  engine    ${told.engine}`,
  ];
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, LISTED_MAX).join(', ');
  const more = names.length - LISTED_MAX;
  return `${names.length}: ${shown}${more > 0 ? ` and ${more} more (--json has all)` : ''}`;
}

/** Digits in threes, up to some length; longer numbers as a power of ten with all their digits told. */
export function groupDigits(digits: string): string {
  if (digits.length > 30) return `about ${digits[0]}.${digits.slice(1, 5)}e${digits.length - 1}`;
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
