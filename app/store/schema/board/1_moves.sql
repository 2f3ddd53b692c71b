-- A supervisor's move is told to the agent of the call before it happens; telling and taking back stand in the log of
-- commands, done at once: there is nothing in them for the hub to carry out.
CREATE INDEX call_commands_of_call ON call_commands (call_id, made_at DESC);

CREATE FUNCTION announce_move(command uuid, of_call uuid, to_kind text, to_id uuid, to_number text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c calls;
BEGIN
  SELECT * INTO c FROM calls WHERE id = of_call AND organisation_id = my_organisation();
  IF NOT FOUND OR NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  IF c.phase = 'ended' THEN PERFORM refuse('no_live_call'); END IF;
  IF c.team_id <> ALL (my_led_teams()) AND coalesce(c.communication_team_id <> ALL (my_led_teams()), true) THEN
    PERFORM need('supervise_calls');
  END IF;
  INSERT INTO call_commands (id, organisation_id, call_id, by_agent, kind, target_kind, target_id, target_number, done_at)
    VALUES (command, c.organisation_id, of_call, me(), CASE to_kind WHEN '' THEN 'withdraw' ELSE 'announce' END,
            to_kind, to_id, to_number, clock_timestamp());
  PERFORM hint(c.organisation_id, 'call_note ' || of_call || ' *');
END $$;

-- Where a call is about to be moved, by name; nothing once it was moved, taken back, or forgotten by who announced it.
CREATE FUNCTION announced_move(of_call uuid) RETURNS TABLE (to_name text, by_name text, told_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(t.name, a.name, m.target_number), b.name, m.made_at
  FROM (SELECT * FROM call_commands WHERE call_id = of_call AND kind IN ('announce', 'withdraw', 'move')
        ORDER BY made_at DESC LIMIT 1) m
  JOIN agents b ON b.id = m.by_agent
  LEFT JOIN teams t ON m.target_kind = 'team' AND t.id = m.target_id
  LEFT JOIN agents a ON m.target_kind = 'agent' AND a.id = m.target_id
  WHERE m.kind = 'announce' AND m.made_at > now() - interval '10 seconds' AND i_see_call(of_call)
$$;

REVOKE EXECUTE ON FUNCTION announce_move, announced_move FROM PUBLIC;
GRANT EXECUTE ON FUNCTION announce_move, announced_move TO guichet_agent;
