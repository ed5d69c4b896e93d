import type { Fact, GuestCard, Predicate } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { EvidenceMarks } from '../../platform/evidence-marks.tsx';
import { decidingEvidence, factShort, groupFacts } from '../../platform/fact.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';

const c = classesOf(styles);

interface KnownFactsProps {
  readonly card: Pick<GuestCard, 'facts'>;
  readonly predicates: readonly Predicate[];
}

/** What is known, by what it is about, each with a mark of where it is from. */
export function KnownFacts({ card, predicates }: KnownFactsProps) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const groups = groupFacts(card.facts, predicates, factWords);
  return (
    <Section title={t('facts.title')}>
      {groups.length === 0 && <p className={c('quiet')}>{t('facts.none')}</p>}
      {groups.map((group) => (
        <div key={group.id} className={c('group')}>
          <h3 className={c('groupTitle')}>{group.title}</h3>
          <ul className={c('facts')}>
            {group.facts.map((fact) => (
              <li key={fact.id} className={c('fact')}>
                <FactLine fact={fact} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function FactLine({ fact }: { readonly fact: Fact }) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const short = factShort(fact, factWords, useLocale());
  const deciding = decidingEvidence(fact);
  const rest = fact.evidence.filter((each) => each !== deciding);
  return (
    <>
      <span className={c('factName')}>
        {short}
        {fact.scope.placeName !== null && (
          <span className={c('scope')}> {t('facts.only', { place: fact.scope.placeName })}</span>
        )}
        {fact.scope.occasion === 'gift' && <span className={c('scope')}> {t('facts.gift')}</span>}
      </span>
      <EvidenceMarks about={short} evidence={deciding === undefined ? rest : [deciding, ...rest]} />
    </>
  );
}
