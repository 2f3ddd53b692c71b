-- Tokens are made and ended by who manages automations; the desk sends the hash and shows the token once.
CREATE FUNCTION make_api_token(of_token uuid, called text, with_hash bytea, begins text, for_scopes text[], for_team uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_automations');
  IF btrim(called) = '' THEN PERFORM refuse('required', 'name'); END IF;
  IF coalesce(cardinality(for_scopes), 0) = 0 THEN PERFORM refuse('required', 'scopes'); END IF;
  IF for_team IS NOT NULL AND NOT EXISTS (SELECT FROM teams WHERE id = for_team AND organisation_id = my_organisation()
                                          AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF (SELECT count(*) FROM api_tokens WHERE organisation_id = my_organisation() AND revoked_at IS NULL) >= 100 THEN
    PERFORM refuse('too_many', 'token', jsonb_build_object('most', 100));
  END IF;
  INSERT INTO api_tokens (id, organisation_id, name, hash, shown, scopes, team_id, made_by)
    VALUES (of_token, my_organisation(), btrim(called), with_hash, begins, for_scopes, for_team, me());
  PERFORM hint(my_organisation(), 'api_token ' || of_token || ' *');
END $$;

CREATE FUNCTION revoke_api_token(of_token uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_automations');
  UPDATE api_tokens SET revoked_at = now() WHERE id = of_token AND organisation_id = my_organisation() AND revoked_at IS NULL;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'token'); END IF;
  PERFORM hint(my_organisation(), 'api_token ' || of_token || ' *');
END $$;

-- Answers are kept for a day.
CREATE FUNCTION forget_api_answers() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE gone integer;
BEGIN
  DELETE FROM api_answers WHERE at < now() - interval '1 day';
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{api_tokens,api_answers,api_alarms}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The hub serves the pages: it has no right on these but through the functions, which ask for the token.
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (false)', t);
  END LOOP;
END $$;
CREATE POLICY agent_reads ON api_tokens FOR SELECT TO guichet_agent
  USING (organisation_id = (SELECT my_organisation()) AND (SELECT may('manage_automations')));
CREATE POLICY agent_reads ON api_answers FOR SELECT TO guichet_agent USING (false);
CREATE POLICY agent_reads ON api_alarms FOR SELECT TO guichet_agent USING (false);
GRANT SELECT (id, organisation_id, name, shown, scopes, team_id, made_by, made_at, used_at, revoked_at) ON api_tokens TO guichet_agent;
REVOKE EXECUTE ON FUNCTION api_scope, check_custom, api_sees, api_case, api_customer, api_follow_up, api_own_case, api_team, api_lists,
  api_set_customer, api_open_case, api_change_case, api_raise_event, api_do, api_call, make_api_token, revoke_api_token,
  forget_api_answers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_api_token, revoke_api_token TO guichet_agent;
GRANT EXECUTE ON FUNCTION api_call, forget_api_answers TO guichet_hub;
