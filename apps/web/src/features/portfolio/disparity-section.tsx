import { type Disparity, DisparityBy, type TreatmentReport } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { shareText, TIERS } from '../../platform/value-words.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { Select } from '../../ui/field.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Section } from '../../ui/page.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './treatments.module.css';
import { type Compared, disparityQuery } from './treatments.queries.ts';
import { fourFifthsRate, groupName, rateScale } from './treatments.view.ts';

const c = classesOf(styles);

const BY = DisparityBy.options;

interface DisparitySectionProps {
  readonly company: string;
  readonly treatments: readonly TreatmentReport[];
}

/** Whether groups of customers fare alike: share of each with a tier, or with a treatment. */
export function DisparitySection({ company, treatments }: DisparitySectionProps) {
  const { t } = useTranslation(['treatments', 'value', 'common']);
  const text = useText();
  const [by, setBy] = useState<DisparityBy>('joined');
  const [of, setOf] = useState<Compared>({ kind: 'tier', tier: 'keep' });
  const query = useQuery(disparityQuery(company, by, of));
  const choose = (value: string) => {
    const tier = TIERS.find((one) => `tier ${one}` === value);
    const treatment = treatments.find((one) => `treatment ${one.treatment}` === value)?.treatment;
    if (tier !== undefined) setOf({ kind: 'tier', tier });
    else if (treatment !== undefined) setOf({ kind: 'treatment', treatment });
  };
  return (
    <Section title={t('disparity.title')}>
      <p>{t('disparity.text')}</p>
      <div className={c('pickers')}>
        <Select
          label={t('disparity.by')}
          value={by}
          onChange={({ target }) => setBy(BY.find((one) => one === target.value) ?? 'joined')}
        >
          {BY.map((one) => (
            <option key={one} value={one}>
              {t(`disparity.group.${one}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t('disparity.of')}
          value={of.kind === 'tier' ? `tier ${of.tier}` : `treatment ${of.treatment}`}
          onChange={({ target }) => choose(target.value)}
        >
          <optgroup label={t('disparity.tiers')}>
            {TIERS.map((tier) => (
              <option key={tier} value={`tier ${tier}`}>
                {t(`value:tier.${tier}`)}
              </option>
            ))}
          </optgroup>
          {treatments.length > 0 && (
            <optgroup label={t('disparity.treatments')}>
              {treatments.map((one) => (
                <option key={one.treatment} value={`treatment ${one.treatment}`}>
                  {text(one.words)}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      </div>
      <Loaded query={query} skeleton={<SkeletonLines lines={5} label={t('common:loading')} />}>
        {(report) => <Groups report={report} by={by} />}
      </Loaded>
    </Section>
  );
}

function Groups({ report, by }: { readonly report: Disparity; readonly by: DisparityBy }) {
  const { t } = useTranslation('treatments');
  const locale = useLocale();
  const number = numberFormat(locale);
  const share = (of: number) => shareText(of, locale);
  const line = fourFifthsRate(report);
  if (report.groups.length === 0) return <p className={c('quiet')}>{t('disparity.none')}</p>;
  return (
    <>
      <Table
        caption={t('disparity.title')}
        keyOf={({ group }) => (group === null ? 'small' : `named ${group}`)}
        rows={report.groups}
        columns={[
          {
            id: 'group',
            title: t(`disparity.group.${by}`),
            cell: ({ group }) =>
              group === null
                ? t('disparity.small')
                : groupName(by, group, locale) || t('disparity.unknown'),
          },
          {
            id: 'rate',
            title: t('disparity.rate'),
            isNumeric: true,
            cell: ({ rate }) => share(rate),
          },
          {
            id: 'interval',
            title: t('disparity.interval'),
            cell: ({ rate, low, high }) => (
              <RangeBar
                label={t('disparity.range', { low: share(low), high: share(high) })}
                value={rate}
                low={low}
                high={Math.min(1, high)}
                scale={rateScale(report)}
                marks={line === undefined ? [] : [{ at: line, isStrong: true }]}
              />
            ),
          },
          {
            id: 'count',
            title: t('disparity.count'),
            isNumeric: true,
            cell: ({ count }) => number.format(count),
          },
          {
            id: 'verdict',
            title: t('disparity.verdict'),
            cell: ({ group, fourFifths }) =>
              group !== null && group === report.reference
                ? t('disparity.reference')
                : t(`disparity.fourFifths.${fourFifths}`),
          },
        ]}
      />
      <p className={c('quiet')}>
        {line !== undefined && `${t('disparity.line', { share: share(line) })} `}
        {report.smallGroups > 0 && t('disparity.smallText', { count: report.smallGroups })}
      </p>
      <p className={c('quiet')}>{t('disparity.limits')}</p>
    </>
  );
}
