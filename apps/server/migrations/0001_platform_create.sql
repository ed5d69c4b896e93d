-- What the platform itself keeps. The table schema_migrations is made by the runner.

create table subject_keys (
  company text not null,
  subject text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  constraint subject_keys_pkey primary key (company, subject),
  constraint subject_keys_wrapped_is_whole check (octet_length(wrapped) = 61)
);

comment on table subject_keys is
  'The key of each subject, wrapped by the master key. Deleting a row makes everything that was sealed with it unreadable for ever.';
comment on constraint subject_keys_wrapped_is_whole on subject_keys is
  'One byte of format, 12 of nonce, 32 of key, 16 of tag.';
