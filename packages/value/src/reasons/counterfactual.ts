import { invariant, type Work } from '@keepsake/kernel';
import type { DriverFigures } from './explain.ts';

/** Figures tried of one driver at most. */
export const STEPS_MAX = 1_000;

/** How one driver could be otherwise: on a grid from its figure, or as one of a few choices. */
export type DriverMoves =
  | {
      readonly kind: 'steps';
      readonly driver: string;
      /** Bounds of what is realistic, both inside. */
      readonly least: number;
      readonly most: number;
      /** Width of the grid, above zero: whole multiples of it are tried. */
      readonly step: number;
    }
  | {
      readonly kind: 'choices';
      readonly driver: string;
      /** By how welcome they are: the first that changes the tier is told. */
      readonly choices: readonly { readonly id: string; readonly figure: number }[];
    };

/** What a scoring of figures says, as much of it as is told. */
export interface Scored {
  readonly tier: string;
  readonly value: number;
}

/** The smallest change of one driver alone that changes the tier. It was scored, and so is true. */
export interface Counterfactual<S extends Scored = Scored> {
  readonly driver: string;
  /** Id of the choice; undefined for a figure on the grid. */
  readonly choice: string | undefined;
  readonly from: number;
  readonly to: number;
  /** The figure before `to`, on the way to it, which does not yet lead to a tier that is wanted. */
  readonly holdsAt: number;
  readonly before: S;
  readonly after: S;
}

/** Figures scored between two pauses. */
const SLICE = 16;

/** Figures to try, the nearest first, each with the one before it on the way from `from`. */
function gridFrom(
  from: number,
  moves: DriverMoves & { readonly kind: 'steps' },
): readonly { readonly figure: number; readonly holdsAt: number }[] {
  const { least, most, step } = moves;
  invariant(step > 0 && (most - least) / step < STEPS_MAX, 'a grid has a bounded number of steps');
  const places: { readonly figure: number; readonly holdsAt: number }[] = [];
  const along = (start: number, direction: 1 | -1): void => {
    let holdsAt = from;
    for (let i = start; ; i += direction) {
      // Twelve digits: a person who reads 0.3 should not be told 0.30000000000000004.
      const figure = Number((i * step).toPrecision(12));
      if (direction === 1 ? figure > most : figure < least) return;
      if (Math.abs(figure - from) < step * 1e-9) continue;
      places.push({ figure, holdsAt });
      holdsAt = figure;
    }
  };
  along(Math.ceil(Math.max(from, least) / step), 1);
  along(Math.floor(Math.min(from, most) / step), -1);
  return places.sort((a, b) => Math.abs(a.figure - from) - Math.abs(b.figure - from));
}

interface Trial {
  readonly driver: string;
  readonly choice: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly holdsAt: number;
}

function trialsOf(figures: DriverFigures, moves: DriverMoves): readonly Trial[] {
  const { driver } = moves;
  const from = figures[driver];
  invariant(from !== undefined, 'only drivers that have a figure can move');
  if (moves.kind === 'choices') {
    return moves.choices.map(({ id, figure }) => ({
      driver,
      choice: id,
      from,
      to: figure,
      holdsAt: from,
    }));
  }
  return gridFrom(from, moves).map(({ figure, holdsAt }) => ({
    driver,
    choice: undefined,
    from,
    to: figure,
    holdsAt,
  }));
}

/** The figures that are tried of a driver, in their order; so that whoever scores can prepare. */
export function figuresTried(from: number, moves: DriverMoves): readonly number[] {
  const { driver } = moves;
  return trialsOf({ [driver]: from }, moves).map(({ to }) => to);
}

/**
 * For each driver that could be otherwise, the smallest change of it alone that leads to another
 * tier, or to one of `wanted`; in the order of `moves`, and none where no change does. Every figure
 * told was scored anew, with all other drivers as they are. `score` is pure.
 */
export function* findCounterfactuals<S extends Scored>(question: {
  readonly figures: DriverFigures;
  readonly moves: readonly DriverMoves[];
  readonly score: (figures: DriverFigures) => S;
  readonly wanted?: readonly string[];
}): Work<readonly Counterfactual<S>[]> {
  const { figures, moves, score, wanted } = question;
  const before = score(figures);
  const isWanted = (tier: string): boolean =>
    tier !== before.tier && (wanted === undefined || wanted.includes(tier));
  const found: Counterfactual<S>[] = [];
  let scored = 0;
  for (const [done, move] of moves.entries()) {
    for (const trial of trialsOf(figures, move)) {
      const after = score({ ...figures, [trial.driver]: trial.to });
      if (++scored % SLICE === 0) yield { done, of: moves.length };
      if (!isWanted(after.tier)) continue;
      found.push({ ...trial, before, after });
      break;
    }
  }
  return found;
}
