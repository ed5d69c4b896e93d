import type { SpaceFigures, SpaceLine } from '@keepsake/configurator/worker';
import { useEffect, useState } from 'react';
import { loadSpaceFile } from '../../platform/space-file.ts';
import { startSpaceThread } from '../../platform/space-thread.ts';
import type { OpenSpace, SpaceFamily } from './space.queries.ts';

/** How far a space has come. */
export interface SpaceState {
  /** There once questions can be asked; search answers them until `figures` are there. */
  readonly open: OpenSpace | undefined;
  readonly progress: { readonly doneCount: number; readonly ofCount: number } | undefined;
  readonly figures: SpaceFigures | undefined;
  /** Where the diagrams came from, and how long that took. */
  readonly made: { readonly from: 'server' | 'here'; readonly ms: number } | undefined;
  readonly error: string | undefined;
}

const NOTHING: SpaceState = {
  open: undefined,
  progress: undefined,
  figures: undefined,
  made: undefined,
  error: undefined,
};

let count = 0;

/**
 * Holds the space of a version in a thread of its own. It can be asked at once; meanwhile the thread
 * compiles it, unless the server has the space file, which then stands in.
 */
export function useSpace(source: SpaceFamily): SpaceState {
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    let isLeft = false;
    const put = (part: Partial<SpaceState>) => {
      if (!isLeft) setState((before) => ({ ...before, ...part }));
    };
    setState(NOTHING);
    const line = startSpaceThread((doneCount, ofCount) =>
      put({ progress: { doneCount, ofCount } }),
    );
    follow(line, source, put).catch((error: unknown) => put({ error: String(error) }));
    return () => {
      isLeft = true;
      line.end('the page was left');
    };
  }, [source]);
  return state;
}

async function follow(
  line: SpaceLine,
  source: SpaceFamily,
  put: (part: Partial<SpaceState>) => void,
): Promise<void> {
  const { company, family, modelHash } = source;
  const name = `${modelHash} ${++count}`;
  const begun = performance.now();
  await line.ask('open', { family });
  put({ open: { name, line, isCompiled: false } });
  let isAdopted = false;
  void loadSpaceFile({ company, family: family.id, modelHash })
    .then(async (file) => {
      if (file !== undefined) ({ isTaken: isAdopted } = await line.ask('adopt', { file }));
    })
    // The page was left, or compiling goes on: either way nothing is lost.
    .catch(() => undefined);
  const figures = await line.ask('compile', {});
  const made = { from: isAdopted ? 'server' : 'here', ms: performance.now() - begun } as const;
  put({ figures, made, open: { name, line, isCompiled: true } });
}
