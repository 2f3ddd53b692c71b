-- What people do with calendars and policies, and what the hub does with clocks.

-- How much of a time a calendar was open, in seconds; every second where there is no calendar. For one row: reports
-- count with the same figures as arrays.
CREATE FUNCTION open_before(of_calendar uuid, at timestamptz) RETURNS bigint LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT before_s + least(extract(epoch FROM at - opens_at), extract(epoch FROM closes_at - opens_at))::bigint
    FROM calendar_spans WHERE calendar_id = of_calendar AND opens_at <= at ORDER BY opens_at DESC LIMIT 1), 0)
$$;

CREATE FUNCTION requeue_levels(of_organisation uuid) RETURNS void LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO level_queue (case_id, organisation_id)
    SELECT id, organisation_id FROM cases WHERE organisation_id = of_organisation
      AND category IN ('new', 'open', 'waiting_customer', 'waiting_agent')
    ON CONFLICT DO NOTHING
$$;

-- The spans of a calendar, as epochs of the beginnings and ends, replace those that were there.
CREATE FUNCTION fill_calendar(of_calendar uuid, opens double precision[], closes double precision[], until date)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  DELETE FROM calendar_spans WHERE calendar_id = of_calendar;
  INSERT INTO calendar_spans (calendar_id, organisation_id, opens_at, closes_at, before_s)
    SELECT of_calendar, k.organisation_id, to_timestamp(o), to_timestamp(c),
      coalesce(sum(c - o) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint
    FROM unnest(opens, closes) s (o, c), calendars k WHERE k.id = of_calendar;
  UPDATE calendars SET known_until = until WHERE id = of_calendar;
$$;

CREATE FUNCTION save_calendar(calendar uuid, of_name text, of_zone text, of_week jsonb, of_exceptions jsonb,
                              of_country text, of_subdivision text, opens double precision[], closes double precision[],
                              until date, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM calendars WHERE id = calendar AND (organisation_id <> my_organisation() OR version <> seen);
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF EXISTS (SELECT FROM calendars WHERE organisation_id = my_organisation() AND name = of_name AND archived_at IS NULL
             AND id <> calendar) THEN
    PERFORM refuse('name_in_use', 'name', jsonb_build_object('value', of_name));
  END IF;
  IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = of_zone) THEN
    PERFORM refuse('not_a_choice', 'zone', jsonb_build_object('value', of_zone));
  END IF;
  IF cardinality(opens) > 20000 THEN PERFORM refuse('too_many', 'week'); END IF;
  INSERT INTO calendars AS k (id, organisation_id, name, zone, week, exceptions, country, subdivision, updated_by)
    VALUES (calendar, my_organisation(), of_name, of_zone, of_week, of_exceptions, of_country, of_subdivision, me())
    ON CONFLICT (id) DO UPDATE SET name = of_name, zone = of_zone, week = of_week, exceptions = of_exceptions,
      country = of_country, subdivision = of_subdivision, updated_at = now(), updated_by = me(), version = k.version + 1;
  PERFORM fill_calendar(calendar, opens, closes, until);
  PERFORM requeue_levels(my_organisation()) WHERE EXISTS (
    SELECT FROM level_policies WHERE calendar_id = calendar AND active AND archived_at IS NULL);
  PERFORM hint(my_organisation(), 'calendar ' || calendar || ' *');
END $$;

CREATE FUNCTION archive_calendar(calendar uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE used text;
BEGIN
  PERFORM need('manage_teams');
  SELECT string_agg(name, ', ' ORDER BY name) INTO used FROM level_policies
    WHERE calendar_id = calendar AND archived_at IS NULL AND organisation_id = my_organisation();
  IF used IS NOT NULL THEN PERFORM refuse('calendar_in_use', 'calendar', jsonb_build_object('policies', used)); END IF;
  UPDATE calendars SET archived_at = now() WHERE id = calendar AND organisation_id = my_organisation();
  PERFORM hint(my_organisation(), 'calendar ' || calendar || ' *');
END $$;

CREATE FUNCTION save_policy(policy uuid, of_name text, to_active boolean, of_condition jsonb, of_calendar uuid,
                            of_targets jsonb, of_near integer, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM level_policies WHERE id = policy AND (organisation_id <> my_organisation() OR version <> seen);
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF of_calendar IS NOT NULL AND NOT EXISTS (
      SELECT FROM calendars WHERE id = of_calendar AND organisation_id = my_organisation() AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'calendar');
  END IF;
  INSERT INTO level_policies AS p (id, organisation_id, name, active, condition, calendar_id, targets, near_percent,
                                   position, updated_by)
    SELECT policy, my_organisation(), of_name, to_active, of_condition, of_calendar, of_targets, of_near,
      coalesce(max(position) + 1, 0), me() FROM level_policies WHERE organisation_id = my_organisation()
    ON CONFLICT (id) DO UPDATE SET name = of_name, active = to_active, condition = of_condition,
      calendar_id = of_calendar, targets = of_targets, near_percent = of_near, updated_at = now(), updated_by = me(),
      version = p.version + 1;
  PERFORM requeue_levels(my_organisation());
  PERFORM hint(my_organisation(), 'level_policy ' || policy || ' *');
END $$;

CREATE FUNCTION archive_policy(policy uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  UPDATE level_policies SET archived_at = now(), active = false WHERE id = policy AND organisation_id = my_organisation();
  PERFORM requeue_levels(my_organisation());
  PERFORM hint(my_organisation(), 'level_policy ' || policy || ' *');
END $$;

-- The first policy that fits decides: the ids in their new order.
CREATE FUNCTION order_policies(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  UPDATE level_policies p SET position = n FROM unnest(ids) WITH ORDINALITY o (id, n)
    WHERE p.id = o.id AND p.organisation_id = my_organisation();
  PERFORM requeue_levels(my_organisation());
  PERFORM hint(my_organisation(), 'level_policy * *');
END $$;

-- The hub's: the clocks of cases as they stand now, all of a case replaced; and the case's own due time. `clocks` are
-- objects {case_id, metric, round, state, policy_id, target_s, spent_s, due_at, near_at, never_opens, told}.
CREATE FUNCTION set_levels(ids uuid[], clocks jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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

-- What came near or was broken, said once a round: as an event of the measure and as a line in the log that
-- automations read. A round that was fulfilled too late while no hub ran is found by `broken` (case, metric, round).
CREATE FUNCTION tell_levels(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE told_now integer;
BEGIN
  WITH calm AS MATERIALIZED (
    SELECT case_id, metric, due_at FROM case_levels WHERE state = 'running' AND told = '' AND least(near_at, due_at) <= now()
    ORDER BY least(near_at, due_at) LIMIT most FOR UPDATE SKIP LOCKED),
  warned AS MATERIALIZED (
    SELECT case_id, metric, due_at FROM case_levels WHERE state = 'running' AND told = 'near' AND due_at <= now()
    ORDER BY due_at LIMIT most FOR UPDATE SKIP LOCKED),
  due AS (
    SELECT case_id, metric, CASE WHEN due_at <= now() THEN 'broken' ELSE 'near' END AS word
    FROM (SELECT * FROM calm UNION ALL SELECT * FROM warned) l),
  marked AS (
    UPDATE case_levels l SET told = d.word FROM due d WHERE l.case_id = d.case_id AND l.metric = d.metric
    RETURNING l.*),
  events AS (
    INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, policy_id, target_s)
    SELECT organisation_id, case_id, metric, CASE told WHEN 'broken' THEN 'breach' ELSE 'near' END, round,
      CASE told WHEN 'broken' THEN due_at ELSE near_at END, policy_id, target_s FROM marked
    ON CONFLICT DO NOTHING RETURNING case_id, metric, kind, round, policy_id)
  SELECT log_levels(array_agg(case_id), array_agg(metric), array_agg(kind)) INTO told_now FROM events;
  RETURN coalesce(told_now, 0);
END $$;

CREATE FUNCTION log_levels(ids uuid[], metrics text[], kinds text[]) RETURNS integer LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE logged integer;
BEGIN
  WITH logged AS (
    INSERT INTO changes (epoch, organisation_id, audience_id, kind, operation, record_id, parent_id, new_team_id, difference)
    SELECT (SELECT epoch FROM schema_info), c.organisation_id, c.audience_id, 'case', 'updated', c.id, c.customer_id,
      c.team_id, jsonb_build_object(CASE s.kind WHEN 'breach' THEN 'level_broken' ELSE 'level_near' END,
                                    jsonb_build_array(NULL, s.metric))
    FROM unnest(ids, metrics, kinds) s (id, metric, kind) JOIN cases c ON c.id = s.id
    RETURNING organisation_id, record_id, parent_id)
  SELECT count(hint(organisation_id, 'case ' || record_id || ' ' || parent_id)) INTO logged FROM logged;
  RETURN logged;
END $$;

-- Rounds that ended too late before anybody could say so.
CREATE FUNCTION break_levels(broken jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE told_now integer;
BEGIN
  WITH events AS (
    INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, policy_id, target_s)
    SELECT c.organisation_id, b.case_id, b.metric, 'breach', b.round, b.due_at, b.policy_id, b.target_s
    FROM jsonb_to_recordset(broken) b (case_id uuid, metric text, round integer, due_at timestamptz, policy_id uuid,
      target_s bigint) JOIN cases c ON c.id = b.case_id
    ON CONFLICT DO NOTHING RETURNING case_id, metric, kind)
  SELECT log_levels(array_agg(case_id), array_agg(metric), array_agg(kind)) INTO told_now FROM events;
  RETURN coalesce(told_now, 0);
END $$;
