create table family_versions (
  company text not null,
  family text not null,
  model_hash text not null,
  model jsonb not null,
  layers jsonb not null,
  source text not null,
  published_at timestamptz not null,
  constraint family_versions_key primary key (company, family, model_hash)
);
comment on table family_versions is 'Every version of a product family that was ever published. Its model never changes; its pictures may.';
comment on column family_versions.source is 'The YAML as it was published.';

create table families (
  company text not null,
  family text not null,
  model_hash text not null,
  position integer not null,
  published_at timestamptz not null,
  constraint families_key primary key (company, family),
  constraint families_publish_a_version
    foreign key (company, family, model_hash) references family_versions (company, family, model_hash)
);
comment on table families is 'Which version of each family customers see now.';
