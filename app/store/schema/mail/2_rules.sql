-- One fate each, one way for a delivery to go, and hints for whoever looks.
CREATE FUNCTION incoming_before_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  -- What was kept back may still become a case; what became one stays one.
  IF OLD.fate IS NOT NULL AND NEW.fate IS DISTINCT FROM OLD.fate
     AND NOT (OLD.fate IN ('ignored', 'quarantined', 'auto_reply', 'unparseable')) THEN
    PERFORM refuse('changed_meanwhile');
  END IF;
  IF (NEW.external_id, NEW.blob_id, NEW.mailbox_id, NEW.content_sha256)
     IS DISTINCT FROM (OLD.external_id, OLD.blob_id, OLD.mailbox_id, OLD.content_sha256) THEN
    PERFORM refuse('changed_meanwhile');
  END IF;
  NEW.settled_at := CASE WHEN NEW.fate IS NULL THEN NULL ELSE coalesce(NEW.settled_at, clock_timestamp()) END;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE UPDATE ON incoming FOR EACH ROW EXECUTE FUNCTION incoming_before_update();

CREATE FUNCTION incoming_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_notify('guichet_hub', 'incoming *');
  ELSIF NEW.fate IS DISTINCT FROM OLD.fate THEN
    PERFORM hint(NEW.organisation_id, 'incoming ' || NEW.id || ' ' || NEW.team_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON incoming FOR EACH ROW EXECUTE FUNCTION incoming_after();

-- The same table of moves as app.domain.deliveries; a test holds them together.
CREATE FUNCTION may_go(from_state text, to_state text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog AS $$
  SELECT (from_state, to_state) IN (
    ('waiting', 'sending'), ('waiting', 'withdrawn'),
    ('temporary', 'sending'), ('temporary', 'waiting'), ('temporary', 'withdrawn'), ('temporary', 'permanent'),
    ('sending', 'delivered'), ('sending', 'temporary'), ('sending', 'permanent'), ('sending', 'unconfirmed'),
    ('unconfirmed', 'delivered'), ('unconfirmed', 'permanent'), ('unconfirmed', 'waiting'),
    ('delivered', 'permanent'), ('permanent', 'waiting'))
$$;

CREATE FUNCTION delivery_before_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state THEN
    IF NOT may_go(OLD.state, NEW.state) THEN PERFORM refuse('changed_meanwhile', 'state'); END IF;
    NEW.changed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION delivery_before_update();

CREATE FUNCTION delivery_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'delivery ' || NEW.id || ' ' || case_id) FROM outgoing WHERE id = NEW.outgoing_id;
  IF NEW.state = 'waiting' THEN
    PERFORM pg_notify('guichet_hub', 'outgoing *');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE OF state ON deliveries FOR EACH ROW EXECUTE FUNCTION delivery_after();

-- A mail is written: what the timeline shows, the bytes that will leave, and whom they go to, together or not at all.
CREATE FUNCTION write_mail(mail uuid, follow_up uuid, of_case uuid, through_mailbox uuid, with_id text, said text,
                           upload uuid, recipients text[], after_s integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  hash text;
  bytes bigint;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF NOT EXISTS (SELECT FROM mailboxes WHERE id = through_mailbox AND organisation_id = c.organisation_id
                 AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  IF coalesce(cardinality(recipients), 0) = 0 THEN PERFORM refuse('required', 'recipients'); END IF;
  IF NOT open_upload(upload) THEN PERFORM refuse('not_found', 'message'); END IF;
  SELECT encode(sha256(string_agg(data, '' ORDER BY position)), 'hex'), sum(length(data)) INTO hash, bytes
    FROM blob_chunks WHERE blob_id = upload;
  IF hash IS NULL THEN PERFORM refuse('required', 'message'); END IF;
  UPDATE blobs SET sha256 = hash, size = bytes WHERE id = upload;
  INSERT INTO follow_ups (id, case_id, channel, direction, public, body)
    VALUES (follow_up, of_case, 'email', 'out', true, said);
  INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, mailbox_id, external_id, blob_id, written_by)
    VALUES (mail, c.organisation_id, of_case, follow_up, through_mailbox, with_id, upload, me());
  INSERT INTO deliveries (organisation_id, outgoing_id, recipient, send_at)
    SELECT c.organisation_id, mail, r, clock_timestamp() + make_interval(secs => least(greatest(after_s, 0), 600))
    FROM (SELECT DISTINCT unnest(recipients) AS r) once;
  -- Who answers a case that nobody has takes it, if it is her team's.
  IF c.assignee_id IS NULL AND c.team_id = ANY (my_memberships()) AND c.category <> 'closed' THEN
    UPDATE cases SET assignee_id = me() WHERE id = of_case;
  END IF;
END $$;

-- Undo: all of a mail or nothing, and only while none of it has left.
CREATE FUNCTION withdraw_mail(mail uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM outgoing WHERE id = mail AND written_by = me();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'mail'); END IF;
  PERFORM FROM deliveries WHERE outgoing_id = mail ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT FROM deliveries WHERE outgoing_id = mail AND (state <> 'waiting' OR attempts > 0)) THEN
    RETURN false;
  END IF;
  UPDATE deliveries SET state = 'withdrawn' WHERE outgoing_id = mail;
  RETURN true;
END $$;

-- An agent decides about a delivery that failed, or of which nobody knows: send it again, or it did arrive.
CREATE FUNCTION decide_delivery(delivery uuid, to_state text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF to_state NOT IN ('waiting', 'delivered', 'withdrawn') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  UPDATE deliveries d SET state = to_state, send_at = clock_timestamp(), claim_id = NULL, claimed_until = NULL
    FROM outgoing o JOIN cases c ON c.id = o.case_id
    WHERE d.id = delivery AND o.id = d.outgoing_id AND c.audience_id = ANY (my_audiences());
  IF NOT FOUND THEN PERFORM refuse('not_found', 'delivery'); END IF;
END $$;

-- How many messages of a mailbox the ledger holds, by fate; the sum is what the mailbox had.
CREATE FUNCTION ledger_counts(of_team uuid) RETURNS TABLE (fate text, messages bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(i.fate, 'waiting'), count(*) FROM incoming i
  WHERE i.team_id = of_team AND i.team_id = ANY (my_teams()) GROUP BY 1
$$;
