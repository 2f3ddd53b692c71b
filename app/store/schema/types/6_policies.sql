-- Types and their states are written by save_type alone.
REVOKE INSERT, UPDATE ON case_types, case_states FROM guichet_agent;
REVOKE INSERT (id, organisation_id, key, name, icon, enabled, position, default_state_id, version),
  UPDATE (name, icon, enabled, position, default_state_id) ON case_types FROM guichet_agent;
REVOKE UPDATE (name, position) ON case_states FROM guichet_agent;
GRANT INSERT (type_id, state_id), UPDATE (type_id, state_id) ON tasks TO guichet_agent;

ALTER TABLE case_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON case_links TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON case_links TO guichet_hub;
-- Who sees one of the two knows that there is another; what it is about is its own policy's.
CREATE POLICY agent_reads ON case_links FOR SELECT TO guichet_agent USING (
  EXISTS (SELECT FROM cases c WHERE c.id IN (from_id, to_id)));
GRANT SELECT ON case_links TO guichet_agent;

REVOKE EXECUTE ON FUNCTION shipped_types, shipped_states, ship_types, first_state, reachable_state, goes_back, check_move,
  membership_after_delete, task_state_before, address_word, generate_type_address, type_gets_address,
  types_get_addresses, type_before_insert, save_states, save_type, one_touch_after_sending, link_cases_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_type TO guichet_agent;
GRANT EXECUTE ON FUNCTION link_cases_of, first_state TO guichet_hub;
