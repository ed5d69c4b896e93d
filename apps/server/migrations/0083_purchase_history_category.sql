-- What was bought, so that each purchase is valued by the margin of its category.

alter table purchase_history add column category text;
comment on column purchase_history.category is
  'What was bought, as the cost table names margins by.';
