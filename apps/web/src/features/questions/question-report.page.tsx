import type { QuestionReport } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { BarChart } from '../../ui/bar-chart.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords } from '../../ui/date.view.ts';
import { Select } from '../../ui/field.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './questions.module.css';
import { reportQuery } from './questions.queries.ts';
import { questionsRoute } from './questions.routes.ts';
import { answeredShare, type Span, spansOf } from './questions.view.ts';

const c = classesOf(styles);

const PERIODS = [7, 30, 90, 365] as const;

/** How much is asked, and how much of it again. */
export function QuestionReportPage() {
  const { t } = useTranslation('questions');
  const { company } = questionsRoute.useParams();
  return (
    <StaffGate company={company} roles={['privacy-officer', 'product-manager']} title={t('title')}>
      <Report company={company} />
    </StaffGate>
  );
}

function Report({ company }: { readonly company: string }) {
  const { t } = useTranslation(['questions', 'common']);
  const [days, setDays] = useState<number>(30);
  const query = useQuery(reportQuery(company, days));
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Select
        label={t('period')}
        value={days}
        onChange={(event) => setDays(Number(event.target.value))}
      >
        {PERIODS.map((period) => (
          <option key={period} value={period}>
            {t('days', { count: period })}
          </option>
        ))}
      </Select>
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {(report) => (
          <>
            {report.total.needs === 0 ? (
              <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
            ) : (
              <Asked report={report} />
            )}
            <Bases bases={report.bases} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function useNumbers() {
  const locale = useLocale();
  const percent = numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const plain = numberFormat(locale);
  return {
    number: (value: number) => plain.format(value),
    share: (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : percent.format(value),
  };
}

function Asked({ report }: { readonly report: QuestionReport }) {
  const { t } = useTranslation('questions');
  const { number, share } = useNumbers();
  const { total } = report;
  return (
    <>
      <section className={c('head')} aria-label={t('rate')}>
        <p className={c('rate')} translate="no">
          {share(total.repeatRate)}
        </p>
        <p className={c('quiet')}>
          {total.repeatRate === null
            ? t('noQuestion')
            : t('rateText', { count: total.repeats, asked: number(total.asked) })}
        </p>
      </section>
      <dl className={c('figures')}>
        <Figure term={t('needs')}>{number(total.needs)}</Figure>
        <Figure term={t('answered')}>{share(answeredShare(total))}</Figure>
        <Figure term={t('asked')}>{number(total.asked)}</Figure>
        <Figure term={t('declined')}>{number(total.declined)}</Figure>
        <Figure term={t('later')}>{number(total.later)}</Figure>
      </dl>
      <Section title={t('overTime')}>
        <div className={c('time')}>
          <Chart spans={spansOf(report.days)} />
        </div>
      </Section>
      <Section title={t('byPredicate')}>
        <Predicates predicates={report.predicates} />
      </Section>
    </>
  );
}

function Figure(props: { readonly term: string; readonly children: string }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Chart({ spans }: { readonly spans: readonly Span[] }) {
  const { t } = useTranslation('questions');
  const reading = useReading();
  const { number } = useNumbers();
  const most = Math.max(1, ...spans.map(({ needs }) => needs));
  const words = ({ from, to, needs, asked, repeats }: Span) => {
    const first = calendarWords(from, reading);
    const when = from === to ? first : t('span', { from: first, to: calendarWords(to, reading) });
    const counts = { needs: number(needs), asked: number(asked), repeats: number(repeats) };
    return t('bar', { when, ...counts });
  };
  return (
    <BarChart
      title={t('chart')}
      bars={spans.map((span) => ({
        key: span.from,
        label: words(span),
        height: span.asked / most,
        behind: span.needs / most,
        isChosen: span.repeats > 0,
      }))}
      tell={(index) => {
        const span = spans[index];
        return span === undefined ? null : <p>{words(span)}</p>;
      }}
      rest={<p className={c('quiet')}>{t('legend')}</p>}
      from={calendarWords(spans[0]?.from ?? '', reading)}
      to={calendarWords(spans.at(-1)?.to ?? '', reading)}
    />
  );
}

function Predicates({ predicates }: Pick<QuestionReport, 'predicates'>) {
  const { t } = useTranslation('questions');
  const text = useText();
  const { number, share } = useNumbers();
  return (
    <Table
      caption={t('byPredicate')}
      keyOf={({ predicate }) => predicate}
      rows={predicates}
      // What the page is about comes first: a telephone shows the first columns.
      columns={[
        { id: 'about', title: t('about'), cell: ({ label }) => text(label) },
        { id: 'asked', title: t('asked'), isNumeric: true, cell: (row) => number(row.asked) },
        { id: 'repeats', title: t('again'), isNumeric: true, cell: (row) => number(row.repeats) },
        {
          id: 'rate',
          title: t('rateShort'),
          isNumeric: true,
          cell: (row) => share(row.repeatRate),
        },
        { id: 'needs', title: t('needs'), isNumeric: true, cell: (row) => number(row.needs) },
        {
          id: 'answered',
          title: t('answered'),
          isNumeric: true,
          cell: (row) => share(answeredShare(row)),
        },
      ]}
    />
  );
}

function Bases({ bases }: Pick<QuestionReport, 'bases'>) {
  const { t } = useTranslation('questions');
  const { number, share } = useNumbers();
  const total = bases.reduce((sum, { facts }) => sum + facts, 0);
  return (
    <Section title={t('bases')}>
      {total === 0 ? (
        <p className={c('quiet')}>{t('noFacts')}</p>
      ) : (
        <Table
          caption={t('bases')}
          keyOf={({ basis }) => basis}
          rows={bases}
          columns={[
            { id: 'basis', title: t('basis'), cell: (row) => t(`basisName.${row.basis}`) },
            { id: 'facts', title: t('facts'), isNumeric: true, cell: (row) => number(row.facts) },
            {
              id: 'share',
              title: t('share'),
              isNumeric: true,
              cell: (row) => share(row.facts / total),
            },
          ]}
        />
      )}
    </Section>
  );
}
