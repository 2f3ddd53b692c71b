-- The visitor's side. Every function is given the widget's key or the secret of her browser, and finds in here whose it is.
CREATE FUNCTION chat_widget(with_key text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', w.id, 'organisation_id', w.organisation_id, 'organisation', o.name, 'language', o.language,
    'region', o.region, 'team_id', w.team_id, 'team', coalesce(nullif(t.display_name, ''), t.name), 'welcome_en', w.welcome_en,
    'welcome_fr', w.welcome_fr, 'sites', to_jsonb(w.sites), 'asks_email', w.asks_email, 'url', public_url(o.id))
  FROM chat_widgets w JOIN organisations o ON o.id = w.organisation_id JOIN teams t ON t.id = w.team_id AND t.archived_at IS NULL
  WHERE w.key = with_key AND w.active
$$;

-- What a visitor's page knows of her chat: words and marks, no case and nobody's names but who talks with her.
CREATE FUNCTION chat_told(k chats) RETURNS jsonb LANGUAGE sql STABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', k.id, 'state', k.state, 'seq', k.seq, 'seen', k.agent_seen, 'mine', k.visitor_seen,
    'ended_by', k.ended_by, 'notice', k.noticed_at IS NOT NULL, 'has_email', k.email <> '', 'mails', k.wants_mail,
    'number', c.number,
    'agent', coalesce((SELECT split_part(name, ' ', 1) FROM agents WHERE id = k.agent_id), ''),
    'handed', k.state = 'waiting' AND k.handed_by IS NOT NULL,
    'ahead', CASE WHEN k.state = 'waiting' THEN (SELECT count(*) FROM chats x WHERE x.team_id = k.team_id AND x.state = 'waiting'
      AND x.organisation_id = k.organisation_id AND (x.waiting_since_at, x.id) < (k.waiting_since_at, k.id)) ELSE 0 END)
  FROM cases c WHERE c.id = k.case_id
$$;

CREATE FUNCTION chat_said(of_chat uuid, after integer, most integer) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('seq', m.seq, 'id', m.client_id, 'by', m.said_by, 'body', f.body, 'at', f.at,
    'author', CASE m.said_by WHEN 'agent' THEN split_part(f.author_name, ' ', 1) ELSE '' END,
    'files', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'size', b.size, 'kind', a.content_type)
                ORDER BY a.id), '[]') FROM attachments a JOIN blobs b ON b.id = a.blob_id WHERE a.follow_up_id = f.id))
    ORDER BY m.seq), '[]')
  FROM (SELECT * FROM chat_messages WHERE chat_id = of_chat AND seq > after ORDER BY seq LIMIT most) m
    JOIN follow_ups f ON f.id = m.follow_up_id
$$;

-- One message: the entry on the case, its number, and its row in ledger or outbox, together. The chat's row is locked.
CREATE FUNCTION chat_add(of_chat uuid, client uuid, who text, author text, said text) RETURNS integer LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats;
  w chat_widgets;
  -- An agent's entry has the name that her desk gave it: files follow it there.
  entry uuid := CASE WHEN who = 'agent' THEN client ELSE gen_random_uuid() END;
  raw bytea := convert_to(jsonb_build_object('id', client, 'by', who, 'body', said)::text, 'UTF8');
  hash text := encode(sha256(raw), 'hex');
  sent uuid := gen_random_uuid();
BEGIN
  UPDATE chats SET seq = seq + 1, said_at = clock_timestamp(), noticed_at = NULL, last_by = who,
      agent_seen = CASE WHEN who = 'agent' THEN seq + 1 ELSE agent_seen END,
      visitor_seen = CASE WHEN who = 'visitor' THEN seq + 1 ELSE visitor_seen END,
      got = CASE WHEN who = 'visitor' THEN greatest(got, visitor_seen) ELSE got END
    WHERE id = of_chat RETURNING * INTO k;
  SELECT * INTO w FROM chat_widgets WHERE id = k.widget_id;
  INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body, custom)
    VALUES (entry, k.case_id, 'chat', CASE who WHEN 'visitor' THEN 'in' ELSE 'out' END, true, left(author, 200), said,
      jsonb_build_object('chat', k.id, 'seq', k.seq));
  INSERT INTO chat_messages (chat_id, seq, organisation_id, client_id, follow_up_id, said_by)
    VALUES (k.id, k.seq, k.organisation_id, client, entry, who);
  IF who = 'visitor' THEN
    INSERT INTO incoming (id, organisation_id, chat_id, team_id, channel, external_id, content_sha256, blob_id, sender, fate,
                          settled_at, case_id, follow_up_id)
      VALUES (gen_random_uuid(), k.organisation_id, k.id, w.team_id, 'chat', client::text, hash,
        keep_blob(k.organisation_id, gen_random_uuid(), hash, raw), k.email, CASE k.seq WHEN 1 THEN 'case' ELSE 'follow_up' END,
        clock_timestamp(), k.case_id, entry);
  ELSE
    INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, chat_id, channel, external_id, blob_id, written_by, automatic)
      VALUES (sent, k.organisation_id, k.case_id, entry, k.id, 'chat', '<' || sent || '@chat>',
        keep_blob(k.organisation_id, gen_random_uuid(), hash, raw), me(), who = 'house');
    INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (k.organisation_id, sent, k.id || '@chat');
  END IF;
  RETURN k.seq;
END $$;

-- The case that a visitor goes on with: by a link that we signed, or by its number with the address of its customer.
-- It speaks through the widget's team; nothing is told of it whether it was found or not.
CREATE FUNCTION chat_case(w chat_widgets, told jsonb) RETURNS cases LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases;
BEGIN
  IF told ->> 'case_id' IS NOT NULL THEN
    SELECT * INTO c FROM cases WHERE id = (told ->> 'case_id')::uuid;
  ELSIF told ->> 'number' ~ '^[0-9]{1,15}$' AND coalesce(told ->> 'email', '') <> '' THEN
    SELECT x.* INTO c FROM cases x JOIN customers u ON u.id = x.customer_id
      WHERE x.number = (told ->> 'number')::bigint
        AND EXISTS (SELECT FROM jsonb_array_elements(u.emails) e WHERE lower(e ->> 'address') = lower(told ->> 'email'));
  END IF;
  IF c.id IS NULL OR c.organisation_id <> w.organisation_id OR c.visibility <> 'public' OR c.merged_into_id IS NOT NULL
     OR NOT EXISTS (SELECT FROM numbers WHERE id = c.number_id AND team_id = w.team_id) THEN
    RETURN NULL;
  END IF;
  RETURN c;
END $$;

-- A chat begins with what the visitor wrote: customer and case where they are new. Out of hours it is a message that waits.
CREATE FUNCTION chat_begin(with_key text, chat uuid, with_secret bytea, told jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  w chat_widgets;
  k chats;
  c cases;
  t case_types;
  her uuid;
  of_case uuid;
  typed text := lower(coalesce(told ->> 'email', ''));
  is_open boolean := coalesce((told ->> 'open')::boolean, true);
BEGIN
  SELECT * INTO w FROM chat_widgets WHERE key = with_key AND active;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'chat'); END IF;
  IF typed <> '' THEN PERFORM pg_advisory_xact_lock(hashtextextended(w.organisation_id || ' ' || typed, 40)); END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(encode(with_secret, 'hex'), 45));
  SELECT * INTO k FROM chats WHERE secret = with_secret;
  IF FOUND THEN
    IF k.widget_id <> w.id THEN PERFORM refuse('not_found', 'chat'); END IF;
    RETURN chat_told(k) || jsonb_build_object('again', true, 'case_id', k.case_id, 'team_id', w.team_id);
  END IF;
  c := chat_case(w, told);
  SELECT * INTO t FROM case_types WHERE id = c.type_id;
  IF c.id IS NOT NULL AND NOT (c.category = 'closed' OR c.category = 'solved' AND NOT (t.reopens = 'always'
      OR t.reopens = 'within' AND c.activity_at > now() - make_interval(days => t.reopen_days))) THEN
    of_case := c.id;
  ELSE
    her := c.customer_id;
    IF her IS NULL AND typed <> '' THEN
      SELECT q.customer_id INTO her FROM customer_keys q JOIN customers u ON u.id = q.customer_id
        WHERE q.organisation_id = w.organisation_id AND q.key = typed ORDER BY u.updated_at DESC LIMIT 1;
    END IF;
    IF her IS NULL THEN
      her := gen_random_uuid();
      INSERT INTO customers (id, organisation_id, first_name, last_name, language, emails, phones)
        VALUES (her, w.organisation_id, left(told ->> 'first_name', 200), left(told ->> 'last_name', 200), told ->> 'language',
          CASE typed WHEN '' THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('address', typed, 'label', '')) END,
          coalesce(told -> 'phones', '[]'));
    END IF;
    of_case := gen_random_uuid();
    INSERT INTO cases (id, customer_id, team_id, subject, channel, preview)
      VALUES (of_case, her, w.team_id, left(told ->> 'subject', 250), 'chat', '');
    IF c.id IS NOT NULL THEN PERFORM link_cases_of(of_case, c.id, 'continues'); END IF;
  END IF;
  INSERT INTO chats (id, organisation_id, widget_id, case_id, secret, state, team_id, to_agent_id, name, email, language, waiting_since_at,
                     ended_at, ended_by)
    SELECT chat, w.organisation_id, w.id, x.id, with_secret, CASE WHEN is_open THEN 'waiting' ELSE 'ended' END, x.team_id,
      CASE WHEN x.id = c.id THEN x.assignee_id END, left(told ->> 'name', 200), left(typed, 254), told ->> 'language',
      CASE WHEN is_open THEN clock_timestamp() END, CASE WHEN NOT is_open THEN clock_timestamp() END,
      CASE WHEN is_open THEN '' ELSE 'form' END
    FROM cases x WHERE x.id = of_case RETURNING * INTO k;
  PERFORM chat_add(k.id, (told ->> 'id')::uuid, 'visitor', coalesce(nullif(told ->> 'name', ''), typed), told ->> 'body');
  -- A solved case that she goes on with is open again; one that waited for her does not any more.
  IF of_case = c.id AND c.category IN ('solved', 'waiting_customer') THEN
    UPDATE cases SET state_id = coalesce(first_state(type_id, 'waiting_agent'), first_state(type_id, 'open'), state_id) WHERE id = c.id;
  END IF;
  SELECT * INTO k FROM chats WHERE id = chat;
  RETURN chat_told(k) || jsonb_build_object('again', false, 'case_id', k.case_id, 'team_id', w.team_id, 'new', of_case IS DISTINCT FROM c.id);
END $$;

-- The chat of a secret and what was said in it after a number; null for a secret that is nobody's here.
CREATE FUNCTION chat_find(with_key text, with_secret bytea, after integer, most integer) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT chat_told(k) || jsonb_build_object('messages', chat_said(k.id, after, most))
  FROM chats k JOIN chat_widgets w ON w.id = k.widget_id WHERE k.secret = with_secret AND w.key = with_key
$$;

CREATE FUNCTION chat_of(with_secret bytea) RETURNS chats LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats;
BEGIN
  SELECT * INTO k FROM chats WHERE secret = with_secret FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'chat'); END IF;
  RETURN k;
END $$;

-- What she says; said again it has the number that it had. Where nobody was asked yet, somebody is now.
CREATE FUNCTION chat_say(with_secret bytea, client uuid, said text, files uuid[]) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k chats := chat_of(with_secret);
  at integer := (SELECT seq FROM chat_messages WHERE chat_id = k.id AND client_id = client);
  entry uuid;
  u chat_uploads;
  hash text;
  kept uuid;
BEGIN
  IF at IS NOT NULL THEN RETURN jsonb_build_object('seq', at, 'again', true); END IF;
  IF k.state = 'ended' THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  IF btrim(said) = '' AND cardinality(files) = 0 THEN PERFORM refuse('required', 'body'); END IF;
  IF length(said) > 4000 THEN PERFORM refuse('too_long', 'body', jsonb_build_object('length', length(said), 'most', 4000)); END IF;
  at := chat_add(k.id, client, 'visitor', coalesce(nullif(k.name, ''), k.email), said);
  SELECT follow_up_id INTO entry FROM chat_messages WHERE chat_id = k.id AND seq = at;
  FOR u IN SELECT * FROM chat_uploads WHERE chat_id = k.id AND blob_id = ANY (files) ORDER BY made_at FOR UPDATE LOOP
    SELECT encode(sha256(coalesce(string_agg(data, '' ORDER BY position), '')), 'hex') INTO hash FROM blob_chunks WHERE blob_id = u.blob_id;
    SELECT id INTO kept FROM blobs WHERE organisation_id = k.organisation_id AND sha256 = hash;
    IF kept IS NULL THEN
      kept := u.blob_id;
      UPDATE blobs SET sha256 = hash, size = u.bytes WHERE id = kept;
      DELETE FROM chat_uploads WHERE blob_id = kept;
    ELSE
      DELETE FROM blobs WHERE id = u.blob_id;
    END IF;
    INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type)
      SELECT gen_random_uuid(), f.organisation_id, f.audience_id, f.id, kept, u.name, u.kind FROM follow_ups f WHERE f.id = entry;
  END LOOP;
  UPDATE chats SET state = 'waiting', waiting_since_at = clock_timestamp(), step_since_at = clock_timestamp(), moves = moves + 1
    WHERE id = k.id AND state = 'idle';
  RETURN jsonb_build_object('seq', at, 'again', false, 'state', k.state, 'menu', k.menu, 'tries', k.tries, 'id', k.id,
    'language', k.language);
END $$;

-- What has reached her page, and what she has read.
CREATE FUNCTION chat_got(with_secret bytea, to_got integer, to_seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := chat_of(with_secret);
BEGIN
  to_got := least(greatest(to_got, to_seen), k.seq);
  IF to_got <= k.got AND to_seen <= k.visitor_seen THEN RETURN; END IF;
  UPDATE chats SET got = greatest(got, to_got), visitor_seen = greatest(visitor_seen, least(to_seen, seq)) WHERE id = k.id;
  IF to_got > k.got THEN
    PERFORM chat_delivered(k.id, k.got, to_got);
  END IF;
END $$;

CREATE FUNCTION chat_delivered(of_chat uuid, above integer, up_to integer) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE becomes text;
BEGIN
  FOREACH becomes IN ARRAY '{sending,delivered}'::text[] LOOP
    UPDATE deliveries d SET state = becomes, attempts = 1 FROM outgoing o, chat_messages m
      WHERE m.chat_id = of_chat AND m.seq > above AND m.seq <= up_to AND o.follow_up_id = m.follow_up_id AND o.channel = 'chat'
        AND d.outgoing_id = o.id AND d.state = CASE becomes WHEN 'sending' THEN 'waiting' ELSE 'sending' END;
  END LOOP;
END $$;

-- She writes: a hint to who talks with her, kept nowhere.
CREATE FUNCTION chat_types(with_secret bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT hint(organisation_id, 'chat_typing ' || id || ' ' || case_id) FROM chats WHERE secret = with_secret AND state = 'talking'
$$;

CREATE FUNCTION chat_leave(with_secret bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := chat_of(with_secret);
BEGIN
  IF k.state <> 'ended' THEN PERFORM chat_over(k.id, 'visitor'); END IF;
END $$;

-- She wants the words by mail; an address that she gave before is not replaced by another.
CREATE FUNCTION chat_mail_me(with_secret bytea, typed text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := chat_of(with_secret);
BEGIN
  IF k.email = '' AND typed !~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+$' THEN PERFORM refuse('not_an_email', 'email'); END IF;
  UPDATE chats SET wants_mail = true, email = CASE email WHEN '' THEN lower(left(typed, 254)) ELSE email END WHERE id = k.id;
END $$;

CREATE FUNCTION chat_upload(with_secret bytea, as_blob uuid, file_name text, of_kind text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE k chats := chat_of(with_secret);
BEGIN
  IF k.state = 'ended' THEN PERFORM refuse('chat_is_over', 'chat'); END IF;
  IF (SELECT count(*) FROM chat_uploads WHERE chat_id = k.id) >= 10
     OR (SELECT count(*) FROM attachments a JOIN chat_messages m ON m.follow_up_id = a.follow_up_id WHERE m.chat_id = k.id) >= 50 THEN
    PERFORM refuse('too_many', 'files', jsonb_build_object('most', 10));
  END IF;
  INSERT INTO blobs (id, organisation_id) VALUES (as_blob, k.organisation_id);
  INSERT INTO chat_uploads (blob_id, chat_id, organisation_id, name, kind) VALUES (as_blob, k.id, k.organisation_id, file_name, of_kind);
END $$;

CREATE FUNCTION chat_chunk(with_secret bytea, of_blob uuid, at_position integer, part bytea, most bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE held bigint;
BEGIN
  UPDATE chat_uploads u SET bytes = bytes + length(part) FROM chats k
    WHERE u.blob_id = of_blob AND k.id = u.chat_id AND k.secret = with_secret RETURNING u.bytes INTO held;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'file'); END IF;
  IF held > most THEN
    PERFORM refuse('attachment_too_large', 'files', jsonb_build_object('name', '', 'size_mb', held / 1000000, 'most_mb', most / 1000000));
  END IF;
  INSERT INTO blob_chunks (blob_id, position, data) VALUES (of_blob, at_position, part);
END $$;

-- A file of what was said in her own chat.
CREATE FUNCTION chat_file(with_secret bytea, of_file uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('blob', a.blob_id, 'name', a.name, 'size', b.size, 'kind', a.content_type)
  FROM chats k JOIN chat_messages m ON m.chat_id = k.id JOIN attachments a ON a.follow_up_id = m.follow_up_id
    JOIN blobs b ON b.id = a.blob_id WHERE k.secret = with_secret AND a.id = of_file
$$;

CREATE FUNCTION chat_sweep() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  DELETE FROM blobs b USING chat_uploads u WHERE u.blob_id = b.id AND b.sha256 IS NULL AND u.made_at < now() - interval '2 hours'
$$;

-- A file that an agent adds to what she said is pushed to the visitor's page.
CREATE FUNCTION chat_file_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('guichet_chat', 'file ' || m.chat_id || '.' || m.seq) FROM chat_messages m
    WHERE m.follow_up_id = NEW.follow_up_id AND m.said_by = 'agent';
  RETURN NULL;
END $$;
CREATE TRIGGER chat AFTER INSERT ON attachments FOR EACH ROW EXECUTE FUNCTION chat_file_after();
