-- What rings at an agent waits for her desk's reading: it must not grow with the calls that are over.

-- The calls that concern me now: mine, those that ring at me or that I handed over, and those I have not filed yet.
CREATE FUNCTION my_calls_now() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(mine.id), '{}') FROM (
    SELECT c.id FROM calls c WHERE c.organisation_id = (SELECT my_organisation()) AND c.phase <> 'ended'
      AND ((SELECT me()) IN (c.agent_id, c.handed_by, c.consulted) OR (SELECT me()) = ANY (c.ringing))
    UNION
    SELECT p.call_id FROM call_parts p WHERE p.agent_id = (SELECT me()) AND p.filed_at IS NULL) mine
$$;
CREATE INDEX call_parts_unfiled ON call_parts (agent_id) WHERE filed_at IS NULL;
REVOKE EXECUTE ON FUNCTION my_calls_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_calls_now TO guichet_agent;

-- Each agent who is concerned is told once, and before the others: whoever reads for an offer has read for the rest.
CREATE OR REPLACE FUNCTION call_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, coalesce((
    SELECT string_agg('offer ' || NEW.id || ' ' || one.a || E'\n', '') FROM (
      SELECT DISTINCT a FROM unnest(
        NEW.ringing || ARRAY[NEW.agent_id, NEW.consulted, NEW.handed_by]
        || CASE WHEN TG_OP = 'UPDATE' THEN OLD.ringing || ARRAY[OLD.agent_id, OLD.consulted] END) a
      WHERE a IS NOT NULL) one), '')
    || 'call ' || NEW.id || ' ' || coalesce(NEW.case_id::text, '*'));
  RETURN NULL;
END $$;
