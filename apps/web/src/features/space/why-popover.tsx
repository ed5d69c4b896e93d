import type { Change, Choice, Family, Repair } from '@keepsake/configurator';
import type { SpaceWhy } from '@keepsake/configurator/worker';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { valueName } from '../../platform/value-name.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { useText } from '../../ui/locale.tsx';
import { amountOf, formatMoneyChange } from '../../ui/money.view.ts';
import { Popover } from '../../ui/popover.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Asked } from './asked.tsx';
import { RuleLinks } from './rules.tsx';
import styles from './space.module.css';
import { type OpenSpace, whyQuery } from './space.queries.ts';
import { choiceName, type Naming } from './space.view.ts';

const c = classesOf(styles);

interface WhyPopoverProps {
  readonly family: Family;
  readonly open: OpenSpace;
  readonly naming: Naming;
  readonly choices: readonly Choice[];
  readonly wish: Choice;
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly onRepair: (changes: readonly Change[]) => void;
}

/** Why a value cannot be had: rules and own choices; and the repairs, each one click away. */
export function WhyPopover(props: WhyPopoverProps) {
  const { family, open, naming, choices, wish, anchor, onClose, onRepair } = props;
  const { t } = useTranslation(['space', 'common']);
  const query = useQuery(whyQuery(open, choices, wish));
  return (
    <Popover
      title={t('why.title', { name: choiceName(family, wish, naming) })}
      anchor={anchor}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Asked query={query} skeleton={<SkeletonLines lines={3} label={t('why.asking')} />}>
        {(why) => <Answer {...{ family, naming, why, onRepair }} />}
      </Asked>
    </Popover>
  );
}

interface AnswerProps {
  readonly family: Family;
  readonly naming: Naming;
  readonly why: SpaceWhy;
  readonly onRepair: (changes: readonly Change[]) => void;
}

function Answer({ family, naming, why, onRepair }: AnswerProps) {
  const { t } = useTranslation('space');
  const { because, repairs } = why;
  if (because === undefined) {
    return <p>{t(why.kind === 'possible' ? 'why.possible' : 'why.unknown')}</p>;
  }
  return (
    <div className={c('why')}>
      <ul className={c('list')}>
        <RuleLinks rules={because.rules} />
      </ul>
      {because.choices.length > 0 && (
        <>
          <p className={c('quiet')}>{t('why.choices')}</p>
          <ul className={c('list')}>
            {because.choices.map((choice) => (
              <li key={choice.attribute}>{choiceName(family, choice, naming)}</li>
            ))}
          </ul>
        </>
      )}
      <p className={c('quiet')}>{t(repairs.length > 0 ? 'why.ways' : 'why.none')}</p>
      {repairs.map((repair) => (
        <Way
          key={JSON.stringify(repair.changes)}
          {...{ family, naming, repair }}
          onTake={() => onRepair(repair.changes)}
        />
      ))}
    </div>
  );
}

interface WayProps {
  readonly family: Family;
  readonly naming: Naming;
  readonly repair: Repair;
  readonly onTake: () => void;
}

function Way({ family, naming, repair, onTake }: WayProps) {
  const { t } = useTranslation('space');
  const text = useText();
  const parts = repair.changes.flatMap(({ attribute: id, to }) => {
    const attribute = family.attributes.find((each) => each.id === id);
    if (attribute === undefined) return [];
    const name = text(attribute.name);
    if (to === null) return [t('why.leave', { name })];
    return [t('why.change', { name, value: valueName(attribute, to, naming) })];
  });
  const price = formatMoneyChange(amountOf(family.currency, repair.minChangeMinor), naming.locale);
  return (
    <button type="button" className={c('way')} onClick={onTake}>
      <span>{parts.join('; ')}</span>
      <strong translate="no">{price}</strong>
    </button>
  );
}
