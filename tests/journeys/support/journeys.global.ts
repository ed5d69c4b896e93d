/** Vitest's global set-up of the journeys: one browser is found and one server started for all. */
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { type FoundBrowser, findBrowser } from './browser.ts';
import { ARTEFACTS, startKeepsake } from './server.ts';

/** What every journey is told. */
export interface JourneyGround {
  readonly browser: FoundBrowser;
  readonly url: string;
  readonly password: string;
  readonly operatorToken: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly ground: JourneyGround;
  }
}

/** Without a browser nothing is started: the journeys are skipped and say why. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await findBrowser();
  if (browser.kind === 'missing') {
    project.provide('ground', { browser, url: '', password: '', operatorToken: '' });
    return async () => undefined;
  }
  rmSync(ARTEFACTS, { recursive: true, force: true });
  const { stop, ...server } = await startKeepsake();
  project.provide('ground', { browser, ...server });
  return stop;
}
