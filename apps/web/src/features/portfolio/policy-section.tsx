import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import { type Data, nextVersion } from './document.view.ts';
import { DocumentEditor } from './document-editor.tsx';
import {
  CUT_KINDS,
  type LossPart,
  type ShownPolicy,
  type ShownRemedy,
  STANDINGS,
  shownPolicy,
} from './policy.view.ts';
import styles from './terms.module.css';
import { usePutPolicy } from './terms.queries.ts';

const c = classesOf(styles);

interface PolicySectionProps {
  readonly company: string;
  readonly policy: Data;
  readonly currency: string;
  /** Whether the company has stated it; else it is the one to begin with. */
  readonly isOwn: boolean;
}

/** How tiers are decided: gates, what deciding wrongly loses, and remedies. */
export function PolicySection({ company, policy, currency, isOwn }: PolicySectionProps) {
  const { t } = useTranslation('terms');
  const put = usePutPolicy(company);
  const [isOpen, setIsOpen] = useState(false);
  const shown = shownPolicy(policy);
  return (
    <Section title={t('policy.title')}>
      <p className={c('quiet')}>
        {t('policy.current', { version: shown.version })}. {!isOwn && t('policy.default')}
      </p>
      <p>{t('policy.text')}</p>
      <Gates policy={shown} currency={currency} />
      <Losses policy={shown} currency={currency} />
      <Remedies policy={shown} currency={currency} />
      {isOpen ? (
        <DocumentEditor
          label={t('policy.label')}
          document={{ ...policy, version: nextVersion(shown.version) }}
          put={put}
          onClose={() => setIsOpen(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setIsOpen(true)}>{t('policy.change')}</Button>
        </div>
      )}
    </Section>
  );
}

interface ShownProps {
  readonly policy: ShownPolicy;
  readonly currency: string;
}

const TIER_OF_GATE = { keep: 'keep', grow: 'grow', belowZero: 'below-zero' } as const;

function Gates({ policy, currency }: ShownProps) {
  const { t } = useTranslation(['terms', 'value']);
  const { share } = useEstimates(currency);
  return (
    <div className={c('stack')}>
      <h3>{t('policy.gates')}</h3>
      <p className={c('quiet')}>
        {t('policy.gatesText')}{' '}
        {policy.top !== undefined &&
          t(`policy.top.${policy.top.of}`, { share: share(policy.top.share) })}
      </p>
      <Terms isTight>
        {policy.gates.map((gate) => (
          <Term key={gate.gate} term={t(`value:tier.${TIER_OF_GATE[gate.gate]}`)}>
            {share(gate.share)}
          </Term>
        ))}
      </Terms>
    </div>
  );
}

function Losses({ policy, currency }: ShownProps) {
  const { t } = useTranslation('terms');
  const { estimate, share } = useEstimates(currency);
  const words = (parts: readonly LossPart[] = []) =>
    parts.length === 0
      ? t('policy.nothing')
      : parts.map(({ part, size }) =>
          t(`policy.part.${part}`, { amount: estimate(size), share: share(size, 1) }),
        );
  const cell = (parts: readonly LossPart[] | undefined) => {
    const said = words(parts);
    return typeof said === 'string' ? (
      <span className={c('part', 'quiet')}>{said}</span>
    ) : (
      said.map((one) => (
        <span key={one} className={c('part')}>
          {one}
        </span>
      ))
    );
  };
  return (
    <div className={c('stack')}>
      <h3>{t('policy.losses')}</h3>
      <p className={c('quiet')}>{t('policy.lossesText')}</p>
      <Table
        caption={t('policy.losses')}
        keyOf={({ tier }) => tier}
        rows={policy.losses}
        columns={[
          {
            id: 'tier',
            title: t('policy.decided'),
            isOneLine: true,
            cell: ({ tier }) => <TierName tier={tier} />,
          },
          ...STANDINGS.map((standing, index) => ({
            id: standing,
            title: t(`policy.truth.${standing}`),
            cell: ({ cells }: ShownPolicy['losses'][number]) => cell(cells[index]),
          })),
        ]}
      />
    </div>
  );
}

function Remedies({ policy, currency }: ShownProps) {
  const { t } = useTranslation('terms');
  const text = useText();
  const { estimate, share } = useEstimates(currency);
  const cuts = (remedy: ShownRemedy) =>
    remedy.cuts
      .map((cut) => {
        const kind = CUT_KINDS.find((one) => one === cut.kind);
        return t('policy.cut', {
          share: share(cut.share),
          kind: kind === undefined ? cut.kind : t(`policy.kind.${kind}`),
        });
      })
      .join(', ');
  return (
    <div className={c('stack')}>
      <h3>{t('policy.remedies')}</h3>
      <p className={c('quiet')}>{t('policy.remediesText')}</p>
      <ul>
        {policy.remedies.map((remedy) => (
          <li key={remedy.id}>
            {text(remedy.words)}{' '}
            <span className={c('quiet')}>
              ({t('policy.cuts', { cuts: cuts(remedy) })}
              {remedy.cost > 0 && `, ${t('policy.costs', { amount: estimate(remedy.cost) })}`})
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
