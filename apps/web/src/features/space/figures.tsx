import type { Family } from '@keepsake/configurator';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './space.module.css';
import { bytesWords, numberWords } from './space.view.ts';
import type { SpaceState } from './use-space.ts';

const c = classesOf(styles);

interface FiguresProps {
  readonly family: Family;
  readonly state: SpaceState;
}

/** The space in numbers: how many designs first, then what it is made of. */
export function Figures({ family, state }: FiguresProps) {
  const { t } = useTranslation('space');
  const text = useText();
  const { figures } = state;
  return (
    <section className={c('figures')} aria-label={t('figures.label', { name: text(family.name) })}>
      {figures?.designs !== undefined && <Designs count={figures.designs} />}
      {figures === undefined && <Compiling state={state} />}
      {figures?.engine === 'search' && <p className={c('lead')}>{t('figures.uncounted')}</p>}
      <Facts state={state} />
    </section>
  );
}

function Designs({ count }: { readonly count: bigint }) {
  const { t } = useTranslation('space');
  const words = numberWords(count, useLocale());
  return (
    <div className={c('designs')}>
      <p className={c('count')} translate="no">
        {breakable(words.groups)}
      </p>
      <p className={c('quiet')}>
        {t('figures.designs', { count: count === 1n ? 1 : 2 })}
        {words.about !== undefined && (
          <>
            {t('figures.about')} <About {...words.about} />
          </>
        )}
      </p>
    </div>
  );
}

/** Groups of digits, with a chance to begin a new line after each. */
function breakable(groups: readonly string[]): ReactNode {
  return groups.map((group, index) => (
    // A group has no name but its place.
    // biome-ignore lint/suspicious/noArrayIndexKey: the same digits may come twice
    <span key={index}>
      {group}
      <wbr />
    </span>
  ));
}

/** About how much: 2.4 × 10²². */
function About(props: { readonly mantissa: string; readonly exponent: number }) {
  return (
    <span translate="no">
      {props.mantissa} × 10<sup>{props.exponent}</sup>
    </span>
  );
}

function Compiling({ state }: { readonly state: SpaceState }) {
  const { t } = useTranslation('space');
  const { progress } = state;
  const isKnown = progress !== undefined && progress.ofCount > 0;
  return (
    <div className={c('compiling')} role="status">
      <p>{t('compiling.title')}</p>
      <progress
        aria-label={t('compiling.title')}
        {...(isKnown ? { value: progress.doneCount, max: progress.ofCount } : {})}
      />
      <p className={c('quiet')}>{t('compiling.text')}</p>
    </div>
  );
}

function Facts({ state }: { readonly state: SpaceState }) {
  const { t } = useTranslation('space');
  const locale = useLocale();
  const { figures, made } = state;
  if (figures === undefined) return <Skeleton height="4.5em" />;
  const number = (value: number) => numberFormat(locale).format(value);
  const seconds = numberFormat(locale, {
    style: 'unit',
    unit: 'second',
    maximumSignificantDigits: 2,
  });
  const { diagram } = figures;
  return (
    <dl className={c('facts')}>
      <Fact term={t('figures.attributes')}>{number(figures.attributes)}</Fact>
      <Fact term={t('figures.values')}>{number(figures.values)}</Fact>
      <Fact term={t('figures.rules')}>{number(figures.rules)}</Fact>
      <Fact term={t('figures.engine')}>{t(`engine.${figures.engine}`)}</Fact>
      {made !== undefined && (
        <Fact term={t(`made.${made.from}`)}>{seconds.format(made.ms / 1000)}</Fact>
      )}
      {diagram !== undefined && (
        <>
          <Fact term={t('figures.nodes')}>{number(diagram.nodes)}</Fact>
          <Fact term={t('figures.edges')}>{number(diagram.edges)}</Fact>
          <Fact term={t('figures.file')}>{bytesWords(diagram.fileBytes, locale)}</Fact>
        </>
      )}
    </dl>
  );
}

function Fact(props: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
