-- What staff noted while two were one person: once they are parted, somebody says whose it is.

create table attributions (
  company text not null,
  subject uuid not null,
  interaction uuid not null,
  other uuid not null,
  at timestamptz not null,
  constraint attributions_pkey primary key (company, subject, interaction),
  constraint attributions_subject_exists foreign key (company, subject)
    references subjects (company, id),
  constraint attributions_other_exists foreign key (company, other) references subjects (company, id),
  constraint attributions_of_two check (subject <> other)
);
create index attributions_by_other on attributions (company, other);
create index attributions_by_moment on attributions (company, at, interaction);
comment on table attributions is
  'Lines of a journal that may be about another: they stay where they are until somebody decides.';
comment on column attributions.other is 'Whom the line may be about instead.';
comment on column attributions.at is 'When the two were parted.';
