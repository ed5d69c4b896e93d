create table order_counters (
  company text not null,
  last_number integer not null,
  constraint order_counters_key primary key (company)
);
comment on table order_counters is 'The last order number that each company gave out.';

create table orders (
  company text not null,
  id uuid not null,
  number text not null,
  site text not null,
  subject text,
  family text not null,
  model_hash text not null,
  configuration_hash text,
  state text not null,
  version integer not null,
  occasion text not null,
  stay_arrive date,
  stay_depart date,
  currency text not null,
  lines jsonb not null,
  delivery jsonb not null,
  tax jsonb not null,
  total_minor bigint not null,
  content_sealed bytea,
  key_hash text,
  placed_at timestamptz not null,
  constraint orders_key primary key (company, id),
  constraint orders_number_once unique (company, number),
  constraint orders_idempotency_key_once unique (company, key_hash),
  constraint orders_total_not_negative check (total_minor >= 0),
  constraint orders_state check (state in
    ('accepted', 'in-making', 'blocked', 'made', 'cancelled', 'returned')),
  constraint orders_stay_whole check ((stay_arrive is null) = (stay_depart is null)),
  constraint orders_stay_lasts check (stay_depart > stay_arrive)
);
comment on table orders is 'What was ordered. After an erasure the amounts stay, without the person.';
comment on column orders.content_sealed is 'Design, texts, address and instructions, sealed with the key of the subject.';
comment on column orders.key_hash is 'Of caller and idempotency key: the same request never makes two orders.';
create index orders_by_subject on orders (company, subject, placed_at);
create index orders_by_time on orders (company, placed_at, id);
create index orders_by_stay on orders (company, site, stay_arrive);

create table order_promises (
  company text not null,
  order_id uuid not null,
  position integer not null,
  said_at timestamptz not null,
  ready_at timestamptz not null,
  reasons jsonb not null,
  constraint order_promises_key primary key (company, order_id, position),
  constraint order_promises_of_an_order foreign key (company, order_id) references orders (company, id)
);
comment on table order_promises is 'Every date an order was ever given, and why. Append-only.';
