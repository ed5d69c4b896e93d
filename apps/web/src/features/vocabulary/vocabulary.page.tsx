import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { PredicateDialog } from './predicate-dialog.tsx';
import { type PurposeEntry, readersOf } from './purpose.view.ts';
import { PurposeDialog } from './purpose-dialog.tsx';
import styles from './vocabulary.module.css';
import { vocabularyQuery } from './vocabulary.queries.ts';
import { vocabularyRoute } from './vocabulary.routes.ts';

const c = classesOf(styles);

/** What a company can remember: the predicates and purposes, and changing them. */
export function VocabularyPage() {
  const { t } = useTranslation('vocabulary');
  const { company } = vocabularyRoute.useParams();
  return (
    <StaffGate company={company} roles={['product-manager']} title={t('title')}>
      <Editor company={company} />
    </StaffGate>
  );
}

/** It lies over the page, and the list of versions says the same. */
const SAID_MS = 8_000;

/** What is being changed; without an entry one is added. */
type Editing =
  | { readonly kind: 'predicate'; readonly entry?: PredicateEntry }
  | { readonly kind: 'purpose'; readonly purpose?: PurposeEntry };

function Editor({ company }: { readonly company: string }) {
  const { t } = useTranslation(['vocabulary', 'common']);
  const query = useQuery(vocabularyQuery(company));
  const [editing, setEditing] = useState<Editing>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const close = () => setEditing(undefined);
  const save = () => {
    setSaid(t('saved'));
    close();
  };
  const edit = (now: Editing) => {
    setSaid('');
    setEditing(now);
  };
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {(vocabulary) => (
          <>
            <p className={c('said')} aria-live="polite">
              {said}
            </p>
            {vocabulary.replay !== null && <Replaying replay={vocabulary.replay} />}
            <Purposes
              purposes={vocabulary.document.purposes}
              onEdit={(purpose) => edit({ kind: 'purpose', purpose })}
              onAdd={() => edit({ kind: 'purpose' })}
            />
            <Predicates
              document={vocabulary.document}
              onEdit={(entry) => edit({ kind: 'predicate', entry })}
              onAdd={() => edit({ kind: 'predicate' })}
            />
            <Versions versions={vocabulary.versions} />
            {editing?.kind === 'predicate' && (
              <PredicateDialog
                company={company}
                vocabulary={vocabulary}
                {...(editing.entry === undefined ? {} : { entry: editing.entry })}
                onClose={close}
                onSaved={save}
              />
            )}
            {editing?.kind === 'purpose' && (
              <PurposeDialog
                company={company}
                vocabulary={vocabulary}
                {...(editing.purpose === undefined ? {} : { purpose: editing.purpose })}
                onClose={close}
                onSaved={save}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Replaying({ replay }: { readonly replay: NonNullable<Vocabulary['replay']> }) {
  const { t } = useTranslation('vocabulary');
  const { done, total } = replay;
  return (
    <div className={c('stack')} role="status">
      <p>{t('replay', { done, total })}</p>
      <progress aria-label={t('replayLabel')} value={done} max={Math.max(1, total)} />
    </div>
  );
}

interface PredicatesProps {
  readonly document: Vocabulary['document'];
  readonly onEdit: (entry: PredicateEntry) => void;
  readonly onAdd: () => void;
}

function Predicates({ document, onEdit, onAdd }: PredicatesProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const [sought, setSought] = useState('');
  const wanted = sought.trim().toLowerCase();
  const shown = document.predicates.filter(({ name, label }) =>
    `${name} ${text(label)}`.toLowerCase().includes(wanted),
  );
  const purposeOf = ({ purpose }: PredicateEntry) => {
    const found = document.purposes.find(({ id }) => id === purpose);
    return found === undefined ? purpose : text(found.label);
  };
  return (
    <Section title={t('predicates')}>
      <div className={c('tools')}>
        <TextInput
          label={t('find')}
          type="search"
          autoComplete="off"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Button kind="primary" onClick={onAdd}>
          {t('add')}
        </Button>
      </div>
      <p className={c('quiet')} aria-live="polite">
        {t('count', { count: shown.length })}
      </p>
      <ul className={c('rows')}>
        {shown.map((entry) => (
          <li key={entry.name} className={c('row')}>
            <div>
              <strong>{text(entry.label)}</strong> <code className={c('quiet')}>{entry.name}</code>
              <p className={c('quiet')}>
                {[
                  purposeOf(entry),
                  t(`kind.${entry.kind}`),
                  entry.values.length > 0 && t('values', { count: entry.values.length }),
                  entry.sensitivity === 'special' && t('special'),
                  entry.derivations !== undefined && t('derived'),
                  entry.retired === true && t('retired'),
                ]
                  .filter((part) => part !== false)
                  .join(' · ')}
              </p>
            </div>
            <Button
              kind="quiet"
              aria-label={t('editFor', { name: text(entry.label) })}
              onClick={() => onEdit(entry)}
            >
              {t('edit')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface PurposesProps {
  readonly purposes: readonly PurposeEntry[];
  readonly onEdit: (purpose: PurposeEntry) => void;
  readonly onAdd: () => void;
}

function Purposes({ purposes, onEdit, onAdd }: PurposesProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  return (
    <Section title={t('purposes')}>
      <ul className={c('rows')}>
        {purposes.map((purpose) => (
          <li key={purpose.id} className={c('row')}>
            <div>
              <strong>{text(purpose.label)}</strong>{' '}
              <code className={c('quiet')}>{purpose.id}</code>
              <p>{text(purpose.description)}</p>
              <p className={c('quiet')}>
                {t(`needs.${purpose.needs}`)}
                {readersOf(purposes, purpose.id).length > 0 && (
                  <>
                    {' · '}
                    {t('readFor', {
                      names: readersOf(purposes, purpose.id)
                        .map(({ label }) => text(label))
                        .join(', '),
                    })}
                  </>
                )}
              </p>
            </div>
            <Button
              kind="quiet"
              aria-label={t('editFor', { name: text(purpose.label) })}
              onClick={() => onEdit(purpose)}
            >
              {t('edit')}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={onAdd}>{t('addPurpose')}</Button>
      </div>
    </Section>
  );
}

function Versions({ versions }: Pick<Vocabulary, 'versions'>) {
  const { t } = useTranslation('vocabulary');
  const reading = useReading();
  return (
    <Section title={t('versions')}>
      {versions.length === 0 ? (
        <p className={c('quiet')}>{t('noVersions')}</p>
      ) : (
        <ol className={c('versions')}>
          {versions.map(({ version, madeAt, madeBy, predicates }) => (
            <li key={version}>
              <strong>{t('version', { version })}</strong>{' '}
              <span className={c('quiet')}>
                {[momentWords(madeAt, reading), madeBy, t('count', { count: predicates })]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
