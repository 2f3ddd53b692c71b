-- What a desk does with its calls beside the hub's moves: have one back, and tell how it sounded.

-- May this agent ask this of that call? As before; and the sender of a hand-over may have her caller back.
CREATE OR REPLACE FUNCTION command_call(command uuid, of_call uuid, of_kind text, to_kind text, to_id uuid, to_number text, with_note text,
                             at_place integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c calls;
  i uuid := me();
BEGIN
  SELECT * INTO c FROM calls WHERE id = of_call AND organisation_id = my_organisation();
  IF NOT FOUND OR NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  IF c.phase = 'ended' THEN PERFORM refuse('no_live_call'); END IF;
  IF of_kind <> ALL ('{hand_over,consult,complete,swap,merge,back,hang_up,not_me,move,keep,take,place,end,listen,whisper,barge,leave,record,stop_recording,pause_recording,resume_recording}'::text[]) THEN
    PERFORM refuse('not_a_choice', 'command', jsonb_build_object('value', left(of_kind, 40)));
  END IF;
  IF of_kind = 'not_me' THEN
    IF i <> ALL (c.ringing) THEN PERFORM refuse('no_live_call'); END IF;
  ELSIF of_kind = 'take' AND c.phase = 'moving' AND c.handed_by = i THEN
    NULL;  -- whoever handed a call over may have it back until somebody takes it
  ELSIF of_kind IN ('move', 'keep', 'take', 'place', 'listen', 'whisper', 'barge', 'end') THEN
    IF c.team_id <> ALL (my_led_teams()) AND coalesce(c.communication_team_id <> ALL (my_led_teams()), true) THEN
      PERFORM need('supervise_calls');
    END IF;
    IF of_kind IN ('listen', 'whisper', 'barge') AND i IN (c.agent_id, c.consulted) THEN PERFORM refuse('not_permitted'); END IF;
    IF of_kind IN ('take', 'place') AND c.phase NOT IN ('waiting', 'moving', 'menu') THEN PERFORM refuse('no_live_call'); END IF;
  ELSIF of_kind = 'leave' THEN
    IF i <> ALL (c.listeners) THEN PERFORM refuse('no_live_call'); END IF;
  ELSIF c.agent_id IS DISTINCT FROM i THEN
    PERFORM refuse('not_permitted');
  END IF;
  IF of_kind IN ('record', 'stop_recording') AND coalesce((SELECT records FROM team_voice WHERE team_id = c.team_id), 'never') <> 'on_demand' THEN
    PERFORM refuse('not_recorded_here', 'recording');
  END IF;
  IF of_kind = 'pause_recording' AND c.recording <> 'on' OR of_kind = 'resume_recording' AND c.recording <> 'paused' THEN
    PERFORM refuse('not_recorded_here', 'recording');
  END IF;
  IF of_kind IN ('hand_over', 'consult', 'move') THEN
    IF of_kind <> 'consult' THEN PERFORM need('hand_over_team'); END IF;
    IF to_kind = 'agent' AND NOT EXISTS (SELECT FROM agents WHERE id = to_id AND organisation_id = c.organisation_id AND active)
       OR to_kind = 'team' AND NOT EXISTS (SELECT FROM teams WHERE id = to_id AND organisation_id = c.organisation_id AND archived_at IS NULL)
       OR to_kind = 'number' AND to_number = '' OR to_kind = '' THEN
      PERFORM refuse('required', 'target');
    END IF;
    IF to_kind = 'agent' AND to_id = i AND of_kind <> 'move' THEN PERFORM refuse('not_a_choice', 'target'); END IF;
  END IF;
  INSERT INTO call_commands (id, organisation_id, call_id, by_agent, kind, target_kind, target_id, target_number, note, place)
    VALUES (command, c.organisation_id, of_call, i, of_kind, to_kind, to_id, to_number, with_note, at_place);
  PERFORM pg_notify('guichet_hub', 'command ' || command);
END $$;

-- How a part of a call sounded at its agent's desk (MOS, jitter, loss, likely cause), told once at its end.
ALTER TABLE call_parts ADD COLUMN quality jsonb;

CREATE FUNCTION tell_call_quality(of_call uuid, measured jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF jsonb_typeof(measured) <> 'object' OR length(measured::text) > 1000 THEN PERFORM refuse('not_a_choice', 'quality'); END IF;
  UPDATE call_parts SET quality = measured WHERE id = (
    SELECT id FROM call_parts WHERE call_id = of_call AND agent_id = me() ORDER BY began_at DESC LIMIT 1);
END $$;

REVOKE ALL ON FUNCTION tell_call_quality(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_call_quality(uuid, jsonb) TO guichet_agent;
