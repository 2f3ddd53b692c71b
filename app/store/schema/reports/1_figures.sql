-- What reports read: a month comes from these indexes alone.
DROP INDEX case_measures_created, case_measures_replied, case_measures_solved;
CREATE INDEX case_measures_replied ON case_measures (first_replied_at)
  INCLUDE (created_at, first_replied_by, audience_id, team_id) WHERE first_replied_at IS NOT NULL;
CREATE INDEX case_measures_solved ON case_measures (solved_at)
  INCLUDE (created_at, solved_by, audience_id, team_id) WHERE solved_at IS NOT NULL;
CREATE INDEX call_parts_began ON call_parts (began_at);
CREATE INDEX agent_state_log_began ON agent_state_log (began_at);
CREATE INDEX tasks_promised ON tasks (due_at) WHERE due_at IS NOT NULL;

-- As before, and: a measure that was fulfilled remembers what had been promised of it.
CREATE OR REPLACE FUNCTION set_levels(ids uuid[], clocks jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE said bigint;
BEGIN
  DELETE FROM case_levels WHERE case_id = ANY (ids);
  INSERT INTO case_levels (case_id, metric, organisation_id, round, state, policy_id, target_s, spent_s, due_at, near_at,
                           never_opens, told)
    SELECT k.case_id, k.metric, c.organisation_id, k.round, k.state, k.policy_id, k.target_s, k.spent_s, k.due_at,
      k.near_at, k.never_opens, k.told
    FROM jsonb_to_recordset(clocks) k (case_id uuid, metric text, round integer, state text, policy_id uuid,
      target_s bigint, spent_s bigint, due_at timestamptz, near_at timestamptz, never_opens boolean, told text)
    JOIN cases c ON c.id = k.case_id;
  -- A measure that was fulfilled remembers what had been promised of it.
  UPDATE metric_events e SET policy_id = l.policy_id, target_s = l.target_s FROM case_levels l
    WHERE l.case_id = ANY (ids) AND l.state = 'met' AND e.kind = 'fulfil' AND e.policy_id IS NULL
      AND (e.case_id, e.metric, e.round) = (l.case_id, l.metric, l.round);
  WITH first AS (
    SELECT DISTINCT ON (i) i AS id, l.due_at, l.near_at, coalesce(l.metric, '') AS metric
    FROM unnest(ids) i LEFT JOIN case_levels l ON l.case_id = i AND l.state = 'running' AND l.due_at IS NOT NULL
    ORDER BY i, l.due_at),
  moved AS (
    UPDATE cases c SET due_at = f.due_at, due_near_at = f.near_at, due_of = f.metric FROM first f
    WHERE c.id = f.id AND (c.due_at, c.due_near_at, c.due_of) IS DISTINCT FROM (f.due_at, f.near_at, f.metric)
    RETURNING c.organisation_id, c.id, c.customer_id)
  SELECT count(hint(organisation_id, lines)) INTO said FROM (
    SELECT organisation_id, CASE WHEN count(*) > 90 THEN 'case * *'
      ELSE string_agg('case ' || id || ' ' || customer_id, E'\n') END AS lines FROM moved GROUP BY organisation_id) h;
END $$;


-- What came near or was broken is a happening of the case by the trigger of its event (0060): here it is only told.
CREATE OR REPLACE FUNCTION log_levels(ids uuid[], metrics text[], kinds text[]) RETURNS integer LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT count(hint(c.organisation_id, 'case ' || c.id || ' *'))::int FROM unnest(ids) i JOIN cases c ON c.id = i
$$;
