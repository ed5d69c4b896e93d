import { type KeyboardEvent, memo, startTransition, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NameReading } from '../../platform/value-name.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { Later } from '../../ui/later.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { Announcer } from './announcer.tsx';
import { Attributes } from './attributes.tsx';
import { FootBar } from './foot-bar.tsx';
import { OrderAction } from './order-action.tsx';
import { PaleStudio } from './pale-studio.tsx';
import { altOf } from './picture-alt.view.ts';
import { Remembered } from './remembered.tsx';
import { StaleDialog } from './stale-dialog.tsx';
import { StayFields } from './stay-fields.tsx';
import styles from './studio.module.css';
import { Toolbar } from './toolbar.tsx';
import type { DesignActs } from './use-design.ts';
import { type OpenDesign, useDesignThread } from './use-design-thread.ts';
import { useWorkbench, type WorkbenchInput, type WorkbenchState } from './use-workbench.ts';
import { WhyPopover } from './why-popover.tsx';

const c = classesOf(styles);

/** The design being made: picture, attributes, price and date. */
export function Workbench(input: WorkbenchInput) {
  const { company, studio, start } = input;
  const open = useDesignThread(company.id, studio, start);
  useWindowTitle(useText()(studio.family.name));
  if (open === undefined) return <PaleStudio />;
  return (
    <Later skeleton={<PaleStudio />}>
      <OpenWorkbench input={input} open={open} />
    </Later>
  );
}

interface OpenWorkbenchProps {
  readonly input: WorkbenchInput;
  readonly open: OpenDesign;
}

function OpenWorkbench({ input, open }: OpenWorkbenchProps) {
  const { t } = useTranslation(['studio', 'common']);
  const locale = useLocale();
  const { company, studio, start, search } = input;
  const { family } = studio;
  const words = useMemo(
    (): NameReading => ({ locale, yes: t('common:yes'), no: t('common:no') }),
    [locale, t],
  );
  const bench = useWorkbench(input, open, words);
  const { work, stay, quote, autosave, draft } = bench;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for undo and redo; buttons do the same.
    <div className={c('studio')} onKeyDown={(event) => undoByKey(event, work.acts)}>
      <Stage
        svg={work.scene.picture}
        alt={altOf(family, work.scene.view.completion?.values ?? {}, words)}
      />
      <Column input={input} bench={bench} words={words} />
      <FootBar
        currency={family.currency}
        work={work}
        quote={quote}
        isStay={stay.isStay}
        timeZone={stay.timeZone}
        action={
          <OrderAction
            company={company.id}
            autosave={autosave}
            search={stay.isStay ? { ...search, ...stay.draft } : search}
            needsStay={stay.isStay && stay.dates === undefined}
            amends={start.amends}
            draft={draft}
            quote={quote.isPlaceholderData ? undefined : quote.data}
          />
        }
      />
      {work.wish !== undefined && (
        <WhyPopover family={family} acts={work.acts} wish={work.wish} words={words} />
      )}
      {autosave.state === 'stale' && (
        <StaleDialog
          onTheirs={() => void bench.resolve.loadTheirs()}
          onCopy={bench.resolve.keepAsCopy}
        />
      )}
      <Announcer currency={family.currency} work={work} />
    </div>
  );
}

interface StageProps {
  readonly svg: string | undefined;
  readonly alt: string;
}

/** The picture of the design. */
const Stage = memo(function Stage(props: StageProps) {
  // A frame of its own: painting it takes as long as all else that a choice changes.
  const { svg, alt } = useNextFrame(props);
  return (
    <div className={c('stage')}>
      {svg !== undefined && <Picture className={c('picture')} svg={svg} alt={alt} />}
    </div>
  );
});

/** A value one frame later; of several in one frame, the last. */
function useNextFrame<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setShown(value)));
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return shown;
}

interface ColumnProps {
  readonly input: WorkbenchInput;
  readonly bench: WorkbenchState;
  readonly words: NameReading;
}

/** Everything beside the picture: head, memory, dates of a stay, attributes. */
function Column({ input, bench, words }: ColumnProps) {
  const { t } = useTranslation('studio');
  const text = useText();
  const { company, studio, start, search } = input;
  const { work, autosave, needs, stay, droppedCount } = bench;
  const { family } = studio;
  return (
    <div className={c('column')}>
      <header className={c('head')}>
        <h1>{text(family.name)}</h1>
        {family.summary !== undefined && <p className={c('quiet')}>{text(family.summary)}</p>}
        <Toolbar
          company={company.id}
          family={family.id}
          work={work}
          autosave={autosave}
          needs={needs}
        />
      </header>
      {start.amends !== undefined && (
        <Notice title={t('amends', { number: start.amends.number })}>{t('amendsText')}</Notice>
      )}
      {droppedCount > 0 && needs === undefined && (
        <Notice tone="warn" title={t('dropped', { count: droppedCount })} />
      )}
      {needs !== undefined && (
        <Remembered
          family={family}
          needs={needs}
          begun={bench.begun}
          words={words}
          isGift={search.as === 'gift'}
          onGift={(isGift) => void bench.setGift(isGift)}
        />
      )}
      {stay.isStay && start.amends === undefined && (
        <StayFields
          company={company}
          stay={stay.draft}
          onChange={(draft) => void bench.setSearch({ ...draft })}
        />
      )}
      <Attributes
        studio={studio}
        view={work.scene.view}
        locked={work.scene.locked}
        acts={work.acts}
        words={words}
        needs={needs}
      />
    </div>
  );
}

function undoByKey(event: KeyboardEvent, acts: Pick<DesignActs, 'undo' | 'redo'>): void {
  const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
  if (isTyping || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (event.shiftKey) acts.redo();
  else acts.undo();
}
