create table stock_deliveries (
  company text not null,
  site text not null,
  id uuid not null,
  item text not null,
  quantity numeric(18, 6) not null,
  received_at timestamptz not null,
  received_by text,
  key_hash text,
  constraint stock_deliveries_key primary key (company, site, id),
  constraint stock_deliveries_idempotency_key_once unique (company, key_hash),
  constraint stock_deliveries_bring_something check (quantity > 0)
);
comment on table stock_deliveries is 'What came into the bins of a plant, when, and which member of staff took it in. Append-only.';
comment on column stock_deliveries.key_hash is 'Of caller and idempotency key: the same request never brings stock in twice.';
