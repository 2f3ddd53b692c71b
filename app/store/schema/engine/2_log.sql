-- What the hub says of its own changes; nobody else is believed.
CREATE FUNCTION by_automation() RETURNS uuid LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT nullif(current_setting('guichet.automation', true), '')::uuid
  WHERE coalesce(current_setting('guichet.automation', true), '') <> '' AND pg_has_role(acting(), 'guichet_hub', 'MEMBER')
$$;
CREATE FUNCTION at_depth() RETURNS smallint LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT nullif(current_setting('guichet.depth', true), '')::smallint WHERE by_automation() IS NOT NULL
$$;
ALTER TABLE changes ALTER COLUMN automation_id SET DEFAULT by_automation(), ALTER COLUMN depth SET DEFAULT at_depth();

-- Something that is no change of a record, but that automations begin with: a task that came due, a service level that
-- is near its end. It stands in the log as `happening` of its case; `what` names it.
CREATE FUNCTION note_happening(of_case uuid, what text, about uuid, details jsonb DEFAULT '{}') RETURNS void LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO changes (epoch, organisation_id, audience_id, kind, operation, record_id, parent_id, new_team_id, difference)
  SELECT (SELECT epoch FROM schema_info), organisation_id, audience_id, 'happening', 'created', coalesce(about, id), id,
         team_id, jsonb_build_object('happening', jsonb_build_array(NULL, what)) || details
  FROM cases WHERE id = of_case
$$;

-- A call that ends on a case is something that happened to it.
CREATE FUNCTION call_ended_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM note_happening(NEW.case_id, 'call_ended', NEW.id,
    jsonb_build_object('outcome', jsonb_build_array(NULL, NEW.outcome), 'direction', jsonb_build_array(NULL, NEW.direction)));
  RETURN NULL;
END $$;
CREATE TRIGGER happening AFTER UPDATE OF phase ON calls FOR EACH ROW
  WHEN (NEW.phase = 'ended' AND OLD.phase <> 'ended' AND NEW.case_id IS NOT NULL) EXECUTE FUNCTION call_ended_after();

-- Tasks of cases whose time has come since the last look.
CREATE FUNCTION note_due_tasks() RETURNS integer LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  since timestamptz;
  until timestamptz := clock_timestamp();
  told integer;
BEGIN
  SELECT due_until INTO since FROM automation_place FOR UPDATE;
  PERFORM note_happening(case_id, 'task_due', id) FROM tasks
    WHERE status = 'planned' AND case_id IS NOT NULL AND due_at > since AND due_at <= until;
  GET DIAGNOSTICS told = ROW_COUNT;
  UPDATE automation_place SET due_until = until;
  RETURN told;
END $$;
CREATE INDEX tasks_due ON tasks (due_at) WHERE status = 'planned' AND case_id IS NOT NULL;
