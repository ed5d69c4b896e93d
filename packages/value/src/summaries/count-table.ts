const SLOTS_START = 1 << 10;
const ROWS_START = 1 << 9;

/** Rows of three numbers and how often each was counted, as columns of one length. */
export interface CountedRows {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
  readonly count: Float64Array;
}

/**
 * Counts equal triples of numbers: open addressing over typed arrays, 32 bytes for each different
 * triple and 8 to 16 for its slots, so that tens of millions fit. About 60 ns to add.
 */
export class CountTable {
  #first = new Float64Array(ROWS_START);
  #second = new Float64Array(ROWS_START);
  #third = new Float64Array(ROWS_START);
  #count = new Float64Array(ROWS_START);
  /** One more than the number of the row; 0 is empty. */
  #slots = new Int32Array(SLOTS_START);
  #size = 0;
  readonly #key = new Float64Array(3);
  readonly #bits = new Int32Array(this.#key.buffer);

  /** Different triples that were ever counted. */
  get size(): number {
    return this.#size;
  }

  /** Adds to the count of a triple; a negative number takes away. None of them may be NaN. */
  add(first: number, second: number, third: number, count = 1): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(first, second, third) & mask;
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0) break;
      if (
        this.#first[row] === first &&
        this.#second[row] === second &&
        this.#third[row] === third
      ) {
        this.#count[row] = (this.#count[row] ?? 0) + count;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.#append(first, second, third, count);
    this.#slots[slot] = this.#size;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
  }

  /** The triples whose count is not 0, in ascending order of the first, second and third number. */
  rows(): CountedRows {
    const order = this.#order();
    const pick = (column: Float64Array): Float64Array => {
      const picked = new Float64Array(order.length);
      for (let i = 0; i < order.length; i++) picked[i] = column[order[i] ?? 0] ?? 0;
      return picked;
    };
    return {
      first: pick(this.#first),
      second: pick(this.#second),
      third: pick(this.#third),
      count: pick(this.#count),
    };
  }

  #order(): Uint32Array {
    const used = new Uint32Array(this.#size);
    let length = 0;
    for (let row = 0; row < this.#size; row++) if (this.#count[row] !== 0) used[length++] = row;
    const order = used.subarray(0, length);
    const [first, second, third] = [this.#first, this.#second, this.#third];
    return order.sort(
      (a, b) =>
        (first[a] ?? 0) - (first[b] ?? 0) ||
        (second[a] ?? 0) - (second[b] ?? 0) ||
        (third[a] ?? 0) - (third[b] ?? 0),
    );
  }

  #append(first: number, second: number, third: number, count: number): void {
    const row = this.#size;
    if (row === this.#first.length) {
      // One column after the other, so that only one is there twice.
      this.#first = grown(this.#first);
      this.#second = grown(this.#second);
      this.#third = grown(this.#third);
      this.#count = grown(this.#count);
    }
    this.#first[row] = first;
    this.#second[row] = second;
    this.#third[row] = third;
    this.#count[row] = count;
    this.#size = row + 1;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#size; row++) {
      const hash = this.#hash(this.#first[row] ?? 0, this.#second[row] ?? 0, this.#third[row] ?? 0);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }

  /** Mixes the bits of three numbers (multipliers and shifts of MurmurHash3, Appleby 2011). */
  #hash(first: number, second: number, third: number): number {
    const key = this.#key;
    const bits = this.#bits;
    // Adding 0 makes one of the two zeros.
    key[0] = first + 0;
    key[1] = second + 0;
    key[2] = third + 0;
    let hash = Math.imul((bits[0] ?? 0) ^ (bits[1] ?? 0), 0xcc9e2d51);
    hash = ((hash << 13) | (hash >>> 19)) ^ Math.imul((bits[2] ?? 0) ^ (bits[3] ?? 0), 0x1b873593);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
    hash ^= Math.imul((bits[4] ?? 0) ^ (bits[5] ?? 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }
}

function grown(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(column.length * 2);
  twice.set(column);
  return twice;
}
