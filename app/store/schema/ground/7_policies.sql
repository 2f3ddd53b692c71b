-- Who may do what. Row-level security is enabled, not forced: the owner's functions stand above it.
-- One group role for desks, one for the hub, which serves every organisation and may act as an agent by SET ROLE.
CREATE FUNCTION protect(of_table regclass, agent_reads text, agent_grants text DEFAULT 'SELECT',
                        agent_writes text DEFAULT NULL, agent_updates text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_table);
  EXECUTE format('CREATE POLICY hub ON %s TO guichet_hub USING (true) WITH CHECK (true)', of_table);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO guichet_hub', of_table);
  EXECUTE format('CREATE POLICY agent_reads ON %s FOR SELECT TO guichet_agent USING (%s)', of_table, agent_reads);
  IF agent_grants <> '' THEN
    EXECUTE format('GRANT %s ON %s TO guichet_agent', agent_grants, of_table);
  END IF;
  IF agent_writes IS NOT NULL THEN
    EXECUTE format('CREATE POLICY agent_adds ON %s FOR INSERT TO guichet_agent WITH CHECK (%s)', of_table, agent_writes);
  END IF;
  IF agent_updates IS NOT NULL THEN
    EXECUTE format('CREATE POLICY agent_changes ON %s FOR UPDATE TO guichet_agent USING (%s) WITH CHECK (%2$s)',
                   of_table, agent_updates);
    EXECUTE format('CREATE POLICY agent_removes ON %s FOR DELETE TO guichet_agent USING (%s)', of_table, agent_updates);
  END IF;
END $$;

SELECT protect('schema_info', 'true');
SELECT protect('organisations', 'id = (SELECT my_organisation())', 'SELECT, UPDATE (name, region, language, time_zone,
               account_number_format)', NULL, 'id = (SELECT my_organisation()) AND (SELECT may(''manage_teams''))');
SELECT protect('agents', 'organisation_id = (SELECT my_organisation())');
SELECT protect('role_permissions', 'organisation_id = (SELECT my_organisation())', 'SELECT, INSERT, DELETE',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_agents''))',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_agents''))');
SELECT protect(t, 'organisation_id = (SELECT my_organisation())', g,
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams''))',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams''))')
FROM (VALUES
  ('teams'::regclass, 'SELECT, INSERT, UPDATE (name, display_name, icon, time_zone, communication_team_id,
                       last_advisor, archived_at)'),
  ('numbers', 'SELECT, INSERT, DELETE, UPDATE (team_id, label, position)'),
  ('memberships', 'SELECT, INSERT, DELETE, UPDATE (lead)'),
  ('codes', 'SELECT, INSERT, UPDATE (label, position, archived_at)')) v (t, g);
SELECT protect(t, 'organisation_id = (SELECT my_organisation())', g,
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_fields''))',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_fields''))')
FROM (VALUES
  ('fields'::regclass, 'SELECT, INSERT, UPDATE (label, required, default_value, choices, position, archived_at)'),
  ('team_fields', 'SELECT, INSERT, UPDATE, DELETE'),
  ('case_types', 'SELECT, INSERT, UPDATE (name, icon, enabled, position, default_state_id)'),
  ('case_states', 'SELECT, INSERT, UPDATE (name, position)'),
  ('projects', 'SELECT, INSERT, UPDATE (name)')) v (t, g);
SELECT protect('agent_states', 'organisation_id = (SELECT my_organisation())');
SELECT protect('audiences', 'false', '');
SELECT protect('customers', 'organisation_id = (SELECT my_organisation())',
               'SELECT, INSERT, UPDATE (account_number, first_name, last_name, organisation, phones, emails, addresses,
                language, time_zone, preferred_channel, call_from, call_until, do_not_call, pinned_note, custom)',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''edit_customers''))',
               'organisation_id = (SELECT my_organisation()) AND (SELECT may(''edit_customers''))');
SELECT protect('customer_keys', 'organisation_id = (SELECT my_organisation())');
SELECT protect('cases', 'audience_id = ANY ((SELECT my_audiences())::bigint[])',
               'SELECT, INSERT, UPDATE (customer_id, type_id, state_id, severity, priority, subject, description,
                tags, project_id, custom)',
               'organisation_id = (SELECT my_organisation())',
               'team_id = ANY ((SELECT my_teams())::uuid[]) AND audience_id = ANY ((SELECT my_audiences())::bigint[])');
SELECT protect('case_teams', 'EXISTS (SELECT FROM cases c WHERE c.id = case_id)');
SELECT protect('follow_ups', 'audience_id = ANY ((SELECT my_audiences())::bigint[])', 'SELECT, INSERT',
               'audience_id = ANY ((SELECT my_audiences())::bigint[])');
SELECT protect('tasks', 'audience_id = ANY ((SELECT my_audiences())::bigint[]) OR assignee_id = (SELECT me())',
               'SELECT, INSERT, UPDATE (team_id, assignee_id, customer_id, case_id, kind, title, notes, local_at, zone,
                zone_of, reminder_minutes, snoozed_until, priority, status, outcome, attempts, recurrence, custom)',
               'audience_id = ANY ((SELECT my_audiences())::bigint[])',
               '(audience_id = ANY ((SELECT my_audiences())::bigint[]) OR assignee_id = (SELECT me()))
                AND organisation_id = (SELECT my_organisation())');
SELECT protect('blobs', 'EXISTS (SELECT FROM attachments a WHERE a.blob_id = blobs.id)', 'SELECT, INSERT (id, organisation_id, made_by)',
               'organisation_id = (SELECT my_organisation()) AND made_by = (SELECT me()) AND sha256 IS NULL');
SELECT protect('blob_chunks', 'EXISTS (SELECT FROM attachments a WHERE a.blob_id = blob_chunks.blob_id)', 'SELECT, INSERT',
               'open_upload(blob_id)');
SELECT protect('attachments', 'audience_id = ANY ((SELECT my_audiences())::bigint[])');
SELECT protect('changes', 'organisation_id = (SELECT my_organisation()) AND
               (audience_id = ANY ((SELECT my_audiences())::bigint[])
                OR former_audience_id = ANY ((SELECT my_audiences())::bigint[]))');
DROP FUNCTION protect, watch;

-- Functions: nobody calls one that is not named here.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA guichet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold, words, acting, me, my_organisation, may, my_teams, my_memberships, my_led_teams,
  my_audiences, open_upload, query_of TO guichet_agent, guichet_hub;
GRANT EXECUTE ON FUNCTION assign_case, set_case_number, hand_over_case, set_case_visibility, redact_follow_up, take_task,
  merge_customers, merge_cases, set_my_state, attach, find_cases, presence_counts TO guichet_agent;
GRANT USAGE ON SEQUENCE case_numbers, account_numbers TO guichet_hub;
