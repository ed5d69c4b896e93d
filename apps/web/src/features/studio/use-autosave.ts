import { useEffect, useRef, useState } from 'react';
import { client, problemCodeOf } from '../../platform/client.ts';
import type { Decision } from './design-session.ts';

/** Where a design stands on the server. */
export interface SavedDesign {
  readonly id: string;
  readonly shareId: string;
  readonly version: number;
}

/** How saving goes. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'stale' | 'failed';

/** What of a design is saved. */
export interface Draft {
  readonly decisions: readonly Decision[];
  readonly texts: Readonly<Record<string, string>>;
}

interface AutosaveOptions extends Draft {
  readonly company: string;
  readonly family: string;
  readonly initial: SavedDesign | undefined;
  /** False while there is nothing to save, or an order is being amended. */
  readonly isEnabled: boolean;
  /** What is to be saved once everything that was done is answered. */
  readonly settled: () => Promise<Draft>;
  readonly onCreated: (saved: SavedDesign) => void;
}

const QUIET_MS = 700;

function fingerprintOf({ decisions, texts }: Draft): string {
  return JSON.stringify([decisions, texts]);
}

function write(
  where: { readonly company: string; readonly family: string },
  saved: SavedDesign | undefined,
  draft: Draft,
): Promise<SavedDesign> {
  const { company, family } = where;
  const body = { decisions: [...draft.decisions], texts: { ...draft.texts } };
  if (saved === undefined) return client.designs.create({ company, family, ...body });
  return client.designs.update({ company, design: saved.id, version: saved.version, ...body });
}

/**
 * Saves a design a moment after each change, one write at a time. A design that was changed
 * elsewhere is never overwritten: saving stops and `state` says `stale` until it is resolved.
 */
export function useAutosave(options: AutosaveOptions) {
  const { company, family, decisions, texts, initial, isEnabled, settled, onCreated } = options;
  const fingerprint = fingerprintOf({ decisions, texts });
  const saved = useRef(initial);
  const written = useRef(initial === undefined ? '' : fingerprint);
  const flight = useRef<Promise<SavedDesign | undefined>>(Promise.resolve(undefined));
  const latest = useRef(fingerprint);
  const [state, setState] = useState<SaveState>('idle');
  latest.current = fingerprint;

  const writeOnce = async (): Promise<SavedDesign | undefined> => {
    const draft = await settled();
    const print = fingerprintOf(draft);
    if (saved.current !== undefined && written.current === print) return saved.current;
    setState('saving');
    try {
      const isNew = saved.current === undefined;
      const next = await write({ company, family }, saved.current, draft);
      saved.current = next;
      written.current = print;
      setState('saved');
      if (isNew) onCreated(next);
      return next;
    } catch (error) {
      setState(problemCodeOf(error) === 'design/stale' ? 'stale' : 'failed');
      return undefined;
    }
  };
  const writeNow = useRef(writeOnce);
  writeNow.current = writeOnce;
  /** Saves what is not saved yet and answers the stored design; undefined when that failed. */
  const flush = (): Promise<SavedDesign | undefined> => {
    // Each waits for the one before it: two writes at once would take each other for strangers.
    flight.current = flight.current.then(() => writeNow.current());
    return flight.current;
  };
  /** Goes on from another stored design: theirs after a conflict, or none to save as a copy. */
  const continueFrom = (other: SavedDesign | undefined, draft?: Draft) => {
    saved.current = other;
    written.current = draft === undefined ? '' : fingerprintOf(draft);
    setState('idle');
  };

  const flushNow = useRef(flush);
  flushNow.current = flush;
  useEffect(() => {
    if (!isEnabled || state === 'stale' || fingerprint === written.current) return;
    const timer = setTimeout(() => void flushNow.current(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [fingerprint, isEnabled, state]);
  useEffect(() => {
    const again = () => void (written.current !== latest.current && flushNow.current());
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, []);

  return { state, flush, continueFrom, saved: () => saved.current };
}
