-- What a company remembers of its customers. The journal (interactions) is the only source of
-- truth; facts, consents and declines follow from it and are rebuilt by a replay. Everything
-- personal is sealed with the key of its own subject; look-ups go by keyed HMAC.

create table ontologies (
  company text not null,
  hash text not null,
  body jsonb not null,
  updated_at timestamptz not null,
  constraint ontologies_pkey primary key (company)
);
comment on table ontologies is
  'What a company can remember, and for which purposes: predicates and purposes as plain data.';

create table subjects (
  company text not null,
  id uuid not null,
  name bytea,
  journal_length integer not null default 0,
  last_recorded_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  constraint subjects_pkey primary key (company, id),
  constraint subjects_journal_length_counts check (journal_length >= 0)
);
comment on table subjects is
  'The atomic customer record: never merged, never moved. Its row is the lock that puts the writers of one subject in a row.';
comment on column subjects.name is 'Sealed.';
comment on column subjects.last_recorded_at is
  'What is recorded next is recorded no earlier, even where a clock runs back.';

create table identifiers (
  company text not null,
  subject uuid not null,
  kind text not null,
  hmac text not null,
  value bytea not null,
  verified_at timestamptz,
  verified_by text,
  strength text not null,
  created_at timestamptz not null,
  constraint identifiers_pkey primary key (company, subject, kind, hmac),
  constraint identifiers_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint identifiers_strength_known check (strength in ('strong', 'weak', 'shared')),
  constraint identifiers_verified_by_known check (verified_by in ('link', 'staff', 'source')),
  constraint identifiers_verification_is_whole check ((verified_at is null) = (verified_by is null))
);
create unique index identifiers_verified_once on identifiers (company, kind, hmac)
  where verified_at is not null and strength = 'strong';
create index identifiers_by_hmac on identifiers (company, kind, hmac);
comment on table identifiers is
  'Handles by which a subject is known again: the value sealed, its keyed HMAC for looking up. An unverified one joins nothing.';
comment on column identifiers.verified_by is
  'How it was proved: link (the customer opened a mail), staff (a member of staff checked it), source (the system it came from).';
comment on index identifiers_verified_once is
  'A proved strong identifier belongs to one subject: two sign-ins at once cannot make two.';

create table name_tokens (
  company text not null,
  token text not null,
  subject uuid not null,
  constraint name_tokens_pkey primary key (company, token, subject),
  constraint name_tokens_subject_exists foreign key (company, subject) references subjects (company, id)
);
create index name_tokens_by_subject on name_tokens (company, subject);
comment on table name_tokens is
  'Keyed HMACs of the words of a name and of their beginnings, so that a sealed name can be searched. They show which subjects share a beginning, never which; the name itself is opened to check.';

create table link_events (
  company text not null,
  id uuid not null,
  kind text not null,
  a uuid,
  b uuid,
  voids uuid,
  made_by text not null,
  actor text,
  at timestamptz not null,
  constraint link_events_pkey primary key (company, id),
  constraint link_events_kind_known check (kind in ('same', 'not_same', 'void')),
  constraint link_events_made_by_known check (made_by in ('human', 'machine')),
  constraint link_events_names_what_it_is_about check (
    case kind when 'void' then voids is not null and a is null and b is null
      else voids is null and a is not null and b is not null and a <> b end)
);
create index link_events_by_a on link_events (company, a) where a is not null;
create index link_events_by_b on link_events (company, b) where b is not null;
create index link_events_by_voided on link_events (company, voids) where voids is not null;
comment on table link_events is
  'Verdicts on whether two subjects are one person, append-only; a person is a projection over them, so taking one back loses nothing.';

create table interactions (
  company text not null,
  subject uuid not null,
  seq integer not null,
  id uuid not null,
  batch uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  channel text not null,
  touchpoint text not null,
  site text,
  actor_kind text not null,
  actor text,
  idempotency_key text,
  kind text not null,
  slot text,
  body bytea,
  constraint interactions_pkey primary key (company, subject, seq),
  constraint interactions_id_once unique (company, subject, id),
  constraint interactions_idempotency_key_once unique (company, subject, idempotency_key),
  constraint interactions_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint interactions_seq_counts check (seq >= 0),
  constraint interactions_actor_kind_known check (actor_kind in ('customer', 'staff', 'agent', 'system'))
);
create index interactions_by_slot on interactions (company, subject, slot) where slot is not null;
create index interactions_by_batch on interactions (company, subject, batch);
comment on table interactions is
  'The journal: append-only, the source of everything remembered.';
comment on column interactions.batch is 'What was recorded in one go, such as a note with its facts.';
comment on column interactions.slot is
  'What it is about (predicate and scope), so that one more word on it projects only this.';
comment on column interactions.body is 'Sealed; null once the customer had it forgotten.';

create table facts (
  company text not null,
  subject uuid not null,
  id text not null,
  slot text not null,
  lane text not null,
  predicate text not null,
  scope jsonb not null,
  value bytea not null,
  unit text,
  polarity text not null,
  basis text not null,
  confidence double precision not null,
  evidence jsonb not null,
  seq integer not null,
  as_of timestamptz not null,
  purpose text not null,
  sensitivity text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  tx_from timestamptz not null,
  tx_to timestamptz,
  supersedes text,
  constraint facts_pkey primary key (company, subject, id),
  constraint facts_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint facts_valid_time_runs_on check (valid_to is null or valid_from < valid_to),
  constraint facts_transaction_time_runs_on check (tx_to is null or tx_from < tx_to),
  constraint facts_confidence_is_a_share check (confidence between 0 and 1),
  constraint facts_polarity_known check (polarity in ('like', 'dislike', 'require', 'forbid')),
  constraint facts_sensitivity_known check (sensitivity in ('ordinary', 'special'))
);
create unique index facts_live_once on facts (company, subject, slot, lane)
  where tx_to is null and valid_to is null;
create index facts_by_slot on facts (company, subject, slot);
comment on table facts is
  'What is believed of a subject: a projection of the journal, true from valid_from to valid_to, believed from tx_from to tx_to (half-open; null is open).';
comment on column facts.lane is
  'What excludes each other within a slot: the polarity of a single-valued wish, else polarity and a keyed HMAC of the value.';
comment on index facts_live_once is
  'Of things that exclude each other one is believed now: the backstop behind the lock of the subject.';

create table consents (
  company text not null,
  subject uuid not null,
  id uuid not null,
  purpose text not null,
  status text not null,
  basis text,
  wording jsonb,
  receipt_id text not null,
  at timestamptz not null,
  expires_at timestamptz,
  recorded_at timestamptz not null,
  seq integer not null,
  constraint consents_pkey primary key (company, subject, id),
  constraint consents_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint consents_status_known check (status in ('granted', 'withdrawn')),
  constraint consents_grant_is_whole check ((status = 'granted') = (basis is not null and wording is not null))
);
comment on table consents is 'Each consent given or taken back, with the words agreed to: a projection of the journal.';

create table declines (
  company text not null,
  subject uuid not null,
  id uuid not null,
  predicate text not null,
  at timestamptz not null,
  until_at timestamptz,
  recorded_at timestamptz not null,
  seq integer not null,
  constraint declines_pkey primary key (company, subject, id),
  constraint declines_subject_exists foreign key (company, subject) references subjects (company, id)
);
comment on table declines is 'What a customer would rather not say: a projection of the journal. until_at null is never.';

create table ask_log (
  company text not null,
  subject uuid not null,
  id uuid not null,
  asked_at timestamptz not null,
  channel text not null,
  touchpoint text not null,
  purpose text not null,
  predicate text not null,
  outcome text not null,
  fact_ids jsonb not null,
  is_repeat boolean not null,
  constraint ask_log_pkey primary key (company, subject, id),
  constraint ask_log_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint ask_log_outcome_known check (outcome in ('known', 'confirm', 'ask', 'later', 'declined', 'withheld'))
);
comment on table ask_log is 'What memory answered to each need. is_repeat: a question put although its answer was there.';

create table ask_reservations (
  company text not null,
  subject uuid not null,
  predicate text not null,
  holder text not null,
  until_at timestamptz not null,
  constraint ask_reservations_pkey primary key (company, subject, predicate),
  constraint ask_reservations_subject_exists foreign key (company, subject) references subjects (company, id)
);
comment on table ask_reservations is 'Who is putting a question just now, so that two channels do not put it at once.';

create table fact_reads (
  company text not null,
  subject uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor text,
  actor_name bytea,
  purpose text not null,
  touchpoint text not null,
  site text,
  fact_ids jsonb not null,
  constraint fact_reads_pkey primary key (company, subject, id),
  constraint fact_reads_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint fact_reads_actor_kind_known check (actor_kind in ('customer', 'staff', 'system'))
);
create index fact_reads_by_time on fact_reads (company, subject, at desc);
comment on table fact_reads is 'Who read which facts, when and for which purpose; shown to the person they are about.';
comment on column fact_reads.actor_name is 'Sealed: the name of the member of staff at that time.';

create table applications (
  company text not null,
  subject uuid not null,
  id uuid not null,
  order_id uuid not null,
  operation text not null,
  position integer not null,
  predicate text not null,
  scope jsonb not null,
  fact_ids jsonb not null,
  evidence jsonb not null,
  touchpoint text not null,
  site text not null,
  applied_at timestamptz not null,
  deadline_at timestamptz not null,
  outcome text,
  outcome_at timestamptz,
  reason bytea,
  constraint applications_pkey primary key (company, subject, id),
  constraint applications_subject_exists foreign key (company, subject) references subjects (company, id),
  constraint applications_once unique (company, order_id, operation, position),
  constraint applications_outcome_known check (outcome in ('kept', 'rejected')),
  constraint applications_outcome_is_whole check ((outcome is null) = (outcome_at is null))
);
comment on table applications is 'What remembered facts asked of the makers of an order, and what became of it.';
comment on column applications.reason is 'Sealed: why it could not be followed.';

create table tombstones (
  company text not null,
  kind text not null,
  hmac text not null,
  erased_at timestamptz not null,
  constraint tombstones_pkey primary key (company, kind, hmac)
);
comment on table tombstones is
  'Identifiers of people who had everything erased, as HMACs under a key used for nothing else: a later import must not bring them back.';
