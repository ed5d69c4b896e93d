import { Autocomplete } from '@base-ui/react/autocomplete';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import styles from './desk.module.css';
import type { Suggested, Suggestion } from './desk.view.ts';

const c = classesOf(styles);

interface NoteInputProps {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly text: string;
  readonly suggested: Suggested;
  readonly onText: (text: string) => void;
  readonly onTake: (suggestion: Suggestion) => void;
}

const keyOf = (each: Suggestion) => `${each.predicate}=${each.value}:${each.polarity}`;

/**
 * The one field of a note. What the whole text means is highlighted, so that Enter takes it; what
 * only its end may mean waits for an arrow or a tap, so that Enter still saves a sentence.
 */
export function NoteInput({ inputRef, text, suggested, onText, onTake }: NoteInputProps) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const [dismissed, setDismissed] = useState<string>();
  const { before } = suggested;
  const suggestions = dismissed === text ? [] : suggested.suggestions;
  return (
    <Autocomplete.Root
      items={suggestions}
      filter={null}
      value={text}
      itemToStringValue={keyOf}
      autoHighlight={before === '' ? 'always' : false}
      // In the flow of the form: a popup of its own would hide the rest of the page from readers.
      inline
      open
      onValueChange={(next, { reason }) => {
        // Taking a thing is not typing, and Escape closes without throwing words away.
        if (reason !== 'item-press' && reason !== 'escape-key') onText(next);
      }}
    >
      <Autocomplete.Input
        ref={inputRef}
        className={c('noteInput')}
        aria-label={t('note.label')}
        aria-keyshortcuts="n"
        placeholder={t('note.placeholder')}
        maxLength={2000}
        enterKeyHint="done"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || suggestions.length === 0) return;
          event.preventDefault();
          setDismissed(text);
        }}
      />
      <Autocomplete.List className={c('suggestions', suggestions.length === 0 && 'nothing')}>
        {(suggestion: Suggestion) => (
          <Autocomplete.Item
            key={keyOf(suggestion)}
            value={suggestion}
            className={c('suggestion')}
            onClick={() => onTake(suggestion)}
          >
            {factShort(suggestion, factWords, locale)}
            {suggestion.sensitivity === 'special' && (
              <span className={c('quiet')}> {t('note.health')}</span>
            )}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
