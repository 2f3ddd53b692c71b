-- What agents are doing: reasons, the log, and supervisors who change it.
CREATE FUNCTION log_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state, OLD.reason) IS NOT DISTINCT FROM (NEW.state, NEW.reason) THEN RETURN NULL; END IF;
  UPDATE agent_state_log SET ended_at = NEW.since_at WHERE agent_id = NEW.agent_id AND ended_at IS NULL;
  INSERT INTO agent_state_log (organisation_id, agent_id, state, reason, set_by, began_at)
    VALUES (NEW.organisation_id, NEW.agent_id, NEW.state, NEW.reason, me(), NEW.since_at);
  RETURN NULL;
END $$;
CREATE TRIGGER log_state AFTER INSERT OR UPDATE ON agent_states FOR EACH ROW EXECUTE FUNCTION log_state();

-- A reason as it is kept: the key of a shipped code, the label of one's own. Those of the agent's teams and of all.
CREATE FUNCTION reason_of(of_agent uuid, given text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE found text;
BEGIN
  IF given = '' THEN RETURN ''; END IF;
  SELECT coalesce(nullif(c.key, ''), c.label) INTO found FROM codes c JOIN agents a ON a.id = of_agent
    WHERE c.organisation_id = a.organisation_id AND c.kind = 'not_ready' AND c.archived_at IS NULL
      AND given IN (c.key, c.label) AND (c.team_id IS NULL OR EXISTS (
        SELECT FROM memberships m WHERE m.team_id = c.team_id AND m.agent_id = of_agent))
    ORDER BY c.team_id NULLS LAST LIMIT 1;
  IF found IS NULL THEN
    PERFORM refuse('not_a_choice', 'reason', jsonb_build_object('value', left(given, 40)));
  END IF;
  RETURN found;
END $$;

-- Is the result of a call still to be told that her team insists on?
CREATE FUNCTION owes_result(of_agent uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM call_parts p JOIN team_voice v ON v.team_id = p.team_id
    WHERE p.agent_id = of_agent AND p.ended_at IS NOT NULL AND p.filed_at IS NULL
      AND (v.disposition_required OR v.wrap_up = 'mandatory'))
$$;

CREATE FUNCTION change_state(of_agent uuid, to_state text, with_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  -- Ringing, on a call and wrapping up follow from calls; nobody says them of herself.
  IF to_state NOT IN ('available', 'not_ready', 'offline') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  IF to_state = 'available' AND owes_result(of_agent) THEN PERFORM refuse('result_needed', 'disposition'); END IF;
  INSERT INTO agent_states (agent_id, organisation_id, state, reason)
    SELECT a.id, a.organisation_id, to_state, CASE to_state WHEN 'not_ready' THEN reason_of(a.id, with_reason) ELSE '' END
    FROM agents a WHERE a.id = of_agent
    ON CONFLICT (agent_id) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason, since_at = now()
    WHERE (agent_states.state, agent_states.reason) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.reason);
  PERFORM pg_notify('guichet_hub', 'agent ' || of_agent);
END $$;

CREATE OR REPLACE FUNCTION set_my_state(to_state text, with_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF me() IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  PERFORM change_state(me(), to_state, with_reason);
END $$;

-- A supervisor, or a lead of a team of hers, changes an agent's state; never out from under a live call.
CREATE FUNCTION set_agent_state(of_agent uuid, to_state text, with_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM agents WHERE id = of_agent AND organisation_id = my_organisation() AND active) THEN
    PERFORM refuse('not_found', 'agent');
  END IF;
  IF NOT EXISTS (SELECT FROM memberships m WHERE m.agent_id = of_agent AND m.team_id = ANY (my_led_teams())) THEN
    PERFORM need('supervise_calls');
  END IF;
  IF EXISTS (SELECT FROM agent_states WHERE agent_id = of_agent AND state IN ('ringing', 'on_call')) THEN
    PERFORM refuse('agent_is_on_a_call', 'agent', (SELECT jsonb_build_object('agent', name) FROM agents WHERE id = of_agent));
  END IF;
  PERFORM change_state(of_agent, to_state, with_reason);
END $$;

-- Close a team's lines now, with its announcement, or open them again.
CREATE FUNCTION close_team(of_team uuid, to_closed boolean, until timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM teams WHERE id = of_team AND organisation_id = my_organisation() AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF of_team <> ALL (my_led_teams()) THEN PERFORM need('supervise_calls'); END IF;
  INSERT INTO team_voice (team_id, organisation_id, closed_now, closed_until) VALUES (of_team, my_organisation(), to_closed, until)
    ON CONFLICT (team_id) DO UPDATE SET closed_now = to_closed, closed_until = until;
  INSERT INTO changes (epoch, organisation_id, audience_id, kind, operation, record_id, new_team_id, actor_id, difference)
    VALUES ((SELECT epoch FROM schema_info), my_organisation(), everyone(my_organisation()), 'team', 'updated', of_team, of_team, me(),
            jsonb_build_object('closed_now', jsonb_build_array(NOT to_closed, to_closed)));
  PERFORM hint(my_organisation(), 'team ' || of_team || ' *');
END $$;

-- What waits for each team of the organisation, and how long a call keeps an agent there: the basis of an expected wait.
CREATE FUNCTION team_queues() RETURNS TABLE (team_id uuid, waiting integer, longest_since_at timestamptz, handled_s double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT t.id,
    (SELECT count(*)::int FROM calls c WHERE c.organisation_id = t.organisation_id AND c.phase IN ('waiting', 'moving')
       AND coalesce(c.step_team_id, c.team_id) = t.id),
    (SELECT min(c.waiting_since_at) FROM calls c WHERE c.organisation_id = t.organisation_id AND c.phase IN ('waiting', 'moving')
       AND coalesce(c.step_team_id, c.team_id) = t.id),
    (SELECT avg(extract(epoch FROM p.ended_at - p.began_at)) FROM call_parts p
       WHERE p.team_id = t.id AND p.ended_at > now() - interval '2 hours')
  FROM teams t WHERE t.organisation_id = my_organisation() AND t.archived_at IS NULL
$$;
