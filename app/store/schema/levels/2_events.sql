-- The events as they happen, in the transaction of what happened.

-- A due time that moves is no change of the case: no rule speaks, no version, no line in its history.
DROP TRIGGER a_rules ON cases;
CREATE TRIGGER a_rules BEFORE UPDATE ON cases FOR EACH ROW
  WHEN ((OLD.due_at, OLD.due_near_at, OLD.due_of) IS NOT DISTINCT FROM (NEW.due_at, NEW.due_near_at, NEW.due_of))
  EXECUTE FUNCTION case_before_update();
SELECT watch('cases', 'case', 'id', 'n.customer_id', 'n.audience_id', 'n.team_id',
  '{version,updated_at,updated_by,activity_at,preview,channel,search,audience_id,due_at,due_near_at,due_of}');

CREATE FUNCTION queue_levels(of_case uuid, of_organisation uuid) RETURNS void LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO level_queue (case_id, organisation_id) SELECT of_case, of_organisation
  WHERE EXISTS (SELECT FROM level_policies WHERE organisation_id = of_organisation AND active AND archived_at IS NULL)
    OR EXISTS (SELECT FROM case_levels WHERE case_id = of_case)
  ON CONFLICT (case_id) DO UPDATE SET asked_at = EXCLUDED.asked_at
$$;

CREATE FUNCTION metric_event(m case_measures, of_metric text, of_kind text, happened_at timestamptz, by_agent uuid)
RETURNS void LANGUAGE sql SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, agent_id)
  SELECT m.organisation_id, m.case_id, of_metric, of_kind, greatest(1, (of_kind = 'activate')::int + (
      SELECT count(*) FROM metric_events e WHERE e.case_id = m.case_id AND e.metric = of_metric AND e.kind = 'activate')),
    happened_at, by_agent
$$;

-- The measures that run just now.
CREATE FUNCTION running_metrics(m case_measures) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN m.first_replied_at IS NULL THEN 'first_reply' END,
    CASE WHEN m.first_replied_at IS NOT NULL AND m.waiting_since_at IS NOT NULL THEN 'next_reply' END,
    'resolution'], NULL)
$$;

-- A statement's new cases together: a table that is brought in has thousands.
CREATE FUNCTION cases_measured() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO case_measures (case_id, organisation_id, audience_id, team_id, created_at, waiting_since_at,
                             paused_since_at, solved_at, solved_by)
    SELECT id, organisation_id, audience_id, team_id, created_at,
      CASE WHEN category NOT IN ('solved', 'closed') THEN created_at END,
      CASE WHEN category = 'waiting_customer' THEN created_at END,
      CASE WHEN category IN ('solved', 'closed') THEN activity_at END,
      CASE WHEN category IN ('solved', 'closed') THEN assignee_id END
    FROM new_rows ON CONFLICT DO NOTHING;
  INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at)
    SELECT n.organisation_id, n.id, metric, kind, 1, n.created_at
    FROM new_rows n, unnest('{first_reply,resolution}'::text[]) metric,
      unnest(CASE category WHEN 'waiting_customer' THEN '{activate,pause}' ELSE '{activate}' END::text[]) kind
    WHERE category NOT IN ('solved', 'closed');
  INSERT INTO level_queue (case_id, organisation_id)
    SELECT n.id, n.organisation_id FROM new_rows n WHERE category NOT IN ('solved', 'closed') AND EXISTS (
      SELECT FROM level_policies p WHERE p.organisation_id = n.organisation_id AND p.active AND p.archived_at IS NULL)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER measured AFTER INSERT ON cases REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION cases_measured();

-- Waiting on the customer stops the clocks, solved ends them, opened again lets the resolution's go on.
CREATE FUNCTION case_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  m case_measures;
  at timestamptz := clock_timestamp();
  was_done boolean := OLD.category IN ('solved', 'closed');
  is_done boolean := NEW.category IN ('solved', 'closed');
  metric text;
BEGIN
  UPDATE case_measures SET audience_id = NEW.audience_id, team_id = NEW.team_id WHERE case_id = NEW.id
    RETURNING * INTO m;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF NEW.category <> OLD.category THEN
    IF is_done AND NOT was_done THEN
      -- What was merged into another case is not solved: it goes on there.
      FOREACH metric IN ARRAY running_metrics(m) LOOP
        PERFORM metric_event(m, metric, CASE WHEN metric = 'resolution' AND NEW.merged_into_id IS NULL THEN 'fulfil'
                                             ELSE 'stop' END, at, NEW.assignee_id);
      END LOOP;
      UPDATE case_measures SET solved_at = CASE WHEN NEW.merged_into_id IS NULL THEN at END,
        solved_by = CASE WHEN NEW.merged_into_id IS NULL THEN NEW.assignee_id END, waiting_since_at = NULL,
        paused_since_at = NULL WHERE case_id = NEW.id;
    ELSIF was_done AND NOT is_done THEN
      UPDATE case_measures SET solved_at = NULL, solved_by = NULL, reopened = reopened + 1,
        waiting_since_at = CASE WHEN first_replied_at IS NULL THEN at END,
        paused_since_at = CASE WHEN NEW.category = 'waiting_customer' THEN at END WHERE case_id = NEW.id RETURNING * INTO m;
      FOREACH metric IN ARRAY running_metrics(m) LOOP
        PERFORM metric_event(m, metric, 'resume', at, me());
        IF m.paused_since_at IS NOT NULL THEN PERFORM metric_event(m, metric, 'pause', at, me()); END IF;
      END LOOP;
    ELSIF NOT is_done AND (NEW.category = 'waiting_customer') <> (OLD.category = 'waiting_customer') THEN
      FOREACH metric IN ARRAY running_metrics(m) LOOP
        PERFORM metric_event(m, metric, CASE NEW.category WHEN 'waiting_customer' THEN 'pause' ELSE 'resume' END, at, me());
      END LOOP;
      UPDATE case_measures SET paused_since_at = CASE NEW.category WHEN 'waiting_customer' THEN at END WHERE case_id = NEW.id;
    END IF;
  END IF;
  PERFORM queue_levels(NEW.id, NEW.organisation_id);
  RETURN NULL;
END $$;
CREATE TRIGGER measured_again AFTER UPDATE ON cases FOR EACH ROW
  WHEN (NEW.version <> OLD.version OR NEW.audience_id <> OLD.audience_id) EXECUTE FUNCTION case_moved();

-- A customer writes or calls: she waits. An agent answers her, in writing or on the telephone: she does not. What a
-- machine sends answers nothing, and neither does a note.
CREATE FUNCTION follow_up_measured() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  m case_measures;
  answered boolean := NEW.author_id IS NOT NULL AND (NEW.public AND NEW.direction = 'out' OR NEW.channel IN ('call', 'meeting'));
BEGIN
  IF NOT answered AND NOT (NEW.direction = 'in' AND NEW.author_id IS NULL) THEN RETURN NULL; END IF;
  SELECT * INTO m FROM case_measures WHERE case_id = NEW.case_id FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF answered THEN
    IF m.solved_at IS NULL AND m.first_replied_at IS NULL THEN
      PERFORM metric_event(m, 'first_reply', 'fulfil', NEW.at, NEW.author_id);
    ELSIF m.solved_at IS NULL AND m.waiting_since_at IS NOT NULL THEN
      PERFORM metric_event(m, 'next_reply', 'fulfil', NEW.at, NEW.author_id);
    END IF;
    UPDATE case_measures SET replies = replies + 1, waiting_since_at = NULL,
      first_replied_by = CASE WHEN first_replied_at IS NULL THEN NEW.author_id ELSE first_replied_by END,
      first_replied_at = coalesce(first_replied_at, NEW.at) WHERE case_id = NEW.case_id;
  ELSIF m.solved_at IS NULL AND m.waiting_since_at IS NULL THEN
    PERFORM metric_event(m, 'next_reply', 'activate', NEW.at, NULL);
    -- The case waits on the customer until her message is filed: the clock runs from then on.
    IF m.paused_since_at IS NOT NULL THEN PERFORM metric_event(m, 'next_reply', 'pause', NEW.at, NULL); END IF;
    UPDATE case_measures SET waiting_since_at = NEW.at WHERE case_id = NEW.case_id;
  ELSE
    RETURN NULL;
  END IF;
  PERFORM queue_levels(NEW.case_id, NEW.organisation_id);
  RETURN NULL;
END $$;
CREATE TRIGGER measured AFTER INSERT ON follow_ups FOR EACH ROW WHEN (NEW.channel NOT IN ('system', 'note'))
  EXECUTE FUNCTION follow_up_measured();

-- Cases that came by another way than these triggers (loaded, or there before): their figures, from what they hold.
CREATE FUNCTION measure_missing(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE counted integer;
BEGIN
  WITH missing AS MATERIALIZED (
    SELECT c.* FROM cases c WHERE NOT EXISTS (SELECT FROM case_measures m WHERE m.case_id = c.id) LIMIT most),
  said AS (
    SELECT f.case_id, min(f.at) FILTER (WHERE answers) AS first_at, max(f.at) FILTER (WHERE answers) AS last_at,
      max(f.at) FILTER (WHERE NOT answers) AS asked_at, count(*) FILTER (WHERE answers) AS replies,
      (array_agg(f.author_id ORDER BY f.at) FILTER (WHERE answers))[1] AS first_by
    FROM (SELECT case_id, at, author_id,
            author_id IS NOT NULL AND (public AND direction = 'out' OR channel IN ('call', 'meeting')) AS answers
          FROM follow_ups WHERE case_id IN (SELECT id FROM missing) AND channel NOT IN ('note', 'system')
            AND (direction = 'in' OR author_id IS NOT NULL)) f
    GROUP BY f.case_id),
  made AS (
    INSERT INTO case_measures (case_id, organisation_id, audience_id, team_id, created_at, first_replied_at,
      first_replied_by, waiting_since_at, paused_since_at, solved_at, solved_by, replies)
    SELECT c.id, c.organisation_id, c.audience_id, c.team_id, c.created_at, s.first_at, s.first_by,
      CASE WHEN c.category IN ('solved', 'closed') THEN NULL WHEN s.first_at IS NULL THEN c.created_at
           WHEN s.asked_at > s.last_at THEN s.asked_at END,
      CASE WHEN c.category = 'waiting_customer' THEN c.activity_at END,
      CASE WHEN c.category IN ('solved', 'closed') AND c.merged_into_id IS NULL THEN greatest(c.activity_at, c.created_at) END,
      CASE WHEN c.category IN ('solved', 'closed') AND c.merged_into_id IS NULL THEN c.assignee_id END, coalesce(s.replies, 0)
    FROM missing c LEFT JOIN said s ON s.case_id = c.id ON CONFLICT DO NOTHING RETURNING *),
  running AS (  -- their clocks run from what is known
    INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, agent_id)
    SELECT m.organisation_id, m.case_id, e.metric, e.kind, 1, e.at, e.agent_id
    FROM made m JOIN missing c ON c.id = m.case_id, LATERAL (VALUES
      ('first_reply', 'activate', m.created_at, NULL::uuid), ('first_reply', 'fulfil', m.first_replied_at, m.first_replied_by),
      ('next_reply', 'activate', CASE WHEN m.first_replied_at IS NOT NULL THEN m.waiting_since_at END, NULL),
      ('resolution', 'activate', m.created_at, NULL), ('resolution', 'pause', m.paused_since_at, NULL)) e (metric, kind, at, agent_id)
    WHERE c.category NOT IN ('solved', 'closed') AND e.at IS NOT NULL)
  SELECT count(*) INTO counted FROM made;
  RETURN counted;
END $$;
