-- That a customer answered is kept for her agent too, who may not be there: it is told at her next sign-in. The desk that
-- tells it at once marks it as seen by the entry's id.
ALTER TABLE automation_notices ADD COLUMN follow_up_id uuid REFERENCES follow_ups ON DELETE CASCADE;
CREATE INDEX automation_notices_entry ON automation_notices (follow_up_id) WHERE follow_up_id IS NOT NULL AND seen_at IS NULL;
-- Those of an entry are told by the entry's own hint.
DROP TRIGGER hint ON automation_notices;
CREATE TRIGGER hint AFTER INSERT ON automation_notices FOR EACH ROW WHEN (NEW.follow_up_id IS NULL) EXECUTE FUNCTION notice_after();

CREATE FUNCTION keep_notice(of_case uuid, of_automation uuid, entry uuid) RETURNS void LANGUAGE sql
SET search_path = guichet, pg_catalog, pg_temp AS $$
  INSERT INTO automation_notices (id, organisation_id, agent_id, case_id, automation_id, said, follow_up_id)
    SELECT gen_random_uuid(), c.organisation_id, c.assignee_id, c.id, of_automation, '', entry
    FROM cases c WHERE c.id = of_case AND c.assignee_id IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION see_notices(of_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE notices SET seen_at = clock_timestamp() WHERE agent_id = me() AND case_id = of_case AND seen_at IS NULL;
  UPDATE automation_notices SET seen_at = clock_timestamp() WHERE agent_id = me() AND case_id = of_case AND seen_at IS NULL;
END $$;

-- All that waits, seen at once when the list of it was closed.
CREATE FUNCTION see_all_notices() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  UPDATE notices SET seen_at = clock_timestamp() WHERE agent_id = me() AND seen_at IS NULL;
  UPDATE automation_notices SET seen_at = clock_timestamp() WHERE agent_id = me() AND seen_at IS NULL
$$;

-- The shipped automation keeps the notice where it is carried out, whichever version of that function is there.
DO $patch$
DECLARE
  body text := pg_get_functiondef('carry_out'::regproc);
  said text := $$    ON CONFLICT DO NOTHING;
  RETURN true;$$;
BEGIN
  IF position(said IN body) = 0 THEN RAISE EXCEPTION 'carry_out does not say what was expected'; END IF;
  EXECUTE replace(body, said, $$    ON CONFLICT DO NOTHING;
  IF FOUND AND key = 'notify_assignee' THEN PERFORM keep_notice(of_case, a.id, happened::uuid); END IF;
  RETURN true;$$);
END $patch$;

REVOKE EXECUTE ON FUNCTION keep_notice, see_all_notices FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_notice TO guichet_hub;
GRANT EXECUTE ON FUNCTION see_all_notices TO guichet_agent;
