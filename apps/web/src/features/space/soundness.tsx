import type { Choice, Family, ModelFindings } from '@keepsake/configurator';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Asked } from './asked.tsx';
import { RuleLinks, Rules } from './rules.tsx';
import styles from './space.module.css';
import { findingsQuery, type OpenSpace, whyQuery } from './space.queries.ts';
import { choiceName, type Naming, ruleAnchor } from './space.view.ts';

const c = classesOf(styles);

interface SoundnessProps {
  readonly family: Family;
  readonly open: OpenSpace;
  readonly naming: Naming;
}

/** What an author should know: contradictions, dead and forced values, rules that never bind. */
export function Soundness({ family, open, naming }: SoundnessProps) {
  const { t } = useTranslation(['space', 'common']);
  const query = useQuery(findingsQuery(open));
  return (
    <>
      <Asked query={query} skeleton={<SkeletonLines lines={3} label={t('common:loading')} />}>
        {(findings) => <Findings {...{ family, open, naming, findings }} />}
      </Asked>
      <h2>{t('rules.title')}</h2>
      <Rules family={family} />
    </>
  );
}

interface FindingsProps extends SoundnessProps {
  readonly findings: ModelFindings;
}

function Findings({ family, open, naming, findings }: FindingsProps) {
  const { t } = useTranslation('space');
  return (
    <>
      {isSound(findings) && <Notice tone="good" title={t('sound.fine')} />}
      {!findings.isComplete && <Notice tone="warn" title={t('sound.partial')} />}
      {findings.contradictions.map((found) => (
        <Finding
          key={found.rules.map(ruleAnchor).join()}
          title={t('sound.contradiction.title')}
          text={t('sound.contradiction.text')}
        >
          <RuleLinks rules={found.rules} />
        </Finding>
      ))}
      {findings.dead.length > 0 && (
        <Finding title={t('sound.dead.title')} text={t('sound.dead.text')}>
          {findings.dead.map((choice) => (
            <DeadValue key={JSON.stringify(choice)} {...{ family, open, naming, choice }} />
          ))}
        </Finding>
      )}
      {findings.forced.length > 0 && (
        <Finding title={t('sound.forced.title')} text={t('sound.forced.text')}>
          {findings.forced.map((choice) => (
            <li key={JSON.stringify(choice)}>{choiceName(family, choice, naming)}</li>
          ))}
        </Finding>
      )}
      {findings.idle.length > 0 && (
        <Finding title={t('sound.idle.title')} text={t('sound.idle.text')}>
          <RuleLinks rules={findings.idle} />
        </Finding>
      )}
    </>
  );
}

function isSound({ contradictions, dead, forced, idle, isComplete }: ModelFindings): boolean {
  return isComplete && [contradictions, dead, forced, idle].every(({ length }) => length === 0);
}

interface FindingProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Finding({ title, text, children }: FindingProps) {
  return (
    <div className={c('finding')}>
      <h3>{title}</h3>
      <p className={c('quiet')}>{text}</p>
      <ul className={c('list')}>{children}</ul>
    </div>
  );
}

interface DeadValueProps extends SoundnessProps {
  readonly choice: Choice;
}

/** A value that no design has, with the rules that exclude it once somebody asks. */
function DeadValue({ family, open, naming, choice }: DeadValueProps) {
  const { t } = useTranslation('space');
  const query = useQuery({ ...whyQuery(open, [], choice), enabled: false });
  return (
    <li>
      <details onToggle={() => void query.refetch()}>
        <summary>{choiceName(family, choice, naming)}</summary>
        {query.data?.because === undefined ? (
          <p className={c('quiet')}>{t('why.asking')}</p>
        ) : (
          <ul className={c('list')}>
            <RuleLinks rules={query.data.because.rules} />
          </ul>
        )}
      </details>
    </li>
  );
}
