import type { SessionView } from '@keepsake/configurator';
import { replaceEqualDeep } from '@tanstack/react-query';
import { memo, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useGrowing } from '../../platform/use-growing.ts';
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
import type { DesignActs } from './use-design.ts';

const c = classesOf(styles);

interface AttributesProps {
  readonly studio: StudioFamily;
  readonly view: SessionView;
  readonly locked: readonly string[];
  readonly acts: DesignActs;
  readonly words: NameReading;
  readonly needs: StudioStart['needs'];
}

/** Attributes that are put on the page at a time. */
const STEP = 4;

/** The column of the Studio: groups of attributes, each with its control. */
export const Attributes = memo(function Attributes(props: AttributesProps) {
  const { studio, view, locked, acts, words, needs } = props;
  const { t } = useTranslation('studio');
  const { family } = studio;
  // What an act leaves alone stays the same object, and is not drawn again.
  const groups = useKept(groupsOf(family, view, { ...words, other: t('otherGroup') }));
  let room = useGrowing(family.attributes.length, STEP);
  return groups.map((group) => {
    const shown = group.attributes.slice(0, room);
    room -= shown.length;
    if (shown.length === 0) return null;
    return (
      <section key={group.id} className={c('group')}>
        <h2>{group.name}</h2>
        {shown.map((model) => (
          <OneAttribute
            key={model.id}
            {...{ model, acts }}
            layers={studio.layers}
            need={needs?.find(({ attribute }) => attribute === model.id)}
            isLocked={locked.includes(model.id)}
          />
        ))}
      </section>
    );
  });
});

/** The data of the last time, wherever it is equal. */
function useKept<T>(data: T): T {
  const kept = useRef(data);
  kept.current = replaceEqualDeep(kept.current, data);
  return kept.current;
}

interface OneAttributeProps {
  readonly model: AttributeModel;
  readonly acts: DesignActs;
  readonly layers: StudioFamily['layers'];
  readonly need: Need | undefined;
  readonly isLocked: boolean;
}

type Need = NonNullable<StudioStart['needs']>[number];

const OneAttribute = memo(function OneAttribute(props: OneAttributeProps) {
  const { model, acts, layers, need, isLocked } = props;
  const memory = useMemoryMark(model, need);
  const { id } = model;
  const choose = useCallback(
    (value: string | number | boolean, anchor: Element) =>
      acts.choose({ attribute: id, value }, anchor),
    [acts, id],
  );
  return (
    <AttributeFrame
      {...{ model, memory, isLocked }}
      onLeaveOpen={() => acts.leaveOpen(id)}
      onLock={() => acts.setLocked(id, !isLocked)}
    >
      {model.kind === 'options' && (
        <AttributeOptions model={model} layers={layers} onChoose={choose} />
      )}
      {model.kind === 'range' && <AttributeRange model={model} onChoose={choose} />}
      {model.kind === 'text' && (
        <AttributeText model={model} onWrite={(text) => acts.write(id, text)} />
      )}
    </AttributeFrame>
  );
});

function useMemoryMark(model: AttributeModel, need: Need | undefined): string | undefined {
  const { t } = useTranslation('studio');
  const reading = useReading();
  if (need === undefined || !model.isOwn) return undefined;
  if (need.status === 'confirm') return t('memory.confirm');
  if (need.status !== 'known') return undefined;
  if (need.since === null) return t('memory.known');
  return t('memory.since', { date: longDateWords(need.since, reading) });
}
