create table family_spaces (
  company text not null,
  family text not null,
  model_hash text not null,
  format integer not null,
  content bytea,
  compiled_at timestamptz not null,
  constraint family_spaces_key primary key (company, family, model_hash, format),
  constraint family_spaces_belong_to_a_version
    foreign key (company, family, model_hash) references family_versions (company, family, model_hash),
  constraint family_spaces_are_small check (content is null or octet_length(content) <= 16777216)
);
comment on table family_spaces is 'Compiled solution spaces of published versions: made from them, and made again where they are missing.';
comment on column family_spaces.content is 'The space file; null where no diagram of this version fits the limits.';
