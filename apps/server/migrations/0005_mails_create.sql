-- Outgoing mail. Envelope and text are sealed; what has been sent is deleted.

create table mails (
  company text not null,
  id uuid not null,
  subject uuid,
  kind text not null,
  recipient_hmac text not null,
  sealed bytea not null,
  state text not null,
  attempts integer not null,
  next_at timestamptz not null,
  created_at timestamptz not null,
  constraint mails_pkey primary key (company, id),
  constraint mails_state_is_known check (state in ('queued', 'kept', 'failed')),
  constraint mails_company_fkey foreign key (company) references companies
);

create index mails_due on mails (next_at) where state = 'queued';
create index mails_by_subject on mails (company, subject);
create index mails_by_recipient on mails (company, recipient_hmac);

comment on table mails is
  'Mails of committed transactions: queued for the mail server, or kept for the development mailbox.';
comment on column mails.sealed is
  'Sealed with the key of the subject, or of the company where nobody is concerned.';
