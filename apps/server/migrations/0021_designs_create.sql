create table designs (
  company text not null,
  id uuid not null,
  share_id uuid not null,
  subject text not null,
  family text not null,
  model_hash text not null,
  version integer not null,
  content_sealed bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint designs_key primary key (company, id),
  constraint designs_share_once unique (company, share_id),
  constraint designs_version_counts check (version > 0)
);
comment on table designs is 'Saved designs. Who holds the id may change it; who holds the share id may look.';
comment on column designs.content_sealed is 'Choices and texts, sealed with the key of the subject.';
create index designs_by_subject on designs (company, subject);
