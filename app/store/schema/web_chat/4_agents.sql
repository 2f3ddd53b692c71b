-- The agent's side. Each act checks that the chat is hers, or that she may take it.
CREATE FUNCTION my_chat(of_chat uuid) RETURNS chats LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats;
BEGIN
  SELECT x.* INTO k FROM chats x JOIN cases c ON c.id = x.case_id
    WHERE x.id = of_chat AND (c.audience_id = ANY (my_audiences()) OR me() = ANY (x.ringing)) FOR UPDATE OF x;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'chat'); END IF;
  RETURN k;
END $$;

-- A lead of the team that has it or of the widget's team, or who supervises.
CREATE FUNCTION leads_chat(k chats) RETURNS boolean LANGUAGE sql STABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT may('supervise_calls') OR k.team_id = ANY (my_led_teams())
    OR (SELECT team_id FROM chat_widgets WHERE id = k.widget_id) = ANY (my_led_teams())
$$;

-- She talks with the visitor from now on; the case is hers, and goes along where the chat was handed to another team.
CREATE FUNCTION join_chat(k chats) RETURNS void LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  hers uuid;
BEGIN
  IF (SELECT count(*) FROM chats WHERE agent_id = me() AND state = 'talking' AND id <> k.id)
     >= (SELECT most FROM chat_widgets WHERE id = k.widget_id) THEN
    PERFORM refuse('too_many', 'chats', jsonb_build_object('most', (SELECT most FROM chat_widgets WHERE id = k.widget_id)));
  END IF;
  UPDATE chats SET state = 'talking', agent_id = me(), to_agent_id = NULL, ringing = '{}', ring_until = NULL, tried = '{}', step = 'queue',
    menu = '', answered_at = coalesce(answered_at, clock_timestamp()), moves = moves + 1 WHERE id = k.id;
  SELECT * INTO c FROM cases WHERE id = k.case_id FOR UPDATE;
  IF c.category = 'closed' THEN RETURN; END IF;
  IF c.team_id = ANY (my_memberships()) THEN
    -- What a colleague has stays hers unless the chat was handed on.
    IF c.assignee_id IS DISTINCT FROM me() AND (c.assignee_id IS NULL OR k.handed_by IS NOT NULL) THEN
      UPDATE cases SET assignee_id = me() WHERE id = c.id;
    END IF;
  ELSIF k.handed_by IS NOT NULL OR c.assignee_id IS NULL THEN
    SELECT m.team_id INTO hers FROM memberships m WHERE m.agent_id = me() ORDER BY m.team_id = k.team_id DESC LIMIT 1;
    IF hers IS NOT NULL THEN
      INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
        VALUES (c.id, c.team_id, c.organisation_id, 'former') ON CONFLICT (case_id, team_id) DO UPDATE SET reason = 'former';
      UPDATE cases SET team_id = hers, assignee_id = me() WHERE id = c.id;
      PERFORM note_on(c.id, 'handed_over', jsonb_build_object('from', c.team_id, 'to', hers));
    END IF;
  END IF;
  DELETE FROM case_teams WHERE case_id = c.id AND reason = 'offered';
  UPDATE cases x SET audience_id = case_audience(x.id, x.organisation_id, x.visibility, x.team_id, x.assignee_id, x.number_id) WHERE x.id = c.id;
  UPDATE cases SET state_id = coalesce(reachable_state(state_id, 'open'), state_id) WHERE id = c.id AND category IN ('new', 'waiting_agent');
END $$;

CREATE FUNCTION accept_chat(of_chat uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := my_chat(of_chat);
BEGIN
  IF k.state = 'talking' AND k.agent_id = me() THEN RETURN; END IF;
  IF k.state = 'talking' THEN
    PERFORM refuse('already_taken', 'chat', (SELECT jsonb_build_object('agent', name) FROM agents WHERE id = k.agent_id));
  END IF;
  IF k.state <> 'waiting' OR me() <> ALL (k.ringing) THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  PERFORM join_chat(k);
END $$;

CREATE FUNCTION decline_chat(of_chat uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := my_chat(of_chat);
BEGIN
  IF k.state <> 'waiting' OR me() <> ALL (k.ringing) THEN RETURN; END IF;
  UPDATE chats SET ringing = array_remove(ringing, me()), tried = tried || me(), moves = moves + 1,
    ring_until = CASE WHEN cardinality(ringing) = 1 THEN NULL ELSE ring_until END WHERE id = k.id;
END $$;

-- A waiting one is taken by anybody of the team that it waits for; a live one by who leads.
CREATE FUNCTION take_chat(of_chat uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := my_chat(of_chat);
BEGIN
  IF k.state = 'ended' THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  IF k.agent_id = me() AND k.state = 'talking' THEN RETURN; END IF;
  IF NOT leads_chat(k) AND NOT (k.state = 'waiting' AND (k.team_id = ANY (my_memberships()) OR me() IN (k.handed_by, k.to_agent_id))) THEN
    PERFORM refuse('not_permitted');
  END IF;
  IF k.state = 'talking' THEN k.handed_by := k.agent_id; END IF;
  PERFORM join_chat(k);
END $$;

CREATE FUNCTION own_chat(of_chat uuid) RETURNS chats LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := my_chat(of_chat);
BEGIN
  IF k.state = 'ended' THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  IF k.state <> 'talking' OR k.agent_id <> me() THEN PERFORM refuse('not_permitted'); END IF;
  RETURN k;
END $$;

CREATE FUNCTION say_chat(of_chat uuid, client uuid, said text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats := my_chat(of_chat);
  at integer := (SELECT seq FROM chat_messages WHERE chat_id = k.id AND client_id = client AND said_by = 'agent');
BEGIN
  -- Sent again after an outage, when the chat may be over by now: it was said then.
  IF at IS NOT NULL THEN RETURN at; END IF;
  k := own_chat(of_chat);
  IF btrim(said) = '' THEN PERFORM refuse('required', 'body'); END IF;
  IF length(said) > 4000 THEN PERFORM refuse('too_long', 'body', jsonb_build_object('length', length(said), 'most', 4000)); END IF;
  RETURN chat_add(k.id, client, 'agent', '', said);
END $$;

CREATE FUNCTION seen_chat(of_chat uuid, up_to integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := my_chat(of_chat);
BEGIN
  IF k.agent_id = me() AND k.agent_seen < least(up_to, k.seq) THEN
    UPDATE chats SET agent_seen = least(up_to, seq) WHERE id = k.id;
  END IF;
END $$;

CREATE FUNCTION type_chat(of_chat uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('guichet_chat', 'typing ' || id) FROM chats WHERE id = of_chat AND agent_id = me() AND state = 'talking';
END $$;

-- To a team, sub-teams as well, or to a person: she is asked with the card and the note, and it cannot fall (chat_step).
CREATE FUNCTION hand_over_chat(of_chat uuid, to_kind text, to_id uuid, with_note text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats := my_chat(of_chat);
  to_team uuid;
  to_agent uuid;
BEGIN
  PERFORM need('hand_over_team');
  IF k.state = 'ended' THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  IF k.agent_id IS DISTINCT FROM me() AND NOT leads_chat(k) THEN PERFORM refuse('not_permitted'); END IF;
  IF to_kind = 'team' THEN
    SELECT id INTO to_team FROM teams WHERE id = to_id AND organisation_id = k.organisation_id AND archived_at IS NULL;
  ELSE
    SELECT a.id, m.team_id INTO to_agent, to_team FROM agents a JOIN memberships m ON m.agent_id = a.id
      WHERE a.id = to_id AND a.organisation_id = k.organisation_id AND a.active AND a.id <> me()
      ORDER BY m.team_id = k.team_id DESC, m.team_id = a.default_team_id DESC LIMIT 1;
  END IF;
  IF to_team IS NULL THEN PERFORM refuse('required', 'target'); END IF;
  IF btrim(with_note) <> '' THEN
    INSERT INTO follow_ups (id, case_id, channel, body) VALUES (gen_random_uuid(), k.case_id, 'note', left(with_note, 20000));
  END IF;
  UPDATE chats SET state = 'waiting', agent_id = NULL, handed_by = me(), team_id = to_team, to_agent_id = to_agent, step = 'handed',
    note = left(with_note, 20000), ringing = '{}', ring_until = NULL, tried = ARRAY[me()], waiting_since_at = clock_timestamp(),
    step_since_at = clock_timestamp(), moves = moves + 1 WHERE id = k.id;
END $$;

CREATE FUNCTION end_chat(of_chat uuid, ending text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats := my_chat(of_chat);
  c cases;
BEGIN
  IF k.state = 'ended' THEN RETURN; END IF;
  IF k.agent_id IS DISTINCT FROM me() AND NOT leads_chat(k) THEN PERFORM refuse('not_permitted'); END IF;
  PERFORM chat_over(k.id, 'agent');
  IF ending = 'solve' THEN
    SELECT * INTO c FROM cases WHERE id = k.case_id;
    IF c.category NOT IN ('solved', 'closed') THEN
      IF reachable_state(c.state_id, 'solved') IS NULL THEN PERFORM refuse('move_not_allowed', 'state'); END IF;
      UPDATE cases SET state_id = reachable_state(c.state_id, 'solved'), assignee_id = coalesce(assignee_id, me()) WHERE id = c.id;
    END IF;
  END IF;
END $$;

-- A case that somebody hands to another team while its chat goes on takes the chat along.
CREATE FUNCTION case_takes_chat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE chats SET state = 'waiting', agent_id = NULL, handed_by = me(), team_id = NEW.team_id, to_agent_id = NEW.assignee_id, step = 'handed',
    note = '', ringing = '{}', ring_until = NULL, tried = ARRAY[me()], waiting_since_at = clock_timestamp(), step_since_at = clock_timestamp(),
    moves = moves + 1
    WHERE case_id = NEW.id AND state IN ('waiting', 'talking') AND team_id <> NEW.team_id
      AND NOT EXISTS (SELECT FROM memberships m WHERE m.team_id = NEW.team_id AND m.agent_id = chats.agent_id);
  RETURN NULL;
END $$;
CREATE TRIGGER z_chat AFTER UPDATE OF team_id ON cases FOR EACH ROW
  WHEN (NEW.team_id <> OLD.team_id AND NEW.merged_into_id IS NULL) EXECUTE FUNCTION case_takes_chat();

CREATE FUNCTION save_chat_widget(of_widget uuid, told jsonb, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  w chat_widgets;
  s text;
BEGIN
  PERFORM need('manage_teams');
  SELECT * INTO w FROM chat_widgets WHERE id = of_widget FOR UPDATE;
  IF w.id IS NOT NULL AND w.organisation_id <> my_organisation() THEN PERFORM refuse('not_found', 'chat'); END IF;
  IF w.version <> seen THEN PERFORM refuse('changed_meanwhile'); END IF;
  FOR s IN SELECT jsonb_array_elements_text(told -> 'sites') LOOP
    IF s !~ '^(https://[a-zA-Z0-9.-]+(:[0-9]+)?|http://(localhost|127\.0\.0\.1)(:[0-9]+)?)$' THEN
      PERFORM refuse('not_a_url', 'sites', jsonb_build_object('value', left(s, 80)));
    END IF;
  END LOOP;
  IF w.id IS NULL THEN
    INSERT INTO chat_widgets (id, organisation_id, team_id) VALUES (of_widget, my_organisation(), (told ->> 'team_id')::uuid);
  END IF;
  UPDATE chat_widgets SET active = (told ->> 'active')::boolean, welcome_en = told ->> 'welcome_en', welcome_fr = told ->> 'welcome_fr',
    sites = ARRAY(SELECT jsonb_array_elements_text(told -> 'sites')), offer_s = (told ->> 'offer_s')::integer,
    most = (told ->> 'most')::integer, silence_s = (told ->> 'silence_s')::integer, asks_email = (told ->> 'asks_email')::boolean
    WHERE id = of_widget;
EXCEPTION WHEN check_violation THEN
  PERFORM refuse('out_of_range', 'most');
END $$;
