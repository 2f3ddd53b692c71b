-- The team's lead owns its mail; who manages teams may as well. Numbered teams only: a sub-team has no mail of its own.
CREATE FUNCTION my_mail_teams() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(t.id), '{}')
  FROM agents a JOIN teams t ON t.organisation_id = a.organisation_id
  WHERE a.role_name = acting() AND a.active
    AND (EXISTS (SELECT FROM memberships m WHERE m.team_id = t.id AND m.agent_id = a.id AND m.lead)
         OR (SELECT may('manage_teams')))
$$;

CREATE FUNCTION need_mail_of(of_team uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM teams WHERE id = of_team AND organisation_id = my_organisation()) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF NOT (of_team = ANY (my_mail_teams())) THEN PERFORM refuse('not_permitted'); END IF;
END $$;

CREATE FUNCTION is_numbered(of_team uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM teams WHERE id = of_team AND communication_team_id IS NULL AND archived_at IS NULL)
$$;

-- The generated address of a team, made once: its name, four signs that nobody guesses, the organisation's catch-all.
CREATE FUNCTION generate_address(of_team uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  c catch_alls;
  t teams;
  slug text;
BEGIN
  SELECT * INTO t FROM teams WHERE id = of_team;
  SELECT * INTO c FROM catch_alls WHERE organisation_id = t.organisation_id;
  IF c.organisation_id IS NULL OR NOT is_numbered(of_team)
     OR EXISTS (SELECT FROM mail_addresses WHERE team_id = of_team AND mailbox_id = c.mailbox_id AND origin = 'generated'
                AND split_part(address, '@', 2) = split_part(c.address, '@', 2)) THEN
    RETURN;
  END IF;
  slug := coalesce(nullif(left(trim(both '-' FROM regexp_replace(lower(fold(t.name)), '[^a-z0-9]+', '-', 'g')), 30), ''), 'team')
          || '-' || left(replace(gen_random_uuid()::text, '-', ''), 4);
  INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id, origin)
    VALUES (CASE c.form WHEN 'domain' THEN slug || '@' || split_part(c.address, '@', 2)
                        ELSE split_part(c.address, '@', 1) || '+' || slug || '@' || split_part(c.address, '@', 2) END,
            t.organisation_id, of_team, c.mailbox_id, 'generated') ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION address_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE h email_hubs;
BEGIN
  IF NOT is_numbered(NEW.team_id) THEN PERFORM refuse('communication_team_needs_number', 'team'); END IF;
  IF NOT EXISTS (SELECT FROM mailboxes WHERE id = NEW.mailbox_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  SELECT * INTO h FROM email_hubs WHERE team_id = NEW.team_id;
  IF FOUND THEN
    NEW.display_name := h.display_name;
    NEW.known_contacts_only := h.known_contacts_only;
  END IF;
  -- Somebody sends from the first moment on.
  IF NOT EXISTS (SELECT FROM mail_addresses WHERE team_id = NEW.team_id AND sends) THEN NEW.sends := true; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT ON mail_addresses FOR EACH ROW EXECUTE FUNCTION address_before_insert();

-- Without a number there is no mail: it leaves from the case's communication team.
CREATE FUNCTION mailbox_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT is_numbered(NEW.team_id) THEN PERFORM refuse('communication_team_needs_number', 'team'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT ON mailboxes FOR EACH ROW EXECUTE FUNCTION mailbox_before_insert();

CREATE FUNCTION mail_setup_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'email_hub ' || NEW.team_id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON email_hubs FOR EACH ROW EXECUTE FUNCTION mail_setup_after();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON mail_addresses FOR EACH ROW EXECUTE FUNCTION mail_setup_after();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON mail_rules FOR EACH ROW EXECUTE FUNCTION mail_setup_after();
CREATE TRIGGER hint AFTER INSERT OR UPDATE OF answered_at ON mail_requests FOR EACH ROW EXECUTE FUNCTION mail_setup_after();
CREATE TRIGGER hint AFTER INSERT OR UPDATE OF state, said, archived_at ON mailboxes FOR EACH ROW EXECUTE FUNCTION mail_setup_after();

-- A team's mail switched on, off or said otherwise; its addresses say the same.
CREATE FUNCTION save_email_hub(of_team uuid, to_enabled boolean, to_way text, to_name text, to_known boolean, to_uses boolean,
                               to_reply boolean, to_en text, to_fr text, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need_mail_of(of_team);
  IF NOT is_numbered(of_team) THEN PERFORM refuse('communication_team_needs_number', 'team'); END IF;
  PERFORM FROM email_hubs WHERE team_id = of_team AND version <> seen;
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO email_hubs AS h (team_id, organisation_id, enabled, way, display_name, known_contacts_only, uses_display_name,
                               auto_reply, reply_en, reply_fr)
    VALUES (of_team, my_organisation(), to_enabled, to_way, to_name, to_known, to_uses, to_reply, to_en, to_fr)
    ON CONFLICT (team_id) DO UPDATE SET enabled = to_enabled, way = to_way, display_name = to_name,
      known_contacts_only = to_known, uses_display_name = to_uses, auto_reply = to_reply, reply_en = to_en,
      reply_fr = to_fr, version = h.version + 1;
  UPDATE mail_addresses SET display_name = to_name, known_contacts_only = to_known WHERE team_id = of_team;
  IF to_enabled THEN PERFORM generate_address(of_team); END IF;
END $$;

-- Which of a team's addresses its mail leaves from.
CREATE FUNCTION choose_sender(of_address text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE of_team uuid;
BEGIN
  SELECT team_id INTO of_team FROM mail_addresses WHERE address = of_address AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'address'); END IF;
  PERFORM need_mail_of(of_team);
  UPDATE mail_addresses SET sends = false WHERE team_id = of_team AND sends AND address <> of_address;
  UPDATE mail_addresses SET sends = true WHERE address = of_address;
END $$;

-- The catch-all of the organisation, set once; every numbered team has its generated address from then on.
CREATE FUNCTION set_catch_all(of_mailbox uuid, of_form text, of_address text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE t uuid;
BEGIN
  PERFORM need('manage_teams');
  IF NOT EXISTS (SELECT FROM mailboxes WHERE id = of_mailbox AND organisation_id = my_organisation()) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  INSERT INTO catch_alls (organisation_id, mailbox_id, form, address)
    VALUES (my_organisation(), of_mailbox, of_form, lower(of_address))
    ON CONFLICT (organisation_id) DO UPDATE SET mailbox_id = of_mailbox, form = of_form, address = lower(of_address);
  FOR t IN SELECT id FROM teams WHERE organisation_id = my_organisation() AND archived_at IS NULL LOOP
    PERFORM generate_address(t);
  END LOOP;
END $$;

-- A numbered team made later has its address as well.
CREATE FUNCTION team_gets_address() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM generate_address(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER z_address AFTER INSERT ON teams FOR EACH ROW EXECUTE FUNCTION team_gets_address();

-- Rules change places: the ids of a team's rules in their new order.
CREATE FUNCTION order_mail_rules(of_team uuid, ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need_mail_of(of_team);
  UPDATE mail_rules r SET position = n FROM unnest(ids) WITH ORDINALITY o (id, n) WHERE r.id = o.id AND r.team_id = of_team;
END $$;

CREATE FUNCTION rule_before() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM teams WHERE id = NEW.team_id AND organisation_id = NEW.organisation_id)
     OR NEW.to_team_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM teams WHERE id = NEW.to_team_id AND organisation_id = NEW.organisation_id AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF NEW.to_agent_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM agents WHERE id = NEW.to_agent_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'agent');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON mail_rules FOR EACH ROW EXECUTE FUNCTION rule_before();

-- Something is asked of the hub.
CREATE FUNCTION ask_mail(request uuid, of_kind text, of_team uuid, of_mailbox uuid, with_asked jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need_mail_of(of_team);
  IF of_mailbox IS NOT NULL AND NOT EXISTS (
      SELECT FROM mailboxes m WHERE m.id = of_mailbox AND m.organisation_id = my_organisation()
      AND (m.team_id = of_team OR (SELECT may('manage_teams'))
           OR EXISTS (SELECT FROM mail_addresses a WHERE a.mailbox_id = m.id AND a.team_id = of_team))) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  -- What waits already is asked once.
  DELETE FROM mail_requests WHERE organisation_id = my_organisation() AND team_id = of_team AND kind = of_kind
    AND mailbox_id IS NOT DISTINCT FROM of_mailbox AND answered_at IS NULL AND claimed_until IS NULL;
  INSERT INTO mail_requests (id, organisation_id, team_id, mailbox_id, kind, asked, asked_by)
    VALUES (request, my_organisation(), of_team, of_mailbox, of_kind, with_asked, me());
  PERFORM pg_notify('guichet_hub', 'mail_request ' || request);
END $$;

-- A message that was kept back is settled once more, by the hub: made a case, or read by today's parser.
CREATE FUNCTION settle_again(of_incoming uuid, how text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE i incoming;
BEGIN
  IF how NOT IN ('case', 'replay') THEN PERFORM refuse('not_a_choice', 'asked'); END IF;
  SELECT * INTO i FROM incoming WHERE id = of_incoming AND organisation_id = my_organisation() FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'mail'); END IF;
  PERFORM need_mail_of(i.team_id);
  IF i.case_id IS NOT NULL OR i.fate IS NULL OR i.fate NOT IN ('ignored', 'quarantined', 'auto_reply', 'unparseable') THEN
    PERFORM refuse('changed_meanwhile');
  END IF;
  UPDATE incoming SET fate = NULL, settled_at = NULL, claimed_until = NULL, attempts = 0, asked = how, asked_by = me()
    WHERE id = of_incoming;
  PERFORM pg_notify('guichet_hub', 'incoming *');
END $$;

-- What the ledger holds of each mailbox of a team, by fate: figures only, so all of it whoever has the cases.
CREATE FUNCTION mailbox_ledger(of_team uuid) RETURNS TABLE (mailbox_id uuid, address text, fate text, messages bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT m.id, m.address, coalesce(i.fate, CASE WHEN i.id IS NULL THEN '' ELSE 'waiting' END), count(i.id)
  FROM mailboxes m LEFT JOIN incoming i ON i.mailbox_id = m.id
  WHERE m.organisation_id = my_organisation() AND of_team = ANY (my_mail_teams())
    AND (m.team_id = of_team OR EXISTS (SELECT FROM mail_addresses a WHERE a.mailbox_id = m.id AND a.team_id = of_team))
  GROUP BY 1, 2, 3 ORDER BY 2, 3
$$;
