-- The link to an open case's chat, signed as app/domain/signing.py signs: whoever has it chats about this case at this widget
-- until it ends. It shows nothing of the case.
CREATE FUNCTION hmac_sha256(key bytea, body bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  padded bytea := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
  inside bytea;
  outside bytea;
BEGIN
  padded := padded || decode(repeat('00', 64 - length(padded)), 'hex');
  inside := padded;
  outside := padded;
  FOR at IN 0..63 LOOP
    inside := set_byte(inside, at, get_byte(padded, at) # 54);
    outside := set_byte(outside, at, get_byte(padded, at) # 92);
  END LOOP;
  RETURN sha256(outside || sha256(inside || body));
END $$;

CREATE FUNCTION chat_token(of_case uuid, of_widget uuid, until timestamptz) RETURNS text LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT translate(encode(body || substr(hmac_sha256(k.key, convert_to('guichet chat case ' || of_widget || ' 1', 'UTF8') || '\x00'::bytea
      || body), 1, 18), 'base64'), '+/', '-_')
  FROM signing_keys k, (SELECT uuid_send(of_case) || int8send(extract(epoch FROM until)::bigint) AS body) b WHERE k.name = 'web'
$$;

-- Key and token of the chat in which a case's customer reaches who speaks with her: null where its team has none, for a case
-- that is over, and for one that she sees nowhere else either.
CREATE FUNCTION case_chat(c cases, valid interval) RETURNS jsonb LANGUAGE sql STABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('key', w.key, 'token', chat_token(c.id, w.id, now() + valid))
  FROM numbers n JOIN teams t ON t.id = n.team_id AND t.archived_at IS NULL JOIN chat_widgets w ON w.team_id = t.id AND w.active
  WHERE n.id = c.number_id AND c.visibility = 'public' AND c.merged_into_id IS NULL AND c.category NOT IN ('solved', 'closed')
$$;

-- The same as an address, for what we write to her; empty where there is none, or the hub's pages have none.
CREATE FUNCTION chat_link(of_case uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  told jsonb;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND (me() IS NULL OR audience_id = ANY (my_audiences()));
  IF c.id IS NULL OR public_url(c.organisation_id) = '' THEN RETURN ''; END IF;
  told := case_chat(c, interval '30 days');
  RETURN coalesce(public_url(c.organisation_id) || '/chat/' || (told ->> 'key') || '?case=' || (told ->> 'token'), '');
END $$;

REVOKE EXECUTE ON FUNCTION hmac_sha256, chat_token, case_chat, chat_link FROM PUBLIC;
GRANT EXECUTE ON FUNCTION chat_link TO guichet_agent, guichet_hub;

-- On the portal the link holds as long as a session; the function is changed in place, so that it stays written once.
DO $patch$
DECLARE
  body text;
  said text := $$RETURN portal_line(c) || jsonb_build_object('entries'$$;
BEGIN
  SELECT pg_get_functiondef('portal_case'::regproc) INTO body;
  IF position(said IN body) = 0 THEN RAISE EXCEPTION 'portal_case does not say what was expected'; END IF;
  EXECUTE replace(body, said, $$RETURN portal_line(c) || jsonb_build_object('chat', case_chat(c, interval '8 hours'), 'entries'$$);
END $patch$;
