-- The portal. Every function is given the session and finds in here whose it is: an address that a link was mailed to.
-- What she sees are public cases of customers with that address; a number that is not hers is a number that is not there.
CREATE FUNCTION portal_house(with_key text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', o.id, 'name', o.name, 'language', o.language, 'url', public_url(o.id))
  FROM web_settings w JOIN organisations o ON o.id = w.organisation_id WHERE w.portal_key = with_key AND w.portal
$$;

-- A link is made for who is known, five an hour; whether it was is told to nobody. What the mail needs, or null.
CREATE FUNCTION portal_ask(with_key text, typed text, link uuid, in_browser bytea) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  w web_settings;
  said jsonb;
BEGIN
  SELECT * INTO w FROM web_settings WHERE portal_key = with_key AND portal;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(w.organisation_id || ' ' || lower(typed), 44));
  IF (SELECT count(*) FROM portal_links WHERE organisation_id = w.organisation_id AND address = lower(typed)
      AND made_at > now() - interval '1 hour') >= 5 THEN RETURN NULL; END IF;
  -- Through the team that spoke with her last.
  SELECT jsonb_build_object('organisation_id', o.id, 'organisation', o.name, 'language', u.language, 'mailbox_id', b.id,
      'address', a.address, 'sender', coalesce(nullif(a.display_name, ''), o.name), 'url', public_url(o.id)) INTO said
    FROM customer_keys k JOIN customers u ON u.id = k.customer_id JOIN organisations o ON o.id = k.organisation_id
      JOIN cases c ON c.customer_id = u.id AND c.visibility = 'public' AND c.merged_into_id IS NULL
      LEFT JOIN numbers n ON n.id = c.number_id
      JOIN mail_addresses a ON a.organisation_id = o.id AND a.sends JOIN mailboxes b ON b.id = a.mailbox_id AND b.archived_at IS NULL
    WHERE k.organisation_id = w.organisation_id AND k.key = lower(typed)
      AND EXISTS (SELECT FROM jsonb_array_elements(u.emails) e WHERE lower(e ->> 'address') = lower(typed))
    ORDER BY a.team_id = n.team_id DESC, c.activity_at DESC LIMIT 1;
  IF said IS NULL THEN RETURN NULL; END IF;
  INSERT INTO portal_links (id, organisation_id, address, browser) VALUES (link, w.organisation_id, lower(typed), in_browser);
  RETURN said;
END $$;

-- Once, within its time, in the browser that asked for it.
CREATE FUNCTION portal_enter(with_key text, link uuid, in_browser bytea, with_session bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE l portal_links;
BEGIN
  SELECT p.* INTO l FROM portal_links p JOIN web_settings w ON w.organisation_id = p.organisation_id
    WHERE p.id = link AND w.portal_key = with_key AND w.portal FOR UPDATE OF p;
  IF NOT FOUND OR l.used_at IS NOT NULL OR l.expires_at < now() OR l.browser <> in_browser THEN RETURN false; END IF;
  UPDATE portal_links SET used_at = now() WHERE id = link;
  INSERT INTO portal_sessions (hash, organisation_id, address) VALUES (with_session, l.organisation_id, l.address);
  RETURN true;
END $$;

CREATE FUNCTION portal_session(with_key text, with_session bytea) RETURNS portal_sessions LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT s.* FROM portal_sessions s JOIN web_settings w ON w.organisation_id = s.organisation_id
  WHERE s.hash = with_session AND s.expires_at > now() AND w.portal_key = with_key AND w.portal
$$;

CREATE FUNCTION portal_leave(with_session bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$ DELETE FROM portal_sessions WHERE hash = with_session $$;

CREATE FUNCTION portal_customers(s portal_sessions) RETURNS SETOF uuid LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT u.id FROM customer_keys k JOIN customers u ON u.id = k.customer_id
  WHERE k.organisation_id = s.organisation_id AND k.key = s.address
    AND EXISTS (SELECT FROM jsonb_array_elements(u.emails) e WHERE lower(e ->> 'address') = s.address)
$$;

CREATE FUNCTION portal_own(with_key text, with_session bytea, of_number bigint) RETURNS cases LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  s portal_sessions := portal_session(with_key, with_session);
  c cases;
BEGIN
  IF s.hash IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  SELECT * INTO c FROM cases WHERE number = of_number AND organisation_id = s.organisation_id AND visibility = 'public'
    AND merged_into_id IS NULL AND customer_id IN (SELECT portal_customers(s)) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  RETURN c;
END $$;

CREATE FUNCTION portal_line(c cases) RETURNS jsonb LANGUAGE sql STABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('number', c.number, 'subject', c.subject, 'category', c.category, 'at', c.activity_at,
    'rating', (SELECT rating FROM satisfaction x WHERE x.case_id = c.id ORDER BY answered_at DESC NULLS LAST LIMIT 1))
$$;

-- Her cases, null for who is not signed in.
CREATE FUNCTION portal_cases(with_key text, with_session bytea) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE s portal_sessions := portal_session(with_key, with_session);
BEGIN
  IF s.hash IS NULL THEN RETURN NULL; END IF;
  RETURN jsonb_build_object('address', s.address, 'cases', (SELECT coalesce(jsonb_agg(portal_line(c) ORDER BY c.activity_at DESC), '[]')
    FROM (SELECT * FROM cases WHERE customer_id IN (SELECT portal_customers(s)) AND organisation_id = s.organisation_id
          AND visibility = 'public' AND merged_into_id IS NULL ORDER BY activity_at DESC LIMIT 200) c));
END $$;

CREATE FUNCTION portal_case(with_key text, with_session bytea, of_number bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := portal_own(with_key, with_session, of_number);
BEGIN
  RETURN portal_line(c) || jsonb_build_object('entries', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('direction', f.direction, 'author', f.author_name, 'body', f.body, 'at', f.at,
      'files', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'size', b.size)), '[]')
                FROM attachments a JOIN blobs b ON b.id = a.blob_id WHERE a.follow_up_id = f.id)) ORDER BY f.at), '[]')
    FROM (SELECT * FROM follow_ups WHERE case_id = c.id AND public AND channel <> 'system' AND redacted_at IS NULL
          ORDER BY at DESC LIMIT 200) f));
END $$;

-- A file of a public entry of her own case.
CREATE FUNCTION portal_file(with_key text, with_session bytea, of_number bigint, of_file uuid) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := portal_own(with_key, with_session, of_number);
BEGIN
  RETURN (SELECT jsonb_build_object('blob', a.blob_id, 'name', a.name, 'size', b.size)
    FROM attachments a JOIN follow_ups f ON f.id = a.follow_up_id JOIN blobs b ON b.id = a.blob_id
    WHERE a.id = of_file AND f.case_id = c.id AND f.public AND f.redacted_at IS NULL);
END $$;

CREATE FUNCTION portal_upload(with_key text, with_session bytea, as_blob uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE s portal_sessions := portal_session(with_key, with_session);
BEGIN
  IF s.hash IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  IF (SELECT count(*) FROM portal_uploads WHERE session = s.hash) >= 20 THEN
    PERFORM refuse('too_many', 'files', jsonb_build_object('most', 20));
  END IF;
  INSERT INTO blobs (id, organisation_id) VALUES (as_blob, s.organisation_id);
  INSERT INTO portal_uploads (blob_id, session, organisation_id) VALUES (as_blob, s.hash, s.organisation_id);
END $$;

CREATE FUNCTION portal_chunk(with_session bytea, of_blob uuid, at_position integer, part bytea, most bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE held bigint;
BEGIN
  UPDATE portal_uploads SET bytes = bytes + length(part) WHERE blob_id = of_blob AND session = with_session RETURNING bytes INTO held;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'file'); END IF;
  IF held > most THEN
    PERFORM refuse('attachment_too_large', 'files', jsonb_build_object('name', '', 'size_mb', held / 1000000, 'most_mb', most / 1000000));
  END IF;
  INSERT INTO blob_chunks (blob_id, position, data) VALUES (of_blob, at_position, part);
END $$;

-- What was begun and not sent; of one session, or of all after two hours. Links and sessions that are over go as well.
CREATE FUNCTION portal_sweep(of_session bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM blobs b USING portal_uploads p WHERE p.blob_id = b.id AND b.sha256 IS NULL
    AND (p.session = of_session OR p.made_at < now() - interval '2 hours' AND of_session IS NULL);
  IF of_session IS NULL THEN
    DELETE FROM portal_links WHERE made_at < now() - interval '1 day';
    DELETE FROM portal_sessions s WHERE expires_at < now() AND NOT EXISTS (SELECT FROM portal_uploads p WHERE p.session = s.hash);
    DELETE FROM web_sent WHERE at < now() - interval '2 days';
  END IF;
END $$;

-- Her answer goes on with the case as a mail would: reopened within its type's time, else in a new one (S4-06).
CREATE FUNCTION portal_answer(with_key text, with_session bytea, of_number bigint, follow_up uuid, said text, files jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := portal_own(with_key, with_session, of_number);
  s portal_sessions := portal_session(with_key, with_session);
  t case_types;
  f jsonb;
  hash text;
  kept uuid;
  goes_on uuid := c.id;
BEGIN
  SELECT * INTO t FROM case_types WHERE id = c.type_id;
  IF c.category = 'closed' OR c.category = 'solved' AND NOT (t.reopens = 'always'
      OR t.reopens = 'within' AND c.activity_at > now() - make_interval(days => t.reopen_days)) THEN
    goes_on := gen_random_uuid();
    INSERT INTO cases (id, customer_id, team_id, subject, type_id, channel, preview)
      SELECT goes_on, c.customer_id, c.team_id, c.subject, CASE WHEN t.enabled THEN t.id END, 'web', '';
    PERFORM link_cases_of(goes_on, c.id, 'continues');
  END IF;
  INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body)
    SELECT follow_up, goes_on, 'web', 'in', true, left(btrim(first_name || ' ' || last_name), 200), said FROM customers WHERE id = c.customer_id;
  FOR f IN SELECT jsonb_array_elements(files) LOOP
    PERFORM FROM portal_uploads WHERE blob_id = (f ->> 'blob')::uuid AND session = s.hash FOR UPDATE;
    IF NOT FOUND THEN PERFORM refuse('not_found', 'files'); END IF;
    SELECT encode(sha256(coalesce(string_agg(data, '' ORDER BY position), '')), 'hex') INTO hash FROM blob_chunks WHERE blob_id = (f ->> 'blob')::uuid;
    SELECT id INTO kept FROM blobs WHERE organisation_id = c.organisation_id AND sha256 = hash;
    IF kept IS NULL THEN
      kept := (f ->> 'blob')::uuid;
      UPDATE blobs SET sha256 = hash, size = (SELECT bytes FROM portal_uploads WHERE blob_id = kept) WHERE id = kept;
      DELETE FROM portal_uploads WHERE blob_id = kept;
    ELSE
      DELETE FROM blobs WHERE id = (f ->> 'blob')::uuid;
    END IF;
    INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type)
      SELECT gen_random_uuid(), u.organisation_id, u.audience_id, u.id, kept, left(f ->> 'name', 255), left(f ->> 'kind', 255)
      FROM follow_ups u WHERE u.id = follow_up;
  END LOOP;
  IF goes_on = c.id THEN
    IF c.category = 'solved' OR (c.category = 'waiting_customer' OR c.category = 'open' AND c.assignee_id IS NOT NULL)
       AND carry_out(c.id, follow_up::text, 'waiting_agent', 'waiting_agent') THEN
      UPDATE cases SET state_id = coalesce(first_state(c.type_id, 'waiting_agent'), first_state(c.type_id, 'open'), state_id) WHERE id = c.id;
    END IF;
    IF c.assignee_id IS NOT NULL AND carry_out(c.id, follow_up::text, 'notify_assignee') THEN
      PERFORM hint(c.organisation_id, 'reply ' || c.id || ' ' || c.assignee_id);
    END IF;
  END IF;
  RETURN (SELECT number FROM cases WHERE id = goes_on);
END $$;

-- She says that it is solved; a case that nobody has keeps its state, since what is solved has somebody who did it.
CREATE FUNCTION portal_solve(with_key text, with_session bytea, of_number bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := portal_own(with_key, with_session, of_number);
BEGIN
  IF c.category IN ('solved', 'closed') THEN RETURN true; END IF;
  PERFORM note_on(c.id, 'solved_by_customer', '{}');
  IF c.assignee_id IS NULL OR first_state(c.type_id, 'solved') IS NULL THEN RETURN false; END IF;
  UPDATE cases SET state_id = first_state(c.type_id, 'solved') WHERE id = c.id;
  RETURN true;
END $$;

-- The one question of satisfaction, asked or not: once it is solved.
CREATE FUNCTION portal_rate(with_key text, with_session bytea, of_number bigint, to_rating text, said text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := portal_own(with_key, with_session, of_number);
  s portal_sessions := portal_session(with_key, with_session);
  ask uuid;
BEGIN
  IF c.category NOT IN ('solved', 'closed') OR to_rating NOT IN ('good', 'fair', 'bad') THEN RETURN 'unknown'; END IF;
  SELECT id INTO ask FROM satisfaction WHERE case_id = c.id AND expires_at > now() ORDER BY asked_at DESC LIMIT 1;
  IF ask IS NULL THEN
    ask := gen_random_uuid();
    INSERT INTO satisfaction (id, organisation_id, audience_id, case_id, customer_id, team_id, agent_id, recipient, expires_at)
      VALUES (ask, c.organisation_id, c.audience_id, c.id, c.customer_id, c.team_id, c.assignee_id, s.address, now() + interval '14 days');
  END IF;
  RETURN answer_satisfaction(ask, to_rating, said);
END $$;
