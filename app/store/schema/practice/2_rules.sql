-- Forms ------------------------------------------------------------------------------------------------------
CREATE FUNCTION save_form(of_type uuid, of_team uuid, told jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  -- A team's lead shapes what her own team is asked for.
  IF NOT may('manage_fields') AND NOT coalesce(of_team = ANY (my_led_teams()) AND my_organisation() IS NOT NULL, false) THEN
    PERFORM need('manage_fields');
  END IF;
  IF of_type IS NOT NULL AND NOT EXISTS (SELECT FROM case_types WHERE id = of_type AND organisation_id = my_organisation())
     OR of_team IS NOT NULL AND NOT EXISTS (SELECT FROM teams WHERE id = of_team AND organisation_id = my_organisation()) THEN
    PERFORM refuse('not_found', 'form');
  END IF;
  IF jsonb_typeof(told) = 'null' THEN
    DELETE FROM forms WHERE organisation_id = my_organisation() AND type_id IS NOT DISTINCT FROM of_type
      AND team_id IS NOT DISTINCT FROM of_team;
  ELSE
    INSERT INTO forms AS f (id, organisation_id, type_id, team_id, fields)
      VALUES (gen_random_uuid(), my_organisation(), of_type, of_team, told)
      ON CONFLICT (organisation_id, type_id, team_id) DO UPDATE SET fields = told, version = f.version + 1;
  END IF;
  PERFORM hint(my_organisation(), 'form ' || coalesce(of_type, of_team, my_organisation()) || ' *');
END $$;

-- Tags -------------------------------------------------------------------------------------------------------
CREATE FUNCTION tags_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO tags (organisation_id, key, name)
    SELECT NEW.organisation_id, left(fold(t), 60), left(btrim(t), 60) FROM unnest(NEW.tags) t WHERE fold(t) <> ''
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER tags_made AFTER INSERT ON cases FOR EACH ROW WHEN (cardinality(NEW.tags) > 0) EXECUTE FUNCTION tags_after();
CREATE TRIGGER tags_changed AFTER UPDATE OF tags ON cases FOR EACH ROW
  WHEN (NEW.tags <> OLD.tags AND cardinality(NEW.tags) > 0) EXECUTE FUNCTION tags_after();

-- A tag is offered no more, or again, or is called otherwise; live cases follow its new name.
CREATE FUNCTION save_tag(of_key text, to_name text, to_hidden boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  t tags;
  to_key text := left(fold(to_name), 60);
BEGIN
  PERFORM need('manage_fields');
  SELECT * INTO t FROM tags WHERE organisation_id = my_organisation() AND key = of_key FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'tag'); END IF;
  IF to_key = '' THEN PERFORM refuse('required', 'name'); END IF;
  IF to_key <> of_key AND EXISTS (SELECT FROM tags WHERE organisation_id = t.organisation_id AND key = to_key) THEN
    PERFORM refuse('name_in_use', 'name', jsonb_build_object('value', to_name));
  END IF;
  UPDATE tags SET key = to_key, name = btrim(to_name), hidden = to_hidden
    WHERE organisation_id = t.organisation_id AND key = of_key;
  IF btrim(to_name) <> t.name THEN
    UPDATE cases SET tags = array_replace(tags, t.name, btrim(to_name))
      WHERE organisation_id = t.organisation_id AND t.name = ANY (tags)
        AND category IN ('new', 'open', 'waiting_customer', 'waiting_agent');
  END IF;
  PERFORM hint(t.organisation_id, 'tag * *');
END $$;
INSERT INTO tags (organisation_id, key, name)
  SELECT DISTINCT ON (c.organisation_id, left(fold(t), 60)) c.organisation_id, left(fold(t), 60), left(btrim(t), 60)
  FROM cases c, unnest(c.tags) t WHERE fold(t) <> '' ON CONFLICT DO NOTHING;

-- Projects ---------------------------------------------------------------------------------------------------
CREATE FUNCTION save_project(of_project uuid, to_name text, to_description text, to_archived boolean, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE p projects;
BEGIN
  IF NOT may('manage_teams') THEN PERFORM need('manage_fields'); END IF;
  IF btrim(to_name) = '' THEN PERFORM refuse('required', 'name'); END IF;
  SELECT * INTO p FROM projects WHERE id = of_project FOR UPDATE;
  IF p.id IS NULL THEN
    INSERT INTO projects (id, organisation_id, name, description) VALUES (of_project, my_organisation(), btrim(to_name), to_description);
  ELSIF p.organisation_id <> my_organisation() THEN
    PERFORM refuse('not_found', 'project');
  ELSIF p.version <> seen THEN
    PERFORM refuse('changed_meanwhile');
  ELSE
    UPDATE projects SET name = btrim(to_name), description = to_description, version = version + 1,
      archived_at = CASE WHEN to_archived THEN coalesce(archived_at, now()) END WHERE id = of_project;
  END IF;
  PERFORM hint(my_organisation(), 'project ' || of_project || ' *');
EXCEPTION WHEN unique_violation THEN
  PERFORM refuse('name_in_use', 'name', jsonb_build_object('value', to_name));
END $$;

-- A case's project is one of its organisation.
CREATE FUNCTION project_of_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM projects WHERE id = NEW.project_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'project');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER b_project_made BEFORE INSERT ON cases FOR EACH ROW WHEN (NEW.project_id IS NOT NULL)
  EXECUTE FUNCTION project_of_case();
CREATE TRIGGER b_project_changed BEFORE UPDATE OF project_id ON cases FOR EACH ROW
  WHEN (NEW.project_id IS NOT NULL AND NEW.project_id IS DISTINCT FROM OLD.project_id) EXECUTE FUNCTION project_of_case();

-- Links and splits ---------------------------------------------------------------------------------------------
CREATE FUNCTION link_cases(one uuid, other uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  a cases := my_case(one);
  b cases;
BEGIN
  SELECT * INTO b FROM cases WHERE id = other AND audience_id = ANY (my_audiences()) AND organisation_id = a.organisation_id;
  IF b.id IS NULL OR one = other THEN PERFORM refuse('not_found', 'case'); END IF;
  IF EXISTS (SELECT FROM case_links WHERE (from_id, to_id) = (other, one)) THEN RETURN; END IF;
  PERFORM link_cases_of(one, other, 'related');
END $$;

CREATE FUNCTION unlink_cases(one uuid, other uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE a cases := my_case(one);
BEGIN
  DELETE FROM case_links WHERE kind = 'related' AND ((from_id, to_id) = (one, other) OR (from_id, to_id) = (other, one));
  IF FOUND THEN PERFORM note_on(one, 'unlinked', jsonb_build_object('number', (
    SELECT number FROM cases WHERE id = other AND audience_id = ANY (my_audiences())))); END IF;
END $$;

-- Part of what was said becomes a case of its own, linked; its mails and files go along, and answers to them as well.
CREATE FUNCTION split_case(of_case uuid, into_case uuid, entries uuid[], to_subject text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := my_case(of_case);
  moved integer;
BEGIN
  IF c.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  IF btrim(coalesce(to_subject, '')) = '' THEN PERFORM refuse('required', 'subject'); END IF;
  IF NOT EXISTS (SELECT FROM follow_ups WHERE id = ANY (entries) AND case_id = of_case AND channel <> 'system') THEN
    PERFORM refuse('required', 'entries');
  END IF;
  INSERT INTO cases (id, assignee_id, customer_id, team_id, number_id, type_id, subject, visibility, severity, priority, tags,
                     project_id, custom)
    VALUES (into_case, CASE WHEN c.assignee_id = me() THEN me() END, c.customer_id, c.team_id, c.number_id,
      CASE WHEN (SELECT enabled FROM case_types WHERE id = c.type_id) THEN c.type_id END,
      left(btrim(to_subject), 250), c.visibility, c.severity, c.priority, c.tags, c.project_id, c.custom);
  UPDATE follow_ups SET case_id = into_case, audience_id = (SELECT audience_id FROM cases WHERE id = into_case)
    WHERE id = ANY (entries) AND case_id = of_case AND channel <> 'system';
  GET DIAGNOSTICS moved = ROW_COUNT;
  UPDATE attachments a SET audience_id = f.audience_id FROM follow_ups f WHERE f.id = a.follow_up_id AND f.case_id = into_case;
  UPDATE outgoing SET case_id = into_case WHERE case_id = of_case AND follow_up_id = ANY (entries);
  UPDATE incoming SET case_id = into_case WHERE case_id = of_case AND follow_up_id = ANY (entries);
  UPDATE cases SET (activity_at, channel, preview) = (
      SELECT at, channel, left(regexp_replace(body, '\s+', ' ', 'g'), 160) FROM follow_ups
      WHERE case_id = into_case AND channel <> 'system' ORDER BY at DESC, id DESC LIMIT 1) WHERE id = into_case;
  PERFORM link_cases_of(into_case, of_case, 'split');
END $$;

-- Watching, mentions and notices --------------------------------------------------------------------------------
CREATE FUNCTION watch_case(of_case uuid, watched boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences())) THEN
    PERFORM refuse('not_found', 'case');
  END IF;
  IF watched THEN
    INSERT INTO case_watchers (case_id, agent_id, organisation_id) VALUES (of_case, me(), my_organisation())
      ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM case_watchers WHERE case_id = of_case AND agent_id = me();
  END IF;
END $$;

-- Whether an agent sees a case, whoever asks: the same sets as my_audiences().
CREATE FUNCTION sees_case(who uuid, of_audience bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM audiences a, agents g WHERE a.id = of_audience AND g.id = who AND g.active
      AND g.organisation_id = a.organisation_id
      AND (a.everyone OR a.agents @> ARRAY[who]
        OR EXISTS (SELECT FROM memberships m WHERE m.agent_id = who
                   AND (m.team_id = ANY (a.teams) OR m.lead AND m.team_id = ANY (a.lead_teams)))
        OR EXISTS (SELECT FROM role_permissions p WHERE p.organisation_id = g.organisation_id AND p.role = g.role
                   AND (p.permission = 'see_all_cases' AND NOT a.private
                        OR p.permission = 'supervise_calls' AND cardinality(a.lead_teams) > 0))))
$$;

CREATE FUNCTION give_notice(of_case uuid, to_agent uuid, how text, words text) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE made uuid;
BEGIN
  -- What waits unseen of one case and kind is said once, with its newest words.
  UPDATE notices SET said = left(words, 200), by_id = me(), at = clock_timestamp()
    WHERE agent_id = to_agent AND case_id = of_case AND kind = how AND seen_at IS NULL RETURNING id INTO made;
  IF made IS NULL THEN
    INSERT INTO notices (organisation_id, agent_id, case_id, kind, by_id, said)
      SELECT organisation_id, to_agent, id, how, me(), left(words, 200) FROM cases WHERE id = of_case RETURNING id INTO made;
  END IF;
  PERFORM hint((SELECT organisation_id FROM agents WHERE id = to_agent), 'notice ' || made || ' ' || to_agent);
END $$;

-- Who is named in an internal note is told, if she may see the case; and who watches it, of everything that is said.
CREATE FUNCTION notices_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
  i uuid := me();
  named uuid[] := '{}';
  said text := regexp_replace(NEW.body, '\s+', ' ', 'g');
BEGIN
  IF NEW.channel = 'note' AND NOT NEW.public AND jsonb_typeof(NEW.custom -> 'mentions') = 'array' THEN
    FOR who IN SELECT DISTINCT a.id FROM jsonb_array_elements_text(NEW.custom -> 'mentions') m JOIN agents a ON a.id::text = m
               WHERE a.organisation_id = NEW.organisation_id AND a.id IS DISTINCT FROM i
                 AND sees_case(a.id, NEW.audience_id) LIMIT 20 LOOP
      PERFORM give_notice(NEW.case_id, who, 'mentioned', said);
      named := named || who;
    END LOOP;
  END IF;
  FOR who IN SELECT agent_id FROM case_watchers WHERE case_id = NEW.case_id AND agent_id IS DISTINCT FROM i
             AND NOT agent_id = ANY (named) AND sees_case(agent_id, NEW.audience_id) LOOP
    PERFORM give_notice(NEW.case_id, who, 'watched', said);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER z_notices AFTER INSERT ON follow_ups FOR EACH ROW EXECUTE FUNCTION notices_of_entry();

CREATE FUNCTION notices_of_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE who uuid;
BEGIN
  FOR who IN SELECT agent_id FROM case_watchers WHERE case_id = NEW.id AND agent_id IS DISTINCT FROM me()
             AND sees_case(agent_id, NEW.audience_id) LOOP
    PERFORM give_notice(NEW.id, who, 'watched', '');
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER z_notices AFTER UPDATE OF state_id, assignee_id, team_id ON cases FOR EACH ROW
  WHEN ((NEW.state_id, NEW.assignee_id, NEW.team_id) IS DISTINCT FROM (OLD.state_id, OLD.assignee_id, OLD.team_id))
  EXECUTE FUNCTION notices_of_case();

CREATE FUNCTION see_notices(of_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE notices SET seen_at = clock_timestamp() WHERE agent_id = me() AND case_id = of_case AND seen_at IS NULL;
END $$;

-- Who else looks at a case is said, and not kept: a hint that each desk repeats while it shows the case.
CREATE FUNCTION look_at_case(of_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences())) THEN
    PERFORM refuse('not_found', 'case');
  END IF;
  PERFORM hint(my_organisation(), 'viewing ' || of_case || ' ' || me());
END $$;

-- Loads ------------------------------------------------------------------------------------------------------
-- How many live cases each agent of a team has, and each team: whom to give the next one (S4-14).
CREATE FUNCTION loads(of_team uuid) RETURNS TABLE (agent_id uuid, team_id uuid, live bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT m.agent_id, NULL::uuid, (SELECT count(*) FROM (
      SELECT FROM cases c WHERE c.assignee_id = m.agent_id
        AND c.category IN ('new', 'open', 'waiting_customer', 'waiting_agent') LIMIT 1001) s)
  FROM memberships m JOIN teams t ON t.id = m.team_id
  WHERE m.team_id = of_team AND t.organisation_id = my_organisation()
  UNION ALL
  SELECT NULL, t.id, (SELECT count(*) FROM (
      SELECT FROM cases c WHERE c.team_id = t.id
        AND c.category IN ('new', 'open', 'waiting_customer', 'waiting_agent') LIMIT 1001) s)
  FROM teams t WHERE t.organisation_id = my_organisation() AND t.archived_at IS NULL
$$;

-- Referrals ----------------------------------------------------------------------------------------------------
-- The receiving administrator opens a way to one of her teams; the code is for the sending one.
CREATE FUNCTION open_way(to_team uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE made text := upper(replace(gen_random_uuid()::text, '-', ''));
BEGIN
  PERFORM need('manage_agents');
  IF NOT EXISTS (SELECT FROM teams WHERE id = to_team AND organisation_id = my_organisation() AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  made := left(made, 4) || '-' || substr(made, 5, 4) || '-' || substr(made, 17, 4) || '-' || substr(made, 25, 4);
  INSERT INTO referral_ways (organisation_id, team_id, code, made_by) VALUES (my_organisation(), to_team, made, me());
  RETURN made;
END $$;

CREATE FUNCTION take_way(with_code text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_agents');
  UPDATE referral_ways SET from_organisation_id = my_organisation()
    WHERE code = upper(btrim(with_code)) AND closed_at IS NULL AND from_organisation_id IS NULL
      AND organisation_id <> my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'code'); END IF;
END $$;

-- Either side closes a way.
CREATE FUNCTION close_way(of_way uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_agents');
  UPDATE referral_ways SET closed_at = now() WHERE id = of_way AND closed_at IS NULL
    AND my_organisation() IN (organisation_id, from_organisation_id);
  IF NOT FOUND THEN PERFORM refuse('not_found', 'way'); END IF;
END $$;

-- The ways that my organisation has, to others and from others; the code is shown to who opened it.
CREATE FUNCTION my_ways() RETURNS TABLE (id uuid, outward boolean, organisation text, team text, code text, open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT w.id, w.from_organisation_id IS NOT DISTINCT FROM my_organisation(),
    coalesce(CASE WHEN w.from_organisation_id = my_organisation() THEN o.name ELSE f.name END, ''), t.name,
    CASE WHEN w.organisation_id = my_organisation() AND may('manage_agents') THEN w.code ELSE '' END,
    w.from_organisation_id IS NOT NULL
  FROM referral_ways w JOIN organisations o ON o.id = w.organisation_id JOIN teams t ON t.id = w.team_id
    LEFT JOIN organisations f ON f.id = w.from_organisation_id
  WHERE my_organisation() IN (w.organisation_id, w.from_organisation_id) AND w.closed_at IS NULL
  ORDER BY w.made_at, w.id
$$;

CREATE FUNCTION is_referred(of_case uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM referrals WHERE case_id = of_case)
$$;

-- Into the other house it is nobody's hand there that opens the case.
DO $patch$
DECLARE
  body text := pg_get_functiondef('case_before_insert'::regproc);
  said text;
BEGIN
  FOREACH said IN ARRAY '{i uuid := me();,house uuid := my_organisation();}'::text[] LOOP
    IF position(said IN body) = 0 THEN RAISE EXCEPTION 'case_before_insert does not say %', said; END IF;
    body := replace(body, said, regexp_replace(said, '^(.*) := (.*);$', '\1 := CASE WHEN NOT is_referred(NEW.id) THEN \2 END;'));
  END LOOP;
  EXECUTE body;
END $patch$;

-- A case goes to another organisation as a new case there: its customer, what she asked, and what the sender says of it.
-- The sender's case stays, with a trace of where it went; there is a trace of where it came from.
CREATE FUNCTION refer_case(of_case uuid, through_way uuid, note text, new_case uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := my_case(of_case);
  w referral_ways;
  u customers;
  house text := (SELECT name FROM organisations WHERE id = my_organisation());
  her uuid;
  there bigint;
BEGIN
  PERFORM need('hand_over_team');
  SELECT * INTO w FROM referral_ways WHERE id = through_way AND from_organisation_id = my_organisation() AND closed_at IS NULL;
  IF w.id IS NULL THEN PERFORM refuse('not_found', 'way'); END IF;
  IF EXISTS (SELECT FROM referrals WHERE from_case_id = of_case AND way_id = w.id) THEN PERFORM refuse('already_referred'); END IF;
  SELECT * INTO u FROM customers WHERE id = c.customer_id;
  SELECT k.customer_id INTO her FROM customer_keys k WHERE k.organisation_id = w.organisation_id AND k.key IN (
    SELECT lower(e ->> 'address') FROM jsonb_array_elements(u.emails) e
    UNION SELECT e ->> 'e164' FROM jsonb_array_elements(u.phones) e) LIMIT 1;
  IF her IS NULL THEN
    her := gen_random_uuid();
    INSERT INTO customers (id, organisation_id, account_number, first_name, last_name, organisation, phones, emails, addresses,
                           language, time_zone, preferred_channel, call_from, call_until, do_not_call)
      VALUES (her, w.organisation_id, '', u.first_name, u.last_name, u.organisation, u.phones, u.emails, u.addresses,
              u.language, u.time_zone, u.preferred_channel, u.call_from, u.call_until, u.do_not_call);
  END IF;
  INSERT INTO referrals (case_id, organisation_id, from_case_id, from_organisation_id, way_id, by_id)
    VALUES (new_case, w.organisation_id, of_case, c.organisation_id, w.id, me());
  INSERT INTO cases (id, customer_id, team_id, subject, description, priority, severity)
    VALUES (new_case, her, w.team_id, c.subject, c.description, c.priority, c.severity);
  IF btrim(coalesce(note, '')) <> '' THEN
    INSERT INTO follow_ups (id, organisation_id, audience_id, case_id, channel, author_name, body)
      SELECT gen_random_uuid(), organisation_id, audience_id, id, 'note', house, btrim(note) FROM cases WHERE id = new_case;
    UPDATE follow_ups SET author_id = NULL, author_name = house WHERE case_id = new_case AND channel = 'note';
  END IF;
  SELECT number INTO there FROM cases WHERE id = new_case;
  INSERT INTO follow_ups (id, organisation_id, audience_id, case_id, channel, body, custom, author_name)
    SELECT gen_random_uuid(), organisation_id, audience_id, id, 'system', 'referred_from',
      jsonb_build_object('organisation', house, 'number', c.number), house FROM cases WHERE id = new_case;
  UPDATE follow_ups SET author_id = NULL, author_name = house WHERE case_id = new_case AND body = 'referred_from';
  PERFORM note_on(of_case, 'referred', jsonb_build_object('number', there,
    'organisation', (SELECT name FROM organisations WHERE id = w.organisation_id),
    'team', (SELECT name FROM teams WHERE id = w.team_id)));
  RETURN there;
END $$;
