-- Every ontology a company has had, and how far what is known has been read anew with it.

create table ontology_versions (
  company text not null,
  version integer not null,
  hash text not null,
  body jsonb not null,
  made_at timestamptz not null,
  made_by text,
  replay_after uuid,
  replay_done integer not null,
  replay_total integer not null,
  replayed_at timestamptz,
  constraint ontology_versions_pkey primary key (company, version),
  constraint ontology_versions_version_counts check (version > 0),
  constraint ontology_versions_replay_counts check (replay_done >= 0 and replay_total >= 0)
);
create index ontology_versions_to_replay on ontology_versions (company) where replayed_at is null;
comment on table ontology_versions is
  'Ontologies that were put in place through the application, the first with the one before it.';
comment on column ontology_versions.replay_after is
  'The last subject whose journal was read anew; null before the first.';
comment on column ontology_versions.made_by is 'The name of the member of staff at that time.';
