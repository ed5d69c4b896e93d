/** One stage in a process of its own, so that the memory of one is not that of another. */
import { answerParent } from '../support/child.ts';
import { type AddedUp, measureAddingUp } from './adding-up.ts';
import { measureRun, type PageFigures, type PagesWish, type RunFigures } from './run.ts';
import { foundCompany, growBase, openStage, type Stage } from './world.ts';

/** Either adds persons, and perhaps adds up; or runs, and perhaps asks for pages. */
export type StageTask = Stage &
  ({ readonly kind: 'grow'; readonly isAddedUp: boolean } | ({ readonly kind: 'run' } & PagesWish));

/** What was found. */
export interface StageAnswer {
  /** Purchases, returns and contacts that are there after growing. */
  readonly rows: number;
  readonly added: readonly AddedUp[];
  readonly run: RunFigures | null;
  readonly pages: readonly PageFigures[];
}

const NOTHING: StageAnswer = { rows: 0, added: [], run: null, pages: [] };

answerParent(async (task: StageTask): Promise<StageAnswer> => {
  const world = await openStage(task);
  try {
    if (task.kind === 'run') {
      return { ...NOTHING, ...(await measureRun(world, task)) };
    }
    if (task.from === 0) await foundCompany(world);
    const rows = await growBase(world, task);
    const added = task.isAddedUp ? await measureAddingUp(world, task.to) : [];
    return { ...NOTHING, rows, added };
  } finally {
    await world.database.close();
  }
});
