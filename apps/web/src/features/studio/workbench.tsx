import { compileSpace, type Family, type Space } from '@keepsake/configurator';
import type { Company } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../platform/client.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { Announcer } from './announcer.tsx';
import { Attributes } from './attributes.tsx';
import { decisionsOf, isUntouched, refillFromMemory, restoreDesign } from './design-session.ts';
import { FootBar } from './foot-bar.tsx';
import { OrderAction } from './order-action.tsx';
import { altOf } from './picture-alt.view.ts';
import { Remembered } from './remembered.tsx';
import { StaleDialog } from './stale-dialog.tsx';
import { completeStay, type StayDraft, todayAt } from './stay.view.ts';
import { StayFields } from './stay-fields.tsx';
import styles from './studio.module.css';
import { loadMemory, quoteQuery, type StudioFamily, type StudioStart } from './studio.queries.ts';
import { type StudioSearch, studioRoute } from './studio.routes.ts';
import { Toolbar } from './toolbar.tsx';
import { useAutosave } from './use-autosave.ts';
import { useDesign } from './use-design.ts';
import { useSettled } from './use-settled.ts';
import { WhyPopover } from './why-popover.tsx';

const c = classesOf(styles);

interface WorkbenchProps {
  readonly company: Company;
  readonly studio: StudioFamily;
  readonly start: StudioStart;
  readonly search: StudioSearch;
  readonly onCreated: (design: string) => void;
}

// Compiling takes a while and depends on nothing but the family.
const spaces = new WeakMap<Family, Space>();

function spaceOf(family: Family): Space {
  const known = spaces.get(family) ?? compileSpace(family);
  spaces.set(family, known);
  return known;
}

/** The design being made: picture, attributes, price and date. */
export function Workbench({ company, studio, start, search, onCreated }: WorkbenchProps) {
  const { t } = useTranslation(['studio', 'common']);
  const text = useText();
  const locale = useLocale();
  const { family } = studio;
  useWindowTitle(text(family.name));
  const words = { locale, yes: t('common:yes'), no: t('common:no') };
  const space = spaceOf(family);
  const [restored] = useState(() => restoreDesign(space, start.decisions, start.texts));
  const work = useDesign(studio, restored.session, words);
  const decisions = useMemo(() => decisionsOf(work.session), [work.session]);
  const { texts } = work.session;
  const stay = useStay(company, family, search);
  const quote = useWorkQuote({ company, family, decisions, texts, stay });
  const navigate = useNavigate({ from: studioRoute.fullPath });
  const setSearch = (changes: Partial<Record<keyof StudioSearch, string | undefined>>) =>
    navigate({
      search: (before) => withoutEmpty({ ...before, ...changes }) as StudioSearch,
      replace: true,
      resetScroll: false,
    });
  const autosave = useAutosave({
    company: company.id,
    family: family.id,
    decisions,
    texts,
    initial: start.saved,
    isEnabled:
      start.amends === undefined && work.session !== restored.session && !isUntouched(work.session),
    onCreated: ({ id }) => {
      onCreated(id);
      void setSearch({ design: id, share: undefined });
    },
  });
  const [needs, setNeeds] = useState(start.needs);
  const changeOccasion = async (isGift: boolean) => {
    const occasion = isGift ? 'gift' : 'self';
    const memory = await loadMemory({ company: company.id, family: family.id, occasion });
    work.act(refillFromMemory(work.session, needs ?? [], memory.decisions));
    setNeeds(memory.needs);
    await setSearch({ as: isGift ? 'gift' : undefined });
  };
  const loadTheirs = async () => {
    const saved = autosave.saved();
    if (saved === undefined) return;
    const theirs = await client.designs.get({ company: company.id, design: saved.id });
    work.replace(restoreDesign(space, theirs.decisions, theirs.texts).session);
    autosave.continueFrom(theirs, theirs);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for undo and redo; buttons do the same.
    <div className={c('studio')} onKeyDown={(event) => undoByKey(event, work)}>
      <div className={c('stage')}>
        {work.picture !== undefined && (
          <Picture
            className={c('picture')}
            svg={work.picture}
            alt={altOf(family, work.view.completion?.values ?? {}, words)}
          />
        )}
      </div>
      <div className={c('column')}>
        <header className={c('head')}>
          <h1>{text(family.name)}</h1>
          {family.summary !== undefined && <p className={c('quiet')}>{text(family.summary)}</p>}
          <Toolbar company={company.id} family={family.id} work={work} autosave={autosave} />
        </header>
        {start.amends !== undefined && (
          <Notice title={t('amends', { number: start.amends.number })}>{t('amendsText')}</Notice>
        )}
        {restored.droppedCount > 0 && (
          <Notice tone="warn" title={t('dropped', { count: restored.droppedCount })} />
        )}
        {needs !== undefined && (
          <Remembered
            family={family}
            needs={needs}
            words={words}
            isGift={search.as === 'gift'}
            onGift={(isGift) => void changeOccasion(isGift)}
          />
        )}
        {family.demand === 'stay' && (
          <StayFields
            company={company}
            stay={stay.draft}
            onChange={(draft) => void setSearch({ ...draft })}
          />
        )}
        <Attributes studio={studio} work={work} words={words} needs={needs} />
      </div>
      <FootBar
        currency={family.currency}
        work={work}
        quote={quote}
        isStay={family.demand === 'stay'}
        timeZone={stay.timeZone}
        action={
          <OrderAction
            company={company.id}
            autosave={autosave}
            search={search}
            needsStay={family.demand === 'stay' && stay.stay === undefined}
            amends={start.amends}
            draft={{ decisions, texts }}
            quote={quote.data}
          />
        }
      />
      {work.wish !== undefined && (
        <WhyPopover family={family} work={work} wish={work.wish} words={words} />
      )}
      {autosave.state === 'stale' && (
        <StaleDialog
          onTheirs={() => void loadTheirs()}
          onCopy={() => {
            autosave.continueFrom(undefined);
            void autosave.flush();
          }}
        />
      )}
      <Announcer currency={family.currency} work={work} />
    </div>
  );
}

function withoutEmpty(search: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value));
}

function undoByKey(
  event: KeyboardEvent,
  work: { readonly undo: () => void; readonly redo: () => void },
): void {
  const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
  if (isTyping || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (event.shiftKey) work.redo();
  else work.undo();
}

function useStay(company: Company, family: Family, search: StudioSearch) {
  const { now } = useReading();
  const isStay = family.demand === 'stay';
  const site = company.sites.find(({ id }) => id === search.site) ?? company.sites[0];
  const draft: StayDraft = { site: site?.id, arrive: search.arrive, depart: search.depart };
  const stay = isStay ? completeStay(draft, todayAt(now, site?.timeZone)) : undefined;
  return { draft, stay, site: isStay ? site?.id : undefined, timeZone: site?.timeZone, isStay };
}

interface WorkQuote {
  readonly company: Company;
  readonly family: Family;
  readonly decisions: ReturnType<typeof decisionsOf>;
  readonly texts: Readonly<Record<string, string>>;
  readonly stay: ReturnType<typeof useStay>;
}

/** Asks the server for the date once the customer pauses. */
function useWorkQuote({ company, family, decisions, texts, stay }: WorkQuote) {
  const key = useMemo(() => ({ decisions, texts }), [decisions, texts]);
  const settled = useSettled(key);
  return useQuery(
    quoteQuery(
      {
        company: company.id,
        family: family.id,
        ...settled,
        ...(stay.site === undefined ? {} : { site: stay.site }),
        ...(stay.stay === undefined ? {} : { stay: stay.stay }),
      },
      !stay.isStay || stay.stay !== undefined,
    ),
  );
}
