-- How customers sign in: links by mail, and the sessions that they open.

create table sign_in_links (
  company text not null,
  token_hash text not null,
  subject uuid,
  email_hmac text not null,
  email_sealed bytea not null,
  return_to text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint sign_in_links_pkey primary key (company, token_hash),
  constraint sign_in_links_company_fkey foreign key (company) references companies
);

create index sign_in_links_by_email on sign_in_links (company, email_hmac);

comment on table sign_in_links is
  'Links that can still be used, by the hash of their token. Using one deletes it.';
comment on column sign_in_links.email_sealed is
  'Sealed with the key of the company: whoever asks for a link may not be known yet.';
comment on column sign_in_links.subject is 'Who is known by this address, for erasure.';

create table customer_sessions (
  company text not null,
  token_hash text not null,
  subject uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint customer_sessions_pkey primary key (company, token_hash),
  constraint customer_sessions_company_fkey foreign key (company) references companies
);

create index customer_sessions_by_subject on customer_sessions (company, subject);

comment on table customer_sessions is 'Signed-in customers, by the hash of the token in their cookie.';
