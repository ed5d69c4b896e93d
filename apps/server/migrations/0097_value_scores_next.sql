-- What a run makes of each tier is written while it scores, so that its end moves rows and decides little.
alter table value_scores
  add column next_tier text,
  add column next_since timestamptz,
  add column next_expires timestamptz,
  add column next_candidate text,
  add column next_candidate_runs integer,
  add column stood text;
comment on column value_scores.next_tier is
  'The tier that the run gives when it ends; null where the tier that stands is not touched.';
comment on column value_scores.stood is
  'Which version of the row of value_tiers this follows from: one that was changed since is decided anew. Null of a first tier.';
