/** Slots that a fingerprint may take: a bucket. */
const WAYS = 4;
/** Numbers of a slot: the fingerprint. */
const WORDS = 4;
const SLOTS_MIN = 1 << 8;

/** A stream of 32-bit numbers that looks random (splitmix, Steele, Lea, Flood 2014). */
function scramble(seed: number): number {
  let z = Math.imul(seed, 0x9e3779b9) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * Numbers of four words for each item of a component, so that the exclusive or of them all is the
 * fingerprint of the set (Zobrist 1970).
 */
export function fingerprints(count: number): Int32Array {
  return Int32Array.from({ length: count * WORDS }, (_, i) => scramble(i + 0x51ed270b));
}

/**
 * The nodes of components that were compiled, by the fingerprint of their open variables and
 * clauses. 128 bits stand for the set itself: that two of ten million components share them has a
 * chance of about 2^-82. Where a bucket is full, the entry that was of use longest ago goes.
 */
export class ComponentCache {
  /** The words of the component that is asked about. */
  readonly key: Int32Array = new Int32Array(WORDS);
  #keys = new Int32Array(SLOTS_MIN * WORDS);
  #nodes = new Int32Array(SLOTS_MIN).fill(-1);
  #usedAt = new Int32Array(SLOTS_MIN);
  #count = 0;
  #clock = 0;
  readonly #slotsMax: number;

  constructor(slotsMax: number) {
    this.#slotsMax = slotsMax;
  }

  #bucket(first: number, slots: number): number {
    return (first & (slots - 1) & ~(WAYS - 1)) >>> 0;
  }

  #isAt(slot: number): boolean {
    for (let w = 0; w < WORDS; w++) {
      if (this.#keys[slot * WORDS + w] !== this.key[w]) return false;
    }
    return true;
  }

  /** The node of the component `key`, or -1. */
  find(): number {
    const from = this.#bucket(this.key[0] ?? 0, this.#nodes.length);
    for (let slot = from; slot < from + WAYS; slot++) {
      const node = this.#nodes[slot] ?? -1;
      if (node < 0 || !this.#isAt(slot)) continue;
      this.#usedAt[slot] = ++this.#clock;
      return node;
    }
    return -1;
  }

  /** Keeps the node of the component `key`. */
  keep(node: number): void {
    const slots = this.#nodes.length;
    if (this.#count * 2 > slots && slots < this.#slotsMax) this.#grow();
    this.#put(node, ++this.#clock);
  }

  #put(node: number, usedAt: number): void {
    const from = this.#bucket(this.key[0] ?? 0, this.#nodes.length);
    let chosen = from;
    for (let slot = from; slot < from + WAYS; slot++) {
      if ((this.#nodes[slot] ?? -1) < 0) {
        chosen = slot;
        this.#count++;
        break;
      }
      if ((this.#usedAt[slot] ?? 0) < (this.#usedAt[chosen] ?? 0)) chosen = slot;
    }
    this.#keys.set(this.key, chosen * WORDS);
    this.#nodes[chosen] = node;
    this.#usedAt[chosen] = usedAt;
  }

  #grow(): void {
    const [keys, nodes, usedAt] = [this.#keys, this.#nodes, this.#usedAt];
    const slots = nodes.length * 4;
    this.#keys = new Int32Array(slots * WORDS);
    this.#nodes = new Int32Array(slots).fill(-1);
    this.#usedAt = new Int32Array(slots);
    this.#count = 0;
    const asked = this.key.slice();
    nodes.forEach((node, slot) => {
      if (node < 0) return;
      this.key.set(keys.subarray(slot * WORDS, slot * WORDS + WORDS));
      this.#put(node, usedAt[slot] ?? 0);
    });
    this.key.set(asked);
  }
}
