import type { Family } from '@keepsake/configurator';
import { useTranslation } from 'react-i18next';
import { type NameReading, valueName } from '../../platform/value-name.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { useLocale, useText } from '../../ui/locale.tsx';
import { amountOf, formatMoneyChange } from '../../ui/money.view.ts';
import { Popover } from '../../ui/popover.tsx';
import type { Way } from './design-messages.ts';
import styles from './studio.module.css';
import type { DesignActs, Wish } from './use-design.ts';

const c = classesOf(styles);

interface WhyPopoverProps {
  readonly family: Family;
  readonly acts: DesignActs;
  readonly wish: Wish;
  readonly words: NameReading;
}

/** Why a value cannot be had with the other choices, and the smallest ways to have it all the same. */
export function WhyPopover({ family, acts, wish, words }: WhyPopoverProps) {
  const { t } = useTranslation('studio');
  const text = useText();
  const { reason, ways } = wish;
  const attribute = family.attributes.find(({ id }) => id === wish.choice.attribute);
  if (attribute === undefined) return null;
  const value = valueName(attribute, wish.choice.value, words);
  // “Carbon” speaks for itself; “Yes” and “36” do not.
  const name = attribute.type === 'choice' ? value : `${text(attribute.name)}: ${value}`;
  return (
    <Popover
      title={t('why.title', { name })}
      anchor={wish.anchor}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) acts.dismissWish();
      }}
    >
      {reason.kind === 'impossible' ? (
        <ul className={c('why')}>
          {reason.because.rules.map((rule) => (
            <li key={`${rule.kind}:${rule.id}`}>{text(rule.text)}</li>
          ))}
        </ul>
      ) : (
        <p>{t('why.unknown')}</p>
      )}
      {ways.length > 0 && <p className={c('quiet')}>{t('why.ways')}</p>}
      {reason.kind === 'impossible' && ways.length === 0 && (
        <p className={c('quiet')}>{t('why.none')}</p>
      )}
      <div className={c('ways')}>
        {ways.map((way) => (
          <RepairButton
            key={way.repair.changes.map((change) => `${change.attribute}=${change.to}`).join()}
            {...{ family, way, words }}
            onTake={() => acts.repair(wish, way.repair)}
          />
        ))}
      </div>
    </Popover>
  );
}

interface RepairButtonProps {
  readonly family: Family;
  readonly way: Way;
  readonly words: NameReading;
  readonly onTake: () => void;
}

function RepairButton({ family, way, words, onTake }: RepairButtonProps) {
  const { t } = useTranslation('studio');
  const text = useText();
  const locale = useLocale();
  const parts = way.repair.changes.flatMap(({ attribute: id, to }) => {
    const attribute = family.attributes.find((each) => each.id === id);
    if (attribute === undefined) return [];
    const name = text(attribute.name);
    if (to === null) return [t('why.leave', { name })];
    return [t('why.change', { name, value: valueName(attribute, to, words) })];
  });
  const price = formatMoneyChange(amountOf(family.currency, way.changeMinor ?? 0), locale);
  return (
    <button type="button" className={c('way')} onClick={onTake}>
      <span>{parts.join('; ')}</span>
      <strong translate="no">{price}</strong>
    </button>
  );
}
