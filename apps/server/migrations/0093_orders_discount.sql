-- What a treatment let off the price of an order.

alter table orders add column discount jsonb;
comment on column orders.discount is
  'The treatment that let off a part of the price, its words, the part and on how many orders; null of most.';
create index orders_by_discount on orders (company, subject) where discount is not null;
