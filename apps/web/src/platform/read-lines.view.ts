import type { MyMemory } from '@keepsake/contract';
import { calendarDateOf } from '../ui/date.view.ts';

type ReadEntry = MyMemory['reads'][number];

/** One line of the log: who read something, when and for what; repeated readings are one line. */
export interface ReadLine {
  readonly key: string;
  /** The newest reading of the line. */
  readonly at: string;
  readonly actor: ReadEntry['actor'];
  readonly actorName: string | null;
  readonly purpose: string;
  readonly touchpoint: string;
  readonly factIds: readonly string[];
  readonly count: number;
}

/** The log by reader, place, purpose and day, newest first. */
export function readLines(reads: readonly ReadEntry[], timeZone?: string): readonly ReadLine[] {
  const lines = new Map<string, ReadLine>();
  for (const read of [...reads].sort((a, b) => b.at.localeCompare(a.at))) {
    const { at, actor, actorName, purpose, touchpoint } = read;
    const day = calendarDateOf(at, timeZone);
    const key = JSON.stringify([day, actor, actorName, purpose, touchpoint]);
    const known = lines.get(key);
    const factIds = [...new Set([...(known?.factIds ?? []), ...read.facts])];
    const count = (known?.count ?? 0) + 1;
    const newest = known?.at ?? at;
    lines.set(key, { key, at: newest, actor, actorName, purpose, touchpoint, factIds, count });
  }
  return [...lines.values()];
}

/** Who read one fact. */
export function readersOf(
  reads: readonly ReadEntry[],
  fact: string,
  timeZone?: string,
): readonly ReadLine[] {
  return readLines(
    reads.filter(({ facts }) => facts.includes(fact)),
    timeZone,
  );
}
