-- Whom a chat is offered to: the hub decides by the floor, and each step counts only where nothing moved meanwhile.
CREATE FUNCTION chat_over(of_chat uuid, who text) RETURNS void LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats;
  c cases;
  wanted text;
BEGIN
  UPDATE chats SET state = 'ended', ended_at = clock_timestamp(), ended_by = who, ringing = '{}', ring_until = NULL, moves = moves + 1
    WHERE id = of_chat AND state <> 'ended' RETURNING * INTO k;
  IF NOT FOUND THEN RETURN; END IF;
  -- What never reached her page does not wait for ever: it stands on the case, and in the mail that she may ask for.
  UPDATE deliveries d SET state = 'withdrawn', reason = 'left' FROM outgoing o
    WHERE o.chat_id = k.id AND d.outgoing_id = o.id AND d.state = 'waiting';
  PERFORM note_on(k.case_id, 'chat_ended_' || who, '{}');
  SELECT * INTO c FROM cases WHERE id = k.case_id;
  wanted := CASE k.last_by WHEN 'visitor' THEN 'waiting_agent' ELSE 'waiting_customer' END;
  IF k.answered_at IS NOT NULL AND c.category IN ('open', 'waiting_agent', 'waiting_customer') AND c.category <> wanted THEN
    UPDATE cases SET state_id = coalesce(reachable_state(c.state_id, wanted), c.state_id) WHERE id = c.id;
  END IF;
END $$;

-- The agents who are asked now. They are of the team that the chat is with, or rung by its schedules; who is not in the
-- case's team reads the case from now on.
CREATE FUNCTION chat_offer(of_chat uuid, seen integer, to_agents uuid[], seconds integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats;
  c cases;
  a uuid;
  through uuid;
BEGIN
  SELECT * INTO k FROM chats WHERE id = of_chat AND moves = seen AND state = 'waiting' AND ringing = '{}' FOR UPDATE;
  IF NOT FOUND OR cardinality(to_agents) = 0 THEN RETURN false; END IF;
  SELECT * INTO c FROM cases WHERE id = k.case_id;
  FOREACH a IN ARRAY to_agents LOOP
    SELECT m.team_id INTO through FROM memberships m JOIN agents g ON g.id = m.agent_id AND g.active
      WHERE m.agent_id = a AND m.organisation_id = k.organisation_id
        AND (m.team_id = k.team_id OR a IN (k.handed_by, k.to_agent_id) OR EXISTS (SELECT FROM ring_schedules s WHERE s.team_id = k.team_id
          AND s.archived_at IS NULL AND (s.rings @> jsonb_build_array(jsonb_build_object('team_id', m.team_id))
            OR s.rings @> jsonb_build_array(jsonb_build_object('agent_id', a)))))
      ORDER BY m.team_id = c.team_id DESC, m.team_id = k.team_id DESC LIMIT 1;
    IF through IS NULL THEN PERFORM refuse('sub_team_gets_no_messages', 'team'); END IF;
    INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
      SELECT c.id, through, c.organisation_id, 'offered' WHERE through <> c.team_id ON CONFLICT DO NOTHING;
  END LOOP;
  UPDATE chats SET ringing = to_agents, ring_until = clock_timestamp() + make_interval(secs => seconds), moves = moves + 1 WHERE id = of_chat;
  RETURN true;
END $$;

-- Nobody took it in time.
CREATE FUNCTION chat_missed(of_chat uuid, seen integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE chats SET tried = tried || ringing, ringing = '{}', ring_until = NULL, moves = moves + 1
    WHERE id = of_chat AND moves = seen AND state = 'waiting';
  RETURN FOUND;
END $$;

-- The next step of its chain: the same people once more, back to who handed it over, or the queue at the widget's door.
CREATE FUNCTION chat_step(of_chat uuid, seen integer, to_step text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE chats k SET step = to_step, tried = '{}', ringing = '{}', ring_until = NULL, step_since_at = clock_timestamp(), moves = moves + 1,
      to_agent_id = CASE to_step WHEN 'back' THEN handed_by END,
      team_id = CASE WHEN to_step = 'queue' AND step <> 'queue' THEN (SELECT team_id FROM chat_widgets w WHERE w.id = k.widget_id)
                ELSE team_id END
    WHERE id = of_chat AND moves = seen AND state = 'waiting';
  RETURN FOUND;
END $$;

-- A tree leads it: the case goes along, as an SMS goes; nothing else leads to a sub-team (lead_case).
CREATE FUNCTION chat_lead(of_chat uuid, tree uuid, target uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats;
BEGIN
  SELECT * INTO k FROM chats WHERE id = of_chat AND state = 'menu' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF target IS NOT NULL THEN PERFORM lead_case(k.case_id, tree, target); END IF;
  UPDATE chats SET state = 'waiting', menu = '', waiting_since_at = clock_timestamp(), step_since_at = clock_timestamp(), moves = moves + 1,
      team_id = c.team_id, to_agent_id = c.assignee_id
    FROM cases c WHERE chats.id = of_chat AND c.id = chats.case_id;
END $$;

-- What the house says by itself, and where the visitor stands in a tree then.
CREATE FUNCTION chat_house(of_chat uuid, said text, to_state text, to_menu text, to_tries integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats;
BEGIN
  IF to_state NOT IN ('menu', 'idle') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  SELECT * INTO k FROM chats WHERE id = of_chat AND state IN ('menu', 'idle', 'waiting') AND agent_id IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF btrim(said) <> '' THEN
    PERFORM chat_add(k.id, gen_random_uuid(), 'house', (SELECT coalesce(nullif(display_name, ''), name) FROM teams t
      JOIN chat_widgets w ON w.team_id = t.id WHERE w.id = k.widget_id), said);
  END IF;
  UPDATE chats SET state = to_state, menu = to_menu, tries = to_tries, moves = moves + 1 WHERE id = of_chat;
END $$;

-- Silence: first a notice, then the end.
CREATE FUNCTION chat_silent(of_chat uuid, seen integer, who text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM chats WHERE id = of_chat AND seq = seen AND state <> 'ended' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF who = 'notice' THEN
    UPDATE chats SET noticed_at = clock_timestamp() WHERE id = of_chat;
  ELSE
    PERFORM chat_over(of_chat, who);
  END IF;
END $$;

-- Whether a page of the visitor's is connected; without a chat: none is, since the hub begins anew.
CREATE FUNCTION chat_here(of_chat uuid, is_here boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE chats SET left_at = CASE WHEN NOT is_here THEN clock_timestamp() END
    WHERE (id = of_chat OR of_chat IS NULL) AND state <> 'ended' AND (left_at IS NULL) IS DISTINCT FROM is_here;
END $$;

-- The words of a chat that is over for who asked for them, and through which mailbox they leave; the mail is written once.
CREATE FUNCTION chat_to_mail() RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats;
  told jsonb;
BEGIN
  SELECT * INTO k FROM chats WHERE wants_mail AND mailed_at IS NULL AND state = 'ended' AND email <> ''
      -- Without an answer of ours, whoever types another's address would write to her through us.
      AND answered_at IS NOT NULL
    ORDER BY ended_at LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE chats SET mailed_at = clock_timestamp() WHERE id = k.id;
  SELECT jsonb_build_object('id', k.id, 'organisation_id', k.organisation_id, 'organisation', o.name, 'zone', o.time_zone, 'case_id', c.id,
      'number', c.number, 'email', k.email, 'name', k.name, 'language', k.language, 'mailbox_id', b.id, 'address', a.address,
      'sender', coalesce(nullif(a.display_name, ''), o.name), 'messages', chat_said(k.id, 0, 5000)) INTO told
    FROM cases c JOIN organisations o ON o.id = c.organisation_id JOIN numbers n ON n.id = c.number_id
      JOIN mail_addresses a ON a.organisation_id = o.id AND a.sends JOIN mailboxes b ON b.id = a.mailbox_id AND b.archived_at IS NULL
    WHERE c.id = k.case_id ORDER BY a.team_id = n.team_id DESC LIMIT 1;
  RETURN coalesce(told, '{}');
END $$;
