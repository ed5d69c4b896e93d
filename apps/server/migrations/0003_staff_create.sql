-- Staff accounts. The first four tables are those of better-auth, under names of our own: an account
-- may serve several companies, so that their keys do not start with the company.

create table staff_accounts (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint staff_accounts_pkey primary key (id),
  constraint staff_accounts_email_is_one unique (email)
);

comment on table staff_accounts is 'Who works here, by a lower-case e-mail address.';

create table staff_sessions (
  id text not null,
  token text not null,
  account_id text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint staff_sessions_pkey primary key (id),
  constraint staff_sessions_token_is_one unique (token),
  constraint staff_sessions_account_fkey foreign key (account_id)
    references staff_accounts on delete cascade
);

create index staff_sessions_by_account on staff_sessions (account_id);

comment on table staff_sessions is
  'Signed-in staff. The cookie also carries a signature, so that a token alone is not enough.';
comment on column staff_sessions.ip_address is 'Always null: where staff sign in from is not kept.';
comment on column staff_sessions.user_agent is 'Always null: what staff sign in with is not kept.';

create table staff_credentials (
  id text not null,
  account_id text not null,
  provider_id text not null,
  provider_account_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint staff_credentials_pkey primary key (id),
  constraint staff_credentials_is_one_a_provider unique (provider_id, provider_account_id),
  constraint staff_credentials_account_fkey foreign key (account_id)
    references staff_accounts on delete cascade
);

create index staff_credentials_by_account on staff_credentials (account_id);

comment on table staff_credentials is 'How an account proves itself. Passwords are argon2id hashes.';

create table staff_verifications (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint staff_verifications_pkey primary key (id)
);

create index staff_verifications_by_identifier on staff_verifications (identifier);

comment on table staff_verifications is
  'Password resets that are under way; the identifier is a hash of the token in the mail.';

create table staff_roles (
  company text not null,
  account_id text not null,
  roles jsonb not null,
  created_at timestamptz not null,
  constraint staff_roles_pkey primary key (company, account_id),
  constraint staff_roles_is_not_empty check (jsonb_array_length(roles) > 0),
  constraint staff_roles_company_fkey foreign key (company) references companies,
  constraint staff_roles_account_fkey foreign key (account_id)
    references staff_accounts on delete cascade
);

comment on table staff_roles is
  'What an account may do at a company. No row, no access: an account alone opens nothing.';

create table staff_invitations (
  company text not null,
  id uuid not null,
  token_hash text not null,
  email_hmac text not null,
  email_sealed bytea not null,
  roles jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint staff_invitations_pkey primary key (company, id),
  constraint staff_invitations_token_is_one unique (company, token_hash),
  constraint staff_invitations_is_one_an_address unique (company, email_hmac),
  constraint staff_invitations_company_fkey foreign key (company) references companies
);

comment on table staff_invitations is
  'Who is invited. Only a hash of the token in the mail is kept; accepting deletes the row.';
