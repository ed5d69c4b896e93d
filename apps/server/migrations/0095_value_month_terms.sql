-- By what each month was reckoned, so that months are compared only where that is the same.
alter table value_month_totals add column terms jsonb;
update value_month_totals as months set terms = coalesce((
  select jsonb_build_object('costs', runs.costs, 'profitCosts', runs.costs,
    'horizonWeeks', runs.body->'settings'->'horizonWeeks')
  from value_runs as runs
  where runs.company = months.company and runs.state = 'done' and runs.model is not null
    and date_trunc('month', runs.started_at at time zone 'UTC')::date = months.month
  order by runs.ended_at desc limit 1
), '{}');
comment on column value_month_totals.terms is
  'Versions of the cost tables that equity and profit were reckoned by, and the horizon in weeks; empty where that is not known, null until the run that wrote the month has said it.';
