import { useTranslation } from 'react-i18next';
import type { NameReading } from '../../platform/value-name.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { longDateWords } from '../../ui/date.view.ts';
import { AttributeFrame } from './attribute-frame.tsx';
import { AttributeOptions } from './attribute-options.tsx';
import { AttributeRange } from './attribute-range.tsx';
import { AttributeText } from './attribute-text.tsx';
import styles from './studio.module.css';
import type { StudioFamily, StudioStart } from './studio.queries.ts';
import { type AttributeModel, groupsOf } from './studio.view.ts';
import type { DesignWork } from './use-design.ts';

const c = classesOf(styles);

interface AttributesProps {
  readonly studio: StudioFamily;
  readonly work: DesignWork;
  readonly words: NameReading;
  readonly needs: StudioStart['needs'];
}

/** The column of the Studio: groups of attributes, each with its control. */
export function Attributes({ studio, work, words, needs }: AttributesProps) {
  const { t } = useTranslation('studio');
  const groups = groupsOf(studio.family, work.view, { ...words, other: t('otherGroup') });
  return groups.map((group) => (
    <section key={group.id} className={c('group')}>
      <h2>{group.name}</h2>
      {group.attributes.map((model) => (
        <OneAttribute key={model.id} {...{ studio, work, model, needs }} />
      ))}
    </section>
  ));
}

interface OneAttributeProps {
  readonly studio: StudioFamily;
  readonly work: DesignWork;
  readonly model: AttributeModel;
  readonly needs: StudioStart['needs'];
}

function OneAttribute({ studio, work, model, needs }: OneAttributeProps) {
  const memory = useMemoryMark(model, needs);
  const choose = (value: string | number | boolean, anchor: Element) =>
    work.choose({ attribute: model.id, value }, anchor);
  return (
    <AttributeFrame model={model} memory={memory} onLeaveOpen={() => work.leaveOpen(model.id)}>
      {model.kind === 'options' && (
        <AttributeOptions model={model} layers={studio.layers} onChoose={choose} />
      )}
      {model.kind === 'range' && <AttributeRange model={model} onChoose={choose} />}
      {model.kind === 'text' && (
        <AttributeText model={model} onWrite={(text) => work.write(model.id, text)} />
      )}
    </AttributeFrame>
  );
}

function useMemoryMark(model: AttributeModel, needs: StudioStart['needs']): string | undefined {
  const { t } = useTranslation('studio');
  const reading = useReading();
  const need = needs?.find(({ attribute }) => attribute === model.id);
  if (need === undefined || !model.isOwn) return undefined;
  if (need.status === 'confirm') return t('memory.confirm');
  if (need.status !== 'known') return undefined;
  if (need.since === null) return t('memory.known');
  return t('memory.since', { date: longDateWords(need.since, reading) });
}
