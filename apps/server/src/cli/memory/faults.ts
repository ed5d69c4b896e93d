import { InputError } from '../space/input.ts';

/** More than these help nobody. */
const SHOWN_MAX = 20;

/** What is wrong with files, gathered so that one run tells all of it. */
export class Faults {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
  }

  /** Throws `InputError` with a line a fault, unless there is none. */
  throwIfAny(): void {
    const more = this.#lines.length - SHOWN_MAX;
    if (this.#lines.length === 0) return;
    const rest = more > 0 ? [`… and ${more} more like these`] : [];
    throw new InputError([...this.#lines.slice(0, SHOWN_MAX), ...rest].join('\n'));
  }
}

/** `; did you mean 'x'?`, where a name is nearly one of those there are; else some of these. */
export function adviceFor(wrong: string, names: readonly string[]): string {
  const near = nearestName(wrong, names);
  if (near !== undefined) return `; did you mean '${near}'?`;
  const some = names.slice(0, 8).join(', ');
  return names.length === 0 ? '' : `; there are ${some}${names.length > 8 ? ', …' : ''}`;
}

/** The name that is at most two letters away (Levenshtein 1966), or one in three. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const low = wrong.toLowerCase();
  let best: string | undefined;
  let least = Math.min(2, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    const steps = distance(low, name.toLowerCase(), least);
    if (steps < least) [best, least] = [name, steps];
  }
  return best;
}

function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most;
}
