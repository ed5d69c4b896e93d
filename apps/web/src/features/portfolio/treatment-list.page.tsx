import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { EmptyState } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { DisparitySection } from './disparity-section.tsx';
import { nextVersion } from './document.view.ts';
import { DocumentEditor } from './document-editor.tsx';
import { treatmentsRoute } from './portfolio.routes.ts';
import { Treatment } from './treatment.tsx';
import styles from './treatments.module.css';
import { treatmentsQuery, usePutPlan } from './treatments.queries.ts';
import { effectScale } from './treatments.view.ts';
import { ValuePage } from './value-page.tsx';

const c = classesOf(styles);

/** What is done differently, for whom, and whether it does any good. */
export function TreatmentListPage() {
  const { t } = useTranslation('treatments');
  const { company } = treatmentsRoute.useParams();
  return (
    <ValuePage company={company} title={t('title')} lead={t('lead')}>
      <Treatments company={company} />
    </ValuePage>
  );
}

function Treatments({ company }: { readonly company: string }) {
  const { t } = useTranslation(['treatments', 'common']);
  const query = useQuery(treatmentsQuery(company));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={10} label={t('common:loading')} />}>
      {({ currency, windowDays, plan, treatments }) => (
        <>
          {treatments.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          ) : (
            <div className={c('treatments')}>
              <p className={c('quiet')}>{t('window', { count: windowDays })}</p>
              {treatments.map((report) => (
                <Treatment
                  key={report.treatment}
                  report={report}
                  currency={currency}
                  scale={effectScale(treatments)}
                />
              ))}
            </div>
          )}
          <Plan company={company} plan={plan} />
          <DisparitySection company={company} treatments={treatments} />
        </>
      )}
    </Loaded>
  );
}

/** A plan to begin with, for who has none. */
const FIRST_PLAN = { version: 'plan-1', grounds: [], treatments: [] };

interface PlanProps {
  readonly company: string;
  readonly plan: {
    readonly version: string;
    readonly madeAt: string;
    readonly madeBy: string | null;
    readonly document: Readonly<Record<string, unknown>>;
  } | null;
}

function Plan({ company, plan }: PlanProps) {
  const { t } = useTranslation('treatments');
  const reading = useReading();
  const put = usePutPlan(company);
  const [isOpen, setIsOpen] = useState(false);
  const document =
    plan === null ? FIRST_PLAN : { ...plan.document, version: nextVersion(plan.version) };
  return (
    <Section title={t('plan.title')}>
      <p className={c('quiet')}>
        {plan === null && t('plan.none')}
        {plan !== null &&
          (plan.madeBy === null
            ? t('plan.unsigned', { version: plan.version, when: dayWords(plan.madeAt, reading) })
            : t('plan.version', {
                version: plan.version,
                by: plan.madeBy,
                when: dayWords(plan.madeAt, reading),
              }))}
      </p>
      <p>{t('plan.text')}</p>
      {isOpen ? (
        <DocumentEditor
          label={t('plan.label')}
          document={document}
          put={put}
          onClose={() => setIsOpen(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setIsOpen(true)}>
            {t(plan === null ? 'plan.begin' : 'plan.change')}
          </Button>
        </div>
      )}
    </Section>
  );
}
