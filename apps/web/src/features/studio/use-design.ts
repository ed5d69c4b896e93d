import type { Choice, Repair } from '@keepsake/configurator';
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { NameReading } from '../../platform/value-name.view.ts';
import type { Act, Outcome, Refusal, Scene } from './design-messages.ts';
import type { Decision, Remembered } from './design-session.ts';
import { type ChangeModel, changeOf } from './studio.view.ts';
import type { OpenDesign } from './use-design-thread.ts';

/** An impossible value that the customer asks about, and what it stands beside on the page. */
export interface Wish extends Refusal {
  readonly anchor: Element;
}

/** A change that was just made; `count` tells two equal ones apart. */
export interface LastChange {
  readonly change: ChangeModel;
  readonly count: number;
}

/** What can be done to a design; the same functions for as long as it is open. */
export interface DesignActs {
  /** Answers whether the value is chosen now; where it cannot be had, `wish` says why. */
  choose(choice: Choice, anchor: Element): Promise<boolean>;
  repair(wish: Wish, repair: Repair): void;
  leaveOpen(attribute: string): void;
  write(attribute: string, text: string): void;
  undo(): void;
  redo(): void;
  complete(wishes: readonly Decision[]): void;
  setLocked(attribute: string, isLocked: boolean): void;
  refill(before: readonly Remembered[], now: readonly Decision[]): Promise<void>;
  replace(decisions: readonly Decision[], texts: Scene['texts']): Promise<void>;
  dismissWish(): void;
  /** The scene once every act is answered, whether it is drawn yet or not. */
  settled(): Promise<Scene>;
}

/** Whether anything is under way, for those who watch: the page is not drawn anew for it. */
export interface Busy {
  watch(onChange: () => void): () => void;
  read(): boolean;
}

/** The design that is being made, what it shows, and what can be done to it. */
export interface DesignWork {
  readonly scene: Scene;
  readonly wish: Wish | undefined;
  readonly last: LastChange | undefined;
  /** Whether an act is not answered yet. */
  readonly busy: Busy;
  /** Whether anything was done to the design since it was opened. */
  readonly isTouched: boolean;
  readonly acts: DesignActs;
}

interface Shown {
  readonly scene: Scene;
  readonly last: LastChange | undefined;
  readonly isTouched: boolean;
}

/** What an act leaves on the page: acts that change no choice are not told. */
function showNext(before: Shown, act: Act, outcome: Outcome, told: Told): Shown {
  if (outcome.kind === 'refused') return before;
  const { scene } = outcome;
  const isQuiet = act.kind === 'replace' || act.kind === 'lock' || act.kind === 'unlock';
  if (isQuiet) return { ...before, scene, isTouched: true };
  const moments = { before: before.scene.view, after: scene.view };
  const change = changeOf(told.family, moments, outcome, told.words);
  return { scene, last: { change, count: (before.last?.count ?? 0) + 1 }, isTouched: true };
}

interface Told {
  readonly family: OpenDesign['family'];
  readonly words: NameReading;
}

/**
 * The page's side of a design: acts go to the thread that holds it, and what comes back is shown. Every
 * act is drawn in slices, between whatever else is waiting.
 */
export function useDesign(open: OpenDesign, words: NameReading): DesignWork {
  const { line, family, adopted } = open;
  const [shown, setShown] = useState<Shown>({
    scene: open.first.scene,
    last: undefined,
    isTouched: false,
  });
  const [wish, setWish] = useState<Wish | undefined>();
  const [fault, setFault] = useState<unknown>();
  const [busy] = useState(makeBusy);
  const [drawnCount, setDrawnCount] = useState(0);
  useEffect(() => busy.set(drawnCount), [busy, drawnCount]);
  const flight = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef(open.first.scene);
  const told = useRef<Told>({ family, words });
  told.current = { family, words };

  const run = useCallback(
    (act: Act): Promise<Outcome> => {
      busy.begin();
      const answered = line.ask('act', act).then((outcome) => {
        if (outcome.kind === 'done') latest.current = outcome.scene;
        startTransition(() => {
          setShown((before) => showNext(before, act, outcome, told.current));
          if (outcome.kind === 'done') setWish(undefined);
        });
        return outcome;
      });
      answered.catch(setFault);
      // Not busy any more once it is drawn.
      const end = () => startTransition(() => setDrawnCount((count) => count + 1));
      flight.current = answered.then(end, end);
      return answered;
    },
    [line, busy],
  );
  const acts = useMemo((): DesignActs => {
    const wishFor = async (act: Act, anchor: Element): Promise<boolean> => {
      const outcome = await run(act);
      if (outcome.kind === 'refused') startTransition(() => setWish({ ...outcome, anchor }));
      return outcome.kind === 'done';
    };
    return {
      choose: (choice, anchor) => wishFor({ kind: 'choose', choice }, anchor),
      repair: ({ choice, anchor }, repair) =>
        void wishFor({ kind: 'repair', choice, repair }, anchor),
      leaveOpen: (attribute) => void run({ kind: 'leaveOpen', attribute }),
      write: (attribute, text) => void run({ kind: 'write', attribute, text }),
      undo: () => void run({ kind: 'undo' }),
      redo: () => void run({ kind: 'redo' }),
      complete: (wishes) => void run({ kind: 'complete', wishes }),
      setLocked: (attribute, isLocked) =>
        void run({ kind: isLocked ? 'lock' : 'unlock', attribute }),
      refill: async (before, now) => void (await run({ kind: 'refill', before, now })),
      replace: async (decisions, texts) => void (await run({ kind: 'replace', decisions, texts })),
      dismissWish: () => setWish(undefined),
      settled: async () => {
        await flight.current;
        return latest.current;
      },
    };
  }, [run]);
  useEffect(() => {
    // Between two acts: nothing but the number of designs is new in it.
    void adopted.then((scene) => {
      if (scene !== undefined) startTransition(() => setShown((before) => ({ ...before, scene })));
    });
  }, [adopted]);
  if (fault !== undefined) throw fault;
  return { ...shown, wish, busy, acts };
}

/** Counts acts that were begun, and those that are drawn. */
function makeBusy(): Busy & { begin(): void; set(drawnCount: number): void } {
  const watchers = new Set<() => void>();
  let begun = 0;
  let drawn = 0;
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  return {
    watch: (onChange) => {
      watchers.add(onChange);
      return () => void watchers.delete(onChange);
    },
    read: () => begun > drawn,
    begin: () => {
      begun++;
      tell();
    },
    set: (drawnCount) => {
      drawn = drawnCount;
      tell();
    },
  };
}
