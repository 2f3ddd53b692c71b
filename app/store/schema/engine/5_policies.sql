-- Read by the organisation, changed by their owners; what is for the hub alone is for the hub alone.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{templates,macros,automations,automation_versions,automation_runs,automation_place,automation_asks,web_hook_calls,web_hook_secrets,automation_notices,replays}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{automations,automation_versions,automation_asks}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
  END LOOP;
  FOREACH t IN ARRAY '{automation_runs,web_hook_calls}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id))', t);
  END LOOP;
  FOREACH t IN ARRAY '{automation_place,web_hook_secrets}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (false)', t);
  END LOOP;
  FOREACH t IN ARRAY '{templates,macros}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND (agent_id IS NULL OR agent_id = (SELECT me())))', t);
    EXECUTE format('CREATE POLICY agent_adds ON %I FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND CASE WHEN agent_id IS NULL THEN may_automate(team_id) ELSE agent_id = (SELECT me()) END)', t);
    EXECUTE format('CREATE POLICY agent_changes ON %I FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND CASE WHEN agent_id IS NULL THEN may_automate(team_id) ELSE agent_id = (SELECT me()) END)', t);
  END LOOP;
END $$;
CREATE POLICY agent_adds ON automations FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND may_automate(team_id));
CREATE POLICY agent_changes ON automations FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND may_automate(team_id));
CREATE POLICY agent_reads ON automation_notices FOR SELECT TO guichet_agent USING (agent_id = (SELECT me()));
CREATE POLICY agent_changes ON automation_notices FOR UPDATE TO guichet_agent USING (agent_id = (SELECT me()));
CREATE POLICY agent_reads ON replays FOR SELECT TO guichet_agent USING (asked_by = (SELECT me()));

GRANT SELECT ON templates, macros, automations, automation_versions, automation_runs, automation_asks, web_hook_calls, automation_notices, replays TO guichet_agent;
GRANT INSERT (id, organisation_id, team_id, agent_id, name, shortcut, text_en, text_fr),
  UPDATE (name, shortcut, text_en, text_fr, archived_at) ON templates TO guichet_agent;
GRANT INSERT (id, organisation_id, team_id, agent_id, name, position, actions),
  UPDATE (name, position, actions, archived_at) ON macros TO guichet_agent;
GRANT INSERT (id, organisation_id, team_id, name, position, active, trigger, content),
  UPDATE (name, position, active, content, archived_at) ON automations TO guichet_agent;
GRANT UPDATE (seen_at) ON automation_notices TO guichet_agent;

REVOKE EXECUTE ON FUNCTION by_automation, at_depth, note_happening, call_ended_after, note_due_tasks, shipped_automations,
  ship_automations, organisation_gets_automations, may_automate, automation_before, automations_after, notice_after, carry_out,
  need_automation, order_automations, ask_change, answer_change, automation_figures, web_hook_secret, ask_replay,
  undo_automation, sent_by_automation, rank_agents, set_by_automation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_automate, order_automations, ask_change, answer_change, automation_figures, web_hook_secret,
  ask_replay, undo_automation, sent_by_automation TO guichet_agent;
-- A case that changes hands takes its team's number along.
GRANT EXECUTE ON FUNCTION speaking_number, by_automation, at_depth TO guichet_hub;
GRANT EXECUTE ON FUNCTION note_happening, note_due_tasks, carry_out, rank_agents, set_by_automation TO guichet_hub;
