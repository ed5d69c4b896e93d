import type { Choice, Family } from '@keepsake/configurator';
import type { SpaceLook } from '@keepsake/configurator/worker';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { AttributeValues, attributeAnchor } from './attribute-values.tsx';
import { decideIn, repairIn, retractIn, type Trail } from './choices.view.ts';
import { Side } from './side.tsx';
import styles from './space.module.css';
import { lookQuery, type OpenSpace } from './space.queries.ts';
import { effectsOf, groupsOf, type Naming, nextQuestionOf } from './space.view.ts';
import { useStages } from './use-stages.ts';
import { WhyPopover } from './why-popover.tsx';

const c = classesOf(styles);

interface TryOutProps {
  readonly family: Family;
  readonly open: OpenSpace;
  readonly naming: Naming;
  readonly trail: Trail;
  readonly setTrail: (next: (trail: Trail) => Trail) => void;
  readonly look: SpaceLook;
  /** The look with nothing chosen. */
  readonly whole: SpaceLook;
  readonly isAsking: boolean;
}

const NOTHING: SpaceLook = {
  attributes: [],
  price: { kind: 'bounds', atLeastMinor: 0, atMostMinor: 0 },
};

/** An impossible value that is asked about, and what it stands beside on the page. */
interface Wish {
  readonly choice: Choice;
  readonly anchor: Element;
}

/** A session to click through: every value with what it leaves, and what each choice does. */
export function TryOut(props: TryOutProps) {
  const { family, open, naming, trail, setTrail, look, whole, isAsking } = props;
  const { t } = useTranslation('space');
  const [wanted, setWanted] = useState('');
  const [wish, setWish] = useState<Wish>();
  const shown = useDeferredValue(look, NOTHING);
  const list = useRef<HTMLDivElement>(null);
  // Hundreds of values are drawn between other things, never in one go.
  const { shown: looks, isWhole } = useStages(look, list, attributeAnchor);
  const before = useQuery({
    ...lookQuery(open, trail.past.at(-1) ?? []),
    enabled: trail.past.length > 0,
  }).data;
  const next = useMemo(() => nextQuestionOf(shown), [shown]);
  const effects = useMemo(
    () => (before === undefined || isAsking ? undefined : effectsOf(before, shown)),
    [before, shown, isAsking],
  );
  const choose = useCallback(
    (choice: Choice, anchor: Element, isPossible: boolean) => {
      if (isPossible) setTrail((now) => decideIn(now, choice));
      else setWish({ choice, anchor });
    },
    [setTrail],
  );
  const retract = useCallback(
    (attribute: string) => setTrail((now) => retractIn(now, attribute)),
    [setTrail],
  );
  const groups = useMemo(
    () => groupsOf(family, wanted, { ...naming, other: t('try.other') }),
    [family, wanted, naming, t],
  );
  return (
    <div className={c('try')}>
      <Side
        {...{ family, open, naming, trail, setTrail, whole, effects, next, isAsking, isWhole }}
        look={shown === NOTHING ? look : shown}
      />
      <div className={c('attributes')} ref={list}>
        <p className={c('quiet')}>{t('try.lead')}</p>
        <TextInput
          label={t('try.find')}
          type="search"
          autoComplete="off"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        {groups.length === 0 && <p className={c('quiet')}>{t('try.none')}</p>}
        {groups.map((group) => (
          <div key={group.id} className={c('group')}>
            <h3>{group.name}</h3>
            {group.attributes.map((attribute) => {
              const own = looks.get(attribute.id);
              return (
                own !== undefined && (
                  <AttributeValues
                    key={attribute.id}
                    {...{ attribute, choose, retract, naming }}
                    currency={family.currency}
                    look={own}
                    chosen={trail.choices.find((each) => each.attribute === attribute.id)?.value}
                    isNext={next?.attribute === attribute.id}
                  />
                )
              );
            })}
          </div>
        ))}
      </div>
      {wish !== undefined && (
        <WhyPopover
          {...{ family, open, naming }}
          choices={trail.choices}
          wish={wish.choice}
          anchor={wish.anchor}
          onClose={() => setWish(undefined)}
          onRepair={(changes) => {
            setWish(undefined);
            setTrail((now) => repairIn(now, wish.choice, changes));
          }}
        />
      )}
    </div>
  );
}
