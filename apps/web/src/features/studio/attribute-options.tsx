import { startTransition, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceGroup, type ChoiceOption } from '../../ui/choice-group.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Picture } from '../../ui/picture.tsx';
import type { AttributeModel, OptionModel } from './studio.view.ts';

interface AttributeOptionsProps {
  readonly model: Extract<AttributeModel, { kind: 'options' }>;
  readonly layers: Readonly<Record<string, string>>;
  readonly onChoose: (value: string | number | boolean, anchor: Element) => Promise<boolean>;
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
  const { taken, take } = useTaken(onChoose);
  const toOption = (option: OptionModel): ChoiceOption => {
    const look = taken === undefined ? option.state : lookWhile(taken.value, option);
    const picture = option.picture === undefined ? undefined : layers[option.picture];
    return {
      key: String(option.value),
      name: option.name,
      look,
      aside: option.priceChange,
      swatch: option.swatch,
      ...(picture === undefined ? {} : { picture: <Picture svg={picture} alt="" /> }),
      ...(look === 'impossible' ? { spoken: t('impossible') } : {}),
      ...(look === 'suggested' ? { spoken: t('suggested') } : {}),
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
          if (option !== undefined) take(option, anchor);
        }}
      />
    </>
  );
}

/** A value shows as chosen from the press on; the thread's answer then takes over. */
function useTaken(onChoose: AttributeOptionsProps['onChoose']) {
  const [taken, setTaken] = useState<{ readonly value: OptionModel['value'] }>();
  const take = ({ value, state }: OptionModel, anchor: Element) => {
    const mine = { value };
    // Whether it can be had at all is for the thread to say.
    if (state !== 'impossible' && state !== 'unknown') setTaken(mine);
    const letGo = () => startTransition(() => setTaken((now) => (now === mine ? undefined : now)));
    onChoose(value, anchor).then(letGo, letGo);
  };
  return { taken, take };
}

function lookWhile(taken: unknown, { value, state }: OptionModel): OptionModel['state'] {
  if (value === taken) return 'chosen';
  return state === 'impossible' || state === 'unknown' ? state : 'possible';
}
