-- Who may do what with calls; the same two group roles, nothing for anybody else.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{team_voice,ring_schedules,call_trees,sip_credentials,calls,call_parts,call_messages,call_commands,hub_leases}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{team_voice,ring_schedules,call_trees}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('CREATE POLICY agent_adds ON %I FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
    EXECUTE format('CREATE POLICY agent_changes ON %I FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO guichet_agent', t);
  END LOOP;
END $$;
CREATE POLICY agent_reads ON sip_credentials FOR SELECT TO guichet_agent USING (agent_id = (SELECT me()));
CREATE POLICY agent_reads ON calls FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND (
  agents @> ARRAY[(SELECT me())] OR team_id = ANY ((SELECT my_teams())::uuid[])
  OR communication_team_id = ANY ((SELECT my_teams())::uuid[])));
CREATE POLICY agent_reads ON call_parts FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM calls c WHERE c.id = call_id));
CREATE POLICY agent_reads ON call_messages FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM calls c WHERE c.id = call_id));
CREATE POLICY agent_reads ON call_commands FOR SELECT TO guichet_agent USING (by_agent = (SELECT me()));
CREATE POLICY agent_reads ON hub_leases FOR SELECT TO guichet_agent USING (true);
GRANT SELECT ON sip_credentials, calls, call_parts, call_messages, call_commands, hub_leases TO guichet_agent;

REVOKE EXECUTE ON FUNCTION call_changed, call_part_changed, i_see_call, command_call, type_call_note, file_part,
  wrap_up_call, attach_call, say_on_call, hub_sets_agent, hub_moves_case,
  hub_shares_case, unshare_case, case_teams_removed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION i_see_call, command_call, type_call_note, wrap_up_call, attach_call, say_on_call TO guichet_agent;
GRANT EXECUTE ON FUNCTION file_part, hub_sets_agent, hub_moves_case, hub_shares_case TO guichet_hub;
