-- What agents do with calls. The hub alone writes how a call goes; agents ask, and type their notes.

CREATE FUNCTION call_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  -- "offer" goes to the agents who are concerned just now, so that their desks read it at once.
  PERFORM hint(NEW.organisation_id, 'call ' || NEW.id || ' ' || coalesce(NEW.case_id::text, '*') || coalesce((
    SELECT string_agg(E'\noffer ' || NEW.id || ' ' || a, '') FROM unnest(
      NEW.ringing || ARRAY[NEW.agent_id, NEW.consulted, NEW.handed_by]
      || CASE WHEN TG_OP = 'UPDATE' THEN OLD.ringing || ARRAY[OLD.agent_id, OLD.consulted] END) a
    WHERE a IS NOT NULL), ''));
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION call_changed();

CREATE FUNCTION call_part_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'call_note ' || NEW.call_id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON call_parts FOR EACH ROW EXECUTE FUNCTION call_part_changed();
CREATE TRIGGER hint AFTER INSERT ON call_messages FOR EACH ROW EXECUTE FUNCTION call_part_changed();

CREATE FUNCTION i_see_call(of_call uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM calls c WHERE c.id = of_call AND c.organisation_id = my_organisation()
    AND (c.agents @> ARRAY[me()] OR c.team_id = ANY (my_teams()) OR c.communication_team_id = ANY (my_teams())))
$$;

-- May this agent ask this of that call? Her own call's moves are hers; others' need a supervisor or the team's lead.
CREATE FUNCTION command_call(command uuid, of_call uuid, of_kind text, to_kind text, to_id uuid, to_number text, with_note text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c calls;
  i uuid := me();
BEGIN
  SELECT * INTO c FROM calls WHERE id = of_call AND organisation_id = my_organisation();
  IF NOT FOUND OR NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  IF c.phase = 'ended' THEN PERFORM refuse('no_live_call'); END IF;
  IF of_kind = 'not_me' THEN
    IF i <> ALL (c.ringing) THEN PERFORM refuse('no_live_call'); END IF;
  ELSIF of_kind IN ('move', 'take', 'listen', 'whisper', 'barge', 'end') THEN
    IF c.team_id <> ALL (my_led_teams()) AND coalesce(c.communication_team_id <> ALL (my_led_teams()), true) THEN
      PERFORM need('supervise_calls');
    END IF;
  ELSIF c.agent_id IS DISTINCT FROM i THEN
    PERFORM refuse('not_permitted');
  END IF;
  IF of_kind IN ('hand_over', 'consult', 'move') THEN
    IF of_kind <> 'consult' THEN PERFORM need('hand_over_team'); END IF;
    IF to_kind = 'agent' AND NOT EXISTS (SELECT FROM agents WHERE id = to_id AND organisation_id = c.organisation_id AND active)
       OR to_kind = 'team' AND NOT EXISTS (SELECT FROM teams WHERE id = to_id AND organisation_id = c.organisation_id AND archived_at IS NULL)
       OR to_kind = 'number' AND to_number = '' OR to_kind = '' THEN
      PERFORM refuse('required', 'target');
    END IF;
  END IF;
  INSERT INTO call_commands (id, organisation_id, call_id, by_agent, kind, target_kind, target_id, target_number, note)
    VALUES (command, c.organisation_id, of_call, i, of_kind, to_kind, to_id, to_number, with_note);
  PERFORM pg_notify('guichet_hub', 'command ' || command);
END $$;

-- The note of a call, saved as it is typed.
CREATE FUNCTION type_call_note(of_call uuid, text_now text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE call_parts SET note = text_now WHERE id = (
    SELECT id FROM call_parts WHERE call_id = of_call AND agent_id = me() AND filed_at IS NULL ORDER BY began_at DESC LIMIT 1)
    AND note <> text_now;
END $$;

-- One agent's part becomes what the case remembers: a follow-up with the facts and her note, or, with no case, a task
-- of the customer that is done. Filing twice files once.
CREATE FUNCTION file_part(part uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  p call_parts;
  c calls;
  said text;
BEGIN
  SELECT * INTO p FROM call_parts WHERE id = part AND filed_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO c FROM calls WHERE id = p.call_id;
  SELECT label INTO said FROM codes WHERE id = p.disposition_id;
  IF c.case_id IS NOT NULL THEN
    INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at, call_id, author_id, author_name, custom)
      SELECT p.id, c.case_id, 'call', c.direction, false, p.note, p.began_at, c.id, a.id, a.name,
        jsonb_strip_nulls(jsonb_build_object('number', c.caller_number, 'began_at', p.began_at, 'ended_at', p.ended_at,
          'waited_s', round(extract(epoch FROM coalesce(c.answered_at, c.ended_at) - c.started_at)),
          'talked_s', round(extract(epoch FROM p.ended_at - p.began_at)), 'disposition', said))
      FROM agents a WHERE a.id = p.agent_id ON CONFLICT (id) DO NOTHING;
  ELSIF c.customer_id IS NOT NULL THEN
    INSERT INTO tasks (id, team_id, assignee_id, customer_id, kind, title, notes, local_at, zone, reminder_minutes, status, outcome)
      SELECT p.id, p.team_id, p.agent_id, c.customer_id, 'call', coalesce(nullif(left(p.note, 200), ''), c.caller_number), p.note,
        p.began_at AT TIME ZONE a.time_zone, a.time_zone, NULL, 'done', coalesce(said, '')
      FROM agents a WHERE a.id = p.agent_id ON CONFLICT (id) DO NOTHING;
  END IF;
  UPDATE call_parts SET filed_at = now() WHERE id = part;
END $$;

-- The agent's wrap-up: result and note; the call's case may be chosen or corrected in the same act.
CREATE FUNCTION wrap_up_call(of_call uuid, with_disposition uuid, with_note text, on_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE part uuid;
BEGIN
  SELECT id INTO part FROM call_parts WHERE call_id = of_call AND agent_id = me() ORDER BY began_at DESC LIMIT 1;
  IF part IS NULL THEN PERFORM refuse('not_found', 'call'); END IF;
  IF on_case IS NOT NULL THEN PERFORM attach_call(of_call, on_case); END IF;
  UPDATE call_parts SET note = with_note, disposition_id = with_disposition WHERE id = part AND filed_at IS NULL;
  PERFORM file_part(part);
  UPDATE agent_states SET state = 'available', reason = '', since_at = now()
    WHERE agent_id = me() AND state = 'wrap_up';
  PERFORM pg_notify('guichet_hub', 'agent ' || me());
END $$;

CREATE FUNCTION attach_call(of_call uuid, on_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  UPDATE calls k SET case_id = c.id, customer_id = c.customer_id,
      trace = k.trace || jsonb_build_array(jsonb_build_object('at', now(), 'reason', 'attached', 'agent_id', me(), 'text', c.number::text))
    FROM cases c WHERE k.id = of_call AND c.id = on_case AND c.audience_id = ANY (my_audiences())
      AND k.case_id IS DISTINCT FROM c.id;
  PERFORM pg_notify('guichet_hub', 'attached ' || of_call);
END $$;

CREATE FUNCTION say_on_call(message uuid, of_call uuid, words text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  INSERT INTO call_messages (id, organisation_id, call_id, agent_id, body)
    VALUES (message, my_organisation(), of_call, me(), words) ON CONFLICT DO NOTHING;
END $$;

-- The hub's: an agent's state because of a call; two misses in a row make her not ready.
CREATE FUNCTION hub_sets_agent(of_agent uuid, to_state text, with_reason text) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  UPDATE agent_states SET state = to_state, reason = with_reason, since_at = now()
    WHERE agent_id = of_agent AND (state, reason) IS DISTINCT FROM (to_state, with_reason)
$$;

-- The case goes to whoever took the call, with the former team as reader; the hub has no agent's permission to ask.
CREATE FUNCTION hub_moves_case(of_case uuid, to_team uuid, to_agent uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND category <> 'closed' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF c.team_id <> to_team THEN
    INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
      VALUES (of_case, c.team_id, c.organisation_id, 'former')
      ON CONFLICT (case_id, team_id) DO UPDATE SET reason = 'former';
  END IF;
  UPDATE cases SET team_id = to_team, assignee_id = CASE WHEN EXISTS (
      SELECT FROM memberships WHERE team_id = to_team AND agent_id = to_agent) THEN to_agent END
    WHERE id = of_case AND (team_id, assignee_id) IS DISTINCT FROM (to_team, to_agent);
  IF c.team_id <> to_team THEN
    PERFORM note_on(of_case, 'handed_over', jsonb_build_object('from', c.team_id, 'to', to_team, 'live', true));
  END IF;
END $$;

-- A case is shown to a team while its call rings there; who does not take it does not keep it.
ALTER TABLE case_teams DROP CONSTRAINT case_teams_reason_check;
ALTER TABLE case_teams ADD CONSTRAINT case_teams_reason_check CHECK (reason IN ('former', 'origin', 'offered'));

CREATE FUNCTION hub_shares_case(of_case uuid, with_team uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
    SELECT c.id, with_team, c.organisation_id, 'offered' FROM cases c
    WHERE c.id = of_case AND c.team_id <> with_team ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION unshare_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM case_teams WHERE case_id = NEW.case_id AND reason = 'offered';
  RETURN NULL;
END $$;
-- Nobody is rung any more: it was taken, or it is over.
CREATE TRIGGER unshare AFTER UPDATE ON calls FOR EACH ROW
  WHEN (NEW.case_id IS NOT NULL AND NEW.ringing = '{}' AND NEW.phase IN ('talking', 'voicemail', 'ended'))
  EXECUTE FUNCTION unshare_case();

CREATE FUNCTION case_teams_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE cases c SET audience_id = case_audience(c.id, c.organisation_id, c.visibility, c.team_id, c.assignee_id,
                                                 c.number_id) WHERE c.id = OLD.case_id;
  RETURN NULL;
END $$;
CREATE TRIGGER audience_after_removal AFTER DELETE ON case_teams FOR EACH ROW EXECUTE FUNCTION case_teams_removed();
