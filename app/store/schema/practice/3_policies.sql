DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{forms,tags,case_watchers,notices,referral_ways,referrals}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{forms,tags}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  FOREACH t IN ARRAY '{case_watchers,notices}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (agent_id = (SELECT me()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  -- Read through my_ways() alone.
  FOREACH t IN ARRAY '{referral_ways,referrals}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (false)', t);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE ON projects FROM guichet_agent;
REVOKE UPDATE (name) ON projects FROM guichet_agent;

REVOKE EXECUTE ON FUNCTION save_form, tags_after, save_tag, save_project, project_of_case, link_cases, unlink_cases, split_case,
  watch_case, sees_case, give_notice, notices_of_entry, notices_of_case, see_notices, look_at_case, loads, open_way, take_way,
  close_way, my_ways, is_referred, refer_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_form, save_tag, save_project, link_cases, unlink_cases, split_case, watch_case, see_notices,
  look_at_case, loads, open_way, take_way, close_way, my_ways, refer_case TO guichet_agent;
