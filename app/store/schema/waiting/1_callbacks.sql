-- A caller who asked to be called back keeps her place: the team's task is due when her turn would have come, and rings.
CREATE OR REPLACE FUNCTION call_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.phase <> 'ended' OR TG_OP = 'UPDATE' AND OLD.phase = 'ended' THEN RETURN NULL; END IF;
  IF NEW.task_id IS NOT NULL AND NEW.answered_at IS NOT NULL THEN
    UPDATE tasks SET status = 'done', outcome = 'answered' WHERE id = NEW.task_id AND status = 'planned';
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

CREATE INDEX call_parts_handled ON call_parts (team_id, ended_at);
CREATE INDEX follow_ups_call ON follow_ups (call_id) WHERE call_id IS NOT NULL;
