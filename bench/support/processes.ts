import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Ticks a second in which Linux counts the time of processes; the same on every common system. */
const TICKS = 100;

/**
 * CPU seconds of a process, of its living descendants, and of all that ended before. Linux only:
 * undefined elsewhere.
 */
export function cpuSecondsOf(pid: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  try {
    // Those of children that ended follow its own.
    const own = secondsIn(`/proc/${pid}/stat`, 4);
    return childrenOf(pid).reduce((sum, child) => sum + (cpuSecondsOf(child) ?? 0), own);
  } catch {
    return 0;
  }
}

/** CPU seconds of this process's first thread, which answers requests. Linux only. */
export function mainThreadSeconds(): number | undefined {
  const file = `/proc/self/task/${process.pid}/stat`;
  return existsSync(file) ? secondsIn(file, 2) : undefined;
}

/** The first so many of utime, stime, cutime and cstime. */
function secondsIn(file: string, count: number): number {
  const stat = readFileSync(file, 'utf8');
  // The name in parentheses may hold spaces; the times come 12th after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 11 + count).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

function childrenOf(pid: number): readonly number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** Memory that a process holds, in MiB; undefined where the system does not tell. */
export function memoryMibOf(pid: number): number | undefined {
  try {
    const told = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(told.trim()) / 1024;
  } catch {
    return undefined;
  }
}
