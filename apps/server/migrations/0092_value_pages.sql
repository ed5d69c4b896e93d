-- What the pages of customer value would otherwise read every row for.
alter table value_month_totals add column tiers jsonb;
comment on column value_month_totals.tiers is
  'How many customers had each tier; null until a run has counted them. It stays when somebody is erased.';
create index value_scores_by_growth on value_scores (company, run, growth desc, person);
create index value_scores_by_stake on value_scores (company, run, at_stake desc, person);
