import type { CustomerValue } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { Notice } from '../../ui/notice.tsx';
import { Quote } from '../../ui/quote.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import styles from './customer-value.module.css';
import { isByHand, likelihoodsOf, surenessOf, tierState } from './customer-value.view.ts';
import { SetTierDialog } from './set-tier-dialog.tsx';

const c = classesOf(styles);

interface TierHeadProps {
  readonly company: string;
  readonly value: CustomerValue;
}

/** The tier, how sure it is, and whether it has effects; a person may set another. */
export function TierHead({ company, value }: TierHeadProps) {
  const { t } = useTranslation(['customerValue', 'value']);
  const reading = useReading();
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState('');
  const { chance } = useEstimates(value.currency);
  const isContested = value.contest !== null;
  return (
    <section className={c('stack')} aria-label={t('tier.title')}>
      <p className={c('tier')}>
        <TierName tier={value.given} />
      </p>
      <State value={value} onAnswer={() => setIsOpen(true)} />
      <Sureness value={value} />
      {value.candidate !== null && (
        <p>{t('tier.candidate', { tier: t(`value:tier.${value.candidate}`) })}</p>
      )}
      {value.answer !== null && (
        <p className={c('told')}>
          {t('tier.answered', {
            date: dayWords(value.answer.at, reading),
            because: value.answer.because,
          })}
        </p>
      )}
      <h2 className={c('small')}>{t('tier.likely')}</h2>
      <Terms isTight>
        {likelihoodsOf(value).map((one) => (
          <Term key={one.tier} term={t(`tier.likelihood.${one.tier}`)}>
            {chance(one.share)}
          </Term>
        ))}
      </Terms>
      <p className={c('hint')}>{t('tier.likelyText')}</p>
      <p className={c('good')} role="status">
        {said}
      </p>
      {!isContested && (
        <div>
          <Button onClick={() => setIsOpen(true)}>{t('tier.set')}</Button>
        </div>
      )}
      {isOpen && (
        <SetTierDialog
          company={company}
          value={value}
          onClose={() => setIsOpen(false)}
          onDone={() => {
            setIsOpen(false);
            setSaid(t('set.done'));
          }}
        />
      )}
    </section>
  );
}

/** That the tier has no effect now, and what there is to do about it. */
function State({ value, onAnswer }: Pick<TierHeadProps, 'value'> & { onAnswer: () => void }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const reading = useReading();
  const tier = t(`value:tier.${value.given}`);
  const state = tierState(value);
  if (state === 'effective') return null;
  if (state === 'old' || value.contest === null) {
    return (
      <Notice tone="warn" title={t('tier.old')}>
        {t('tier.oldText', { tier, expires: dayWords(value.expires, reading) })}
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      title={t('tier.contested', { date: dayWords(value.contest.at, reading) })}
      actions={<Button onClick={onAnswer}>{t('tier.answer')}</Button>}
    >
      <Quote>{value.contest.words}</Quote>
      <p>{t('tier.contestedText', { tier })}</p>
    </Notice>
  );
}

/** One sentence of the tier and how sure it is, and one of the reason and how long it holds. */
function Sureness({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  const reading = useReading();
  return (
    <>
      <p className={c('saying')}>
        <SureWords value={value} />
      </p>
      <p className={c('quiet')}>
        {t('tier.since', {
          since: dayWords(value.since, reading),
          expires: dayWords(value.expires, reading),
        })}
      </p>
    </>
  );
}

function SureWords({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const reading = useReading();
  const { chance } = useEstimates(value.currency);
  const tier = t(`value:tier.${value.given}`);
  if (value.answer !== null && isByHand(value)) {
    return <>{t('tier.byHand', { tier, date: dayWords(value.answer.at, reading) })}</>;
  }
  const sure = surenessOf(value);
  return (
    <>
      {sure === undefined
        ? t('tier.undecided', { tier })
        : t('tier.sure', { tier, share: chance(sure) })}{' '}
      {/* Why is told of what the last run said, which may be another tier. */}
      {value.candidate === null && t(`tier.why.${value.why}`)}
    </>
  );
}
