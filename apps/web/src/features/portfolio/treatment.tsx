import type { TreatmentReport } from '@keepsake/contract';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { TIERS } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { RangeBar } from '../../ui/range-bar.tsx';
import { placeOn, type Scale } from '../../ui/scale.view.ts';
import styles from './treatments.module.css';
import { waitingFor } from './treatments.view.ts';

const c = classesOf(styles);

interface TreatmentProps {
  readonly report: TreatmentReport;
  readonly currency: string;
  /** That of all treatments, so that they can be compared. */
  readonly scale: Scale;
}

/** One treatment: for whom, how long, and what it did against those who went without. */
export function Treatment({ report, currency, scale }: TreatmentProps) {
  const { t } = useTranslation(['treatments', 'value']);
  const text = useText();
  const reading = useReading();
  const [from, until] = [dayWords(report.from, reading), dayWords(report.until, reading)];
  return (
    <article className={c('treatment')}>
      <div className={c('about')}>
        <h2>{text(report.words)}</h2>
        <p className={c('quiet')}>
          {t(`value:kind.${report.kind}`)}. {t('span', { from, until })}{' '}
          {!report.isRunning && t('ended')}
        </p>
        <Act act={report.act} />
        <p className={c('tiers')}>
          {report.tiers.length === TIERS.length
            ? t('everybody')
            : report.tiers.map((tier) => <TierName key={tier} tier={tier} />)}
        </p>
      </div>
      <div className={c('effect')}>
        <p className={c('verdict')}>{t(`verdict.${report.verdict}`)}</p>
        <Effect report={report} currency={currency} scale={scale} />
        <Waits report={report} />
        <Arms report={report} currency={currency} />
        {report.inBothArms > 0 && (
          <p className={c('quiet')}>{t('inBothArms', { count: report.inBothArms })}</p>
        )}
        {report.awaitingReview > 0 && (
          <p className={c('quiet')}>{t('awaiting', { count: report.awaitingReview })}</p>
        )}
        {report.overBudget > 0 && (
          <p className={c('quiet')}>{t('overBudget', { count: report.overBudget })}</p>
        )}
      </div>
    </article>
  );
}

/** What happens by itself, or that people do it. */
function Act({ act }: Pick<TreatmentReport, 'act'>) {
  const { t } = useTranslation('treatments');
  const locale = useLocale();
  if (act === null) return <p>{t('act.words')}</p>;
  if (act.kind === 'start') {
    const choices = Object.entries(act.choices).map(([id, value]) => `${id} = ${value}`);
    return <p>{t('act.start', { family: act.family, choices: choices.join(', ') })}</p>;
  }
  const share = numberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const of = act.families.length === 0 ? t('act.all') : act.families.join(', ');
  const how = act.uses === null ? t('act.always') : t('act.uses', { count: act.uses });
  return <p>{t('act.discount', { share: share.format(act.basisPoints / 10_000), of, how })}</p>;
}

/** The effect on a line, with zero and what is worth having marked on it. */
function Effect({ report, currency, scale }: TreatmentProps) {
  const { t } = useTranslation('treatments');
  const { ranged, estimate } = useEstimates(currency);
  const { effect, worth } = report;
  if (effect === null) return null;
  const texts = ranged({ value: effect.difference, low: effect.low, high: effect.high });
  const of = (value: number) => ranged({ value, low: effect.low, high: effect.high }).value;
  const size = of(Math.abs(effect.difference));
  const kind = effectWay(effect.difference, size === of(0));
  return (
    <>
      <p>{t(kind, { size, low: texts.low, high: texts.high })}</p>
      <div className={c('line')} aria-hidden="true">
        <span className={c('label')} style={at(scale, worth)}>
          {t('worth', { amount: estimate(worth) })}
        </span>
        <RangeBar
          label={t(kind, { size, low: texts.low, high: texts.high })}
          value={effect.difference}
          low={effect.low}
          high={effect.high}
          scale={scale}
          marks={[{ at: 0, isStrong: true }, { at: worth }]}
        />
        <span className={c('label')} style={at(scale, 0)}>
          {t('zero')}
        </span>
      </div>
    </>
  );
}

/** Which sentence tells an effect: one that is told as nothing is no difference. */
function effectWay(
  difference: number,
  isNone: boolean,
): 'effectMore' | 'effectLess' | 'effectNone' {
  if (isNone) return 'effectNone';
  return difference > 0 ? 'effectMore' : 'effectLess';
}

/** Where on the line a name stands; the sheet keeps it inside. */
function at(scale: Scale, value: number): CSSProperties {
  return { '--at': `${100 * placeOn(scale, value)}%` } as CSSProperties;
}

function Waits({ report }: Pick<TreatmentProps, 'report'>) {
  const { t } = useTranslation('treatments');
  const waiting = waitingFor(report);
  switch (waiting.kind) {
    case 'answered':
      return null;
    case 'nobody':
      return <p className={c('quiet')}>{t('waiting.nobody')}</p>;
    case 'unknown':
      return <p className={c('quiet')}>{t('waiting.unknown', { count: waiting.counted })}</p>;
    case 'counting':
      return (
        <div className={c('waiting')}>
          <progress
            aria-label={t('waiting.label')}
            value={waiting.counted}
            max={Math.max(1, waiting.needed)}
          />
          <p className={c('quiet')}>
            {t('waiting.counting', { count: waiting.counted, needed: waiting.needed })}
          </p>
        </div>
      );
  }
}

function Arms({ report, currency }: Pick<TreatmentProps, 'report' | 'currency'>) {
  const { t } = useTranslation('treatments');
  const { estimate, number, share } = useEstimates(currency);
  const arms = [
    { id: 'treated', arm: report.treated },
    { id: 'control', arm: report.control },
  ] as const;
  return (
    <dl className={c('arms')}>
      {arms.map(({ id, arm }) => (
        <div key={id}>
          <dt>{t(`arm.${id}`, { share: share(report.controlShare) })}</dt>
          <dd>
            {t('arm.size', { count: arm.assigned, assigned: number(arm.assigned) })}
            {arm.mean !== null && (
              <>, {t('arm.mean', { count: arm.counted, mean: estimate(arm.mean) })}</>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
