-- As before; what is noted is what becomes of the case: the state that it gets, or why it keeps its own.
DROP FUNCTION carry_out(uuid, text, text, text);
CREATE FUNCTION carry_out(of_case uuid, happened text, key text, to_category text DEFAULT '', to_state uuid DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  a automations;
  act jsonb;
  stays boolean := to_category <> '' AND to_state IS NULL;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case;
  SELECT * INTO a FROM automations
    WHERE organisation_id = c.organisation_id AND shipped = key AND prompt AND active AND archived_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  act := (a.content -> 'actions' -> 0) || '{"prompt": true}';
  IF stays THEN
    act := act || jsonb_build_object('problem',
      CASE WHEN first_state(c.type_id, to_category) IS NULL THEN 'state_not_of_type' ELSE 'move_not_allowed' END);
  ELSIF to_state <> c.state_id THEN
    act := act || jsonb_build_object('before', jsonb_build_object('state_id', c.state_id), 'after', jsonb_build_object('state_id', to_state));
  END IF;
  INSERT INTO automation_runs (automation_id, event, organisation_id, case_id, trigger, depth, outcome, acts, case_version)
    VALUES (a.id, happened, c.organisation_id, of_case, a.trigger, 1, CASE WHEN stays THEN 'failed' ELSE 'done' END,
      jsonb_build_array(act), c.version)
    ON CONFLICT DO NOTHING;
  IF FOUND AND key = 'notify_assignee' THEN PERFORM keep_notice(of_case, a.id, happened::uuid); END IF;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION carry_out FROM PUBLIC;
GRANT EXECUTE ON FUNCTION carry_out TO guichet_hub;

-- Each says which state it will give; the functions are changed in place, so that each stays written once.
DO $patch$
DECLARE
  one record;
  body text;
BEGIN
  FOR one IN SELECT * FROM (VALUES
    ('case_after_sending', $$'waiting_customer', 'waiting_customer')$$,
      $$'waiting_customer', 'waiting_customer', reachable_state(after.state_id, 'waiting_customer'))$$),
    ('portal_answer', $$'waiting_agent', 'waiting_agent')$$,
      $$'waiting_agent', 'waiting_agent', coalesce(first_state(c.type_id, 'waiting_agent'), first_state(c.type_id, 'open')))$$),
    ('file_mail', $$'waiting_agent', 'waiting_agent')$$,
      $$'waiting_agent', 'waiting_agent', (SELECT coalesce(first_state(type_id, 'waiting_agent'), first_state(type_id, 'open'))
                                             FROM cases WHERE id = of_case))$$)
  ) AS t (name, said, says) LOOP
    SELECT pg_get_functiondef(one.name::regproc) INTO body;
    IF position('carry_out(' IN body) = 0 OR position(one.said IN body) = 0 THEN
      RAISE EXCEPTION '% does not say what was expected', one.name;
    END IF;
    EXECUTE replace(body, one.said, one.says);
  END LOOP;
END $patch$;
