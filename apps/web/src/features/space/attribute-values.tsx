import type { Attribute, Choice, Value } from '@keepsake/configurator';
import type { AttributeLook, ValueLook } from '@keepsake/configurator/worker';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChart } from '../../ui/bar-chart.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { amountOf, formatMoneyRange } from '../../ui/money.view.ts';
import { shortNumber } from '../../ui/number-format.view.ts';
import styles from './space.module.css';
import { lookName, type Naming } from './space.view.ts';

const c = classesOf(styles);

interface AttributeValuesProps {
  readonly attribute: Attribute;
  readonly look: AttributeLook;
  /** What is chosen now; the look may still be of a moment ago. */
  readonly chosen: Value | undefined;
  readonly currency: string;
  readonly naming: Naming;
  /** Whether it is the attribute that decides most now. */
  readonly isNext: boolean;
  readonly choose: (choice: Choice, anchor: Element, isPossible: boolean) => void;
  readonly retract: (attribute: string) => void;
}

/** The id of an attribute on the page. */
export function attributeAnchor(id: string): string {
  return `attribute-${id}`;
}

/** An attribute with all its values: what each leaves, at which price, and which is chosen. */
export const AttributeValues = memo(function AttributeValues(props: AttributeValuesProps) {
  const { attribute, look, chosen, isNext, choose, retract, ...reading } = props;
  const { t } = useTranslation('space');
  const text = useText();
  const name = text(attribute.name);
  const [isWhole, setWhole] = useState(false);
  const isLong = look.values.length > VALUES_MAX && !isWhole;
  const most = look.values.reduce((max, { designs = 0 }) => Math.max(max, designs), 0);
  const isNumber = attribute.type === 'integer' || attribute.type === 'decimal';
  const isDrawn = isLong && isNumber && most > 0;
  const shown = isLong ? firstOf(look, chosen, isDrawn ? 0 : FIRST_COUNT) : look.values;
  const take = (value: ValueLook, anchor: Element) =>
    choose({ attribute: attribute.id, value: value.value }, anchor, value.validity !== 'invalid');
  const row = (value: ValueLook) => (
    <ValueRow
      key={String(value.value)}
      {...{ attribute, most, ...reading }}
      value={value}
      state={stateOf(look, value, chosen)}
      onChoose={(anchor) => take(value, anchor)}
    />
  );
  return (
    <section
      id={attributeAnchor(attribute.id)}
      className={c('attribute', isNext && 'next')}
      aria-label={name}
      tabIndex={-1}
    >
      <div className={c('caption')}>
        <h4>{name}</h4>
        {look.standing === 'forced' && <span className={c('mark')}>{t('try.forced')}</span>}
        {isNext && <span className={c('mark', 'accent')}>{t('try.next')}</span>}
        {chosen !== undefined && (
          <Button kind="quiet" onClick={() => retract(attribute.id)}>
            <CloseIcon /> {t('try.retract')}
            <span className="visually-hidden">: {name}</span>
          </Button>
        )}
      </div>
      {isDrawn && (
        <Numbers
          {...{ attribute, look, chosen, most, name }}
          naming={reading.naming}
          currency={reading.currency}
          onChoose={take}
        />
      )}
      <div className={c('values')}>{shown.map(row)}</div>
      {shown.length < look.values.length && (
        <p className={c('more')}>
          <Button kind="quiet" onClick={() => setWhole(true)}>
            {t('try.all', { count: look.values.length })}
          </Button>
        </p>
      )}
    </section>
  );
});

/** Values up to which all are shown at once, and how many are shown of more. */
const VALUES_MAX = 15;
const FIRST_COUNT = 9;

/** The first values of a long list, and the one that stands wherever it is. */
function firstOf(
  look: AttributeLook,
  chosen: Value | undefined,
  count: number,
): readonly ValueLook[] {
  const own = chosen ?? look.value;
  return look.values.filter(({ value }, index) => index < count || value === own);
}

type State = 'chosen' | 'forced' | 'possible' | 'impossible' | 'unknown';

function stateOf(look: AttributeLook, value: ValueLook, chosen: Value | undefined): State {
  if (value.value === chosen) return 'chosen';
  if (value.validity === 'invalid') return 'impossible';
  if (look.standing === 'forced' && look.value === value.value) return 'forced';
  return value.validity === 'unknown' ? 'unknown' : 'possible';
}

interface NumbersProps {
  readonly attribute: Attribute;
  readonly look: AttributeLook;
  readonly chosen: Value | undefined;
  readonly most: number;
  readonly name: string;
  readonly currency: string;
  readonly naming: Naming;
  readonly onChoose: (value: ValueLook, anchor: Element) => void;
}

/** A long grid of numbers as bars: how many designs are left with each. */
function Numbers(props: NumbersProps) {
  const { attribute, look, chosen, most, name, currency, naming, onChoose } = props;
  const { t } = useTranslation('space');
  const { values } = look;
  const nameAt = (value: ValueLook | undefined) =>
    value === undefined ? '' : lookName(attribute, value, naming);
  const bars = values.map((value) => ({
    key: String(value.value),
    label: `${nameAt(value)}: ${
      value.validity === 'invalid'
        ? t('try.impossible')
        : `${shortNumber(value.designs ?? 0, naming.locale)} ${t('try.left', { count: 2 })}`
    }`,
    height: (value.designs ?? 0) / most,
    isChosen: value.value === chosen,
    isApart: value.value === null,
  }));
  const storyOf = (value: ValueLook | undefined) => {
    const price = value?.price;
    const at = bars.find(({ key }) => key === String(value?.value))?.label ?? '';
    if (price === undefined) return at;
    const [min, max] = [price.minMinor, price.maxMinor];
    return `${at}, ${formatMoneyRange(amountOf(currency, min), amountOf(currency, max), naming.locale)}`;
  };
  const last = values.findLast(({ value }) => value !== null);
  return (
    <div className={c('numbers')}>
      <BarChart
        title={name}
        bars={bars}
        tell={(index) => <p translate="no">{storyOf(values[index])}</p>}
        rest={<p className={c('quiet')}>{t('try.numbers')}</p>}
        from={nameAt(values[0])}
        to={nameAt(last)}
        onChoose={(index, anchor) => {
          const value = values[index];
          if (value !== undefined) onChoose(value, anchor);
        }}
      />
    </div>
  );
}

interface ValueRowProps {
  readonly attribute: Attribute;
  readonly value: ValueLook;
  readonly state: State;
  /** The most designs that any value of the attribute leaves. */
  readonly most: number;
  readonly currency: string;
  readonly naming: Naming;
  readonly onChoose: (anchor: Element) => void;
}

function ValueRow({ attribute, value, state, most, currency, naming, onChoose }: ValueRowProps) {
  const { t } = useTranslation('space');
  const { locale } = naming;
  const { designs, price } = value;
  const share = designs === undefined || most === 0 ? 0 : designs / most;
  return (
    <button
      type="button"
      className={c('value', state)}
      aria-pressed={state === 'chosen'}
      onClick={(event) => onChoose(event.currentTarget)}
    >
      <span className={c('valueName')}>{lookName(attribute, value, naming)}</span>
      {state === 'impossible' ? (
        <span className={c('left')}>{t('try.impossible')}</span>
      ) : (
        <>
          {designs !== undefined && (
            <span className={c('left')}>
              <span translate="no">{shortNumber(designs, locale)}</span>
              <span className="visually-hidden"> {t('try.left', { count: 2 })}</span>
            </span>
          )}
          {price !== undefined && (
            <span className={c('price')} translate="no">
              {formatMoneyRange(
                amountOf(currency, price.minMinor),
                amountOf(currency, price.maxMinor),
                locale,
              )}
            </span>
          )}
        </>
      )}
      <span className={c('share')} style={{ scale: `${share} 1` }} />
    </button>
  );
}
