-- What becomes of a call: planned ones, results, corrected cases, and what nobody answered.

-- Before a desk dials: the call's id goes in a header, so that the hub knows the case, its number and the task.
CREATE FUNCTION plan_call(call uuid, for_case uuid, for_customer uuid, with_number uuid, of_task uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  t tasks;
  k cases;
  shown numbers;
BEGIN
  IF me() IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  IF of_task IS NOT NULL THEN
    SELECT * INTO t FROM tasks WHERE id = of_task AND (audience_id = ANY (my_audiences()) OR assignee_id = me());
    IF NOT FOUND THEN PERFORM refuse('not_found', 'task'); END IF;
    -- Whoever dials has the task: no colleague calls the same customer meanwhile.
    IF t.status = 'planned' AND t.assignee_id IS NULL AND t.team_id = ANY (my_teams()) THEN
      UPDATE tasks SET assignee_id = me() WHERE id = of_task;
    END IF;
  END IF;
  SELECT * INTO k FROM cases WHERE id = coalesce(for_case, t.case_id) AND audience_id = ANY (my_audiences());
  IF for_case IS NOT NULL AND NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  SELECT * INTO shown FROM numbers WHERE organisation_id = my_organisation() AND id = coalesce(with_number, k.number_id,
    (SELECT speaking_number(default_team_id) FROM agents WHERE id = me()));
  IF with_number IS NOT NULL AND NOT FOUND THEN PERFORM refuse('not_found', 'number'); END IF;
  INSERT INTO planned_calls (id, organisation_id, agent_id, task_id, case_id, customer_id, number_id)
    VALUES (call, my_organisation(), me(), of_task, k.id, coalesce(k.customer_id, for_customer, t.customer_id), shown.id)
    ON CONFLICT (id) DO NOTHING;
  RETURN coalesce(shown.e164, '');
END $$;

-- The recording of a call hangs on its first entry in the case, under the case's permission.
CREATE FUNCTION hang_recording(of_call uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type, keep_until)
  SELECT gen_random_uuid(), f.organisation_id, f.audience_id, f.id, c.recording_id, 'call.ogg', 'audio/ogg', c.keep_recording_until
  FROM calls c CROSS JOIN LATERAL (SELECT * FROM follow_ups f WHERE f.case_id = c.case_id AND f.call_id = c.id AND f.channel = 'call'
                                   ORDER BY f.at, f.id LIMIT 1) f
  WHERE c.id = of_call AND c.recording_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM attachments a JOIN follow_ups g ON g.id = a.follow_up_id
                    WHERE a.blob_id = c.recording_id AND g.call_id = c.id)
$$;

CREATE OR REPLACE FUNCTION file_part(part uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  p call_parts;
  c calls;
  said codes;
BEGIN
  SELECT * INTO p FROM call_parts WHERE id = part AND filed_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO c FROM calls WHERE id = p.call_id;
  SELECT * INTO said FROM codes WHERE id = p.disposition_id;
  IF c.case_id IS NOT NULL THEN
    INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at, call_id, author_id, author_name, custom)
      SELECT p.id, c.case_id, 'call', c.direction, false, p.note, p.began_at, c.id, a.id, a.name,
        jsonb_strip_nulls(jsonb_build_object('number', c.caller_number, 'began_at', p.began_at, 'ended_at', p.ended_at,
          'waited_s', round(extract(epoch FROM coalesce(c.answered_at, c.ended_at) - c.started_at)),
          'talked_s', round(extract(epoch FROM p.ended_at - p.began_at)),
          'wrapped_s', round(extract(epoch FROM now() - p.ended_at)),
          'disposition', said.label, 'disposition_key', nullif(said.key, '')))
      FROM agents a WHERE a.id = p.agent_id ON CONFLICT (id) DO NOTHING;
  ELSE
    -- A call with no case is a task of its customer; an unknown caller's is kept under her number.
    INSERT INTO tasks (id, team_id, assignee_id, customer_id, kind, title, notes, local_at, zone, reminder_minutes, status, outcome,
                       custom)
      SELECT p.id, p.team_id, p.agent_id, c.customer_id, 'call',
        coalesce(nullif(left(btrim(regexp_replace(p.note, '\s+', ' ', 'g')), 200), ''), nullif(c.caller_number, ''), '☎'), p.note,
        p.began_at AT TIME ZONE a.time_zone, a.time_zone, NULL, 'done', coalesce(said.label, ''),
        jsonb_build_object('number', c.caller_number, 'call_id', c.id)
      FROM agents a WHERE a.id = p.agent_id ON CONFLICT (id) DO NOTHING;
  END IF;
  UPDATE call_parts SET filed_at = now() WHERE id = part;
  PERFORM hang_recording(c.id);
END $$;

CREATE OR REPLACE FUNCTION wrap_up_call(of_call uuid, with_disposition uuid, with_note text, on_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE p call_parts;
BEGIN
  SELECT * INTO p FROM call_parts WHERE call_id = of_call AND agent_id = me() ORDER BY began_at DESC LIMIT 1;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'call'); END IF;
  IF with_disposition IS NULL AND p.filed_at IS NULL
     AND EXISTS (SELECT FROM team_voice WHERE team_id = p.team_id AND disposition_required) THEN
    PERFORM refuse('result_needed', 'disposition');
  END IF;
  IF with_disposition IS NOT NULL AND NOT EXISTS (
      SELECT FROM codes WHERE id = with_disposition AND organisation_id = my_organisation() AND kind = 'disposition'
        AND (team_id IS NULL OR team_id = ANY (my_teams()) OR team_id = p.team_id)) THEN
    PERFORM refuse('not_a_choice', 'disposition');
  END IF;
  IF on_case IS NOT NULL THEN PERFORM attach_call(of_call, on_case); END IF;
  UPDATE call_parts SET note = with_note, disposition_id = with_disposition WHERE id = p.id AND filed_at IS NULL;
  PERFORM file_part(p.id);
  UPDATE agent_states SET state = 'available', reason = '', since_at = now()
    WHERE agent_id = me() AND state = 'wrap_up';
  PERFORM pg_notify('guichet_hub', 'agent ' || me());
END $$;

-- The case of a call, chosen or corrected (no case: NULL). What was filed goes along, and both cases tell it.
CREATE OR REPLACE FUNCTION attach_call(of_call uuid, on_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k calls;
  c cases;
  filed uuid[];
  part uuid;
BEGIN
  IF NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  SELECT * INTO k FROM calls WHERE id = of_call FOR UPDATE;
  IF k.case_id IS NOT DISTINCT FROM on_case THEN RETURN; END IF;
  IF on_case IS NOT NULL THEN
    SELECT * INTO c FROM cases WHERE id = on_case AND audience_id = ANY (my_audiences());
    IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
    IF c.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  END IF;
  UPDATE calls SET case_id = on_case, customer_id = coalesce(c.customer_id, customer_id),
      trace = trace || jsonb_build_array(jsonb_build_object('at', now(), 'agent_id', me(), 'text', coalesce(c.number::text, ''),
        'reason', CASE WHEN on_case IS NULL THEN 'detached' ELSE 'attached' END))
    WHERE id = of_call;
  SELECT array_agg(id) INTO filed FROM call_parts WHERE call_id = of_call AND filed_at IS NOT NULL;
  IF filed IS NOT NULL THEN
    DELETE FROM follow_ups WHERE id = ANY (filed) AND call_id = of_call;
    DELETE FROM tasks WHERE id = ANY (filed) AND status = 'done';
    UPDATE call_parts SET filed_at = NULL WHERE id = ANY (filed);
    FOREACH part IN ARRAY filed LOOP PERFORM file_part(part); END LOOP;
    IF k.case_id IS NOT NULL THEN
      PERFORM note_on(k.case_id, 'call_went', jsonb_build_object('number', c.number, 'call_id', of_call));
    END IF;
    IF on_case IS NOT NULL THEN
      PERFORM note_on(on_case, 'call_came', jsonb_build_object(
        'number', (SELECT number FROM cases WHERE id = k.case_id), 'call_id', of_call));
    END IF;
  END IF;
  PERFORM pg_notify('guichet_hub', 'attached ' || of_call);
END $$;

-- Nobody spoke with this caller: an entry on her case, and one call to return in the team's list, however often she tried.
CREATE FUNCTION file_missed(c calls) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE its_zone text;
BEGIN
  SELECT time_zone INTO its_zone FROM teams WHERE id = c.team_id;
  IF c.case_id IS NOT NULL THEN
    INSERT INTO follow_ups (id, case_id, channel, direction, body, at, call_id, custom)
      VALUES (gen_random_uuid(), c.case_id, 'call', 'in', '', c.started_at, c.id, jsonb_build_object('number', c.caller_number,
        'outcome', c.outcome, 'waited_s', round(extract(epoch FROM c.ended_at - c.started_at))));
  END IF;
  IF c.caller_number = '' AND c.customer_id IS NULL AND c.case_id IS NULL THEN RETURN; END IF;  -- nobody to call back
  UPDATE tasks SET attempts = attempts, notes = left(notes || E'\n' || to_char(c.started_at AT TIME ZONE its_zone, 'YYYY-MM-DD HH24:MI'), 20000),
      custom = custom || jsonb_build_object('call_id', c.id, 'outcome', c.outcome, 'times', coalesce((custom ->> 'times')::int, 1) + 1)
    WHERE team_id = c.team_id AND status = 'planned' AND custom ->> 'outcome' IS NOT NULL AND custom ->> 'number' = c.caller_number;
  IF FOUND THEN RETURN; END IF;
  INSERT INTO tasks (id, team_id, customer_id, case_id, kind, title, notes, local_at, zone, reminder_minutes, custom)
    SELECT gen_random_uuid(), c.team_id, c.customer_id, c.case_id, 'call',
      coalesce((SELECT subject FROM cases WHERE id = c.case_id), nullif(c.caller_number, ''), '☎'), '',
      c.ended_at AT TIME ZONE its_zone, its_zone, NULL,
      jsonb_build_object('number', c.caller_number, 'call_id', c.id, 'outcome', c.outcome);
END $$;

CREATE FUNCTION call_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.phase <> 'ended' OR TG_OP = 'UPDATE' AND OLD.phase = 'ended' THEN RETURN NULL; END IF;
  IF NEW.task_id IS NOT NULL AND NEW.answered_at IS NOT NULL THEN
    UPDATE tasks SET status = 'done', outcome = 'answered' WHERE id = NEW.task_id AND status = 'planned';
  ELSIF NEW.task_id IS NOT NULL THEN
    UPDATE tasks SET attempts = attempts + 1 WHERE id = NEW.task_id AND status = 'planned';
  END IF;
  IF NEW.direction = 'in' AND NEW.outcome IN ('abandoned', 'closed', 'no_answer', 'failed') THEN
    PERFORM file_missed(NEW);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER over AFTER INSERT OR UPDATE OF phase ON calls FOR EACH ROW EXECUTE FUNCTION call_over();

-- May this agent ask this of that call? As before, with what supervisors do to calls and queues, and recording.
CREATE FUNCTION command_call(command uuid, of_call uuid, of_kind text, to_kind text, to_id uuid, to_number text, with_note text,
                             at_place integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c calls;
  i uuid := me();
BEGIN
  SELECT * INTO c FROM calls WHERE id = of_call AND organisation_id = my_organisation();
  IF NOT FOUND OR NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  IF c.phase = 'ended' THEN PERFORM refuse('no_live_call'); END IF;
  IF of_kind <> ALL ('{hand_over,consult,complete,swap,merge,back,hang_up,not_me,move,take,place,end,listen,whisper,barge,leave,record,stop_recording,pause_recording,resume_recording}'::text[]) THEN
    PERFORM refuse('not_a_choice', 'command', jsonb_build_object('value', left(of_kind, 40)));
  END IF;
  IF of_kind = 'not_me' THEN
    IF i <> ALL (c.ringing) THEN PERFORM refuse('no_live_call'); END IF;
  ELSIF of_kind IN ('move', 'take', 'place', 'listen', 'whisper', 'barge', 'end') THEN
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
CREATE OR REPLACE FUNCTION command_call(command uuid, of_call uuid, of_kind text, to_kind text, to_id uuid, to_number text, with_note text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT command_call(command, of_call, of_kind, to_kind, to_id, to_number, with_note, NULL)
$$;
