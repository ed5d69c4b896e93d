import { compareText } from './order.ts';

/** Two subjects that must not end up together. */
export interface Apart {
  readonly a: string;
  readonly b: string;
}

/** Disjoint sets of subjects that refuse a union which would bring two told-apart ones together. */
export class Clusters {
  readonly #parent = new Map<string, string>();
  readonly #apart: readonly Apart[];

  constructor(apart: readonly Apart[]) {
    this.#apart = apart;
  }

  /** Makes the subject a set of its own unless it is known. */
  add(subject: string): void {
    if (!this.#parent.has(subject)) this.#parent.set(subject, subject);
  }

  /** Unites two known subjects' sets; false where two members were told apart. */
  join(a: string, b: string): boolean {
    const left = this.#root(a);
    const right = this.#root(b);
    if (left === right) return true;
    const together = new Set([left, right]);
    const isRefused = this.#apart.some(
      (pair) =>
        pair.a !== pair.b && together.has(this.#root(pair.a)) && together.has(this.#root(pair.b)),
    );
    if (isRefused) return false;
    // The smaller text is the root, so that the shape never depends on the order of unions.
    const [upper, lower] = compareText(left, right) < 0 ? [left, right] : [right, left];
    this.#parent.set(lower, upper);
    return true;
  }

  /** The sets, each sorted, sorted by their first member. */
  members(): readonly (readonly string[])[] {
    const sets = new Map<string, string[]>();
    for (const subject of [...this.#parent.keys()].sort(compareText)) {
      const root = this.#root(subject);
      const set = sets.get(root);
      if (set === undefined) sets.set(root, [subject]);
      else set.push(subject);
    }
    return [...sets.values()];
  }

  #root(subject: string): string {
    let root = subject;
    for (let up = this.#parent.get(root); up !== undefined && up !== root; ) {
      root = up;
      up = this.#parent.get(root);
    }
    if (root !== subject) this.#parent.set(subject, root);
    return root;
  }
}
