import type { Predicate } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Select, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';

interface ValueFieldProps {
  readonly predicate: Predicate;
  readonly typed: string;
  readonly error?: string | undefined;
  readonly onType: (typed: string) => void;
}

/** The field for a value of a predicate: a list, yes and no, or what is written freely. */
export function ValueField({ predicate, typed, error, onType }: ValueFieldProps) {
  const { t } = useTranslation(['memory', 'common']);
  const text = useText();
  const label = text(predicate.question);
  if (predicate.kind !== 'choice' && predicate.kind !== 'boolean') {
    return (
      <TextInput
        label={label}
        note={predicate.unit ?? undefined}
        error={error}
        inputMode={predicate.kind === 'number' ? 'decimal' : 'text'}
        maxLength={64}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    );
  }
  const options =
    predicate.kind === 'boolean'
      ? [
          { id: 'true', name: t('common:yes') },
          { id: 'false', name: t('common:no') },
        ]
      : predicate.values.map(({ id, label: name }) => ({ id, name: text(name) }));
  return (
    <Select
      label={label}
      error={error}
      value={typed}
      onChange={(event) => onType(event.target.value)}
    >
      <option value="" disabled>
        {t('tell.choose')}
      </option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
