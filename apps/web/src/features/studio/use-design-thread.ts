import type { Family } from '@keepsake/configurator';
import { useEffect, useState } from 'react';
import type { OpenedScene, Scene } from './design-messages.ts';
import { type DesignLine, startDesignThread } from './design-thread.ts';
import { prepareByFile } from './prepare-space.ts';
import type { StudioFamily, StudioStart } from './studio.queries.ts';

/** A design that stands in its thread. */
export interface OpenDesign {
  readonly line: DesignLine;
  readonly family: Family;
  readonly first: OpenedScene;
  /** The scene once diagrams answer; undefined where they never will. */
  readonly adopted: Promise<Scene | undefined>;
}

/**
 * Opens a design in a thread of its own, which ends with the page; undefined until it stands. Throws
 * while it is drawn where the thread fails: without it nothing can be answered.
 */
export function useDesignThread(
  company: string,
  studio: StudioFamily,
  start: StudioStart,
): OpenDesign | undefined {
  const [open, setOpen] = useState<OpenDesign | undefined>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    const { family, layers, modelHash } = studio;
    const { decisions, texts } = start;
    const line = startDesignThread();
    let isLeft = false;
    const opening = line.ask('open', { family, layers, decisions, texts });
    const adopted = prepareByFile(line, { company, family, modelHash }).catch(() => undefined);
    opening.then(
      (first) => !isLeft && setOpen({ line, family, first, adopted }),
      (error: unknown) => !isLeft && setFault(error),
    );
    return () => {
      isLeft = true;
      line.end();
    };
  }, [company, studio, start]);
  if (fault !== undefined) throw fault;
  return open;
}
