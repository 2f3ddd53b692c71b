-- Who may do what with mail; the same two group roles, nothing for anybody else.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{mailboxes,mail_addresses,incoming,incoming_routes,outgoing,deliveries}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{mailboxes,mail_addresses}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('CREATE POLICY agent_adds ON %I FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
    EXECUTE format('CREATE POLICY agent_changes ON %I FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
  END LOOP;
END $$;
GRANT SELECT (id, organisation_id, team_id, address, kind, host, port, smtp_host, smtp_port, security, username, folder, state, said, looked_at, archived_at),
  INSERT (id, organisation_id, team_id, address, kind, host, port, smtp_host, smtp_port, security, username, secret, folder),
  UPDATE (team_id, host, port, smtp_host, smtp_port, security, username, secret, folder, archived_at) ON mailboxes TO guichet_agent;
GRANT SELECT, INSERT, UPDATE (mailbox_id, sends, display_name, known_contacts_only) ON mail_addresses TO guichet_agent;

-- What became a case is seen by who sees the case; what was kept back, by the team it came to.
CREATE POLICY agent_reads ON incoming FOR SELECT TO guichet_agent USING (
  CASE WHEN case_id IS NULL THEN team_id = ANY ((SELECT my_teams())::uuid[])
       ELSE EXISTS (SELECT FROM cases c WHERE c.id = case_id) END);
CREATE POLICY agent_reads ON incoming_routes FOR SELECT TO guichet_agent
  USING (EXISTS (SELECT FROM incoming i WHERE i.id = incoming_id));
CREATE POLICY agent_reads ON outgoing FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));
CREATE POLICY agent_reads ON deliveries FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM outgoing o WHERE o.id = outgoing_id));
GRANT SELECT ON incoming, incoming_routes, outgoing, deliveries TO guichet_agent;
CREATE POLICY agent_reads_mail ON blobs FOR SELECT TO guichet_agent USING (
  EXISTS (SELECT FROM incoming i WHERE i.blob_id = blobs.id) OR EXISTS (SELECT FROM outgoing o WHERE o.blob_id = blobs.id));
CREATE POLICY agent_reads_mail ON blob_chunks FOR SELECT TO guichet_agent USING (
  EXISTS (SELECT FROM incoming i WHERE i.blob_id = blob_chunks.blob_id)
  OR EXISTS (SELECT FROM outgoing o WHERE o.blob_id = blob_chunks.blob_id));

REVOKE EXECUTE ON FUNCTION incoming_before_update, incoming_after, may_go, delivery_before_update, delivery_after,
  write_mail, withdraw_mail, decide_delivery, ledger_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION write_mail, withdraw_mail, decide_delivery, ledger_counts TO guichet_agent;
GRANT EXECUTE ON FUNCTION may_go TO guichet_hub;
