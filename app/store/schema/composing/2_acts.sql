-- The mailbox that a case speaks through: the sender of the team of its number; a sub-team has none of its own.
CREATE FUNCTION case_mailbox(of_case uuid)
RETURNS TABLE (mailbox_id uuid, address text, display_name text, team_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT m.id, coalesce(a.address, m.address), coalesce(nullif(a.display_name, ''), nullif(t.display_name, ''), o.name),
         t.name
  FROM cases c JOIN numbers n ON n.id = c.number_id JOIN teams t ON t.id = n.team_id
    JOIN organisations o ON o.id = c.organisation_id
    JOIN mailboxes m ON m.organisation_id = c.organisation_id AND m.archived_at IS NULL
    LEFT JOIN mail_addresses a ON a.mailbox_id = m.id AND a.team_id = t.id AND a.sends
  WHERE c.id = of_case AND c.audience_id = ANY (my_audiences()) AND (a.address IS NOT NULL OR m.team_id = t.id)
  ORDER BY a.address IS NULL, m.id LIMIT 1
$$;

-- As before, and: only the team that has the case writes to the customer, through the mailbox of its communication
-- team, and to so many people as a person would.
CREATE OR REPLACE FUNCTION write_mail(mail uuid, follow_up uuid, of_case uuid, through_mailbox uuid, with_id text,
                                      said text, upload uuid, recipients text[], after_s integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  hash text;
  bytes bigint;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF c.team_id <> ALL (my_teams()) THEN PERFORM refuse('not_permitted'); END IF;
  IF c.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  IF through_mailbox IS DISTINCT FROM (SELECT b.mailbox_id FROM case_mailbox(of_case) b) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  IF coalesce(cardinality(recipients), 0) = 0 THEN PERFORM refuse('required', 'recipients'); END IF;
  IF cardinality(recipients) > 200 THEN
    PERFORM refuse('too_many_recipients', 'recipients',
                   jsonb_build_object('count', cardinality(recipients), 'most', 200));
  END IF;
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
  IF c.assignee_id IS NULL AND c.team_id = ANY (my_memberships()) THEN
    UPDATE cases SET assignee_id = me() WHERE id = of_case;
  END IF;
END $$;

-- A mail is sent and its case moves with it: waiting on the customer when the assigned agent answers (S3-29), or
-- whoever does and says so; solved when that is asked.
CREATE FUNCTION send_mail(mail uuid, follow_up uuid, of_case uuid, through_mailbox uuid, with_id text, said text,
                          upload uuid, recipients text[], after_s integer, ending text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  before cases;
  after cases;
  wanted text;
  target uuid;
BEGIN
  IF ending NOT IN ('send', 'wait', 'solve') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  SELECT * INTO before FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  PERFORM write_mail(mail, follow_up, of_case, through_mailbox, with_id, said, upload, recipients, after_s);
  SELECT * INTO after FROM cases WHERE id = of_case;
  wanted := CASE
    WHEN ending = 'solve' THEN 'solved'
    WHEN ending = 'wait' THEN 'waiting_customer'
    WHEN after.assignee_id = me() AND after.category IN ('new', 'open', 'waiting_agent') THEN 'waiting_customer' END;
  IF wanted IS NOT NULL AND after.category <> wanted THEN
    SELECT id INTO target FROM case_states WHERE type_id = after.type_id AND category = wanted ORDER BY position LIMIT 1;
    -- A type without such a state stays as it is, unless the state was asked for.
    IF target IS NULL AND ending <> 'send' THEN PERFORM refuse('state_not_of_type', 'state'); END IF;
    UPDATE cases SET state_id = coalesce(target, state_id) WHERE id = of_case;
  END IF;
  UPDATE outgoing SET former_state_id = before.state_id, took_case = before.assignee_id IS DISTINCT FROM after.assignee_id,
    case_version = (SELECT version FROM cases WHERE id = of_case) WHERE id = mail;
  DELETE FROM mail_drafts WHERE case_id = of_case AND agent_id = me();
  PERFORM hint(before.organisation_id, 'draft ' || me() || ' ' || of_case);
END $$;

-- Undo takes the mail back and, if nobody touched the case since, gives it the state and the place it had.
CREATE FUNCTION undo_mail(mail uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  o outgoing;
  c cases;
  back uuid;
BEGIN
  IF NOT withdraw_mail(mail) THEN RETURN false; END IF;
  SELECT * INTO o FROM outgoing WHERE id = mail;
  SELECT * INTO c FROM cases WHERE id = o.case_id AND version = o.case_version FOR UPDATE;
  IF FOUND THEN
    -- No case becomes new again: one that was is open.
    SELECT s.id INTO back FROM case_states f JOIN case_states s ON s.type_id = f.type_id
      AND (s.id = f.id AND f.category <> 'new' OR f.category = 'new' AND s.category IN ('new', 'open'))
      WHERE f.id = o.former_state_id AND (c.category = 'new' OR s.category <> 'new')
      ORDER BY s.id = f.id DESC, s.position LIMIT 1;
    UPDATE cases SET state_id = coalesce(back, state_id),
      assignee_id = CASE WHEN o.took_case THEN NULL ELSE assignee_id END WHERE id = c.id;
  END IF;
  RETURN true;
END $$;

-- As before, and only for the team that has the case.
CREATE OR REPLACE FUNCTION decide_delivery(delivery uuid, to_state text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF to_state NOT IN ('waiting', 'delivered', 'withdrawn') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  UPDATE deliveries d SET state = to_state, send_at = clock_timestamp(), claim_id = NULL, claimed_until = NULL
    FROM outgoing o JOIN cases c ON c.id = o.case_id
    WHERE d.id = delivery AND o.id = d.outgoing_id AND c.audience_id = ANY (my_audiences())
      AND c.team_id = ANY (my_teams());
  IF NOT FOUND THEN PERFORM refuse('not_found', 'delivery'); END IF;
END $$;

CREATE FUNCTION share_draft(of_case uuid, words text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences());
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  INSERT INTO mail_drafts (case_id, agent_id, organisation_id, said) VALUES (of_case, me(), c.organisation_id, left(words, 20000))
    ON CONFLICT (case_id, agent_id) DO UPDATE SET said = EXCLUDED.said, at = clock_timestamp();
  PERFORM hint(c.organisation_id, 'draft ' || me() || ' ' || of_case);
END $$;

CREATE FUNCTION drop_draft(of_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM mail_drafts WHERE case_id = of_case AND agent_id = me();
  IF FOUND THEN PERFORM hint(my_organisation(), 'draft ' || me() || ' ' || of_case); END IF;
END $$;

ALTER TABLE mail_drafts ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON mail_drafts TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_drafts TO guichet_hub;
CREATE POLICY agent_reads ON mail_drafts FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));
GRANT SELECT ON mail_drafts TO guichet_agent;

REVOKE EXECUTE ON FUNCTION case_mailbox, send_mail, undo_mail, share_draft, drop_draft FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_mailbox, send_mail, undo_mail, share_draft, drop_draft TO guichet_agent;
