import type { Family } from '@keepsake/configurator';
import type { DiagramFigures, LevelFigures } from '@keepsake/configurator/worker';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChart } from '../../ui/bar-chart.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { RuleLinks } from './rules.tsx';
import styles from './space.module.css';
import { levelName, type Naming } from './space.view.ts';

const c = classesOf(styles);

interface LevelsProps {
  readonly family: Family;
  readonly diagram: DiagramFigures;
  readonly naming: Naming;
}

/** How wide the diagram is at each attribute, in the order in which it decides them. */
export function Levels({ family, diagram, naming }: LevelsProps) {
  const { t } = useTranslation('space');
  const { levels } = diagram;
  const widest = useMemo(
    () =>
      levels.reduce((best, level, i) => (level.nodes > (levels[best]?.nodes ?? 0) ? i : best), 0),
    [levels],
  );
  const most = levels[widest]?.nodes ?? 1;
  const bars = levels.map((level, i) => ({
    key: level.id,
    label: t('levels.bar', {
      name: levelName(family, level, naming),
      count: level.nodes,
    }),
    height: level.nodes / most,
    isApart: level.component !== levels[i - 1]?.component,
  }));
  const story = (index: number) => {
    const level = levels[index];
    return (
      level && <LevelStory {...{ family, level, naming }} share={level.nodes / diagram.nodes} />
    );
  };
  return (
    <>
      <p className={c('quiet')}>{t('levels.lead')}</p>
      <BarChart
        title={t('levels.title')}
        bars={bars}
        tell={story}
        rest={
          <>
            <p className={c('quiet')}>{t('levels.widest')}</p>
            {story(widest)}
          </>
        }
        from={t('levels.from')}
        to={t('levels.to')}
      />
    </>
  );
}

/** Rules that are named below a level at most. */
const ACROSS_MAX = 4;

interface LevelStoryProps {
  readonly family: Family;
  readonly level: LevelFigures;
  readonly naming: Naming;
  readonly share: number;
}

function LevelStory({ family, level, naming, share }: LevelStoryProps) {
  const { t } = useTranslation('space');
  const locale = useLocale();
  const number = (value: number) => numberFormat(locale).format(value);
  const percent = numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const more = level.across.length - ACROSS_MAX;
  return (
    <>
      <p>
        <strong>{levelName(family, level, naming)}</strong>{' '}
        {t('levels.size', {
          nodes: number(level.nodes),
          edges: number(level.edges),
          share: percent.format(share),
        })}
      </p>
      {level.across.length > 0 && (
        <>
          <p className={c('quiet')}>{t('levels.across')}</p>
          <ul className={c('list')}>
            <RuleLinks rules={level.across.slice(0, ACROSS_MAX)} />
            {more > 0 && <li className={c('quiet')}>{t('levels.more', { count: more })}</li>}
          </ul>
        </>
      )}
    </>
  );
}
