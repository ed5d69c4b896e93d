import { createHash } from 'node:crypto';

/**
 * Rows of a file that were taken: 16 bytes for each place, at least half of them free. Two rows are
 * taken for one where 53 bits of a hash agree, which of a million rows happens once in 20,000 files.
 */
export class SeenRows {
  #ids: Float64Array<ArrayBufferLike>;
  #contents: Float64Array<ArrayBufferLike>;
  #count = 0;

  constructor(places = 1 << 12) {
    this.#ids = new Float64Array(places);
    this.#contents = new Float64Array(places);
  }

  /** Whether the row was taken with this content or with another. */
  find(id: string, content: string): 'new' | 'same' | 'other' {
    const hash = hashOf(id);
    const at = this.#place(hash);
    if (this.#ids[at] !== hash) return 'new';
    return this.#contents[at] === hashOf(content) ? 'same' : 'other';
  }

  add(id: string, content: string): void {
    if (this.#count * 2 >= this.#ids.length) this.#grow();
    this.#put(hashOf(id), hashOf(content));
  }

  #put(hash: number, content: number): void {
    const at = this.#place(hash);
    if (this.#ids[at] !== hash) this.#count += 1;
    this.#ids[at] = hash;
    this.#contents[at] = content;
  }

  /** Where it stands or would; there are always free places. */
  #place(hash: number): number {
    const mask = this.#ids.length - 1;
    let at = hash % this.#ids.length;
    while (this.#ids[at] !== 0 && this.#ids[at] !== hash) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [ids, contents] = [this.#ids, this.#contents];
    this.#ids = new Float64Array(ids.length * 2);
    this.#contents = new Float64Array(ids.length * 2);
    this.#count = 0;
    ids.forEach((hash, at) => {
      if (hash !== 0) this.#put(hash, contents[at] ?? 0);
    });
  }
}

/** A whole number from 1 to 2^53 - 1. */
function hashOf(text: string): number {
  const bytes = createHash('sha1').update(text).digest();
  return bytes.readUIntBE(0, 6) * 32 + ((bytes[6] ?? 0) >> 3) || 1;
}
