-- What customers are worth: what was counted of each, what was fitted, what was decided, and by what.
-- A customer is a person: the smallest of the subjects that verdicts hold for one.

create table value_documents (
  company text not null,
  kind text not null,
  version text not null,
  valid_from date,
  body jsonb not null,
  made_at timestamptz not null,
  made_by text,
  constraint value_documents_pkey primary key (company, kind, version),
  constraint value_documents_kind_known check (kind in ('costs', 'policy', 'settings', 'treatments')),
  constraint value_documents_costs_begin check ((kind = 'costs') = (valid_from is not null))
);
comment on table value_documents is
  'What a company reckons by: cost tables, tier policies, settings and plans of treatments. A version is never changed.';
comment on column value_documents.made_by is 'The account of staff; null where it came with the data.';

create table value_accounts (
  company text not null,
  person uuid not null,
  subjects uuid[] not null,
  first_day date not null,
  last_day date not null,
  purchase_days integer not null,
  first_minor bigint not null,
  spend_count integer not null,
  spend_minor bigint not null,
  lines integer not null,
  returns integer not null,
  contacts jsonb not null,
  categories jsonb not null,
  added_up_at timestamptz not null,
  constraint value_accounts_pkey primary key (company, person),
  constraint value_accounts_subject_exists foreign key (company, person)
    references subjects (company, id),
  constraint value_accounts_days_count check (purchase_days >= 1 and first_day <= last_day)
);
create index value_accounts_joined on value_accounts using gin (subjects)
  where cardinality(subjects) > 1;
comment on table value_accounts is
  'What each customer bought, returned and asked service about: sums over purchases of earlier systems and of this one, from which the models are fitted. It follows from them and can be added up anew.';
comment on column value_accounts.subjects is 'All subjects of the person, sorted.';
comment on column value_accounts.purchase_days is 'Days with a purchase; what is bought on one day is one purchase.';
comment on column value_accounts.first_minor is 'What was kept of the first purchase.';
comment on column value_accounts.spend_count is 'Purchases after the first of which something was kept.';
comment on column value_accounts.spend_minor is 'What was kept of those.';
comment on column value_accounts.returns is
  'Purchases of which something was returned, not by the company''s fault.';
comment on column value_accounts.contacts is 'Contacts with service by channel, the company''s fault left out.';
comment on column value_accounts.categories is 'Purchases by category.';

create table value_sums (
  company text not null,
  added_up_at timestamptz not null,
  constraint value_sums_pkey primary key (company)
);
comment on table value_sums is
  'Until when the accounts of a company are added up: the next time only who has news is.';

create table value_models (
  company text not null,
  id uuid not null,
  until date not null,
  fitted_at timestamptz not null,
  customers integer not null,
  costs text not null,
  body jsonb not null,
  constraint value_models_pkey primary key (company, id)
);
comment on table value_models is 'What was fitted on a base: parameters, and nobody''s history.';

create table value_runs (
  company text not null,
  id uuid not null,
  state text not null,
  step text not null,
  progress double precision not null,
  months integer not null,
  wants_fit boolean not null,
  asked_by text,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  problem text,
  customers integer,
  until date,
  costs text,
  policy text,
  model uuid,
  body jsonb,
  constraint value_runs_pkey primary key (company, id),
  constraint value_runs_state_known check (state in ('queued', 'running', 'done', 'failed')),
  constraint value_runs_end check ((state in ('done', 'failed')) = (ended_at is not null))
);
create unique index value_runs_one_at_once on value_runs (company) where state in ('queued', 'running');
create index value_runs_by_time on value_runs (company, started_at);
comment on table value_runs is
  'Each time the customers of a company were valued. One is under way at a time; who works on it says so every few seconds, and another takes over where that ends.';
comment on column value_runs.seen_at is 'When whoever works on it was last heard of.';
comment on column value_runs.body is
  'What the whole base said: figures of the mean customer, where the top begins, curves, the model beside what came.';

create table value_scores (
  company text not null,
  person uuid not null,
  run uuid not null,
  tier text not null,
  value double precision not null,
  low double precision not null,
  high double precision not null,
  below_zero double precision not null,
  alive double precision not null,
  growth double precision not null,
  potential double precision not null,
  at_stake double precision not null,
  main_driver text,
  main_amount double precision,
  body jsonb not null,
  constraint value_scores_pkey primary key (company, run, person),
  constraint value_scores_subject_exists foreign key (company, person)
    references subjects (company, id)
);
create index value_scores_by_value on value_scores (company, run, value desc, person);
create index value_scores_by_person on value_scores (company, person);
comment on table value_scores is
  'What a run says of each customer, in units of the currency. The last run that ended well counts; those before it are deleted.';
comment on column value_scores.tier is 'What the run said; `value_tiers` has the tier that the customer has.';
comment on column value_scores.body is 'The whole decision, its drivers, and the purchases at the potential.';

create table value_tiers (
  company text not null,
  person uuid not null,
  tier text not null,
  since timestamptz not null,
  expires timestamptz not null,
  last_run timestamptz not null,
  candidate text,
  candidate_runs integer,
  contested_at timestamptz,
  contest_sealed bytea,
  set_by text,
  constraint value_tiers_pkey primary key (company, person),
  constraint value_tiers_subject_exists foreign key (company, person)
    references subjects (company, id),
  constraint value_tiers_tier_known check
    (tier in ('keep', 'grow', 'maintain', 'below-zero', 'undecided')),
  constraint value_tiers_candidate_whole check ((candidate is null) = (candidate_runs is null)),
  constraint value_tiers_contest_whole check ((contested_at is null) = (contest_sealed is null))
);
create index value_tiers_contested on value_tiers (company, contested_at) where contested_at is not null;
comment on table value_tiers is
  'The tier that each customer has. A run changes it by the rules of the policy; an objection of the customer suspends it.';
comment on column value_tiers.contest_sealed is 'The customer''s words, sealed with the key of the person.';

create table value_months (
  company text not null,
  month date not null,
  person uuid not null,
  tier text not null,
  value double precision not null,
  constraint value_months_pkey primary key (company, month, person),
  constraint value_months_subject_exists foreign key (company, person)
    references subjects (company, id)
);
create index value_months_by_person on value_months (company, person, month);
comment on table value_months is
  'Tier and value of each customer at the end of each month; of the month at hand, as of the last run.';

create table value_month_totals (
  company text not null,
  month date not null,
  customers integer not null,
  equity double precision not null,
  profit double precision not null,
  constraint value_month_totals_pkey primary key (company, month)
);
comment on table value_month_totals is
  'Customer equity at the end of each month, and what the month brought after the cost to serve. It stays when somebody is erased.';

create table value_reviews (
  company text not null,
  id uuid not null,
  person uuid not null,
  opened_at timestamptz not null,
  item jsonb not null,
  closed_at timestamptz,
  closed_by text,
  outcome text,
  outcome_sealed bytea,
  constraint value_reviews_pkey primary key (company, id),
  constraint value_reviews_subject_exists foreign key (company, person)
    references subjects (company, id),
  constraint value_reviews_outcome_known check
    (outcome in ('remedies', 'no-change', 'part', 'superseded')),
  constraint value_reviews_end check ((closed_at is null) = (outcome is null))
);
create unique index value_reviews_one_open on value_reviews (company, person) where closed_at is null;
create index value_reviews_by_time on value_reviews (company, opened_at);
comment on table value_reviews is
  'Customers below zero whom a person has to look at. Nothing else ends a review but a person, or that the customer is below zero no more.';
comment on column value_reviews.outcome_sealed is
  'Reason and remedies of the decision, sealed with the key of the person.';

create table treatment_assignments (
  company text not null,
  treatment text not null,
  person uuid not null,
  arm text not null,
  assigned_at timestamptz not null,
  counts_at timestamptz not null,
  before double precision not null,
  outcome double precision,
  suspended_at timestamptz,
  constraint treatment_assignments_pkey primary key (company, treatment, person),
  constraint treatment_assignments_subject_exists foreign key (company, person)
    references subjects (company, id),
  constraint treatment_assignments_arm_known check (arm in ('treated', 'control'))
);
create index treatment_assignments_by_person on treatment_assignments (company, person);
create index treatment_assignments_due on treatment_assignments (company, counts_at) where outcome is null;
comment on table treatment_assignments is
  'Who gets a treatment and who goes without, by lot. Who was drawn stays, or what came of it could not be compared.';
comment on column treatment_assignments.before is 'What the customer brought in as long a time before.';
comment on column treatment_assignments.outcome is
  'What the customer brought until counts_at, in units of the currency; null before.';
comment on column treatment_assignments.suspended_at is
  'While an objection of the customer stands, nothing is done differently.';

create table treatment_states (
  company text not null,
  treatment text not null,
  verdict text,
  said_at timestamptz,
  awaiting_review integer not null,
  over_budget integer not null,
  constraint treatment_states_pkey primary key (company, treatment),
  constraint treatment_states_verdict_known check (verdict in ('works', 'harms', 'no-effect-worth', 'lots-broken')),
  constraint treatment_states_verdict_whole check ((verdict is null) = (said_at is null))
);
comment on table treatment_states is 'How each treatment stands since the last run.';
comment on column treatment_states.verdict is
  'The first verdict that was one: a treatment is not asked again until it pleases.';
comment on column treatment_states.awaiting_review is
  'Customers below zero who could have it, once a person has looked at them.';
comment on column treatment_states.over_budget is 'Customers who could have it, had there been the budget.';
