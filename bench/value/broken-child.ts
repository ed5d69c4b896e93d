import { fitSource } from '../../apps/server/src/cli/value/fit.ts';
import { readOptions } from '../../apps/server/src/cli/value/flags.ts';
import { openSource } from '../../apps/server/src/cli/value/source.ts';
import { answerParent } from '../support/child.ts';

/** What to read. */
export interface BrokenTask {
  readonly file: string;
}

/** How reading ended. */
export interface BrokenAnswer {
  readonly said: string;
  readonly cpuSeconds: number;
  /** At most, of the whole process. */
  readonly residentMegabytes: number;
}

const TODAY = 30_000;

answerParent<BrokenTask, BrokenAnswer>(async ({ file }) => {
  const options = readOptions({ model: 'mbg-nbd', unit: 'week' }, TODAY);
  let said = 'nothing';
  try {
    fitSource(openSource(file, options, TODAY), options, true);
  } catch (error) {
    said = error instanceof Error ? error.message : String(error);
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    said,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    residentMegabytes: Math.round(maxRSS / 1000),
  };
});
