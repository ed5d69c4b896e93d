-- Companies and their sites. Neither holds anything personal.

create table companies (
  company text not null,
  position integer not null,
  name text not null,
  legal_name text not null,
  invoice_address jsonb not null,
  tax_number text,
  summary jsonb not null,
  accent text not null,
  locale text not null,
  currency text not null,
  tax_included boolean not null,
  kind text not null,
  mail_sender text not null,
  deliveries jsonb not null,
  taxes jsonb not null,
  families jsonb not null,
  created_at timestamptz not null,
  constraint companies_pkey primary key (company),
  constraint companies_kind_is_known check (kind in ('goods', 'stays')),
  constraint companies_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  constraint companies_accent_is_colour check (accent ~ '^#[0-9a-f]{6}$')
);

comment on table companies is
  'A company is a tenant. Deliveries, taxes and families are short lists that are read and written as a whole.';

create table sites (
  company text not null,
  site text not null,
  position integer not null,
  name jsonb not null,
  place text not null,
  time_zone text not null,
  plant jsonb not null,
  constraint sites_pkey primary key (company, site),
  constraint sites_company_fkey foreign key (company) references companies
);

comment on table sites is
  'A place of a company: a shop with its workshop, or a hotel. Its plant says what it can make, and when.';
