-- What owners do with automations beside saving them.
CREATE FUNCTION need_automation(of_automation uuid) RETURNS automations LANGUAGE plpgsql AS $$
DECLARE a automations;
BEGIN
  SELECT * INTO a FROM automations WHERE id = of_automation AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'automation'); END IF;
  IF NOT may_automate(a.team_id) THEN PERFORM refuse('not_permitted'); END IF;
  RETURN a;
END $$;

-- The ids in their new order; those that are not mine to move keep their places among them.
CREATE FUNCTION order_automations(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE automations a SET position = n FROM unnest(ids) WITH ORDINALITY o (id, n)
    WHERE a.id = o.id AND a.organisation_id = my_organisation() AND may_automate(a.team_id) AND position <> n;
END $$;

CREATE FUNCTION ask_change(request uuid, of_automation uuid, words text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF btrim(words) = '' THEN PERFORM refuse('required', 'said'); END IF;
  INSERT INTO automation_asks (id, automation_id, organisation_id, asked_by, said)
    SELECT request, id, organisation_id, me(), left(words, 2000) FROM automations
    WHERE id = of_automation AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'automation'); END IF;
END $$;

CREATE FUNCTION answer_change(request uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need_automation((SELECT automation_id FROM automation_asks WHERE id = request));
  UPDATE automation_asks SET answered_by = me(), answered_at = clock_timestamp() WHERE id = request AND answered_at IS NULL;
END $$;

-- How often each automation acted or was stopped in the last 30 days: figures only, so all of them whoever has the cases.
CREATE FUNCTION automation_figures() RETURNS TABLE (automation_id uuid, outcome text, times bigint, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT r.automation_id, r.outcome, count(*), max(r.at) FROM automation_runs r JOIN automations a ON a.id = r.automation_id
  WHERE a.organisation_id = my_organisation() AND a.archived_at IS NULL AND r.at > now() - interval '30 days' GROUP BY 1, 2
$$;

-- What receivers check our web hooks with; made when it is first asked for.
CREATE FUNCTION web_hook_secret() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_automations');
  INSERT INTO web_hook_secrets VALUES (my_organisation(), replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
    ON CONFLICT DO NOTHING;
  RETURN (SELECT secret FROM web_hook_secrets WHERE organisation_id = my_organisation());
END $$;

CREATE FUNCTION ask_replay(request uuid, for_team uuid, with_asked jsonb, over_days integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT may_automate(for_team) THEN PERFORM refuse('not_permitted'); END IF;
  -- Whatever the editor says: a team's automation looks at that team's cases alone.
  DELETE FROM replays WHERE asked_by = me() AND answered_at IS NULL AND claimed_until IS NULL;
  INSERT INTO replays (id, organisation_id, asked, days, asked_by)
    VALUES (request, my_organisation(), with_asked || jsonb_build_object('team_id', for_team), over_days, me());
END $$;

-- What an automation set in fields over a span goes back to what it was, where nobody has touched it since.
CREATE FUNCTION undo_automation(of_automation uuid, since timestamptz, until timestamptz)
RETURNS TABLE (case_id uuid, number bigint, said text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  r automation_runs;
  c cases;
  back cases;
  act jsonb;
BEGIN
  PERFORM need_automation(of_automation);
  FOR r IN SELECT * FROM automation_runs u WHERE u.automation_id = of_automation AND u.at >= since AND u.at < until
      AND u.outcome = 'done' AND u.undone_at IS NULL ORDER BY u.at DESC LOOP
    SELECT * INTO c FROM cases WHERE id = r.case_id FOR UPDATE;
    back := c;
    said := 'nothing';
    FOR act IN SELECT a FROM jsonb_array_elements(r.acts) a WHERE a ? 'before' LOOP
      IF act ->> 'does' = 'add_tag' THEN
        back.tags := array_remove(back.tags, act ->> 'value');
      ELSIF act ->> 'does' = 'remove_tag' THEN
        back.tags := CASE WHEN act ->> 'value' = ANY (back.tags) THEN back.tags ELSE back.tags || (act ->> 'value') END;
      ELSIF to_jsonb(c) @> (act -> 'after') THEN
        back := jsonb_populate_record(back, (act -> 'before') || CASE WHEN act -> 'before' ? 'custom'
          THEN jsonb_build_object('custom', back.custom || (act -> 'before' -> 'custom')) ELSE '{}' END);
      ELSE
        said := 'touched';
      END IF;
    END LOOP;
    IF to_jsonb(back) IS DISTINCT FROM to_jsonb(c) THEN
      BEGIN
        UPDATE cases SET state_id = back.state_id, priority = back.priority, severity = back.severity, tags = back.tags,
          visibility = back.visibility, project_id = back.project_id, assignee_id = back.assignee_id, custom = back.custom,
          team_id = back.team_id WHERE id = c.id;
        said := 'undone';
        UPDATE automation_runs u SET undone_at = clock_timestamp() WHERE u.automation_id = r.automation_id AND u.event = r.event;
      EXCEPTION WHEN SQLSTATE 'GU001' THEN
        said := SQLERRM;
      END;
    END IF;
    case_id := c.id;
    number := c.number;
    RETURN NEXT;
  END LOOP;
END $$;

-- What it sent over that span: it cannot be taken back, so it is listed.
CREATE FUNCTION sent_by_automation(of_automation uuid, since timestamptz, until timestamptz)
RETURNS TABLE (case_id uuid, number bigint, at timestamptz, what text, told text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need_automation(of_automation);
  RETURN QUERY SELECT c.id, c.number, r.at, a ->> 'does', coalesce(a ->> 'told', '')
    FROM automation_runs r JOIN cases c ON c.id = r.case_id, jsonb_array_elements(r.acts) a
    WHERE r.automation_id = of_automation AND r.at >= since AND r.at < until AND r.outcome = 'done'
      AND a ->> 'does' IN ('reply', 'notify', 'web_hook') ORDER BY r.at DESC LIMIT 500;
END $$;

-- A team's agents in the order in which they are given cases: by who has the fewest that need an answer, or by whose
-- turn it is. Those who are there come first.
CREATE FUNCTION rank_agents(of_team uuid, how text) RETURNS TABLE (agent_id uuid, away boolean, weight bigint) LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT a.id, coalesce(s.state, 'offline') = 'offline' AS away, CASE WHEN how = 'load'
      THEN (SELECT count(*) FROM cases c WHERE c.assignee_id = a.id AND c.category IN ('new', 'open', 'waiting_agent')) ELSE 0 END
  FROM memberships m JOIN agents a ON a.id = m.agent_id AND a.active LEFT JOIN agent_states s ON s.agent_id = a.id
    LEFT JOIN LATERAL (
      SELECT max(r.at) AS last_at FROM automation_runs r
      WHERE r.organisation_id = a.organisation_id AND r.at > now() - interval '30 days'
        AND r.acts @> jsonb_build_array(jsonb_build_object('after', jsonb_build_object('assignee_id', a.id)))) t ON how = 'rotation'
  WHERE m.team_id = of_team ORDER BY 2, 3, t.last_at NULLS FIRST, a.name, a.id
$$;

-- What an automation sets in cases, many at once. `told` has {id, version, set}; a case that changed meanwhile is left
-- out of what comes back. What the hub says here stands in the change log: which automation, and how deep.
CREATE FUNCTION set_by_automation(automation uuid, at_depth integer, told jsonb) RETURNS TABLE (case_id uuid, now_version integer)
LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('guichet.automation', automation::text, true), set_config('guichet.depth', at_depth::text, true);
  INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
    SELECT c.id, c.team_id, c.organisation_id, 'former' FROM jsonb_array_elements(told) e JOIN cases c ON c.id = (e ->> 'id')::uuid
    WHERE e -> 'set' ? 'team_id' ON CONFLICT DO NOTHING;
  RETURN QUERY
  UPDATE cases c SET
    state_id = CASE WHEN r.s ? 'state_id' THEN (r.s ->> 'state_id')::uuid ELSE c.state_id END,
    priority = coalesce(r.s ->> 'priority', c.priority),
    severity = coalesce(r.s ->> 'severity', c.severity),
    visibility = coalesce(r.s ->> 'visibility', c.visibility),
    project_id = CASE WHEN r.s ? 'project_id' THEN (r.s ->> 'project_id')::uuid ELSE c.project_id END,
    assignee_id = CASE WHEN r.s ? 'assignee_id' THEN (r.s ->> 'assignee_id')::uuid ELSE c.assignee_id END,
    tags = CASE WHEN r.s ? 'tags' THEN ARRAY(SELECT jsonb_array_elements_text(r.s -> 'tags')) ELSE c.tags END,
    custom = c.custom || coalesce(r.s -> 'custom', '{}'),
    team_id = coalesce((r.s ->> 'team_id')::uuid, c.team_id),
    number_id = CASE WHEN r.s ? 'team_id' AND (SELECT communication_team_id IS NULL FROM teams t WHERE t.id = (r.s ->> 'team_id')::uuid)
      THEN coalesce(speaking_number((r.s ->> 'team_id')::uuid), c.number_id) ELSE c.number_id END
  FROM (SELECT (e ->> 'id')::uuid AS of_case, (e ->> 'version')::integer AS seen, e -> 'set' AS s
        FROM jsonb_array_elements(told) e) r
  WHERE c.id = r.of_case AND c.version = r.seen
  RETURNING c.id, c.version;
  PERFORM set_config('guichet.automation', '', true);
END $$;
