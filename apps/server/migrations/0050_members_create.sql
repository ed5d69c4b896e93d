-- Who is one person with whom: a projection of the verdicts, kept in the transaction that appends
-- one, so that reading a person does not walk verdicts.

create table members (
  company text not null,
  subject uuid not null,
  person uuid not null,
  constraint members_pkey primary key (company, subject),
  constraint members_subject_exists foreign key (company, subject) references subjects (company, id)
);
create index members_by_person on members (company, person);
comment on table members is
  'Subjects that a verdict is about, each with its person. A subject without a row is a person alone.';
comment on column members.person is
  'The smallest id among the subjects of the person. Any of them finds the same person, for ever.';
