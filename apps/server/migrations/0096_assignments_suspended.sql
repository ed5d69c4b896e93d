-- What an objection suspends follows from the objection: kept twice, it would differ until the next run.
alter table treatment_assignments drop column suspended_at;
