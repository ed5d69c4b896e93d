import type { BackTest, Portfolio } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { CalibrationPlot } from '../../ui/calibration-plot.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/page.tsx';
import { Pair } from '../../ui/pair.tsx';
import { ticksOn } from '../../ui/scale.view.ts';
import { Table } from '../../ui/table.tsx';
import styles from './portfolio.module.css';
import { topTenthVerdict, trustPoints, trustScale, trustVerdict } from './trust.view.ts';

const c = classesOf(styles);

/** The model beside what came after an earlier day: can it be trusted? */
export function TrustSection({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { backTest, currency } = portfolio;
  return (
    <Section title={t('trust.title')}>
      {backTest === null ? (
        <p className={c('quiet')}>{t('trust.none')}</p>
      ) : (
        <Tests backTest={backTest} currency={currency} />
      )}
    </Section>
  );
}

interface TestsProps {
  readonly backTest: BackTest;
  readonly currency: string;
}

function Tests({ backTest, currency }: TestsProps) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const { number } = useEstimates(currency);
  return (
    <>
      <p>
        {t('trust.text', {
          cut: calendarWords(backTest.cut, reading),
          until: calendarWords(backTest.until, reading),
          customers: number(backTest.customers),
        })}
      </p>
      <Pair>
        <Test what="purchases" backTest={backTest} currency={currency} />
        <Test what="revenue" backTest={backTest} currency={currency} />
      </Pair>
      <p className={c('quiet')}>{t('trust.legend')}</p>
      <TopTenth backTest={backTest} currency={currency} />
    </>
  );
}

const SMALL = 10;

function Test({
  what,
  backTest,
  currency,
}: TestsProps & { readonly what: 'purchases' | 'revenue' }) {
  const { t } = useTranslation(['portfolio', 'value']);
  const { estimate, number, share, small } = useEstimates(currency);
  const tested = backTest[what];
  const verdict = trustVerdict(tested);
  const points = trustPoints(tested);
  const scale = trustScale(points);
  const money = scale.to < SMALL ? small : estimate;
  const mean = what === 'revenue' ? money : (value: number) => number(value, 2);
  const total = what === 'revenue' ? estimate : (value: number) => number(Math.round(value));
  const figures = {
    predicted: total(tested.predicted),
    low: total(tested.low),
    high: total(tested.high),
    actual: total(tested.actual),
    difference: share(Math.abs(verdict.difference)),
  };
  return (
    <div className={c('stack')}>
      <h3>{t(`trust.${what}`)}</h3>
      <p>
        {t(`trust.verdict.${verdict.total}`, figures)}{' '}
        {verdict.total !== 'nothing' &&
          t('trust.groups', { within: verdict.groupsWithin, count: verdict.groups })}
      </p>
      <CalibrationPlot
        label={t(`trust.label.${what}`, { within: verdict.groupsWithin, groups: verdict.groups })}
        points={points}
        scale={scale}
        ticks={ticksOn(scale).map((at) => ({ at, label: mean(at) }))}
        xName={t('trust.predicted')}
        yName={t('trust.actual')}
      />
      <Disclosure title={t('value:asTable')}>
        <Table
          caption={t(`trust.${what}`)}
          keyOf={(point) => String(point.predicted)}
          rows={points}
          columns={[
            {
              id: 'count',
              title: t('tiers.customers'),
              isNumeric: true,
              cell: (point) => number(point.count),
            },
            {
              id: 'predicted',
              title: t('trust.predicted'),
              isNumeric: true,
              cell: (point) => mean(point.predicted),
            },
            {
              id: 'actual',
              title: t('trust.actual'),
              isNumeric: true,
              cell: (point) => mean(point.actual),
            },
            {
              id: 'range',
              title: t('trust.chance'),
              isNumeric: true,
              cell: ({ range }) =>
                range === null ? '–' : `${mean(range.low)} – ${mean(range.high)}`,
            },
          ]}
        />
      </Disclosure>
    </div>
  );
}

/** Whether the best are found better than by what they brought before: often they are not. */
function TopTenth({ backTest, currency }: TestsProps) {
  const { t } = useTranslation('portfolio');
  const { share } = useEstimates(currency);
  const { byModel, byPast } = backTest.topTenth;
  const verdict = topTenthVerdict(backTest.topTenth);
  return (
    <div className={c('stack')}>
      <h3>{t('trust.best')}</h3>
      <p>
        {verdict !== 'unknown' &&
          `${t('trust.tenths', { model: share(byModel), past: share(byPast) })} `}
        {t(`trust.tenth.${verdict}`)}
      </p>
    </div>
  );
}
