import { Presets, SingleBar } from 'cli-progress';

/** Work that is done sooner needs no bar. */
const PATIENCE_MS = 400;

/** A bar that people see and pipes do not. */
export interface Bar {
  /** How far the work has come, from 0 to 1. */
  readonly tell: (share: number) => void;
  end(): void;
}

/** A progress bar on standard error, where that is a terminal and the work takes its time. */
export function openBar(what: string, now: () => number): Bar {
  if (!process.stderr.isTTY) return { tell: () => {}, end: () => {} };
  const start = now();
  let bar: SingleBar | undefined;
  let most = 0;
  return {
    tell(share) {
      // An attempt that failed begins anew; a bar that goes back would only puzzle.
      most = Math.max(most, Math.min(1, share));
      if (bar === undefined && now() - start > PATIENCE_MS) {
        const format = `${what} {bar} {percentage}% | {duration_formatted}`;
        bar = new SingleBar({ format, clearOnComplete: true }, Presets.shades_classic);
        bar.start(100, 0);
      }
      bar?.update(Math.floor(most * 100));
    },
    end: () => bar?.stop(),
  };
}
