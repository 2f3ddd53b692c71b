-- One SMS as its provider brought it; whether it was not known before. The line's number says which team gets it.
CREATE FUNCTION keep_sms(of_line uuid, external text, hash text, bytes bytea) RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  l sms_lines;
  team uuid;
BEGIN
  SELECT * INTO l FROM sms_lines WHERE id = of_line AND archived_at IS NULL;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'line'); END IF;
  SELECT team_id INTO STRICT team FROM numbers WHERE id = l.number_id;
  INSERT INTO incoming (id, organisation_id, line_id, team_id, channel, external_id, content_sha256, blob_id)
  VALUES (gen_random_uuid(), l.organisation_id, of_line, team, 'sms', left(external, 900), hash,
          keep_blob(l.organisation_id, gen_random_uuid(), hash, bytes))
  ON CONFLICT (line_id, external_id) DO NOTHING;
  RETURN FOUND;
END $$;

-- No message of a customer comes to a team without a number, whoever writes the row (S1-28).
CREATE FUNCTION incoming_reaches() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM numbers WHERE team_id = NEW.team_id) THEN PERFORM refuse('sub_team_gets_no_messages', 'team'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reaches BEFORE INSERT OR UPDATE OF team_id ON incoming FOR EACH ROW WHEN (NEW.channel <> 'email')
  EXECUTE FUNCTION incoming_reaches();

-- What is known about an SMS, in mail's own form: its thread is the case of the last SMS between this number and hers,
-- else an open case of hers that speaks with a number of this team, whichever team has it.
CREATE FUNCTION sms_facts(entry uuid, from_sender text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  told jsonb;
  i incoming;
  threaded uuid;
  opened uuid;
BEGIN
  told := mail_facts(entry, from_sender, '', '{}', NULL, NULL, true);
  IF told IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO i FROM incoming WHERE id = entry;
  IF from_sender <> '' THEN
    SELECT s.case_id INTO threaded FROM (
      (SELECT m.case_id, m.arrived_at AS at FROM incoming m WHERE m.line_id = i.line_id AND lower(m.sender) = from_sender
         AND m.case_id IS NOT NULL ORDER BY m.arrived_at DESC LIMIT 1)
      UNION ALL
      (SELECT o.case_id, o.written_at FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id
       WHERE d.recipient = from_sender AND o.line_id = i.line_id AND o.case_id IS NOT NULL
       ORDER BY d.changed_at DESC LIMIT 1)) s
    JOIN cases c ON c.id = s.case_id AND c.merged_into_id IS NULL ORDER BY s.at DESC LIMIT 1;
  END IF;
  SELECT c.id INTO opened FROM cases c JOIN numbers n ON n.id = c.number_id
    WHERE c.customer_id = (told ->> 'customer_id')::uuid AND n.team_id = i.team_id AND c.merged_into_id IS NULL
      AND c.category NOT IN ('solved', 'closed') ORDER BY c.activity_at DESC LIMIT 1;
  RETURN told || jsonb_build_object('rules', '[]'::jsonb, 'known_contacts_only', false, 'twin', NULL,
    'by_reference', known_case(threaded, from_sender), 'open_case', known_case(opened, from_sender),
    'answers', (SELECT auto_reply FROM sms_lines WHERE id = i.line_id));
END $$;

-- She wrote STOP or START: what waits for her is taken back, and nothing is written to her any more.
CREATE FUNCTION sms_stop(of_organisation uuid, number text, stopped boolean) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT stopped THEN
    UPDATE sms_stops SET lifted_at = clock_timestamp() WHERE organisation_id = of_organisation AND e164 = number AND lifted_at IS NULL;
    RETURN;
  END IF;
  INSERT INTO sms_stops (organisation_id, e164) VALUES (of_organisation, number)
    ON CONFLICT (organisation_id, e164) DO UPDATE SET stopped_at = clock_timestamp(), lifted_at = NULL
    WHERE sms_stops.lifted_at IS NOT NULL;
  UPDATE deliveries SET state = 'withdrawn', reason = 'stopped'
    WHERE organisation_id = of_organisation AND recipient = number AND state IN ('waiting', 'temporary');
END $$;

CREATE FUNCTION has_stopped(of_organisation uuid, number text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sms_stops WHERE organisation_id = of_organisation AND e164 = number AND lifted_at IS NULL)
$$;

-- What becomes of a message is filed as mail is; what differs stands in `told`: the channel, and a number instead of an
-- address. The function is changed in place, so that it stays written once.
DO $patch$
DECLARE
  p record;
  body text;
BEGIN
  FOR p IN SELECT * FROM (VALUES
    ($$INSERT INTO customers (id, organisation_id, first_name, last_name, emails)$$,
     $$INSERT INTO customers (id, organisation_id, first_name, last_name, phones, preferred_channel, emails)$$),
    ($$left(told -> 'customer' ->> 'last', 200),$$,
     $$left(told -> 'customer' ->> 'last', 200),
      coalesce(told -> 'customer' -> 'phones', '[]'::jsonb), coalesce(told -> 'customer' ->> 'prefers', 'phone'),$$),
    ($$(told ->> 'at')::timestamptz, 'email',$$, $$(told ->> 'at')::timestamptz, coalesce(told ->> 'channel', 'email'),$$),
    ($$VALUES (follow_up, of_case, 'email', 'in'$$, $$VALUES (follow_up, of_case, coalesce(told ->> 'channel', 'email'), 'in'$$),
    ($$-- As its first entry will find it$$,
     $$-- A message reaches a sub-team through a numbered team alone (S1-28).
    IF told ->> 'channel' IS NOT NULL AND NOT EXISTS (SELECT FROM numbers WHERE team_id = to_team) THEN
      PERFORM refuse('sub_team_gets_no_messages', 'team');
    END IF;
    -- As its first entry will find it$$)) v (said, says) LOOP
    SELECT pg_get_functiondef('file_mail'::regproc) INTO body;
    IF position(p.said IN body) = 0 THEN RAISE EXCEPTION 'file_mail does not say what was expected: %', p.said; END IF;
    EXECUTE replace(body, p.said, p.says);
  END LOOP;
END $patch$;
