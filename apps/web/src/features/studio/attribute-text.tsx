import { checkText } from '@keepsake/configurator';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { countLetters } from './design-session.ts';
import styles from './studio.module.css';
import type { AttributeModel } from './studio.view.ts';

const c = classesOf(styles);

const CHINESE = /\p{Script=Han}/u;

interface AttributeTextProps {
  readonly model: Extract<AttributeModel, { kind: 'text' }>;
  readonly onWrite: (text: string) => void;
}

/** A text such as an engraving, checked while it is written and shown in its face. */
export function AttributeText({ model, onWrite }: AttributeTextProps) {
  const { t } = useTranslation(['studio', 'common']);
  const [draft, setDraft] = useState(model.text);
  const checked = checkText({ ...model.attribute, optional: true }, draft);
  const fault = checked.kind === 'refused' ? checked.error : undefined;
  const letters = countLetters(draft);
  const most = model.attribute.maxLength;
  const isForeign = draft.trim().normalize('NFC') !== model.text && fault === undefined;
  // Undo, redo and “load theirs” change the text from outside the field.
  useEffect(() => setDraft(model.text), [model.text]);
  useEffect(() => {
    if (CHINESE.test(draft)) void import('@fontsource/noto-sans-sc/400.css');
  }, [draft]);
  const error = faultWords(fault, draft, t);
  return (
    <>
      <TextInput
        label={t('textLabel', { count: letters, most })}
        note={model.isOptional ? t('common:optional') : undefined}
        hint={model.priceChange === '' ? undefined : t('textPrice', { price: model.priceChange })}
        error={error}
        value={draft}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => isForeign && onWrite(draft)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isForeign) onWrite(draft);
        }}
      />
      {checked.kind === 'ok' && checked.value !== '' && (
        <p className={c('face')} dir="auto" aria-hidden="true">
          {checked.value}
        </p>
      )}
    </>
  );
}

type Fault = Extract<ReturnType<typeof checkText>, { kind: 'refused' }>['error'];
type Translate = ReturnType<typeof useTranslation<['studio', 'common']>>['t'];

function faultWords(fault: Fault | undefined, draft: string, t: Translate): string | undefined {
  switch (fault?.kind) {
    case 'too-long':
      return t('tooLong', { count: fault.length - fault.most });
    case 'character':
      return t('badSign', { sign: signName(draft, fault.codePoint) });
    case 'empty':
    case 'not-a-text':
    case undefined:
      return undefined;
  }
}

function signName(_draft: string, codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
