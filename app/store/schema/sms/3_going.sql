-- The line that a case speaks through: the one of its number, else another number's of the same team.
CREATE FUNCTION case_line(of_case uuid)
RETURNS TABLE (line_id uuid, e164 text, team_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT l.id, n.e164, t.name
  FROM cases c JOIN numbers own ON own.id = c.number_id JOIN numbers n ON n.team_id = own.team_id
    JOIN teams t ON t.id = n.team_id JOIN sms_lines l ON l.number_id = n.id AND l.archived_at IS NULL
  WHERE c.id = of_case AND c.audience_id = ANY (my_audiences())
  ORDER BY n.id = c.number_id DESC, n.position, n.id LIMIT 1
$$;

-- What sending does to a case, whatever the channel: waiting on the customer when the assigned agent answers (S3-29),
-- or whoever does and says so; solved when that is asked.
CREATE FUNCTION case_after_sending(before cases, sent uuid, follow_up uuid, ending text) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  after cases;
  wanted text;
  target uuid;
BEGIN
  SELECT * INTO after FROM cases WHERE id = before.id;
  wanted := CASE
    WHEN ending = 'solve' THEN 'solved'
    WHEN ending = 'wait' THEN 'waiting_customer'
    WHEN after.assignee_id = me() AND after.category IN ('new', 'open', 'waiting_agent')
      AND carry_out(before.id, follow_up::text, 'waiting_customer', 'waiting_customer') THEN 'waiting_customer' END;
  IF wanted IS NOT NULL AND after.category <> wanted THEN
    target := reachable_state(after.state_id, wanted);
    -- Where the type has no such state, or it is not next, the case stays as it is, unless the state was asked for.
    IF target IS NULL AND ending <> 'send' THEN
      PERFORM refuse(CASE WHEN first_state(after.type_id, wanted) IS NULL THEN 'state_not_of_type' ELSE 'move_not_allowed' END,
        'state', (SELECT jsonb_build_object('from', f.name, 'to', t.name) FROM case_states f
          LEFT JOIN case_states t ON t.id = first_state(after.type_id, wanted) WHERE f.id = after.state_id));
    END IF;
    UPDATE cases SET state_id = coalesce(target, state_id) WHERE id = before.id;
  END IF;
  UPDATE outgoing SET former_state_id = before.state_id, took_case = before.assignee_id IS DISTINCT FROM after.assignee_id,
    case_version = (SELECT version FROM cases WHERE id = before.id) WHERE id = sent;
  DELETE FROM mail_drafts WHERE case_id = before.id AND agent_id = me();
  PERFORM hint(before.organisation_id, 'draft ' || me() || ' ' || before.id);
END $$;

CREATE OR REPLACE FUNCTION send_mail(mail uuid, follow_up uuid, of_case uuid, through_mailbox uuid, with_id text, said text,
                          upload uuid, recipients text[], after_s integer, ending text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE before cases;
BEGIN
  IF ending NOT IN ('send', 'wait', 'solve') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  SELECT * INTO before FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  PERFORM write_mail(mail, follow_up, of_case, through_mailbox, with_id, said, upload, recipients, after_s);
  PERFORM case_after_sending(before, mail, follow_up, ending);
END $$;

-- An SMS is put into the outbox beside its entry on the case; the caller has judged it.
CREATE FUNCTION put_sms(message uuid, follow_up uuid, of_case uuid, through_line uuid, said text, recipient text,
                        after_s integer, by_itself boolean, author text)
RETURNS void LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  house uuid := (SELECT organisation_id FROM cases WHERE id = of_case);
  bytes bytea := convert_to(said, 'UTF8');
BEGIN
  INSERT INTO follow_ups (id, case_id, channel, direction, public, body, author_name)
    VALUES (follow_up, of_case, 'sms', 'out', true, said, author);
  INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, line_id, channel, external_id, blob_id, written_by, automatic)
    VALUES (message, house, of_case, follow_up, through_line, 'sms', '<' || message || '@sms>',
      keep_blob(house, gen_random_uuid(), encode(sha256(bytes), 'hex'), bytes), me(), by_itself);
  INSERT INTO deliveries (organisation_id, outgoing_id, recipient, send_at)
    VALUES (house, message, recipient, clock_timestamp() + make_interval(secs => least(greatest(after_s, 0), 600)));
END $$;

-- An agent's SMS: to her own customer alone, through the case's number, never against a STOP; the case moves with it.
CREATE FUNCTION send_sms(message uuid, follow_up uuid, of_case uuid, through_line uuid, said text, recipient text,
                         after_s integer, ending text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE before cases;
BEGIN
  IF ending NOT IN ('send', 'wait', 'solve') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  SELECT * INTO before FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF before.team_id <> ALL (my_teams()) THEN PERFORM refuse('not_permitted'); END IF;
  IF before.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  IF through_line IS DISTINCT FROM (SELECT l.line_id FROM case_line(of_case) l) THEN PERFORM refuse('not_found', 'line'); END IF;
  IF btrim(said) = '' THEN PERFORM refuse('required', 'body'); END IF;
  IF length(said) > 1530 THEN
    PERFORM refuse('too_long', 'body', jsonb_build_object('length', length(said), 'most', 1530));
  END IF;
  IF NOT EXISTS (SELECT FROM customers u, jsonb_array_elements(u.phones) p WHERE u.id = before.customer_id AND p ->> 'e164' = recipient)
     AND NOT EXISTS (SELECT FROM incoming i WHERE i.case_id = of_case AND i.channel = 'sms' AND i.sender = recipient) THEN
    PERFORM refuse('not_found', 'recipients');
  END IF;
  IF has_stopped(before.organisation_id, recipient) THEN PERFORM refuse('stopped_sms'); END IF;
  PERFORM put_sms(message, follow_up, of_case, through_line, said, recipient, after_s, false, '');
  -- Who answers a case that nobody has takes it, if it is her team's.
  IF before.assignee_id IS NULL AND before.team_id = ANY (my_memberships()) THEN
    UPDATE cases SET assignee_id = me() WHERE id = of_case;
  END IF;
  PERFORM case_after_sending(before, message, follow_up, ending);
END $$;

-- The hub's own words to who wrote: once a day to one number, sixty an hour by one line, never against a STOP.
CREATE FUNCTION answer_sms(of_case uuid, through_line uuid, number text, said text, counts boolean) RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  house uuid := (SELECT organisation_id FROM cases WHERE id = of_case);
  author text := (SELECT t.name FROM sms_lines l JOIN numbers n ON n.id = l.number_id JOIN teams t ON t.id = n.team_id WHERE l.id = through_line);
BEGIN
  IF btrim(said) = '' OR has_stopped(house, number) THEN RETURN false; END IF;
  IF counts AND EXISTS (SELECT FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id WHERE d.recipient = number
      AND o.line_id = through_line AND o.automatic AND o.case_id IS NOT NULL AND o.written_at > clock_timestamp() - interval '1 day') THEN
    RETURN false;
  END IF;
  IF counts AND (SELECT count(*) FROM (SELECT FROM outgoing WHERE line_id = through_line AND automatic AND case_id IS NOT NULL
      AND written_at > clock_timestamp() - interval '1 hour' LIMIT 60) o) >= 60 THEN
    RETURN false;
  END IF;
  PERFORM put_sms(gen_random_uuid(), gen_random_uuid(), of_case, through_line, said, number, 0, true, coalesce(author, ''));
  RETURN true;
END $$;

-- What a provider says later of a message that it took; one that speaks twice, or out of order, changes nothing.
CREATE FUNCTION sms_told(of_line uuid, message uuid, becomes text, why text) RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE d deliveries;
BEGIN
  SELECT x.* INTO d FROM deliveries x JOIN outgoing o ON o.id = x.outgoing_id
    WHERE o.id = message AND o.line_id = of_line FOR UPDATE OF x;
  IF NOT FOUND THEN RETURN false; END IF;
  IF d.state = becomes AND becomes = 'delivered' AND d.reason <> why THEN
    UPDATE deliveries SET reason = why WHERE id = d.id AND reason IN ('', 'accepted');
    PERFORM hint(d.organisation_id, 'delivery ' || d.id || ' ' || coalesce(case_id::text, '*')) FROM outgoing WHERE id = message;
  ELSIF d.state <> becomes AND may_go(d.state, becomes) THEN
    UPDATE deliveries SET state = becomes, reason = left(why, 500), claimed_until = NULL WHERE id = d.id;
  END IF;
  RETURN true;
END $$;
