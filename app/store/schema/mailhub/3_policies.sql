-- Read by the organisation, changed by the team's lead and by who manages teams.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{email_hubs,catch_alls,mail_rules,mail_requests,auto_replies,address_bounces}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{email_hubs,catch_alls,mail_rules,address_bounces}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  FOREACH t IN ARRAY '{mail_requests,auto_replies}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (team_id = ANY ((SELECT my_mail_teams())::uuid[]))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  FOREACH t IN ARRAY '{mailboxes,mail_addresses}'::text[] LOOP
    EXECUTE format('DROP POLICY agent_adds ON %I', t);
    EXECUTE format('DROP POLICY agent_changes ON %I', t);
  END LOOP;
  FOREACH t IN ARRAY '{mailboxes,mail_addresses,mail_rules}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_adds ON %I FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND team_id = ANY ((SELECT my_mail_teams())::uuid[]))', t);
    EXECUTE format('CREATE POLICY agent_changes ON %I FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND team_id = ANY ((SELECT my_mail_teams())::uuid[]))', t);
  END LOOP;
END $$;
GRANT INSERT (id, organisation_id, team_id, position, name, active, matches_all, conditions, action, to_team_id, to_agent_id),
  UPDATE (position, name, active, matches_all, conditions, action, to_team_id, to_agent_id, archived_at) ON mail_rules TO guichet_agent;
-- Which one sends is a choice between all of them; what is said of a team is said by save_email_hub.
REVOKE INSERT ON mail_addresses FROM guichet_agent;
GRANT INSERT (address, organisation_id, team_id, mailbox_id, sends, display_name, known_contacts_only) ON mail_addresses TO guichet_agent;

REVOKE EXECUTE ON FUNCTION my_mail_teams, need_mail_of, is_numbered, generate_address, address_before_insert, mailbox_before_insert, mail_setup_after,
  save_email_hub, choose_sender, set_catch_all, team_gets_address, order_mail_rules, rule_before, ask_mail, settle_again,
  mailbox_ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_mail_teams, save_email_hub, choose_sender, set_catch_all, order_mail_rules, ask_mail, settle_again,
  mailbox_ledger TO guichet_agent;
-- A customer who answers is told to whom the case is assigned, by a hint of its own.
GRANT EXECUTE ON FUNCTION hint TO guichet_hub;
