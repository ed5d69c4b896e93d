-- How far the made-up history of each demo company is.

create table demo_histories (
  company text not null,
  until date not null,
  batches integer not null,
  begun_at timestamptz not null,
  done_at timestamptz,
  constraint demo_histories_pkey primary key (company),
  constraint demo_histories_company_fkey foreign key (company) references companies,
  constraint demo_histories_batches_count check (batches >= 0)
);
comment on table demo_histories is
  'How far the made-up history of a demo company is: what was broken off goes on where it was.';
comment on column demo_histories.until is
  'The last day of it, counted from the day on which it was begun: with that, all of it is given.';
comment on column demo_histories.batches is 'Batches that were recorded.';
