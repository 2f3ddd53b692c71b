-- The newest wins: also among those that one transaction made.
ALTER TABLE ring_schedules ALTER COLUMN created_at SET DEFAULT clock_timestamp();
ALTER TABLE routing_rules ALTER COLUMN created_at SET DEFAULT clock_timestamp();
