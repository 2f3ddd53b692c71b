-- One turn of a call, whole or not at all, in one statement: each way to the server and back is a caller's waiting.
-- False when a later hub has gone on with the call: then nothing is written. It may be repeated.
CREATE FUNCTION write_turn(turn jsonb, of_epoch bigint) RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  told calls := jsonb_populate_record(NULL::calls, turn -> 'call');
  happened timestamptz := turn ->> 'at';
  one jsonb;
BEGIN
  IF EXISTS (SELECT FROM calls WHERE id = told.id AND hub_epoch > of_epoch) THEN
    RETURN false;
  END IF;
  FOR one IN SELECT * FROM jsonb_array_elements(turn -> 'cases') LOOP
    IF (one ->> 'moved')::boolean THEN
      PERFORM hub_moves_case(told.case_id, (one ->> 'team_id')::uuid, (one ->> 'agent_id')::uuid);
    ELSE
      PERFORM hub_shares_case(told.case_id, (one ->> 'team_id')::uuid);
    END IF;
  END LOOP;
  INSERT INTO calls (id, organisation_id, direction, phase, caller_number, number_id, team_id, communication_team_id,
    customer_id, case_id, agent_id, handed_by, ringing, consulted, consultation, agents, step, step_agent_id,
    step_team_id, step_until_at, next_step, next_agent_id, next_team_id, started_at, waiting_since_at, answered_at,
    held_since_at, ended_at, outcome, trace, note, state, hub_epoch, task_id, recording, listeners, place_at)
  VALUES (told.id, told.organisation_id, told.direction, told.phase, told.caller_number, told.number_id, told.team_id,
    told.communication_team_id, told.customer_id, told.case_id, told.agent_id, told.handed_by, told.ringing,
    told.consulted, told.consultation, told.agents, told.step, told.step_agent_id, told.step_team_id,
    told.step_until_at, told.next_step, told.next_agent_id, told.next_team_id, told.started_at, told.waiting_since_at,
    told.answered_at, told.held_since_at, told.ended_at, told.outcome, told.trace, told.note, told.state, of_epoch,
    told.task_id, told.recording, told.listeners, told.place_at)
  ON CONFLICT (id) DO UPDATE SET phase = EXCLUDED.phase, team_id = EXCLUDED.team_id, customer_id = EXCLUDED.customer_id,
    case_id = EXCLUDED.case_id, agent_id = EXCLUDED.agent_id, handed_by = EXCLUDED.handed_by, ringing = EXCLUDED.ringing,
    consulted = EXCLUDED.consulted, consultation = EXCLUDED.consultation,
    agents = (SELECT coalesce(array_agg(DISTINCT a), '{}') FROM unnest(calls.agents || EXCLUDED.agents) a),
    step = EXCLUDED.step, step_agent_id = EXCLUDED.step_agent_id, step_team_id = EXCLUDED.step_team_id,
    step_until_at = EXCLUDED.step_until_at, next_step = EXCLUDED.next_step, next_agent_id = EXCLUDED.next_agent_id,
    next_team_id = EXCLUDED.next_team_id, waiting_since_at = EXCLUDED.waiting_since_at,
    answered_at = EXCLUDED.answered_at, held_since_at = EXCLUDED.held_since_at, ended_at = EXCLUDED.ended_at,
    outcome = EXCLUDED.outcome, trace = EXCLUDED.trace, note = EXCLUDED.note, state = EXCLUDED.state,
    hub_epoch = EXCLUDED.hub_epoch, recording = EXCLUDED.recording, listeners = EXCLUDED.listeners,
    place_at = EXCLUDED.place_at
  WHERE calls.hub_epoch <= EXCLUDED.hub_epoch;
  UPDATE call_parts SET ended_at = greatest(happened, began_at)
    WHERE call_id = told.id AND ended_at IS NULL
      AND agent_id IN (SELECT value::uuid FROM jsonb_array_elements_text(turn -> 'ended'));
  INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at)
    SELECT (b ->> 'part')::uuid, told.organisation_id, told.id, (b ->> 'agent')::uuid,
      coalesce(a.default_team_id, told.team_id), happened
    FROM jsonb_array_elements(turn -> 'begun') b LEFT JOIN agents a ON a.id = (b ->> 'agent')::uuid
    WHERE NOT EXISTS (SELECT FROM call_parts p WHERE p.call_id = told.id AND p.agent_id = (b ->> 'agent')::uuid
      AND (p.ended_at IS NULL OR p.began_at = happened));
  FOR one IN SELECT * FROM jsonb_array_elements(turn -> 'agents') LOOP
    PERFORM hub_sets_agent((one ->> 'agent_id')::uuid, one ->> 'state', one ->> 'reason');
  END LOOP;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION write_turn FROM PUBLIC;
GRANT EXECUTE ON FUNCTION write_turn TO guichet_hub;
