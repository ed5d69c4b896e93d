-- What is in another currency than the company's is counted in nothing: each run says how much that is.
alter table value_runs add column left_out jsonb;
comment on column value_runs.left_out is
  'Purchases in other currencies, which are counted in nothing: how many, of how many customers, in which currencies. Null of runs before this was told.';
