import {
  type Choice,
  completeDesign,
  composePicture,
  explain,
  priceDesign,
  type Repair,
  redo,
  repairs,
  type Session,
  undo,
  viewSession,
  writeText,
} from '@keepsake/configurator';
import { useMemo, useState } from 'react';
import type { NameReading } from '../../platform/value-name.view.ts';
import { type Acted, applyRepair, choose, leaveOpen } from './design-session.ts';
import type { StudioFamily } from './studio.queries.ts';
import { type ChangeModel, changeOf } from './studio.view.ts';

/** Repairs that are offered at most. */
const REPAIRS_MAX = 3;

/** An impossible value that the customer asks about, and what it stands beside on the page. */
export interface Wish {
  readonly choice: Choice;
  readonly anchor: Element;
}

/** A change that was just made; `count` tells two equal ones apart. */
export interface LastChange {
  readonly change: ChangeModel;
  readonly count: number;
}

/** The design that is being made, what it shows, and what can be done to it. */
export type DesignWork = ReturnType<typeof useDesign>;

/** A repair, and what it does to the price of the design as it stands. */
export interface Way {
  readonly repair: Repair;
  readonly changeMinor: number | undefined;
}

function waysTo(session: Session, choice: Choice, nowMinor: number | undefined): readonly Way[] {
  const { family } = session.space;
  return repairs(session, choice, { most: REPAIRS_MAX }).repairs.map((repair) => {
    const acted = applyRepair(session, choice, repair);
    const values = acted.kind === 'done' ? completeDesign(acted.session) : undefined;
    if (values === undefined || nowMinor === undefined) return { repair, changeMinor: undefined };
    const { totalMinor } = priceDesign(family, values, session.texts);
    return { repair, changeMinor: totalMinor - nowMinor };
  });
}

/** Holds the session in the browser: every act is answered at once by the engine. */
export function useDesign(studio: StudioFamily, initial: Session, words: NameReading) {
  const { family, layers } = studio;
  const [session, setSession] = useState(initial);
  const [wish, setWish] = useState<Wish | undefined>();
  const [last, setLast] = useState<LastChange | undefined>();
  const view = useMemo(() => viewSession(session), [session]);
  const picture = useMemo(() => {
    if (family.picture === undefined || view.completion === undefined) return undefined;
    const design = { values: view.completion.values, texts: session.texts };
    return composePicture(family, design, (file) => layers[file]);
  }, [family, layers, view, session.texts]);

  const take = (
    next: Session,
    effects: { readonly forced: readonly Choice[]; readonly impossible: readonly Choice[] },
  ) => {
    const after = viewSession(next);
    const change = changeOf(family, { before: view, after }, effects, words);
    setSession(next);
    setWish(undefined);
    setLast((before) => ({ change, count: (before?.count ?? 0) + 1 }));
  };
  const settle = (acted: Acted, choice: Choice, anchor: Element) => {
    if (acted.kind === 'done') take(acted.session, acted);
    else setWish({ choice, anchor });
  };
  const none = { forced: [], impossible: [] };

  return {
    session,
    view,
    picture,
    wish,
    last,
    choose: (choice: Choice, anchor: Element) => settle(choose(session, choice), choice, anchor),
    leaveOpen: (attribute: string) => take(leaveOpen(session, attribute), none),
    write: (attribute: string, text: string) => {
      const written = writeText(session, attribute, text);
      if (written.kind === 'ok') take(written.value, none);
    },
    undo: () => take(undo(session), none),
    redo: () => take(redo(session), none),
    /** Goes on to a session made outside, as one act that can be undone. */
    act: (next: Session) => take(next, none),
    canUndo: session.past.length > 0,
    canRedo: session.future.length > 0,
    replace: (next: Session) => {
      setSession(next);
      setWish(undefined);
    },
    dismissWish: () => setWish(undefined),
    explainWish: (about: Wish) => ({
      reason: explain(session, about.choice),
      ways: waysTo(session, about.choice, view.completion?.totalMinor),
    }),
    repair: (about: Wish, way: Repair) =>
      settle(applyRepair(session, about.choice, way), about.choice, about.anchor),
  };
}
