-- What a person has said to a customer about the tier that was set by hand.
alter table value_tiers
  add column answered_at timestamptz,
  add column answer_sealed bytea,
  add constraint value_tiers_answer_whole check ((answered_at is null) = (answer_sealed is null));
comment on column value_tiers.answer_sealed is
  'Why a person set the tier, and the objection that was settled with it, sealed with the key of the person.';
