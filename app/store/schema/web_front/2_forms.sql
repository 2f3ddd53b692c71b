-- What the hub shows of a form; whose it is decides its key alone.
CREATE FUNCTION web_form(with_key text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', f.id, 'organisation_id', f.organisation_id, 'organisation', o.name, 'language', o.language,
    'region', o.region, 'title_en', f.title_en, 'title_fr', f.title_fr, 'intro_en', f.intro_en, 'intro_fr', f.intro_fr,
    'type_id', f.type_id, 'team_id', f.team_id, 'sites', to_jsonb(f.sites))
  FROM web_forms f JOIN organisations o ON o.id = f.organisation_id JOIN case_types t ON t.id = f.type_id AND t.enabled
    JOIN teams m ON m.id = f.team_id AND m.archived_at IS NULL
  WHERE f.key = with_key AND f.active AND f.archived_at IS NULL
$$;

-- What a customer sent by a form: she is found by her address as by mail, or made; her case is of the form's type.
CREATE FUNCTION send_web_form(with_key text, with_stamp uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  f web_forms;
  her uuid;
  of_case uuid := gen_random_uuid();
  typed text := lower(told ->> 'email');
BEGIN
  SELECT * INTO f FROM web_forms WHERE key = with_key AND active AND archived_at IS NULL;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'form'); END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(f.organisation_id || ' ' || typed, 40));
  IF EXISTS (SELECT FROM web_sent WHERE stamp = with_stamp) THEN
    RETURN (SELECT jsonb_build_object('id', c.id, 'number', c.number, 'team_id', n.team_id, 'again', true)
      FROM web_sent s JOIN cases c ON c.id = s.case_id JOIN numbers n ON n.id = c.number_id WHERE s.stamp = with_stamp AND s.form_id = f.id);
  END IF;
  PERFORM check_custom(f.organisation_id, 'case', coalesce(told -> 'custom', '{}'));
  SELECT k.customer_id INTO her FROM customer_keys k JOIN customers u ON u.id = k.customer_id
    WHERE k.organisation_id = f.organisation_id AND k.key = typed ORDER BY u.updated_at DESC LIMIT 1;
  IF her IS NULL THEN
    her := gen_random_uuid();
    INSERT INTO customers (id, organisation_id, first_name, last_name, language, emails, phones)
      VALUES (her, f.organisation_id, left(told ->> 'first_name', 200), left(told ->> 'last_name', 200), told ->> 'language',
        jsonb_build_array(jsonb_build_object('address', typed, 'label', '')), coalesce(told -> 'phones', '[]'));
  END IF;
  INSERT INTO cases (id, customer_id, team_id, subject, type_id, channel, preview, custom)
    VALUES (of_case, her, f.team_id, left(told ->> 'subject', 250), f.type_id, 'web',
      left(regexp_replace(told ->> 'body', '\s+', ' ', 'g'), 160), coalesce(told -> 'custom', '{}'));
  INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body)
    VALUES (gen_random_uuid(), of_case, 'web', 'in', true, left(btrim((told ->> 'first_name') || ' ' || (told ->> 'last_name')), 200),
      told ->> 'body');
  INSERT INTO web_sent (stamp, organisation_id, form_id, case_id) VALUES (with_stamp, f.organisation_id, f.id, of_case);
  RETURN (SELECT jsonb_build_object('id', c.id, 'number', c.number, 'team_id', n.team_id, 'again', false)
    FROM cases c JOIN numbers n ON n.id = c.number_id WHERE c.id = of_case);
END $$;

CREATE FUNCTION save_web_form(of_form uuid, told jsonb, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  f web_forms;
  s text;
BEGIN
  PERFORM need('manage_teams');
  SELECT * INTO f FROM web_forms WHERE id = of_form FOR UPDATE;
  IF f.id IS NOT NULL AND f.organisation_id <> my_organisation() THEN PERFORM refuse('not_found', 'form'); END IF;
  IF f.version <> seen THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF btrim(told ->> 'title_en') = '' AND btrim(told ->> 'title_fr') = '' THEN PERFORM refuse('required', 'title'); END IF;
  IF NOT EXISTS (SELECT FROM case_types WHERE id = (told ->> 'type_id')::uuid AND organisation_id = my_organisation()
                 AND enabled AND kind <> 'task') THEN PERFORM refuse('not_found', 'type'); END IF;
  IF NOT EXISTS (SELECT FROM teams WHERE id = (told ->> 'team_id')::uuid AND organisation_id = my_organisation()
                 AND archived_at IS NULL) THEN PERFORM refuse('not_found', 'team'); END IF;
  FOR s IN SELECT jsonb_array_elements_text(told -> 'sites') LOOP
    IF s !~ '^(https://[a-zA-Z0-9.-]+(:[0-9]+)?|http://(localhost|127\.0\.0\.1)(:[0-9]+)?)$' THEN
      PERFORM refuse('not_a_url', 'sites', jsonb_build_object('value', left(s, 80)));
    END IF;
  END LOOP;
  IF f.id IS NULL THEN
    INSERT INTO web_forms (id, organisation_id, key, type_id, team_id)
      VALUES (of_form, my_organisation(), web_key(), (told ->> 'type_id')::uuid, (told ->> 'team_id')::uuid);
  END IF;
  UPDATE web_forms SET title_en = btrim(told ->> 'title_en'), title_fr = btrim(told ->> 'title_fr'),
    intro_en = told ->> 'intro_en', intro_fr = told ->> 'intro_fr', type_id = (told ->> 'type_id')::uuid,
    team_id = (told ->> 'team_id')::uuid, active = (told ->> 'active')::boolean,
    sites = ARRAY(SELECT jsonb_array_elements_text(told -> 'sites')), version = CASE WHEN f.id IS NULL THEN 1 ELSE version + 1 END
    WHERE id = of_form;
  PERFORM hint(my_organisation(), 'web_form ' || of_form || ' *');
END $$;

CREATE FUNCTION archive_web_form(of_form uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  UPDATE web_forms SET archived_at = now(), active = false WHERE id = of_form AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'form'); END IF;
  PERFORM hint(my_organisation(), 'web_form ' || of_form || ' *');
END $$;

CREATE FUNCTION save_web_settings(to_url text, to_portal boolean, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM web_settings WHERE organisation_id = my_organisation() AND version <> seen;
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  UPDATE web_settings SET public_url = to_url, portal = to_portal, version = version + 1 WHERE organisation_id = my_organisation();
  IF to_portal AND public_url(my_organisation()) = '' THEN PERFORM refuse('required', 'public_url'); END IF;
  PERFORM hint(my_organisation(), 'web_settings * *');
EXCEPTION WHEN check_violation THEN
  PERFORM refuse('not_a_url', 'public_url', jsonb_build_object('value', left(to_url, 80)));
END $$;
