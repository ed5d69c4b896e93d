import { type Buffer, BY_CLAUSE, type Engine, HEADER } from './engine.ts';

function reserve(engine: Engine, words: number): void {
  if (engine.arenaSize + words <= engine.arena.length) return;
  const wider = new Int32Array(Math.max(2 * engine.arena.length, engine.arenaSize + words));
  wider.set(engine.arena);
  engine.arena = wider;
}

function watch(engine: Engine, ref: number): void {
  const { arena } = engine;
  const [a, b] = [arena[ref + HEADER] ?? 0, arena[ref + HEADER + 1] ?? 0];
  engine.watches[a]?.push(ref, b);
  engine.watches[b]?.push(ref, a);
}

/**
 * Adds a clause whose first two literals may be watched, and answers where it lies. A clause of one
 * literal is a reason and is not watched. `glue` is 0 where the clause is given, not learnt.
 */
export function addClause(engine: Engine, clause: Buffer, glue: number): number {
  const { size, literals } = clause;
  reserve(engine, size + HEADER);
  const ref = engine.arenaSize;
  engine.arena[ref] = size;
  engine.arena[ref + 1] = glue;
  engine.arena[ref + 2] = engine.conflictCount;
  for (let i = 0; i < size; i++) engine.arena[ref + HEADER + i] = literals[i] ?? 0;
  engine.arenaSize += size + HEADER;
  if (size > 1) watch(engine, ref);
  if (glue > 0) engine.learnt.push(ref);
  return ref;
}

/** How many levels the literals of a clause lie at (Audemard & Simon, IJCAI 2009). */
export function glueOf(engine: Engine, clause: Buffer): number {
  const levels = new Set<number>();
  for (let i = 0; i < clause.size; i++)
    levels.add(engine.levels[(clause.literals[i] ?? 0) >> 1] ?? 0);
  return Math.max(1, levels.size);
}

/** Clauses with a glue up to this are kept for good. */
const GLUE_KEPT = 3;

function refsInUse(engine: Engine): Set<number> {
  const used = new Set<number>();
  for (let i = 0; i < engine.size; i++) {
    const reason = engine.reasons[(engine.trail[i] ?? 0) >> 1] ?? 0;
    if ((reason & 3) === BY_CLAUSE) used.add(reason >> 2);
  }
  return used;
}

/**
 * Forgets the worse half of the learnt clauses: those over many levels, the oldest among equals. A
 * clause that is a reason stays. The others move together, and so do their watches.
 */
export function forgetClauses(engine: Engine): void {
  const { arena } = engine;
  const used = refsInUse(engine);
  const ranked = engine.learnt
    .filter((ref) => (arena[ref + 1] ?? 0) > GLUE_KEPT && !used.has(ref))
    .sort((a, b) => (arena[b + 1] ?? 0) - (arena[a + 1] ?? 0) || a - b);
  const dropped = new Set(ranked.slice(0, ranked.length >> 1));
  const moved = new Map<number, number>();
  let at = 1;
  for (let ref = 1; ref < engine.arenaSize; ) {
    const words = (arena[ref] ?? 0) + HEADER;
    if (!dropped.has(ref)) {
      arena.copyWithin(at, ref, ref + words);
      if (at !== ref) moved.set(ref, at);
      at += words;
    }
    ref += words;
  }
  engine.arenaSize = at;
  const kept = engine.learnt.filter((ref) => !dropped.has(ref));
  engine.learnt.length = 0;
  for (const ref of kept) engine.learnt.push(moved.get(ref) ?? ref);
  for (let i = 0; i < engine.size; i++) {
    const atom = (engine.trail[i] ?? 0) >> 1;
    const reason = engine.reasons[atom] ?? 0;
    if ((reason & 3) !== BY_CLAUSE) continue;
    engine.reasons[atom] = ((moved.get(reason >> 2) ?? reason >> 2) << 2) | BY_CLAUSE;
  }
  rewatch(engine, dropped, moved);
}

function rewatch(
  engine: Engine,
  dropped: ReadonlySet<number>,
  moved: ReadonlyMap<number, number>,
): void {
  for (const list of engine.watches) {
    let kept = 0;
    for (let i = 0; i < list.length; i += 2) {
      const ref = list[i] ?? 0;
      if (dropped.has(ref)) continue;
      list[kept++] = moved.get(ref) ?? ref;
      list[kept++] = list[i + 1] ?? 0;
    }
    list.length = kept;
  }
}
