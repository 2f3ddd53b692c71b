-- A message to many customers; who gets it is fixed when a lead approves it.
CREATE TABLE broadcasts (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  channel text NOT NULL DEFAULT 'sms' CHECK (channel IN ('sms')),
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 100),
  condition jsonb NOT NULL DEFAULT '{"joined": "all", "parts": []}' CHECK (length(condition::text) <= 100000),
  text_fr text NOT NULL DEFAULT '' CHECK (length(text_fr) <= 1530),
  text_en text NOT NULL DEFAULT '' CHECK (length(text_en) <= 1530),
  per_minute integer NOT NULL DEFAULT 600 CHECK (per_minute BETWEEN 1 AND 60000),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'asked', 'sending', 'stopped', 'done')),
  drafted_by uuid REFERENCES agents,
  approved_by uuid REFERENCES agents,
  approved_at timestamptz,
  ended_at timestamptz,
  archived_at timestamptz,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON broadcasts (organisation_id, made_at DESC);
CREATE INDEX broadcasts_sending ON broadcasts (approved_at) WHERE state = 'sending';

-- One row a customer and number: written into the outbox once, in the statement that says so. `message_id` is known before.
CREATE TABLE broadcast_recipients (
  broadcast_id uuid NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
  customer_id uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  address text NOT NULL DEFAULT '' CHECK (length(address) <= 320),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'written', 'left_out')),
  reason text NOT NULL DEFAULT '' CHECK (reason IN ('', 'no_number', 'stopped', 'same_number')),
  message_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  written_at timestamptz,
  PRIMARY KEY (broadcast_id, customer_id)
);
CREATE UNIQUE INDEX one_message_a_number ON broadcast_recipients (broadcast_id, address) WHERE state <> 'left_out';
CREATE INDEX broadcast_waiting ON broadcast_recipients (broadcast_id, customer_id) WHERE state = 'waiting';
CREATE INDEX broadcast_written ON broadcast_recipients (broadcast_id, written_at) WHERE state = 'written';
CREATE INDEX ON broadcast_recipients (customer_id);

-- Only a team with a number sends, whoever writes the row (S1-34).
CREATE FUNCTION broadcast_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM numbers WHERE team_id = NEW.team_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('sub_team_sends_no_broadcasts', 'team');
  END IF;
  IF TG_OP = 'UPDATE' THEN NEW.version := OLD.version + 1; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON broadcasts FOR EACH ROW EXECUTE FUNCTION broadcast_rules();

CREATE FUNCTION broadcast_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'broadcast ' || NEW.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON broadcasts FOR EACH ROW EXECUTE FUNCTION broadcast_after();

-- A draft of a team that I belong to; what was approved stands.
CREATE FUNCTION save_broadcast(broadcast uuid, of_team uuid, named text, whom jsonb, says_fr text, says_en text, a_minute integer, asks boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE b broadcasts;
BEGIN
  IF of_team <> ALL (my_teams()) THEN PERFORM refuse('not_permitted'); END IF;
  IF btrim(named) = '' THEN PERFORM refuse('required', 'name'); END IF;
  IF asks AND btrim(says_fr) = '' AND btrim(says_en) = '' THEN PERFORM refuse('required', 'body'); END IF;
  SELECT * INTO b FROM broadcasts WHERE id = broadcast FOR UPDATE;
  IF FOUND AND (b.state NOT IN ('draft', 'asked') OR b.team_id <> ALL (my_teams())) THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO broadcasts (id, organisation_id, team_id, name, condition, text_fr, text_en, per_minute, state, drafted_by)
    VALUES (broadcast, my_organisation(), of_team, named, whom, says_fr, says_en, a_minute, CASE WHEN asks THEN 'asked' ELSE 'draft' END, me())
    ON CONFLICT (id) DO UPDATE SET team_id = of_team, name = named, condition = whom, text_fr = says_fr, text_en = says_en,
      per_minute = a_minute, state = EXCLUDED.state, drafted_by = me();
END $$;

-- A lead of the team sends it: from now on its audience is fixed, each number once, who wrote STOP left out. What it
-- says is what she saw, by its version.
CREATE FUNCTION approve_broadcast(broadcast uuid, seen integer, audience uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE b broadcasts;
BEGIN
  SELECT * INTO b FROM broadcasts WHERE id = broadcast AND organisation_id = my_organisation() AND archived_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'broadcast'); END IF;
  IF b.team_id <> ALL (my_led_teams()) AND NOT may('manage_teams') THEN PERFORM refuse('not_permitted'); END IF;
  IF b.state NOT IN ('draft', 'asked') OR b.version <> seen THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF btrim(b.text_fr) = '' AND btrim(b.text_en) = '' THEN PERFORM refuse('required', 'body'); END IF;
  IF NOT EXISTS (SELECT FROM sms_lines l JOIN numbers n ON n.id = l.number_id WHERE n.team_id = b.team_id AND l.archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'line');
  END IF;
  INSERT INTO broadcast_recipients (broadcast_id, customer_id, organisation_id, address, state, reason)
  SELECT b.id, r.id, b.organisation_id, r.address, CASE WHEN r.reason = '' THEN 'waiting' ELSE 'left_out' END, r.reason FROM (
    SELECT u.id, coalesce(u.phones -> 0 ->> 'e164', '') AS address, CASE
      WHEN coalesce(u.phones -> 0 ->> 'e164', '') = '' THEN 'no_number'
      WHEN has_stopped(b.organisation_id, u.phones -> 0 ->> 'e164') THEN 'stopped'
      WHEN row_number() OVER (PARTITION BY u.phones -> 0 ->> 'e164' ORDER BY u.id) > 1 THEN 'same_number' ELSE '' END AS reason
    FROM customers u WHERE u.id = ANY (audience) AND u.organisation_id = b.organisation_id AND u.merged_into_id IS NULL) r;
  UPDATE broadcasts SET state = 'sending', approved_by = me(), approved_at = clock_timestamp() WHERE id = b.id;
  PERFORM pg_notify('guichet_hub', 'outgoing *');
END $$;

-- Stopped for good: what has not left is taken back, what waits is never written.
CREATE FUNCTION stop_broadcast(broadcast uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE broadcasts SET state = 'stopped', ended_at = clock_timestamp()
    WHERE id = broadcast AND state = 'sending' AND (team_id = ANY (my_led_teams()) OR may('manage_teams')) AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_permitted'); END IF;
  UPDATE deliveries SET state = 'withdrawn', reason = 'stopped' WHERE state IN ('waiting', 'temporary')
    AND outgoing_id IN (SELECT message_id FROM broadcast_recipients WHERE broadcast_id = broadcast AND state = 'written');
END $$;

CREATE FUNCTION remove_broadcast(broadcast uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE broadcasts SET archived_at = clock_timestamp() WHERE id = broadcast AND state <> 'sending' AND team_id = ANY (my_teams());
  IF NOT FOUND THEN PERFORM refuse('not_permitted'); END IF;
END $$;

-- The hub's step: as many of one broadcast as its pace allows, moved into the outbox and marked in the same transaction,
-- so that a hub that dies has written each or not. How many it wrote.
CREATE FUNCTION write_broadcast(most integer) RETURNS integer LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  b broadcasts;
  line uuid;
  room integer;
  blob_fr uuid;
  blob_en uuid;
  made integer;
BEGIN
  SELECT * INTO b FROM broadcasts WHERE state = 'sending' AND (
      SELECT count(*) FROM broadcast_recipients r WHERE r.broadcast_id = broadcasts.id AND r.state = 'written'
        AND r.written_at > clock_timestamp() - interval '1 minute') < per_minute
    ORDER BY approved_at LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN 0; END IF;
  SELECT l.id INTO line FROM sms_lines l JOIN numbers n ON n.id = l.number_id
    WHERE n.team_id = b.team_id AND l.archived_at IS NULL ORDER BY n.position, n.id LIMIT 1;
  IF line IS NULL THEN RETURN 0; END IF;
  room := least(most, b.per_minute - (SELECT count(*) FROM broadcast_recipients r WHERE r.broadcast_id = b.id
    AND r.state = 'written' AND r.written_at > clock_timestamp() - interval '1 minute')::integer);
  blob_fr := keep_text(b.organisation_id, coalesce(nullif(btrim(b.text_fr), ''), b.text_en));
  blob_en := keep_text(b.organisation_id, coalesce(nullif(btrim(b.text_en), ''), b.text_fr));
  -- Who wrote STOP since it was approved is left out too.
  UPDATE broadcast_recipients r SET state = 'left_out', reason = 'stopped' WHERE r.broadcast_id = b.id AND r.state = 'waiting'
    AND EXISTS (SELECT FROM sms_stops s WHERE s.organisation_id = b.organisation_id AND s.e164 = r.address AND s.lifted_at IS NULL);
  WITH now_due AS (
    UPDATE broadcast_recipients SET state = 'written', written_at = clock_timestamp()
    WHERE broadcast_id = b.id AND customer_id IN (SELECT customer_id FROM broadcast_recipients
      WHERE broadcast_id = b.id AND state = 'waiting' ORDER BY customer_id LIMIT room)
    RETURNING message_id, address, customer_id),
  message AS (
    INSERT INTO outgoing (id, organisation_id, line_id, channel, external_id, blob_id, written_by, automatic)
    SELECT d.message_id, b.organisation_id, line, 'sms', '<' || d.message_id || '@sms>',
      CASE WHEN u.language = 'en' THEN blob_en ELSE blob_fr END, b.approved_by, true
    FROM now_due d JOIN customers u ON u.id = d.customer_id RETURNING id)
  INSERT INTO deliveries (organisation_id, outgoing_id, recipient)
    SELECT b.organisation_id, d.message_id, d.address FROM now_due d JOIN message m ON m.id = d.message_id;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF NOT EXISTS (SELECT FROM broadcast_recipients WHERE broadcast_id = b.id AND state = 'waiting') THEN
    UPDATE broadcasts SET state = 'done', ended_at = clock_timestamp() WHERE id = b.id;
  ELSE
    PERFORM hint(b.organisation_id, 'broadcast ' || b.id || ' *');
  END IF;
  RETURN made;
END $$;

CREATE FUNCTION keep_text(of_organisation uuid, said text) RETURNS uuid LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT keep_blob(of_organisation, gen_random_uuid(), encode(sha256(convert_to(said, 'UTF8')), 'hex'), convert_to(said, 'UTF8'))
$$;

-- How a broadcast goes: how many wait, were written, arrived, failed, or were left out and why.
CREATE FUNCTION broadcast_figures(broadcast uuid) RETURNS TABLE (what text, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT CASE WHEN r.state = 'left_out' THEN r.reason WHEN r.state = 'waiting' THEN 'waiting' ELSE coalesce(d.state, 'waiting') END, count(*)
  FROM broadcast_recipients r JOIN broadcasts b ON b.id = r.broadcast_id AND b.organisation_id = my_organisation()
    LEFT JOIN deliveries d ON d.outgoing_id = r.message_id
  WHERE r.broadcast_id = broadcast AND (b.team_id = ANY (my_teams()) OR may('manage_teams')) GROUP BY 1
$$;

ALTER TABLE broadcasts ENABLE ROW LEVEL SECURITY;
ALTER TABLE broadcast_recipients ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON broadcasts TO guichet_hub USING (true) WITH CHECK (true);
CREATE POLICY hub ON broadcast_recipients TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON broadcasts, broadcast_recipients TO guichet_hub;
CREATE POLICY agent_reads ON broadcasts FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation())
  AND (team_id = ANY ((SELECT my_teams())::uuid[]) OR (SELECT may('manage_teams'))));
CREATE POLICY agent_reads ON broadcast_recipients FOR SELECT TO guichet_agent
  USING (EXISTS (SELECT FROM broadcasts b WHERE b.id = broadcast_id));
GRANT SELECT ON broadcasts, broadcast_recipients TO guichet_agent;
REVOKE EXECUTE ON FUNCTION broadcast_rules, broadcast_after, save_broadcast, approve_broadcast, stop_broadcast, remove_broadcast,
  write_broadcast, keep_text, broadcast_figures FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_broadcast, approve_broadcast, stop_broadcast, remove_broadcast, broadcast_figures TO guichet_agent;
GRANT EXECUTE ON FUNCTION write_broadcast, keep_text TO guichet_hub;
