import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceGroup, type ChoiceOption } from '../../ui/choice-group.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Picture } from '../../ui/picture.tsx';
import type { AttributeModel, OptionModel } from './studio.view.ts';

interface AttributeOptionsProps {
  readonly model: Extract<AttributeModel, { kind: 'options' }>;
  readonly layers: Readonly<Record<string, string>>;
  readonly onChoose: (value: string | number | boolean, anchor: Element) => void;
}

/** More values than this get a field to search among them. */
const SEARCH_FROM = 24;

/** The values of an attribute as chips or swatches. */
export function AttributeOptions({ model, layers, onChoose }: AttributeOptionsProps) {
  const { t } = useTranslation('studio');
  const [wanted, setWanted] = useState('');
  const isMany = model.options.length > SEARCH_FROM;
  const needle = wanted.trim().toLocaleLowerCase();
  const shown = model.options.filter(({ name }) => name.toLocaleLowerCase().includes(needle));
  const toOption = (option: OptionModel): ChoiceOption => {
    const picture = option.picture === undefined ? undefined : layers[option.picture];
    return {
      key: String(option.value),
      name: option.name,
      look: option.state,
      aside: option.priceChange,
      swatch: option.swatch,
      ...(picture === undefined ? {} : { picture: <Picture svg={picture} alt="" /> }),
      ...(option.state === 'impossible' ? { spoken: t('impossible') } : {}),
      ...(option.state === 'suggested' ? { spoken: t('suggested') } : {}),
    };
  };
  return (
    <>
      {isMany && (
        <TextInput
          label={t('searchValues')}
          type="search"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <ChoiceGroup
        name={model.id}
        options={shown.map(toOption)}
        onChoose={(key, anchor) => {
          const option = model.options.find(({ value }) => String(value) === key);
          if (option !== undefined) onChoose(option.value, anchor);
        }}
      />
    </>
  );
}
