-- What customers bought, returned and asked about before: taken over from earlier systems.

create table purchase_history (
  company text not null,
  source text not null,
  number_key text not null,
  kind text not null,
  subject uuid not null,
  day date not null,
  amount_minor bigint not null,
  currency text not null,
  lines integer not null,
  own_fault boolean not null,
  order_key text,
  content_key text not null,
  content_sealed bytea not null,
  imported_at timestamptz not null,
  constraint purchase_history_pkey primary key (company, source, number_key, kind),
  constraint purchase_history_subject_exists foreign key (company, subject)
    references subjects (company, id),
  constraint purchase_history_kind_known check (kind in ('purchase', 'return')),
  constraint purchase_history_return_names_order check ((kind = 'return') = (order_key is not null)),
  constraint purchase_history_amount_not_negative check (amount_minor >= 0),
  constraint purchase_history_lines_count check (lines >= 1)
);
create index purchase_history_by_subject on purchase_history (company, subject, day);
comment on table purchase_history is
  'Purchases and returns of earlier systems. They are history: nothing is made, stocked or paid for them. They go with the person.';
comment on column purchase_history.number_key is
  'Keyed HMAC of the number in the source; the number itself is sealed.';
comment on column purchase_history.order_key is
  'Of a return: the number_key of the order that it goes against, which need not be there.';
comment on column purchase_history.own_fault is
  'The company''s own doing: it counts against no customer.';
comment on column purchase_history.content_key is
  'Keyed HMAC of everything that was said: the same again changes nothing, something else is refused.';
comment on column purchase_history.content_sealed is
  'Number and order as the source calls them, sealed with the key of the subject.';

create table service_contacts (
  company text not null,
  source text not null,
  id_key text not null,
  subject uuid not null,
  day date not null,
  channel text not null,
  own_fault boolean not null,
  content_key text not null,
  content_sealed bytea not null,
  imported_at timestamptz not null,
  constraint service_contacts_pkey primary key (company, source, id_key),
  constraint service_contacts_subject_exists foreign key (company, subject)
    references subjects (company, id)
);
create index service_contacts_by_subject on service_contacts (company, subject, day);
comment on table service_contacts is
  'Contacts of customers with service, from earlier systems. They go with the person.';
comment on column service_contacts.own_fault is
  'The company''s own doing: it counts against no customer.';
comment on column service_contacts.content_sealed is
  'Id and reason as the source has them, sealed with the key of the subject.';
