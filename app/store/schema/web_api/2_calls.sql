-- Every call of the API is one of these, in one transaction; the token decides in here what it may.
CREATE FUNCTION api_scope(operation text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN operation IN ('list_cases', 'read_case', 'list_follow_ups', 'list_teams') THEN 'cases:read'
    WHEN operation IN ('open_case', 'change_case', 'add_follow_up') THEN 'cases:write'
    WHEN operation IN ('list_customers', 'read_customer') THEN 'customers:read'
    WHEN operation IN ('make_customer', 'change_customer') THEN 'customers:write'
    WHEN operation = 'raise_event' THEN 'events:write' END
$$;

-- Custom values are of fields that exist, and of their kinds. `told` has only what is set; null takes a value away.
CREATE FUNCTION check_custom(of_organisation uuid, of_owner text, told jsonb) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k text;
  v jsonb;
  f fields;
  typed text;
  wrong text;
BEGIN
  FOR k, v IN SELECT * FROM jsonb_each(told) LOOP
    SELECT * INTO f FROM fields WHERE organisation_id = of_organisation AND owner = of_owner AND key = k AND archived_at IS NULL;
    IF NOT FOUND THEN PERFORM refuse('not_found', 'custom.' || left(k, 40)); END IF;
    CONTINUE WHEN v = 'null';
    typed := v #>> '{}';
    wrong := CASE f.kind
      WHEN 'number' THEN CASE WHEN jsonb_typeof(v) <> 'number' THEN 'not_a_number' END
      WHEN 'yes_no' THEN CASE WHEN jsonb_typeof(v) <> 'boolean' THEN 'not_a_choice' END
      WHEN 'pick_list' THEN CASE WHEN NOT coalesce(typed = ANY (f.choices), false) THEN 'not_a_choice' END
      WHEN 'date' THEN CASE WHEN typed !~ '^\d{4}-\d\d-\d\d$' OR NOT pg_input_is_valid(typed, 'date') THEN 'not_a_date' END
      WHEN 'url' THEN CASE WHEN typed !~ '^https?://[^/[:space:]]' OR length(typed) > 2000 THEN 'not_a_url' END
      ELSE CASE WHEN jsonb_typeof(v) <> 'string' OR length(typed) > 2000 THEN 'too_long' END END;
    IF wrong IS NOT NULL THEN
      PERFORM refuse(wrong, 'custom.' || k, jsonb_build_object('value', left(typed, 80), 'length', length(typed), 'most', 2000));
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION api_sees(t api_tokens, of_audience bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM audiences a WHERE a.id = of_audience AND a.organisation_id = t.organisation_id
    AND NOT a.private AND (t.team_id IS NULL OR a.everyone OR a.teams @> ARRAY[t.team_id]))
$$;

CREATE FUNCTION api_case(of_case uuid) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'description', c.description,
    'type', y.name, 'state', s.name, 'category', c.category, 'priority', c.priority, 'severity', c.severity,
    'team_id', c.team_id, 'team', t.name, 'communication_team_id', n.team_id, 'communication_number', n.e164,
    'customer_id', c.customer_id, 'assignee', a.name, 'tags', to_jsonb(c.tags), 'custom', c.custom,
    'created_at', c.created_at, 'updated_at', c.updated_at, 'version', c.version)
  FROM cases c JOIN case_types y ON y.id = c.type_id JOIN case_states s ON s.id = c.state_id JOIN teams t ON t.id = c.team_id
    JOIN numbers n ON n.id = c.number_id LEFT JOIN agents a ON a.id = c.assignee_id WHERE c.id = of_case
$$;

CREATE FUNCTION api_customer(of_customer uuid) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', id, 'account_number', account_number, 'first_name', first_name, 'last_name', last_name,
    'organisation', organisation, 'language', language,
    'emails', (SELECT coalesce(jsonb_agg(e ->> 'address'), '[]') FROM jsonb_array_elements(emails) e),
    'phones', (SELECT coalesce(jsonb_agg(e ->> 'e164'), '[]') FROM jsonb_array_elements(phones) e),
    'custom', custom, 'created_at', created_at, 'updated_at', updated_at, 'version', version)
  FROM customers WHERE id = of_customer
$$;

CREATE FUNCTION api_follow_up(of_follow_up uuid) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', id, 'case_id', case_id, 'channel', channel, 'direction', direction, 'public', public,
    'author', author_name, 'body', body, 'at', at, 'redacted', redacted_at IS NOT NULL) FROM follow_ups WHERE id = of_follow_up
$$;

-- A case that the token sees, locked where it is to be changed.
CREATE FUNCTION api_own_case(t api_tokens, of_case uuid) RETURNS cases LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case AND organisation_id = t.organisation_id AND merged_into_id IS NULL FOR UPDATE;
  IF NOT FOUND OR NOT api_sees(t, c.audience_id) THEN PERFORM refuse('not_found', 'case'); END IF;
  RETURN c;
END $$;

-- By id, by name, or the token's own.
CREATE FUNCTION api_team(t api_tokens, told jsonb) RETURNS uuid LANGUAGE plpgsql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE found_team uuid;
BEGIN
  IF told ->> 'team_id' IS NULL AND told ->> 'team' IS NULL THEN
    IF t.team_id IS NULL THEN PERFORM refuse('required', 'team_id'); END IF;
    RETURN t.team_id;
  END IF;
  SELECT id INTO found_team FROM teams WHERE organisation_id = t.organisation_id AND archived_at IS NULL
    AND (told ->> 'team_id' IS NULL OR id = (told ->> 'team_id')::uuid) AND (told ->> 'team' IS NULL OR name = told ->> 'team');
  IF NOT FOUND THEN PERFORM refuse('not_found', 'team_id'); END IF;
  RETURN found_team;
END $$;

CREATE FUNCTION api_lists(t api_tokens, operation text, told jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  most integer := (told ->> 'limit')::integer;
  after uuid := coalesce(told ->> 'after', '00000000-0000-0000-0000-000000000000')::uuid;
  ids uuid[];
  place timestamptz;
  shown jsonb;
BEGIN
  IF operation = 'list_teams' THEN
    RETURN (SELECT jsonb_build_object('items', coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name,
      'sub_team', x.communication_team_id IS NOT NULL, 'communication_team_id', coalesce(x.communication_team_id, x.id))
      ORDER BY x.name), '[]'), 'next', NULL) FROM teams x WHERE x.organisation_id = t.organisation_id AND x.archived_at IS NULL);
  ELSIF operation = 'list_cases' THEN
    ids := ARRAY(SELECT c.id FROM cases c WHERE c.organisation_id = t.organisation_id AND c.id > after
      AND c.merged_into_id IS NULL AND api_sees(t, c.audience_id)
      AND (told ->> 'category' IS NULL OR c.category = told ->> 'category')
      AND (told ->> 'customer_id' IS NULL OR c.customer_id = (told ->> 'customer_id')::uuid)
      AND (told ->> 'updated_since' IS NULL OR c.updated_at >= (told ->> 'updated_since')::timestamptz)
      ORDER BY c.id LIMIT most + 1);
    SELECT jsonb_agg(api_case(i) ORDER BY o) INTO shown FROM unnest(ids[1:most]) WITH ORDINALITY x (i, o);
  ELSIF operation = 'list_customers' THEN
    ids := ARRAY(SELECT c.id FROM customers c WHERE c.organisation_id = t.organisation_id AND c.id > after
      AND c.merged_into_id IS NULL
      AND (told ->> 'updated_since' IS NULL OR c.updated_at >= (told ->> 'updated_since')::timestamptz)
      AND (coalesce(told ->> 'email', told ->> 'phone') IS NULL OR c.id IN (SELECT k.customer_id FROM customer_keys k
        WHERE k.organisation_id = t.organisation_id AND k.key = coalesce(lower(told ->> 'email'), told ->> 'phone')))
      ORDER BY c.id LIMIT most + 1);
    SELECT jsonb_agg(api_customer(i) ORDER BY o) INTO shown FROM unnest(ids[1:most]) WITH ORDINALITY x (i, o);
  ELSE
    PERFORM api_own_case(t, (told ->> 'id')::uuid);
    SELECT at INTO place FROM follow_ups WHERE id = after AND case_id = (told ->> 'id')::uuid;
    ids := ARRAY(SELECT f.id FROM follow_ups f WHERE f.case_id = (told ->> 'id')::uuid AND f.channel <> 'system'
      AND (place IS NULL OR (f.at, f.id) > (place, after)) ORDER BY f.at, f.id LIMIT most + 1);
    SELECT jsonb_agg(api_follow_up(i) ORDER BY o) INTO shown FROM unnest(ids[1:most]) WITH ORDINALITY x (i, o);
  END IF;
  RETURN jsonb_build_object('items', coalesce(shown, '[]'), 'next', CASE WHEN cardinality(ids) > most THEN ids[most] END);
END $$;

CREATE FUNCTION api_set_customer(of_customer uuid, of_organisation uuid, told jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c customers;
  lists jsonb := jsonb_build_object(
    'emails', (SELECT jsonb_agg(jsonb_build_object('address', e, 'label', '')) FROM jsonb_array_elements_text(told -> 'emails') e),
    'phones', (SELECT jsonb_agg(jsonb_build_object('e164', e, 'typed', e, 'label', '')) FROM jsonb_array_elements_text(told -> 'phones') e));
BEGIN
  PERFORM check_custom(of_organisation, 'customer', coalesce(told -> 'custom', '{}'));
  SELECT * INTO c FROM customers WHERE id = of_customer AND organisation_id = of_organisation AND merged_into_id IS NULL FOR UPDATE;
  IF c.id IS NULL AND told ? 'version' THEN PERFORM refuse('not_found', 'customer'); END IF;
  IF c.version <> (told ->> 'version')::integer THEN PERFORM refuse('changed_meanwhile', 'version'); END IF;
  IF coalesce(told ->> 'last_name', c.last_name, '') = '' AND coalesce(told ->> 'organisation', c.organisation, '') = '' THEN
    PERFORM refuse('required', 'last_name');
  END IF;
  IF c.id IS NULL THEN
    INSERT INTO customers (id, organisation_id, last_name, organisation, language)
      SELECT of_customer, id, coalesce(told ->> 'last_name', ''), coalesce(told ->> 'organisation', ''), language
      FROM organisations WHERE id = of_organisation;
  END IF;
  UPDATE customers SET first_name = coalesce(told ->> 'first_name', first_name), last_name = coalesce(told ->> 'last_name', last_name),
    organisation = coalesce(told ->> 'organisation', organisation), language = coalesce(told ->> 'language', language),
    emails = CASE WHEN told ? 'emails' THEN coalesce(nullif(lists -> 'emails', 'null'), '[]') ELSE emails END,
    phones = CASE WHEN told ? 'phones' THEN coalesce(nullif(lists -> 'phones', 'null'), '[]') ELSE phones END,
    custom = jsonb_strip_nulls(custom || coalesce(told -> 'custom', '{}')) WHERE id = of_customer;
END $$;

CREATE FUNCTION api_open_case(t api_tokens, of_case uuid, told jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE of_type uuid;
BEGIN
  PERFORM check_custom(t.organisation_id, 'case', coalesce(told -> 'custom', '{}'));
  IF told ->> 'type' IS NOT NULL THEN
    SELECT id INTO of_type FROM case_types WHERE organisation_id = t.organisation_id AND kind <> 'task' AND enabled
      AND fold(name) = fold(told ->> 'type') ORDER BY position LIMIT 1;
    IF NOT FOUND THEN PERFORM refuse('type_not_enabled', 'type', jsonb_build_object('type', told ->> 'type')); END IF;
  END IF;
  INSERT INTO cases (id, customer_id, team_id, subject, description, priority, severity, tags, type_id, channel, preview, custom)
    VALUES (of_case, (told ->> 'customer_id')::uuid, api_team(t, told), told ->> 'subject', coalesce(told ->> 'description', ''),
      coalesce(told ->> 'priority', 'normal'), coalesce(told ->> 'severity', 'normal'),
      ARRAY(SELECT jsonb_array_elements_text(told -> 'tags')), of_type, 'web',
      left(regexp_replace(coalesce(told ->> 'description', ''), '\s+', ' ', 'g'), 160),
      jsonb_strip_nulls(coalesce(told -> 'custom', '{}')));
  PERFORM note_on(of_case, 'opened_by_api', jsonb_build_object('token', t.name));
END $$;

CREATE FUNCTION api_change_case(t api_tokens, told jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := api_own_case(t, (told ->> 'id')::uuid);
  goes uuid := c.state_id;
BEGIN
  IF c.version <> (told ->> 'version')::integer THEN PERFORM refuse('changed_meanwhile', 'version'); END IF;
  PERFORM check_custom(t.organisation_id, 'case', coalesce(told -> 'custom', '{}'));
  IF told ->> 'category' <> c.category THEN
    goes := first_state(c.type_id, told ->> 'category');
    IF goes IS NULL THEN PERFORM refuse('state_not_of_type', 'category'); END IF;
  END IF;
  UPDATE cases SET subject = coalesce(told ->> 'subject', subject), description = coalesce(told ->> 'description', description),
    priority = coalesce(told ->> 'priority', priority), severity = coalesce(told ->> 'severity', severity), state_id = goes,
    tags = CASE WHEN told ? 'tags' THEN ARRAY(SELECT jsonb_array_elements_text(told -> 'tags')) ELSE tags END,
    custom = jsonb_strip_nulls(custom || coalesce(told -> 'custom', '{}')) WHERE id = c.id;
END $$;

-- An alarm opens a case with its team, or is one more entry of the case that it has opened and that is still live.
CREATE FUNCTION api_raise_event(t api_tokens, told jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  of_case uuid;
  her uuid := (told ->> 'customer_id')::uuid;
  fresh boolean := false;
  words text := coalesce(nullif(told ->> 'body', ''), told ->> 'subject');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(t.organisation_id || ' ' || (told ->> 'source') || ' ' || (told ->> 'key'), 42));
  SELECT a.case_id INTO of_case FROM api_alarms a JOIN cases c ON c.id = a.case_id
    WHERE a.organisation_id = t.organisation_id AND a.source = told ->> 'source' AND a.key = told ->> 'key'
      AND c.category NOT IN ('solved', 'closed') AND c.merged_into_id IS NULL;
  IF of_case IS NULL THEN
    IF (told ->> 'resolved')::boolean THEN RETURN jsonb_build_object('case', NULL, 'opened', false); END IF;
    IF her IS NULL AND told ->> 'account_number' IS NOT NULL THEN
      SELECT id INTO her FROM customers WHERE organisation_id = t.organisation_id AND account_number = told ->> 'account_number'
        AND merged_into_id IS NULL;
      IF her IS NULL THEN PERFORM refuse('not_found', 'account_number'); END IF;
    ELSIF her IS NULL THEN  -- nobody's machine: its source stands for its owner
      SELECT customer_id INTO her FROM customer_keys k WHERE k.organisation_id = t.organisation_id AND k.key = fold(told ->> 'source')
        AND EXISTS (SELECT FROM customers u WHERE u.id = k.customer_id AND u.organisation = told ->> 'source' AND u.merged_into_id IS NULL)
        LIMIT 1;
      IF her IS NULL THEN
        her := gen_random_uuid();
        PERFORM api_set_customer(her, t.organisation_id, jsonb_build_object('organisation', told ->> 'source'));
      END IF;
    END IF;
    of_case := gen_random_uuid();
    fresh := true;
    PERFORM api_open_case(t, of_case, (told - '{source,key,body,resolved,account_number,at}'::text[])
      || jsonb_build_object('customer_id', her));
  END IF;
  INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body, at, custom)
    VALUES (gen_random_uuid(), of_case, 'web', 'in', false, left(told ->> 'source', 200), words,
      coalesce((told ->> 'at')::timestamptz, clock_timestamp()),
      jsonb_build_object('source', told ->> 'source', 'key', told ->> 'key', 'resolved', coalesce((told ->> 'resolved')::boolean, false)));
  INSERT INTO api_alarms AS a (organisation_id, source, key, case_id) VALUES (t.organisation_id, told ->> 'source', told ->> 'key', of_case)
    ON CONFLICT (organisation_id, source, key) DO UPDATE SET case_id = of_case, last_at = now(),
      times = CASE WHEN a.case_id = of_case THEN a.times + 1 ELSE 1 END;
  RETURN jsonb_build_object('case', api_case(of_case), 'opened', fresh);
END $$;

CREATE FUNCTION api_do(t api_tokens, operation text, told jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  fresh uuid := gen_random_uuid();
  c cases;
BEGIN
  IF operation IN ('list_cases', 'list_customers', 'list_follow_ups', 'list_teams') THEN RETURN api_lists(t, operation, told); END IF;
  CASE operation
    WHEN 'read_case' THEN
      c := api_own_case(t, (told ->> 'id')::uuid);
      RETURN api_case(c.id);
    WHEN 'open_case' THEN
      PERFORM api_open_case(t, fresh, told);
      RETURN api_case(fresh);
    WHEN 'change_case' THEN
      PERFORM api_change_case(t, told);
      RETURN api_case((told ->> 'id')::uuid);
    WHEN 'add_follow_up' THEN
      c := api_own_case(t, (told ->> 'id')::uuid);
      IF c.category = 'closed' THEN PERFORM refuse('case_is_closed', 'case'); END IF;
      INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body)
        VALUES (fresh, c.id, CASE WHEN (told ->> 'public')::boolean THEN 'web' ELSE 'note' END,
          CASE WHEN (told ->> 'public')::boolean THEN 'in' ELSE 'none' END, (told ->> 'public')::boolean,
          left(coalesce(told ->> 'author', t.name), 200), told ->> 'body');
      RETURN api_follow_up(fresh);
    WHEN 'read_customer' THEN
      IF NOT EXISTS (SELECT FROM customers WHERE id = (told ->> 'id')::uuid AND organisation_id = t.organisation_id) THEN
        PERFORM refuse('not_found', 'customer');
      END IF;
      RETURN api_customer((told ->> 'id')::uuid);
    WHEN 'make_customer' THEN
      PERFORM api_set_customer(fresh, t.organisation_id, told - 'version');
      RETURN api_customer(fresh);
    WHEN 'change_customer' THEN
      PERFORM api_set_customer((told ->> 'id')::uuid, t.organisation_id, told);
      RETURN api_customer((told ->> 'id')::uuid);
    WHEN 'raise_event' THEN RETURN api_raise_event(t, told);
  END CASE;
END $$;

-- One call: who asks, whether she may, whether it was answered already, the act and what is answered.
CREATE FUNCTION api_call(with_hash bytea, operation text, told jsonb, with_key text, with_fingerprint text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  t api_tokens;
  known api_answers;
  said jsonb;
BEGIN
  SELECT * INTO t FROM api_tokens WHERE hash = with_hash AND revoked_at IS NULL;
  IF NOT FOUND THEN RETURN '{"denied": "token"}'; END IF;
  IF NOT coalesce(api_scope(operation) = ANY (t.scopes), false) THEN
    RETURN jsonb_build_object('denied', 'scope', 'scope', api_scope(operation));
  END IF;
  IF t.used_at IS NULL OR t.used_at < now() - interval '1 minute' THEN
    UPDATE api_tokens SET used_at = now() WHERE id = t.id;
  END IF;
  IF with_key <> '' THEN
    -- The second of two at once waits for the first and then sees its answer.
    PERFORM pg_advisory_xact_lock(hashtextextended(t.id || ' ' || with_key, 43));
    SELECT * INTO known FROM api_answers WHERE token_id = t.id AND key = with_key;
    IF FOUND THEN
      IF known.fingerprint <> with_fingerprint THEN RETURN '{"denied": "key"}'; END IF;
      RETURN jsonb_build_object('answer', known.answer, 'again', true);
    END IF;
  END IF;
  said := api_do(t, operation, told);
  IF with_key <> '' THEN
    INSERT INTO api_answers (token_id, key, organisation_id, fingerprint, answer)
      VALUES (t.id, with_key, t.organisation_id, with_fingerprint, said);
  END IF;
  RETURN jsonb_build_object('answer', said, 'again', false);
END $$;
