-- Pairs that may be one person and that somebody has put off, so that the next one is not asked.

create table duplicate_deferrals (
  company text not null,
  a uuid not null,
  b uuid not null,
  bits double precision not null,
  actor text not null,
  at timestamptz not null,
  until timestamptz not null,
  constraint duplicate_deferrals_pkey primary key (company, a, b),
  constraint duplicate_deferrals_a_exists foreign key (company, a) references subjects (company, id),
  constraint duplicate_deferrals_b_exists foreign key (company, b) references subjects (company, id),
  constraint duplicate_deferrals_in_order check (a < b),
  constraint duplicate_deferrals_end_later check (until > at)
);
create index duplicate_deferrals_by_b on duplicate_deferrals (company, b);
comment on table duplicate_deferrals is
  'Possible duplicates that are not shown until then. It says nothing of whether they are one person; a verdict does.';
comment on column duplicate_deferrals.bits is
  'What spoke for the pair when it was put off: it is shown sooner where more does.';
comment on column duplicate_deferrals.actor is 'Id of the member of staff.';

create index link_events_decided on link_events (company, at desc, id desc)
  where made_by = 'human' and kind <> 'void';
