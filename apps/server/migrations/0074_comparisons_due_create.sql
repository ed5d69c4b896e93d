-- Subjects that another system has told of and that are still to be compared with others.

create table comparisons_due (
  company text not null,
  subject uuid not null,
  constraint comparisons_due_pkey primary key (company, subject)
);
comment on table comparisons_due is
  'Subjects whose identifiers changed through the bulk door: put here with them, taken out by the comparison that finds possible duplicates.';

insert into comparisons_due (company, subject)
select distinct company, subject from identifiers
where kind in ('email', 'phone', 'loyalty') and not exists (
  select from linkage_keys
  where linkage_keys.company = identifiers.company and linkage_keys.subject = identifiers.subject);
