CREATE FUNCTION satisfaction_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE satisfaction SET audience_id = NEW.audience_id WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER satisfaction AFTER UPDATE ON cases FOR EACH ROW WHEN (NEW.audience_id <> OLD.audience_id)
  EXECUTE FUNCTION satisfaction_follows();
SELECT watch('satisfaction', 'satisfaction', 'id', 'n.case_id', 'n.audience_id', 'n.team_id', '{audience_id,recipient}');

-- What a customer answers by her link. She may change it for an hour; what she said is an entry of the case.
CREATE FUNCTION answer_satisfaction(ask uuid, to_rating text, said text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE s satisfaction;
BEGIN
  SELECT * INTO s FROM satisfaction WHERE id = ask FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF s.expires_at < now() THEN RETURN 'expired'; END IF;
  IF s.answered_at < now() - interval '1 hour' THEN RETURN 'answered'; END IF;
  IF to_rating NOT IN ('good', 'fair', 'bad') THEN RETURN 'unknown'; END IF;
  UPDATE satisfaction SET rating = to_rating, comment = CASE WHEN said = '' THEN comment ELSE left(said, 2000) END,
    answered_at = coalesce(answered_at, now()) WHERE id = ask;
  IF s.answered_at IS NULL THEN
    PERFORM note_on(s.case_id, 'satisfaction_' || to_rating, jsonb_build_object('satisfaction_id', ask));
  END IF;
  RETURN 'kept';
END $$;

CREATE FUNCTION save_satisfaction(to_enabled boolean, to_url text, to_after integer, to_between integer, to_valid integer,
                                  to_en text, to_fr text, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM satisfaction_settings WHERE organisation_id = my_organisation() AND version <> seen;
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF to_enabled AND to_url = '' THEN PERFORM refuse('required', 'public_url'); END IF;
  INSERT INTO satisfaction_settings AS s (organisation_id, enabled, public_url, after_minutes, days_between, valid_days,
                                          question_en, question_fr)
    VALUES (my_organisation(), to_enabled, to_url, to_after, to_between, to_valid, to_en, to_fr)
    ON CONFLICT (organisation_id) DO UPDATE SET enabled = to_enabled, public_url = to_url, after_minutes = to_after,
      days_between = to_between, valid_days = to_valid, question_en = to_en, question_fr = to_fr, version = s.version + 1;
  PERFORM hint(my_organisation(), 'satisfaction_settings * *');
EXCEPTION WHEN check_violation THEN
  PERFORM refuse('not_a_url', 'public_url', jsonb_build_object('value', left(to_url, 80)));
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{satisfaction_settings,satisfaction,signing_keys}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
CREATE POLICY agent_reads ON satisfaction_settings FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()));
CREATE POLICY agent_reads ON satisfaction FOR SELECT TO guichet_agent USING (audience_id = ANY ((SELECT my_audiences())::bigint[]));
CREATE POLICY agent_reads ON signing_keys FOR SELECT TO guichet_agent USING (false);
GRANT SELECT ON satisfaction_settings, satisfaction TO guichet_agent;
GRANT SELECT, INSERT, UPDATE, DELETE ON satisfaction_settings, satisfaction TO guichet_hub;
GRANT SELECT ON signing_keys TO guichet_hub;
REVOKE EXECUTE ON FUNCTION satisfaction_follows, answer_satisfaction, save_satisfaction FROM PUBLIC;
GRANT EXECUTE ON FUNCTION answer_satisfaction TO guichet_hub;
GRANT EXECUTE ON FUNCTION save_satisfaction TO guichet_agent;
