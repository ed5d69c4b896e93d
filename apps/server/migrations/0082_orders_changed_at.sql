-- What changed since: who adds up a company's customers again begins there, not from the first order.

alter table orders add column changed_at timestamptz not null default now();
update orders set changed_at = placed_at;
create index orders_by_change on orders (company, changed_at);
comment on column orders.changed_at is
  'When anything of it changed last: who adds up orders begins here.';

create index purchase_history_by_import on purchase_history (company, imported_at);
create index service_contacts_by_import on service_contacts (company, imported_at);
comment on table service_contacts is
  'Contacts of customers with service, from earlier systems or recorded at the desk (source desk). They go with the person.';
comment on column service_contacts.content_sealed is
  'Id and reason as the source has them, and who recorded it at the desk, sealed with the key of the subject.';
