-- Tasks go along: with their case to whoever is its customer now, and to the next time when the call was answered.

-- Else the reminder names, and dials, the customer of before: after a merger even one who does not want to be called.
CREATE FUNCTION case_customer_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE tasks SET customer_id = NEW.customer_id WHERE case_id = NEW.id AND customer_id IS DISTINCT FROM NEW.customer_id;
  RETURN NULL;
END $$;
CREATE TRIGGER customer AFTER UPDATE ON cases FOR EACH ROW WHEN (NEW.customer_id <> OLD.customer_id)
  EXECUTE FUNCTION case_customer_after();
UPDATE tasks t SET customer_id = c.customer_id FROM cases c WHERE c.id = t.case_id AND t.customer_id IS DISTINCT FROM c.customer_id;

-- The day of the month that one goes on with which came back in a shorter month; 0 is that of its wall time.
ALTER TABLE tasks ADD month_day smallint NOT NULL DEFAULT 0 CHECK (month_day BETWEEN 0 AND 31);
GRANT INSERT (month_day), UPDATE (month_day) ON tasks TO guichet_agent;

-- As `planned_time.next_after` has it: what went by undone is not made up for, a skipped hour is the one after it.
CREATE FUNCTION task_comes_back(t tasks) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  step interval := CASE t.recurrence WHEN 'daily' THEN '1 day' WHEN 'weekly' THEN '7 days' WHEN 'monthly' THEN '1 month' END;
  its_day integer := coalesce(nullif(t.month_day, 0), extract(day FROM t.local_at));
  following timestamp := t.local_at;
BEGIN
  IF t.local_at IS NULL OR step IS NULL THEN RETURN; END IF;
  LOOP
    following := following + step;
    IF t.recurrence = 'monthly' THEN
      following := following + make_interval(days => least(its_day, extract(day FROM date_trunc('month', following)
        + interval '1 month - 1 day')::integer) - extract(day FROM following)::integer);
    END IF;
    EXIT WHEN following AT TIME ZONE t.zone > now();
  END LOOP;
  INSERT INTO tasks (id, cloned_from_id, team_id, assignee_id, customer_id, case_id, kind, title, notes, local_at, zone, zone_of,
                     reminder_minutes, priority, recurrence, month_day, type_id, custom, created_by)
    VALUES (gen_random_uuid(), t.id, t.team_id, t.assignee_id, t.customer_id, t.case_id, t.kind, t.title, t.notes,
      following AT TIME ZONE t.zone AT TIME ZONE t.zone, t.zone, t.zone_of, t.reminder_minutes, t.priority, t.recurrence,
      its_day, t.type_id, t.custom, t.created_by);
END $$;

CREATE OR REPLACE FUNCTION call_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE kept tasks;
BEGIN
  IF NEW.phase <> 'ended' OR TG_OP = 'UPDATE' AND OLD.phase = 'ended' THEN RETURN NULL; END IF;
  IF NEW.task_id IS NOT NULL AND NEW.answered_at IS NOT NULL THEN
    UPDATE tasks SET status = 'done', outcome = 'answered' WHERE id = NEW.task_id AND status = 'planned' RETURNING * INTO kept;
    PERFORM task_comes_back(kept);
  ELSIF NEW.task_id IS NOT NULL THEN
    UPDATE tasks SET attempts = attempts + 1 WHERE id = NEW.task_id AND status = 'planned';
  END IF;
  IF NEW.direction = 'in' AND NEW.outcome = 'callback' THEN
    INSERT INTO tasks (id, team_id, customer_id, case_id, kind, title, local_at, zone, reminder_minutes, custom)
      SELECT gen_random_uuid(), t.id, NEW.customer_id, NEW.case_id, 'call',
        coalesce((SELECT subject FROM cases WHERE id = NEW.case_id), nullif(NEW.caller_number, ''), '☎'),
        coalesce((NEW.state ->> 'call_back_at')::timestamptz, NEW.ended_at) AT TIME ZONE t.time_zone, t.time_zone, 0,
        jsonb_build_object('number', NEW.caller_number, 'call_id', NEW.id, 'outcome', NEW.outcome)
      FROM teams t WHERE t.id = NEW.team_id;
  ELSIF NEW.direction = 'in' AND NEW.outcome IN ('abandoned', 'closed', 'no_answer', 'failed') THEN
    PERFORM file_missed(NEW);
  END IF;
  RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION case_customer_after, task_comes_back FROM PUBLIC;
