DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{web_settings,web_forms,web_sent,portal_links,portal_sessions,portal_uploads}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The hub serves the pages: by the functions alone, which ask for the key, the stamp or the session.
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (false)', t);
  END LOOP;
  FOREACH t IN ARRAY '{web_settings,web_forms}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  FOREACH t IN ARRAY '{web_sent,portal_links,portal_sessions,portal_uploads}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (false)', t);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION web_key, organisation_gets_web, public_url, web_form, send_web_form, save_web_form, archive_web_form,
  save_web_settings, portal_house, portal_ask, portal_enter, portal_session, portal_leave, portal_customers, portal_own, portal_line,
  portal_cases, portal_case, portal_file, portal_upload, portal_chunk, portal_sweep, portal_answer, portal_solve, portal_rate FROM PUBLIC;
GRANT EXECUTE ON FUNCTION web_form, send_web_form, portal_house, portal_ask, portal_enter, portal_leave, portal_cases, portal_case,
  portal_file, portal_upload, portal_chunk, portal_sweep, portal_answer, portal_solve, portal_rate TO guichet_hub;
GRANT EXECUTE ON FUNCTION save_web_form, archive_web_form, save_web_settings TO guichet_agent;
