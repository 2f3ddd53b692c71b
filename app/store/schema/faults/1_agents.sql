-- The hub's: an agent's state because of a call. Who went away while it rang at her stays away when the ring ends.
CREATE OR REPLACE FUNCTION hub_sets_agent(of_agent uuid, to_state text, with_reason text) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  UPDATE agent_states SET state = to_state, reason = with_reason, since_at = now()
    WHERE agent_id = of_agent AND (state, reason) IS DISTINCT FROM (to_state, with_reason)
      AND NOT (to_state = 'available' AND state IN ('offline', 'not_ready'))
$$;
