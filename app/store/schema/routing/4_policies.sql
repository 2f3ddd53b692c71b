-- Who may do what with all this; functions are nobody's that are not named here.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{prompts,routing_rules,trunks,agent_state_log,planned_calls}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{prompts,routing_rules,trunks}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('CREATE POLICY agent_adds ON %I FOR INSERT TO guichet_agent WITH CHECK (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
    EXECUTE format('CREATE POLICY agent_changes ON %I FOR UPDATE TO guichet_agent USING (organisation_id = (SELECT my_organisation()) AND (SELECT may(''manage_teams'')))', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON prompts, routing_rules TO guichet_agent;
GRANT SELECT (id, organisation_id, name, host, port, username, registers, matches, codecs, position, archived_at, state, looked_at),
  INSERT (id, organisation_id, name, host, port, username, password, registers, matches, codecs, position),
  UPDATE (name, host, port, username, password, registers, matches, codecs, position, archived_at) ON trunks TO guichet_agent;
CREATE POLICY agent_reads ON agent_state_log FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation())
  AND (agent_id = (SELECT me()) OR (SELECT may('supervise_calls'))
       OR EXISTS (SELECT FROM memberships m WHERE m.agent_id = agent_state_log.agent_id AND m.team_id = ANY ((SELECT my_led_teams())::uuid[]))));
CREATE POLICY agent_reads ON planned_calls FOR SELECT TO guichet_agent USING (agent_id = (SELECT me()));
GRANT SELECT ON agent_state_log, planned_calls TO guichet_agent;

-- A recording is heard by who sees its call; on a case, by who sees the case.
DROP POLICY agent_reads ON blobs;
CREATE POLICY agent_reads ON blobs FOR SELECT TO guichet_agent USING (
  EXISTS (SELECT FROM attachments a WHERE a.blob_id = blobs.id) OR EXISTS (SELECT FROM calls c WHERE c.recording_id = blobs.id)
  OR EXISTS (SELECT FROM prompts p WHERE p.sound_id = blobs.id));
DROP POLICY agent_reads ON blob_chunks;
CREATE POLICY agent_reads ON blob_chunks FOR SELECT TO guichet_agent USING (
  EXISTS (SELECT FROM attachments a WHERE a.blob_id = blob_chunks.blob_id) OR EXISTS (SELECT FROM calls c WHERE c.recording_id = blob_chunks.blob_id)
  OR EXISTS (SELECT FROM prompts p WHERE p.sound_id = blob_chunks.blob_id));
CREATE INDEX ON calls (recording_id) WHERE recording_id IS NOT NULL;

REVOKE EXECUTE ON FUNCTION at_most, log_state, reason_of, owes_result, change_state, set_agent_state, close_team, team_queues,
  plan_call, hang_recording, file_missed, call_over FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION command_call(uuid, uuid, text, text, uuid, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION command_call(uuid, uuid, text, text, uuid, text, text, integer) TO guichet_agent;
GRANT EXECUTE ON FUNCTION set_agent_state, close_team, team_queues, plan_call TO guichet_agent;
GRANT EXECUTE ON FUNCTION owes_result, hang_recording TO guichet_hub;
