-- Who may do what with chats; the secret of a visitor's browser is nobody's to read.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{chat_widgets,chats,chat_messages,chat_uploads}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The hub reads whom to ask; it writes by the functions alone.
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (false)', t);
  END LOOP;
END $$;
GRANT SELECT ON chat_widgets, chats, chat_messages TO guichet_hub;
CREATE POLICY agent_reads ON chat_widgets FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()));
CREATE POLICY agent_reads ON chats FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));
CREATE POLICY agent_reads ON chat_messages FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM chats k WHERE k.id = chat_id));
CREATE POLICY agent_reads ON chat_uploads FOR SELECT TO guichet_agent USING (false);
GRANT SELECT ON chat_widgets, chat_messages TO guichet_agent;
GRANT SELECT (id, organisation_id, widget_id, case_id, state, team_id, to_agent_id, agent_id, step, ringing, ring_until, tried, handed_by,
  note, menu, name, email, language, seq, got, visitor_seen, agent_seen, last_by, said_at, noticed_at, left_at, started_at, waiting_since_at,
  step_since_at, answered_at, ended_at, ended_by, wants_mail, mailed_at, moves) ON chats TO guichet_agent;

REVOKE EXECUTE ON FUNCTION chat_widget_rules, chat_reaches, chat_after, chat_widget_after, chat_widget, chat_told, chat_said, chat_add,
  chat_case, chat_begin, chat_find, chat_of, chat_say, chat_got, chat_delivered, chat_types, chat_leave, chat_mail_me, chat_upload,
  chat_chunk, chat_file, chat_sweep, chat_file_after, chat_over, chat_offer, chat_missed, chat_step, chat_lead, chat_house, chat_silent,
  chat_here, chat_to_mail, my_chat, leads_chat, join_chat, accept_chat, decline_chat, take_chat, own_chat, say_chat, seen_chat,
  type_chat, hand_over_chat, end_chat, case_takes_chat, save_chat_widget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION chat_widget, chat_begin, chat_find, chat_say, chat_got, chat_types, chat_leave, chat_mail_me, chat_upload,
  chat_chunk, chat_file, chat_sweep, chat_offer, chat_missed, chat_step, chat_lead, chat_house, chat_silent, chat_here, chat_to_mail
  TO guichet_hub;
GRANT EXECUTE ON FUNCTION accept_chat, decline_chat, take_chat, say_chat, seen_chat, type_chat, hand_over_chat, end_chat,
  save_chat_widget TO guichet_agent;
