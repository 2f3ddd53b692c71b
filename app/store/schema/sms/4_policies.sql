-- Who may do what with SMS.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{sms_lines,sms_stops}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
  END LOOP;
END $$;
CREATE POLICY agent_adds ON sms_lines FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation())
  AND (SELECT may('manage_teams')) AND EXISTS (SELECT FROM numbers n WHERE n.id = number_id AND n.organisation_id = (SELECT my_organisation())));
CREATE POLICY agent_changes ON sms_lines FOR UPDATE TO guichet_agent
  USING (organisation_id = (SELECT my_organisation()) AND (SELECT may('manage_teams')));
GRANT SELECT (id, organisation_id, number_id, kind, url, account, hooks_at, auto_reply, reply_en, reply_fr, state, said, looked_at, archived_at),
  INSERT (id, organisation_id, number_id, kind, url, account, secret, hooks_at, auto_reply, reply_en, reply_fr),
  UPDATE (kind, url, account, secret, hooks_at, auto_reply, reply_en, reply_fr, archived_at) ON sms_lines TO guichet_agent;
GRANT SELECT ON sms_stops TO guichet_agent;

REVOKE EXECUTE ON FUNCTION keep_sms, incoming_reaches, sms_facts, sms_stop, has_stopped, case_line, case_after_sending, put_sms,
  send_sms, answer_sms, sms_told FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_line, send_sms TO guichet_agent;
GRANT EXECUTE ON FUNCTION keep_sms, sms_facts, sms_stop, has_stopped, put_sms, answer_sms, sms_told, refuse TO guichet_hub;
