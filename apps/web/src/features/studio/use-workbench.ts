import type { Family } from '@keepsake/configurator';
import type { Company } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { startTransition, useMemo, useState } from 'react';
import { client } from '../../platform/client.ts';
import { useSettled } from '../../platform/use-settled.ts';
import type { NameReading } from '../../platform/value-name.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import type { Decision } from './design-session.ts';
import { completeStay, type StayDraft, todayAt } from './stay.view.ts';
import { loadMemory, quoteQuery, type StudioFamily, type StudioStart } from './studio.queries.ts';
import { type StudioSearch, studioRoute } from './studio.routes.ts';
import { useAutosave } from './use-autosave.ts';
import { useDesign } from './use-design.ts';
import type { OpenDesign } from './use-design-thread.ts';

/** What a piece of work in the Studio starts from. */
export interface WorkbenchInput {
  readonly company: Company;
  readonly studio: StudioFamily;
  readonly start: StudioStart;
  readonly search: StudioSearch;
  /** Told when the design is saved for the first time. */
  readonly onCreated: (design: string) => void;
}

/** The state of the Studio. */
export type WorkbenchState = ReturnType<typeof useWorkbench>;

/** The design in the browser, its saving, its price and date, and what memory filled in. */
export function useWorkbench(input: WorkbenchInput, open: OpenDesign, words: NameReading) {
  const { company, studio, start, search, onCreated } = input;
  const { family } = studio;
  const work = useDesign(open, words);
  const { decisions, texts } = work.scene;
  const draft = useMemo(() => ({ decisions, texts }), [decisions, texts]);
  const stay = useStay(company, family, search);
  const at = { company: company.id, family: family.id };
  const quote = useWorkQuote({ ...at, draft, stay, amends: start.amends });
  const setSearch = useSetSearch();
  const isTouched = work.isTouched && !work.scene.isUntouched;
  const autosave = useAutosave({
    company: company.id,
    family: family.id,
    ...draft,
    initial: start.saved,
    isEnabled: start.amends === undefined && isTouched,
    settled: work.acts.settled,
    onCreated: ({ id }) => {
      onCreated(id);
      void setSearch({ design: id, share: undefined });
    },
  });
  const [known, setKnown] = useState({ needs: start.needs, begun: start.begun });
  const { needs } = known;
  const setGift = async (isGift: boolean) => {
    const occasion = isGift ? 'gift' : 'self';
    const memory = await loadMemory({ company: company.id, family: family.id, occasion });
    await work.acts.refill(needs ?? [], memory.decisions);
    setKnown({ needs: memory.needs, begun: memory.start });
    await setSearch({ as: isGift ? 'gift' : undefined });
  };
  const loadTheirs = async () => {
    const saved = autosave.saved();
    if (saved === undefined) return;
    const theirs = await client.designs.get({ company: company.id, design: saved.id });
    await work.acts.replace(theirs.decisions, theirs.texts);
    // Together with the design itself, which is drawn as a transition as well.
    startTransition(() => autosave.continueFrom(theirs, theirs));
  };
  const keepAsCopy = () => {
    autosave.continueFrom(undefined);
    void autosave.flush();
  };
  const { droppedCount } = open.first;
  const resolve = { loadTheirs, keepAsCopy };
  const state = { work, draft, stay, quote, autosave, ...known, droppedCount };
  return { ...state, setGift, setSearch, resolve };
}

/** Changes the address without leaving the page; undefined takes a part away. */
function useSetSearch() {
  const navigate = useNavigate({ from: studioRoute.fullPath });
  return (changes: Partial<Record<keyof StudioSearch, string | undefined>>) =>
    navigate({
      search: (before) => {
        const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value);
        return Object.fromEntries(entries) as StudioSearch;
      },
      replace: true,
      resetScroll: false,
    });
}

function useStay(company: Company, family: Family, search: StudioSearch) {
  const { now } = useReading();
  const isStay = family.demand === 'stay';
  const site = company.sites.find(({ id }) => id === search.site) ?? company.sites[0];
  const draft: StayDraft = { site: site?.id, arrive: search.arrive, depart: search.depart };
  const dates = isStay ? completeStay(draft, todayAt(now, site?.timeZone)) : undefined;
  return { isStay, draft, dates, site: isStay ? site?.id : undefined, timeZone: site?.timeZone };
}

interface WorkQuote {
  readonly company: string;
  readonly family: string;
  readonly draft: {
    readonly decisions: readonly Decision[];
    readonly texts: Readonly<Record<string, string>>;
  };
  readonly stay: ReturnType<typeof useStay>;
  readonly amends: StudioStart['amends'];
}

/** Asks the server for the date once the customer pauses. */
function useWorkQuote({ company, family, draft, stay, amends }: WorkQuote) {
  const settled = useSettled(draft);
  const site = stay.site === undefined ? {} : { site: stay.site };
  const dates = stay.dates === undefined ? {} : { stay: stay.dates };
  const to = amends?.to ?? { ...site, ...dates };
  const isEnabled = amends !== undefined || !stay.isStay || stay.dates !== undefined;
  return useQuery(quoteQuery({ company, family, ...settled, ...to }, isEnabled));
}
