-- How orders ended: what serving a customer costs depends on what came back, and by whose doing.

create table order_endings (
  company text not null,
  order_id uuid not null,
  kind text not null,
  at timestamptz not null,
  own_fault boolean not null,
  by text,
  reason_sealed bytea,
  constraint order_endings_key primary key (company, order_id),
  constraint order_endings_of_an_order foreign key (company, order_id) references orders (company, id),
  constraint order_endings_kind_known check (kind in ('cancelled', 'returned'))
);
comment on table order_endings is
  'When an order was cancelled or returned, by whom and why. Orders that ended before this table have none.';
comment on column order_endings.own_fault is
  'The company''s own doing: it counts against no customer.';
comment on column order_endings.by is
  'Account of the member of staff who ended it; null where the customer did.';
comment on column order_endings.reason_sealed is
  'Why, sealed with the key of the subject of the order; it goes with the person.';
