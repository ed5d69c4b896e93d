import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../../platform/client.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { piecesOf } from './mailbox.view.ts';
import styles from './sign-in.module.css';
import { mailboxRoute } from './sign-in.routes.ts';

const c = classesOf(styles);

const mailboxQuery = (to: string | undefined) =>
  queryOptions({
    queryKey: ['mailbox', to],
    queryFn: () => client.session.mailbox(to === undefined ? {} : { to }),
    refetchInterval: 4_000,
  });

/** What would have been mailed, where there is no mail server (development only). */
export function MailboxPage() {
  const { t } = useTranslation(['signIn', 'common']);
  const { to } = mailboxRoute.useSearch();
  const reading = useReading();
  const query = useQuery(mailboxQuery(to));
  return (
    <Page title={t('mailbox.title')} lead={t('mailbox.lead')} width="narrow">
      {to !== undefined && (
        <p>
          {t('mailbox.sentTo', { to })} · <Link to="/mailbox">{t('mailbox.all')}</Link>
        </p>
      )}
      <Loaded query={query} skeleton={<SkeletonLines lines={5} label={t('common:loading')} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('mailbox.empty')}>{t('mailbox.emptyText')}</EmptyState>
          ) : (
            <ul className={c('mails')}>
              {items.map((mail) => (
                <li key={mail.id} className={c('mail')}>
                  <h2>{mail.subject}</h2>
                  <p className={c('quiet')}>
                    {t('mailbox.sentTo', { to: mail.to })} · {momentWords(mail.at, reading)}
                  </p>
                  <p className={c('text')}>
                    <MailText text={mail.text} />
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function MailText({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, index) =>
    piece.kind === 'words' ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a mail never change their order.
      <a key={index} href={piece.address}>
        {piece.address}
      </a>
    ),
  );
}
