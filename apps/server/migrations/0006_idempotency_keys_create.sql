-- Replies to writes that carried an Idempotency-Key, to be given again when the write is repeated.

create table idempotency_keys (
  company text not null,
  caller_hash text not null,
  key_hash text not null,
  request_hash text not null,
  subject uuid,
  process text not null,
  status integer,
  sealed bytea,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (company, caller_hash, key_hash),
  constraint idempotency_keys_is_whole check ((status is null) = (sealed is null))
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
create index idempotency_keys_by_subject on idempotency_keys (company, subject);

comment on table idempotency_keys is
  'A row without a status is a request that is being worked on, by the process that it names.';
comment on column idempotency_keys.caller_hash is
  'Who sent it: nobody gets the reply to somebody else''s request.';
