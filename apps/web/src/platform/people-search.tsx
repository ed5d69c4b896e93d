import type { GuestSummary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../ui/classes.ts';
import { TextInput } from '../ui/field.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { peopleQuery, SEARCH_LENGTH_MIN } from './people.queries.ts';
import styles from './people-search.module.css';

const c = classesOf(styles);

/** Shorter names are found whole; of longer ones so many letters are needed. */
const PREFIX_MIN = 3;

interface PeopleSearchProps {
  readonly company: string;
  /** The page that searches, whose address holds what is searched for. */
  readonly page: '/c/$company/desk' | '/c/$company/privacy';
  readonly q: string;
  readonly words: {
    readonly label: string;
    readonly hint: string;
    readonly found: (count: number) => string;
    readonly none: string;
    readonly noneText: string;
  };
  /** What is told of a person beside the name. */
  readonly about: (person: GuestSummary) => ReactNode;
  /** Wide lines in a tall field, for those who search all day. */
  readonly isLarge?: boolean;
  /** Stands beside the field. */
  readonly beside?: ReactNode;
  /** What can be done where nobody was found. */
  readonly noneAction?: ReactNode;
}

/** Finds people while one types; Enter opens the first of them. */
export function PeopleSearch(props: PeopleSearchProps) {
  const { company, page, q, words, noneAction, isLarge = false } = props;
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const query = useQuery(peopleQuery(company, q.trim()));
  const isAsked = q.trim().length >= SEARCH_LENGTH_MIN;
  const isShort = q.trim().length < PREFIX_MIN;
  const items = isAsked ? query.data?.items : undefined;
  const openFirst = (event: FormEvent) => {
    event.preventDefault();
    const first = items?.[0];
    if (first === undefined || query.isPlaceholderData) return;
    void navigate({ to: `${page}/$guest`, params: { company, guest: first.id } });
  };
  return (
    <>
      <search>
        <form className={c(isLarge && 'large')} onSubmit={openFirst}>
          <TextInput
            label={words.label}
            hint={words.hint}
            type="search"
            autoFocus
            autoComplete="off"
            maxLength={120}
            value={q}
            onChange={(event) =>
              void navigate({
                to: page,
                params: { company },
                search: event.target.value === '' ? {} : { q: event.target.value },
                replace: true,
              })
            }
          />
          {props.beside}
        </form>
      </search>
      <p className="visually-hidden" aria-live="polite">
        {items !== undefined && words.found(items.length)}
      </p>
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      {isAsked && query.isPending && <SkeletonLines lines={4} label={t('loading')} />}
      {items?.length === 0 && isShort && <p className={c('more')}>{t('searchMore')}</p>}
      {items?.length === 0 && !isShort && (
        <EmptyState title={words.none} action={noneAction}>
          {words.noneText}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <ul className={c('rows')}>
          {items.map((person) => (
            <li key={person.id}>
              <Link
                to={`${page}/$guest`}
                params={{ company, guest: person.id }}
                preload={false}
                className={c('row')}
              >
                <span className={c('name')}>{person.name}</span>
                {props.about(person)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
