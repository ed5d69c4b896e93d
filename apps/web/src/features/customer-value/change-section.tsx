import type { Counterfactual, CustomerValue } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChannelName } from '../../platform/channel-name.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './customer-value.module.css';
import { counterfactualsQuery } from './customer-value.queries.ts';
import { changeWords } from './customer-value.view.ts';

const c = classesOf(styles);

interface ChangeSectionProps {
  readonly company: string;
  readonly value: CustomerValue;
}

/** What would lead to another tier; asked for after the page, because it is reckoned on the spot. */
export function ChangeSection({ company, value }: ChangeSectionProps) {
  const { t } = useTranslation(['customerValue', 'common']);
  const query = useQuery(counterfactualsQuery({ company, guest: value.guest }));
  return (
    <Section title={t('changes.title')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} label={t('common:loading')} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t(value.given === 'keep' ? 'changes.best' : 'changes.none')}</p>
          ) : (
            <>
              <p className={c('quiet')}>{t('changes.lead')}</p>
              <ul className={c('changes')}>
                {items.map((item) => (
                  <ChangeRow
                    key={`${item.of} ${item.channel} ${item.into}`}
                    item={item}
                    value={value}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface ChangeRowProps {
  readonly item: Counterfactual;
  readonly value: CustomerValue;
}

function ChangeRow({ item, value }: ChangeRowProps) {
  const { t } = useTranslation('customerValue');
  const { estimate, number, ranged } = useEstimates(value.currency);
  const channelName = useChannelName();
  const { kind, count, from, to } = changeWords(item);
  const figure = kind === 'spend' ? estimate : number;
  const words = {
    ...{ count, from: figure(from), to: figure(to) },
    ...{ channel: channelName(item.channel ?? ''), into: channelName(item.into ?? '') },
  };
  // Told in the steps of the value it is compared with.
  const width = value.high - value.low;
  const then = ranged({ value: item.value, low: item.value, high: item.value + width }).value;
  return (
    <li className={c('change')}>
      <span>{kind === 'spend' ? t('changes.spend', words) : t(`changes.${kind}`, words)}</span>
      <span className={c('then')}>
        <TierName tier={item.tier} /> <span>{t('changes.worth', { value: then })}</span>
      </span>
    </li>
  );
}
