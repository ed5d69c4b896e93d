import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo, startTransition, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Later } from '../../ui/later.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Asked, Broken } from './asked.tsx';
import { EMPTY_TRAIL, redoIn, type Trail, undoIn } from './choices.view.ts';
import { Figures } from './figures.tsx';
import { Levels } from './levels.tsx';
import { Soundness } from './soundness.tsx';
import styles from './space.module.css';
import { lookQuery, type OpenSpace, type SpaceFamily } from './space.queries.ts';
import { spaceRoute } from './space.routes.ts';
import type { Naming } from './space.view.ts';
import { TryOut } from './try-out.tsx';
import { type SpaceState, useSpace } from './use-space.ts';

const c = classesOf(styles);

/** Everything about the space of one version: figures, trying it out, how it is made, soundness. */
export function SpaceBoard({ source }: { readonly source: SpaceFamily }) {
  const { t } = useTranslation(['space', 'common']);
  const locale = useLocale();
  const state = useSpace(source);
  const { family } = source;
  const naming = useMemo(
    (): Naming => ({
      locale,
      yes: t('common:yes'),
      no: t('common:no'),
      written: t('written'),
      inBetween: t('inBetween'),
      open: t('open'),
    }),
    [locale, t],
  );
  if (state.error !== undefined) return <Broken error={state.error} />;
  const { open } = state;
  return (
    <>
      <Figures family={family} state={state} />
      {open === undefined ? (
        <SkeletonLines lines={12} label={t('opening')} />
      ) : (
        <Later skeleton={<SkeletonLines lines={12} label={t('opening')} />}>
          <OpenBoard {...{ source, state, open, naming }} />
        </Later>
      )}
    </>
  );
}

interface OpenBoardProps {
  readonly source: SpaceFamily;
  readonly state: SpaceState;
  readonly open: OpenSpace;
  readonly naming: Naming;
}

function OpenBoard({ source, state, open, naming }: OpenBoardProps) {
  const { t } = useTranslation(['space', 'common']);
  const { family } = source;
  const [trail, putTrail] = useState<Trail>(EMPTY_TRAIL);
  // What a click changes is drawn in slices, between whatever else is waiting.
  const setTrail = useCallback((next: (trail: Trail) => Trail) => {
    startTransition(() => putTrail(next));
  }, []);
  const look = useQuery(lookQuery(open, trail.choices));
  const first = useQuery(lookQuery(open, EMPTY_TRAIL.choices));
  const diagram = state.figures?.diagram;
  const { view = 'try' } = spaceRoute.useSearch();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for undo and redo; buttons do the same.
    <div className={c('board')} onKeyDown={(event) => undoByKey(event, setTrail)}>
      <Views />
      <h2 className="visually-hidden">{t(`views.${view}`)}</h2>
      {view === 'try' && (
        <Asked query={first} skeleton={<SkeletonLines lines={12} label={t('common:loading')} />}>
          {(whole) => (
            <Asked query={look} skeleton={<SkeletonLines lines={12} label={t('common:loading')} />}>
              {(data) => (
                <Later skeleton={<SkeletonLines lines={12} label={t('common:loading')} />}>
                  <TryOut
                    {...{ family, open, naming, trail, setTrail, whole }}
                    look={data}
                    isAsking={look.isPlaceholderData}
                  />
                </Later>
              )}
            </Asked>
          )}
        </Asked>
      )}
      {view === 'made' &&
        (diagram === undefined ? (
          <p className={c('quiet')}>
            {t(state.figures === undefined ? 'levels.wait' : 'levels.none')}
          </p>
        ) : (
          <Levels family={family} diagram={diagram} naming={naming} />
        ))}
      {view === 'sound' && <Soundness family={family} open={open} naming={naming} />}
    </div>
  );
}

const VIEWS = ['try', 'made', 'sound'] as const;

/** What to see of the space: each has an address of its own. */
const Views = memo(function Views() {
  const { t } = useTranslation('space');
  const { view: _, ...search } = spaceRoute.useSearch();
  const { company } = spaceRoute.useParams();
  return (
    <nav className={c('views')} aria-label={t('views.label')}>
      {VIEWS.map((each) => (
        <Link
          key={each}
          to="/c/$company/space"
          params={{ company }}
          search={each === 'try' ? search : { ...search, view: each }}
          resetScroll={false}
          // The shortest address is part of the others', and is not meant by them.
          activeOptions={{ exact: true, includeSearch: true }}
          className={c('view')}
        >
          {t(`views.${each}`)}
        </Link>
      ))}
    </nav>
  );
});

function undoByKey(event: KeyboardEvent, setTrail: (next: (trail: Trail) => Trail) => void): void {
  const isTyping = event.target instanceof HTMLInputElement;
  if (isTyping || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  setTrail(event.shiftKey ? redoIn : undoIn);
}
