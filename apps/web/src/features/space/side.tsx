import type { Choice, Family } from '@keepsake/configurator';
import type { SpaceLook } from '@keepsake/configurator/worker';
import { useQuery } from '@tanstack/react-query';
import { memo, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { RedoIcon, UndoIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { amountOf, formatMoneyRange } from '../../ui/money.view.ts';
import { numberFormat, shortNumber } from '../../ui/number-format.view.ts';
import { attributeAnchor } from './attribute-values.tsx';
import { clearIn, EMPTY_TRAIL, redoIn, retractIn, type Trail, undoIn } from './choices.view.ts';
import { Prices } from './prices.tsx';
import styles from './space.module.css';
import { type OpenSpace, pricesQuery } from './space.queries.ts';
import {
  choiceName,
  type Effects,
  type Naming,
  type NextQuestion,
  shareWords,
} from './space.view.ts';

const c = classesOf(styles);

interface SideProps {
  readonly family: Family;
  readonly open: OpenSpace;
  readonly naming: Naming;
  readonly trail: Trail;
  readonly setTrail: (next: (trail: Trail) => Trail) => void;
  readonly look: SpaceLook;
  readonly whole: SpaceLook;
  readonly effects: Effects | undefined;
  readonly next: NextQuestion | undefined;
  readonly isAsking: boolean;
  /** Whether all values show the look; the chart waits for them. */
  readonly isWhole: boolean;
}

/** What is left after the choices: designs, prices, what the last choice did, what to ask next. */
export const Side = memo(function Side(props: SideProps) {
  const { family, open, naming, trail, setTrail, look, whole, effects, next } = props;
  const { t } = useTranslation('space');
  const bins = useOnce(props.isWhole, useQuery(pricesQuery(open, trail.choices)).data);
  const wholeBins = useOnce(props.isWhole, useQuery(pricesQuery(open, EMPTY_TRAIL.choices)).data);
  return (
    <aside className={c('side')} aria-label={t('side.label')}>
      <div className={c('tools')}>
        <Button
          kind="quiet"
          aria-disabled={trail.past.length === 0}
          onClick={() => setTrail(undoIn)}
        >
          <UndoIcon /> {t('side.undo')}
        </Button>
        <Button
          kind="quiet"
          aria-disabled={trail.future.length === 0}
          onClick={() => setTrail(redoIn)}
        >
          <RedoIcon /> {t('side.redo')}
        </Button>
        {trail.choices.length > 0 && (
          <Button kind="quiet" onClick={() => setTrail(clearIn)}>
            {t('side.clear')}
          </Button>
        )}
      </div>
      <Left {...{ family, naming, look, whole }} isAsking={props.isAsking} />
      {bins != null && wholeBins != null && (
        <Prices currency={family.currency} bins={bins} whole={wholeBins} locale={naming.locale} />
      )}
      {next !== undefined && <Next {...{ family, next, naming }} />}
      {effects !== undefined && <EffectLines {...{ family, effects, naming }} />}
      <Choices {...{ family, naming, trail, setTrail }} />
    </aside>
  );
});

/** What it was when it was last due; drawn between other things. */
function useOnce<T>(isDue: boolean, value: T): T | undefined {
  const [kept, setKept] = useState<T | undefined>();
  if (isDue && kept !== value) setKept(value);
  return useDeferredValue(kept);
}

type LeftProps = Pick<SideProps, 'family' | 'naming' | 'look' | 'whole' | 'isAsking'>;

function Left({ family, naming, look, whole, isAsking }: LeftProps) {
  const { t } = useTranslation('space');
  const { price, designs } = look;
  const amount = (minor: number) => amountOf(family.currency, minor);
  const range =
    price.kind === 'exact'
      ? formatMoneyRange(amount(price.minMinor), amount(price.maxMinor), naming.locale)
      : formatMoneyRange(amount(price.atLeastMinor), amount(price.atMostMinor), naming.locale);
  return (
    <div className={c('leftNow')} aria-live="polite" aria-busy={isAsking}>
      {designs !== undefined && (
        <p>
          <strong className={c('leftCount')} translate="no">
            {shortNumber(designs, naming.locale)}
          </strong>{' '}
          {t('side.left', { count: designs === 1n ? 1 : 2 })}
          {whole.designs !== undefined && whole.designs !== designs && (
            <span className={c('quiet')}>
              {t('side.share', { share: shareWords(designs, whole.designs, naming.locale) })}
            </span>
          )}
        </p>
      )}
      <p>
        <span translate="no">{range}</span>
        {price.kind === 'bounds' && <span className={c('quiet')}> {t('side.bounds')}</span>}
      </p>
    </div>
  );
}

function Next(props: {
  readonly family: Family;
  readonly next: NextQuestion;
  readonly naming: Naming;
}) {
  const { family, next, naming } = props;
  const { t } = useTranslation('space');
  const text = useText();
  const attribute = family.attributes.find(({ id }) => id === next.attribute);
  if (attribute === undefined) return null;
  const percent = numberFormat(naming.locale, {
    style: 'percent',
    maximumSignificantDigits: 2,
  });
  return (
    <div>
      <h3>{t('side.next')}</h3>
      <p>
        <a href={`#${attributeAnchor(attribute.id)}`}>{text(attribute.name)}</a>{' '}
        <span className={c('quiet')}>
          {t('side.nextShare', { share: percent.format(next.shareLeft) })}
        </span>
      </p>
    </div>
  );
}

/** Values that are named at most before the rest is folded away. */
const NAMED_MAX = 3;

function EffectLines(props: {
  readonly family: Family;
  readonly effects: Effects;
  readonly naming: Naming;
}) {
  const { family, effects, naming } = props;
  const { t } = useTranslation('space');
  const { forced, impossible, openedCount } = effects;
  const isQuiet = forced.length + impossible.length + openedCount === 0;
  return (
    <div aria-live="polite">
      <h3>{t('side.effects')}</h3>
      {isQuiet && <p className={c('quiet')}>{t('side.nothing')}</p>}
      <Named
        title={t('side.forced', { count: forced.length })}
        list={forced}
        {...{ family, naming }}
      />
      <Named
        title={t('side.impossible', { count: impossible.length })}
        list={impossible}
        {...{ family, naming }}
      />
      {openedCount > 0 && <p>{t('side.opened', { count: openedCount })}</p>}
    </div>
  );
}

interface NamedProps {
  readonly title: string;
  readonly list: readonly Choice[];
  readonly family: Family;
  readonly naming: Naming;
}

function Named({ title, list, family, naming }: NamedProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  if (list.length === 0) return null;
  const lines = () => (
    <ul className={c('list')}>
      {list.map((choice) => (
        <li key={JSON.stringify(choice)}>{choiceName(family, choice, naming)}</li>
      ))}
    </ul>
  );
  return list.length <= NAMED_MAX ? (
    <>
      <p>{title}</p>
      {lines()}
    </>
  ) : (
    <details onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isUnfolded && lines()}
    </details>
  );
}

type ChoicesProps = Pick<SideProps, 'family' | 'naming' | 'trail' | 'setTrail'>;

function Choices({ family, naming, trail, setTrail }: ChoicesProps) {
  const { t } = useTranslation('space');
  if (trail.choices.length === 0) return <p className={c('quiet')}>{t('side.begin')}</p>;
  return (
    <div>
      <h3>{t('side.choices')}</h3>
      <ul className={c('chosenList')}>
        {trail.choices.map((choice) => {
          const name = choiceName(family, choice, naming);
          return (
            <li key={choice.attribute}>
              <button
                type="button"
                className={c('chosenChip')}
                onClick={() => setTrail((now) => retractIn(now, choice.attribute))}
              >
                {name} <span aria-hidden="true">×</span>
                <span className="visually-hidden">, {t('try.retract')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
