-- A broadcast goes by SMS or by mail; a mail has a subject, and room.
ALTER TABLE broadcasts DROP CONSTRAINT broadcasts_channel_check, DROP CONSTRAINT broadcasts_text_fr_check,
  DROP CONSTRAINT broadcasts_text_en_check,
  ADD CONSTRAINT broadcasts_channel_check CHECK (channel IN ('sms', 'email')),
  ADD CONSTRAINT broadcasts_text_check CHECK (greatest(length(text_fr), length(text_en)) <= CASE channel WHEN 'sms' THEN 1530 ELSE 20000 END),
  ADD subject_fr text NOT NULL DEFAULT '' CHECK (length(subject_fr) <= 250),
  ADD subject_en text NOT NULL DEFAULT '' CHECK (length(subject_en) <= 250);
ALTER TABLE broadcast_recipients DROP CONSTRAINT broadcast_recipients_reason_check,
  ADD CONSTRAINT broadcast_recipients_reason_check CHECK (reason IN ('', 'no_number', 'stopped', 'same_number', 'no_address', 'same_address')),
  -- What ends them for her: known to her mail alone.
  ADD stop_token uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX broadcast_stop_token ON broadcast_recipients (stop_token);

-- Who wants no more mail to many gets none, for ever; answers on her cases still reach her. The row stays.
CREATE TABLE mail_stops (
  organisation_id uuid NOT NULL REFERENCES organisations,
  address text NOT NULL CHECK (address = lower(address) AND length(address) BETWEEN 3 AND 320),
  stopped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lifted_at timestamptz,
  PRIMARY KEY (organisation_id, address)
);
ALTER TABLE mail_stops ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON mail_stops TO guichet_hub USING (true) WITH CHECK (true);
CREATE POLICY agent_reads ON mail_stops FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_stops TO guichet_hub;
GRANT SELECT ON mail_stops TO guichet_agent;

CREATE FUNCTION mail_has_stopped(of_organisation uuid, of_address text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM mail_stops WHERE organisation_id = of_organisation AND address = lower(of_address) AND lifted_at IS NULL)
$$;

-- What the page behind a mail's link shows: whose mails they are, and whether she gets any.
CREATE FUNCTION mail_stop(token uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('organisation', o.name, 'address', r.address, 'language', coalesce(u.language, o.language),
    'stopped', mail_has_stopped(r.organisation_id, r.address))
  FROM broadcast_recipients r JOIN organisations o ON o.id = r.organisation_id LEFT JOIN customers u ON u.id = r.customer_id
  WHERE r.stop_token = token AND r.address LIKE '%@%'
$$;

-- She wants no more of them, or again some: what waits for her is taken back.
CREATE FUNCTION set_mail_stop(token uuid, stops boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE r broadcast_recipients;
BEGIN
  SELECT * INTO r FROM broadcast_recipients WHERE stop_token = token AND address LIKE '%@%';
  IF NOT FOUND THEN RETURN false; END IF;
  IF NOT stops THEN
    UPDATE mail_stops SET lifted_at = clock_timestamp() WHERE organisation_id = r.organisation_id AND address = lower(r.address) AND lifted_at IS NULL;
    RETURN true;
  END IF;
  INSERT INTO mail_stops (organisation_id, address) VALUES (r.organisation_id, lower(r.address))
    ON CONFLICT (organisation_id, address) DO UPDATE SET stopped_at = clock_timestamp(), lifted_at = NULL
    WHERE mail_stops.lifted_at IS NOT NULL;
  UPDATE deliveries d SET state = 'withdrawn', reason = 'stopped'
    WHERE d.organisation_id = r.organisation_id AND d.recipient = r.address AND d.state IN ('waiting', 'temporary')
      AND EXISTS (SELECT FROM broadcast_recipients b WHERE b.message_id = d.outgoing_id);
  RETURN true;
END $$;

-- How a customer is reached on a channel.
CREATE FUNCTION broadcast_address(u customers, by_channel text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(CASE by_channel WHEN 'sms' THEN u.phones -> 0 ->> 'e164' ELSE lower(u.emails -> 0 ->> 'address') END, '')
$$;

DROP FUNCTION save_broadcast(uuid, uuid, text, jsonb, text, text, integer, boolean);
-- A draft of a team that I belong to; what was approved stands.
CREATE FUNCTION save_broadcast(broadcast uuid, of_team uuid, told jsonb, asks boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE b broadcasts;
BEGIN
  IF of_team <> ALL (my_teams()) THEN PERFORM refuse('not_permitted'); END IF;
  IF btrim(told ->> 'name') = '' THEN PERFORM refuse('required', 'name'); END IF;
  IF asks AND btrim(told ->> 'text_fr') = '' AND btrim(told ->> 'text_en') = '' THEN PERFORM refuse('required', 'body'); END IF;
  SELECT * INTO b FROM broadcasts WHERE id = broadcast FOR UPDATE;
  IF FOUND AND (b.state NOT IN ('draft', 'asked') OR b.team_id <> ALL (my_teams())) THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO broadcasts (id, organisation_id, team_id, channel, name, condition, subject_fr, subject_en, text_fr, text_en, per_minute, state, drafted_by)
    VALUES (broadcast, my_organisation(), of_team, told ->> 'channel', told ->> 'name', told -> 'condition', told ->> 'subject_fr',
      told ->> 'subject_en', told ->> 'text_fr', told ->> 'text_en', (told ->> 'per_minute')::integer,
      CASE WHEN asks THEN 'asked' ELSE 'draft' END, me())
    ON CONFLICT (id) DO UPDATE SET team_id = of_team, channel = EXCLUDED.channel, name = EXCLUDED.name, condition = EXCLUDED.condition,
      subject_fr = EXCLUDED.subject_fr, subject_en = EXCLUDED.subject_en, text_fr = EXCLUDED.text_fr, text_en = EXCLUDED.text_en,
      per_minute = EXCLUDED.per_minute, state = EXCLUDED.state, drafted_by = me();
END $$;

-- A lead of the team sends it: from now on its audience is fixed, each number or address once, who wants none left out.
-- What it says is what she saw, by its version.
CREATE OR REPLACE FUNCTION approve_broadcast(broadcast uuid, seen integer, audience uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE b broadcasts;
BEGIN
  SELECT * INTO b FROM broadcasts WHERE id = broadcast AND organisation_id = my_organisation() AND archived_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'broadcast'); END IF;
  IF b.team_id <> ALL (my_led_teams()) AND NOT may('manage_teams') THEN PERFORM refuse('not_permitted'); END IF;
  IF b.state NOT IN ('draft', 'asked') OR b.version <> seen THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF btrim(b.text_fr) = '' AND btrim(b.text_en) = '' THEN PERFORM refuse('required', 'body'); END IF;
  IF b.channel = 'sms' AND NOT EXISTS (
      SELECT FROM sms_lines l JOIN numbers n ON n.id = l.number_id WHERE n.team_id = b.team_id AND l.archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'line');
  END IF;
  IF b.channel = 'email' THEN
    IF btrim(b.subject_fr) = '' AND btrim(b.subject_en) = '' THEN PERFORM refuse('required', 'subject'); END IF;
    IF NOT EXISTS (SELECT FROM mail_addresses WHERE team_id = b.team_id AND sends AND mailbox_id IS NOT NULL) THEN
      PERFORM refuse('not_found', 'mailbox');
    END IF;
    -- Each mail carries a link that ends them: it has to lead somewhere.
    IF public_url(b.organisation_id) = '' THEN PERFORM refuse('required', 'public_url'); END IF;
  END IF;
  INSERT INTO broadcast_recipients (broadcast_id, customer_id, organisation_id, address, state, reason)
  SELECT b.id, r.id, b.organisation_id, r.address, CASE WHEN r.reason = '' THEN 'waiting' ELSE 'left_out' END, r.reason FROM (
    SELECT f.id, f.address, CASE
      WHEN f.address = '' THEN CASE b.channel WHEN 'sms' THEN 'no_number' ELSE 'no_address' END
      WHEN CASE b.channel WHEN 'sms' THEN has_stopped(b.organisation_id, f.address) ELSE mail_has_stopped(b.organisation_id, f.address) END
        THEN 'stopped'
      WHEN row_number() OVER (PARTITION BY f.address ORDER BY f.id) > 1
        THEN CASE b.channel WHEN 'sms' THEN 'same_number' ELSE 'same_address' END
      ELSE '' END AS reason
    FROM (SELECT u.id, broadcast_address(u, b.channel) AS address FROM customers u
      WHERE u.id = ANY (audience) AND u.organisation_id = b.organisation_id AND u.merged_into_id IS NULL) f) r;
  UPDATE broadcasts SET state = 'sending', approved_by = me(), approved_at = clock_timestamp() WHERE id = b.id;
  PERFORM pg_notify('guichet_hub', 'outgoing *');
END $$;

-- The hub's step of a mail, in the transaction that writes what it gives: as many of one broadcast as its pace allows,
-- and half of what its mailbox sends in a minute, so that agents' mail is not behind it.
CREATE FUNCTION take_broadcast_mails(most integer)
RETURNS TABLE (message_id uuid, organisation_id uuid, mailbox_id uuid, sender text, sender_name text, address text, language text,
               subject text, body text, link text, organisation text, written_by uuid)
LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  b broadcasts;
  box record;
  room integer;
BEGIN
  SELECT x.* INTO b FROM broadcasts x WHERE x.state = 'sending' AND x.channel = 'email' AND (
      SELECT count(*) FROM broadcast_recipients r WHERE r.broadcast_id = x.id AND r.state = 'written'
        AND r.written_at > clock_timestamp() - interval '1 minute') < x.per_minute
    ORDER BY x.approved_at LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT a.mailbox_id AS id, a.address, m.per_minute, coalesce(nullif(a.display_name, ''), nullif(t.display_name, ''), t.name) AS name INTO box
    FROM mail_addresses a JOIN mailboxes m ON m.id = a.mailbox_id AND m.archived_at IS NULL JOIN teams t ON t.id = a.team_id
    WHERE a.team_id = b.team_id AND a.sends LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;
  room := least(most, least(b.per_minute, greatest(box.per_minute / 2, 1)) - (SELECT count(*) FROM broadcast_recipients r
    WHERE r.broadcast_id = b.id AND r.state = 'written' AND r.written_at > clock_timestamp() - interval '1 minute')::integer);
  UPDATE broadcast_recipients r SET state = 'left_out', reason = 'stopped' WHERE r.broadcast_id = b.id AND r.state = 'waiting'
    AND mail_has_stopped(b.organisation_id, r.address);
  RETURN QUERY
  WITH now_due AS (
    UPDATE broadcast_recipients r SET state = 'written', written_at = clock_timestamp()
    WHERE r.broadcast_id = b.id AND r.customer_id IN (SELECT w.customer_id FROM broadcast_recipients w
      WHERE w.broadcast_id = b.id AND w.state = 'waiting' ORDER BY w.customer_id LIMIT greatest(room, 0))
    RETURNING r.message_id, r.address, r.customer_id, r.stop_token)
  SELECT d.message_id, b.organisation_id, box.id, box.address, box.name, d.address, CASE WHEN u.language = 'en' THEN 'en' ELSE 'fr' END,
    CASE WHEN u.language = 'en' THEN coalesce(nullif(btrim(b.subject_en), ''), b.subject_fr) ELSE coalesce(nullif(btrim(b.subject_fr), ''), b.subject_en) END,
    CASE WHEN u.language = 'en' THEN coalesce(nullif(btrim(b.text_en), ''), b.text_fr) ELSE coalesce(nullif(btrim(b.text_fr), ''), b.text_en) END,
    public_url(b.organisation_id) || '/u/' || d.stop_token, o.name, b.approved_by
  FROM now_due d JOIN customers u ON u.id = d.customer_id JOIN organisations o ON o.id = b.organisation_id;
  IF NOT EXISTS (SELECT FROM broadcast_recipients r WHERE r.broadcast_id = b.id AND r.state = 'waiting') THEN
    UPDATE broadcasts SET state = 'done', ended_at = clock_timestamp() WHERE id = b.id;
  ELSIF room > 0 THEN
    PERFORM hint(b.organisation_id, 'broadcast ' || b.id || ' *');
  END IF;
END $$;

-- The step of an SMS leaves those by mail alone.
DO $patch$
DECLARE body text := pg_get_functiondef('write_broadcast'::regproc);
BEGIN
  IF position($$WHERE state = 'sending' AND ($$ IN body) = 0 THEN RAISE EXCEPTION 'write_broadcast does not say what was expected'; END IF;
  EXECUTE replace(body, $$WHERE state = 'sending' AND ($$, $$WHERE state = 'sending' AND channel = 'sms' AND ($$);
END $patch$;

REVOKE EXECUTE ON FUNCTION mail_has_stopped, mail_stop, set_mail_stop, broadcast_address, save_broadcast, take_broadcast_mails FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_broadcast, mail_has_stopped, broadcast_address TO guichet_agent;
GRANT EXECUTE ON FUNCTION mail_has_stopped, mail_stop, set_mail_stop, broadcast_address, take_broadcast_mails, public_url TO guichet_hub;
