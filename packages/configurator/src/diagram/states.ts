import { grown } from './store.ts';

/** Nodes of one level, each a row of relation nodes. */
export interface States {
  readonly width: number;
  count: number;
  cells: Int32Array;
  hash: Int32Array;
  table: Int32Array;
}

/** No states of a width. */
export function makeStates(width: number): States {
  return {
    width,
    count: 0,
    cells: new Int32Array(Math.max(16, 16 * width)),
    hash: new Int32Array(16),
    table: new Int32Array(64),
  };
}

function hashOf(states: States, at: number): number {
  // Kept in 32 signed bits, as the table stores it: a row of no numbers is found again too.
  let h = 0x9e3779b1 | 0;
  for (let i = at; i < at + states.width; i++) {
    h = Math.imul(h ^ (states.cells[i] ?? 0), 0x85ebca6b);
    h ^= h >>> 15;
  }
  return h;
}

function isSame(states: States, a: number, b: number): boolean {
  for (let i = 0; i < states.width; i++)
    if (states.cells[a + i] !== states.cells[b + i]) return false;
  return true;
}

function refill(states: States): void {
  const table = new Int32Array(2 * states.table.length);
  for (let n = 0; n < states.count; n++) {
    let slot = (states.hash[n] ?? 0) & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = n + 1;
  }
  states.table = table;
}

/** The number of the state that was written behind the last one. */
export function enter(states: States): number {
  const at = states.count * states.width;
  const h = hashOf(states, at);
  const mask = states.table.length - 1;
  let slot = h & mask;
  for (;;) {
    const known = (states.table[slot] ?? 0) - 1;
    if (known < 0) break;
    if (states.hash[known] === h && isSame(states, known * states.width, at)) return known;
    slot = (slot + 1) & mask;
  }
  const own = states.count++;
  states.table[slot] = own + 1;
  states.hash = grown(states.hash, states.count);
  states.hash[own] = h;
  states.cells = grown(states.cells, (states.count + 1) * states.width);
  if (2 * states.count > states.table.length) refill(states);
  return own;
}
