import type { Family } from '@keepsake/configurator';
import { useTranslation } from 'react-i18next';
import { type NameReading, valueName } from '../../platform/value-name.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { Switch } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './studio.module.css';
import type { StudioStart } from './studio.queries.ts';

const c = classesOf(styles);

interface RememberedProps {
  readonly family: Family;
  readonly needs: NonNullable<StudioStart['needs']>;
  readonly begun: StudioStart['begun'];
  readonly words: NameReading;
  readonly isGift: boolean;
  readonly onGift: (isGift: boolean) => void;
}

/** More answers than this are folded away. */
const SHORT_MAX = 6;

function LongList({ known }: { readonly known: readonly string[] }) {
  const { t } = useTranslation('studio');
  return (
    <details>
      <summary>{t('memory.all')}</summary>
      <ul>
        {known.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function namesOf(
  family: Family,
  attributes: readonly string[],
  text: (words: Family['name']) => string,
): readonly string[] {
  return attributes.flatMap((id) => {
    const found = family.attributes.find((each) => each.id === id);
    return found === undefined ? [] : [text(found.name)];
  });
}

/** What memory has answered already, and whether this one is for somebody else. */
export function Remembered({ family, needs, begun, words, isGift, onGift }: RememberedProps) {
  const { t } = useTranslation('studio');
  const text = useText();
  const known = needs.flatMap(({ attribute: id, status, value }) => {
    const attribute = family.attributes.find((each) => each.id === id);
    const isAnswered = (status === 'known' || status === 'confirm') && value !== null;
    if (attribute === undefined || !isAnswered) return [];
    return [`${text(attribute.name)}: ${valueName(attribute, value, words)}`];
  });
  return (
    <div className={c('remembered')}>
      {known.length > 0 && (
        <Notice tone="good" title={t('memory.title', { count: known.length })}>
          {known.length <= SHORT_MAX ? <p>{known.join(' · ')}</p> : <LongList known={known} />}
          <p>{t('memory.text')}</p>
        </Notice>
      )}
      {begun && (
        <Notice title={t('begun.title')}>
          <p>
            {text(begun.words)}: {namesOf(family, begun.attributes, text).join(' · ')}
          </p>
          <p>{t('begun.text')}</p>
        </Notice>
      )}
      <Switch
        label={t('gift')}
        hint={t('giftHint')}
        checked={isGift}
        onChange={(event) => onGift(event.target.checked)}
      />
    </div>
  );
}
