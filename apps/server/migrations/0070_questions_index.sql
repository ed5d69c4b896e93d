-- The report on questions reads the log of the last days of a company. The log grows at its end, so
-- that a summary of ranges finds them and costs a writer next to nothing.

create index ask_log_by_time on ask_log using brin (asked_at);
comment on index ask_log_by_time is 'Finds the last days of the log for the report on questions.';
