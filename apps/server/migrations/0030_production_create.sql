create table plants (
  company text not null,
  site text not null,
  version bigint not null,
  constraint plants_key primary key (company, site),
  constraint plants_version_counts check (version >= 0)
);
comment on table plants is 'One row a plant: its version is the fence of its single writer. Work centres stand with the site.';

create table stock_items (
  company text not null,
  site text not null,
  item text not null,
  name jsonb not null,
  unit text not null,
  bin text,
  on_hand numeric(18, 6) not null,
  lead_time_days integer not null,
  constraint stock_items_key primary key (company, site, item),
  constraint stock_items_never_below_zero check (on_hand >= 0),
  constraint stock_items_lead_time check (lead_time_days between 0 and 3650)
);
comment on table stock_items is 'What lies in the bins of a plant, reserved or not, and how long buying more takes.';

create table stock_receipts (
  company text not null,
  site text not null,
  item text not null,
  receipt text not null,
  due_at timestamptz not null,
  quantity numeric(18, 6) not null,
  constraint stock_receipts_key primary key (company, site, item, receipt),
  constraint stock_receipts_bring_something check (quantity > 0)
);
comment on table stock_receipts is 'Stock on its way to a plant.';

create table work_orders (
  company text not null,
  site text not null,
  order_id uuid not null,
  stage text not null,
  promise_at timestamptz not null,
  finish_at timestamptz,
  moved jsonb,
  earliest_at timestamptz not null,
  deadline_at timestamptz,
  stay_from_at timestamptz,
  stay_to_at timestamptz,
  parts jsonb not null,
  issued_at timestamptz,
  constraint work_orders_key primary key (company, site, order_id),
  constraint work_orders_stage check (stage in
    ('planned', 'firm', 'released', 'running', 'blocked', 'complete', 'returned', 'cancelled'))
);
comment on table work_orders is 'What an order means for its plant: the promise, the plan and the parts.';
comment on column work_orders.promise_at is 'The date the customer was given; finish_at is what the plan says today.';

create table work_operations (
  company text not null,
  site text not null,
  order_id uuid not null,
  operation text not null,
  id uuid not null,
  position integer not null,
  work_centre text not null,
  seconds integer,
  after jsonb not null,
  stage text not null,
  unit integer,
  start_at timestamptz,
  end_at timestamptz,
  remaining_seconds double precision not null,
  started_at timestamptz,
  finished_at timestamptz,
  blocked_because text,
  constraint work_operations_key primary key (company, site, order_id, operation),
  constraint work_operations_id_once unique (company, id),
  constraint work_operations_stage check (stage in
    ('waiting', 'ready', 'running', 'blocked', 'done')),
  constraint work_operations_claim_whole check
    ((unit is null) = (start_at is null) and (start_at is null) = (end_at is null)),
  constraint work_operations_end_after_start check (end_at >= start_at),
  constraint work_operations_of_a_work_order foreign key (company, site, order_id)
    references work_orders (company, site, order_id)
);
comment on table work_operations is 'The routing of each order and the time each operation claims on a unit.';
comment on column work_operations.seconds is 'Null: it lasts the whole stay.';
create unique index work_operations_one_on_a_unit
  on work_operations (company, site, work_centre, unit, start_at)
  where stage <> 'done' and end_at > start_at;
comment on index work_operations_one_on_a_unit is
  'Backstop of the plant kernel: no two operations begin at once on one unit.';

create table reservations (
  company text not null,
  site text not null,
  order_id uuid not null,
  item text not null,
  quantity numeric(18, 6) not null,
  needed_at timestamptz not null,
  to_buy numeric(18, 6) not null,
  constraint reservations_key primary key (company, site, order_id, item),
  constraint reservations_of_something check (quantity > 0 and to_buy >= 0 and to_buy <= quantity),
  constraint reservations_of_a_work_order foreign key (company, site, order_id)
    references work_orders (company, site, order_id)
);
comment on table reservations is 'Stock kept for an order until its parts are issued.';
