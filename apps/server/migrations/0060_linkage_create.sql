-- Subjects that may be one person: found by what they have in common, decided by staff.

create table linkage_keys (
  company text not null,
  token text not null,
  subject uuid not null,
  constraint linkage_keys_pkey primary key (company, token, subject),
  constraint linkage_keys_subject_exists foreign key (company, subject) references subjects (company, id)
);
create index linkage_keys_by_subject on linkage_keys (company, subject);
comment on table linkage_keys is
  'Keyed HMACs of what alike records have in common, such as the sound of a name. They show which subjects share something, never what.';

create table duplicates (
  company text not null,
  a uuid not null,
  b uuid not null,
  bits double precision not null,
  probability double precision not null,
  waterfall jsonb not null,
  found_at timestamptz not null,
  constraint duplicates_pkey primary key (company, a, b),
  constraint duplicates_a_exists foreign key (company, a) references subjects (company, id),
  constraint duplicates_b_exists foreign key (company, b) references subjects (company, id),
  constraint duplicates_in_order check (a < b),
  constraint duplicates_probability_is_a_share check (probability between 0 and 1)
);
create index duplicates_by_b on duplicates (company, b);
comment on table duplicates is
  'Pairs of subjects that may be one person, as they were compared last. It joins nobody; a verdict does.';
comment on column duplicates.waterfall is
  'What moved the pair by how many bits. Degrees of agreement, no values.';

alter table link_events
  add column method text,
  add column probability double precision,
  add column waterfall jsonb,
  add constraint link_events_method_known check (method in ('review', 'desk', 'source')),
  add constraint link_events_evidence_is_whole check ((probability is null) = (waterfall is null));
comment on column link_events.method is
  'How it came about: review (a pair that was shown as a possible duplicate), desk (of staff alone), source (a system that proves identifiers). Null in rows older than this column.';
comment on column link_events.waterfall is
  'What was shown to who decided: what moved the pair by how many bits.';
