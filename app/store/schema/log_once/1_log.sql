-- The log asks once a statement who acts, not once a row: a third of its cost when a thousand rows come at once.
DO $$
DECLARE f record;
BEGIN
  FOR f IN SELECT p.oid, p.proname, pg_get_functiondef(p.oid) AS made FROM pg_proc p
           WHERE p.pronamespace = 'guichet'::regnamespace AND p.prokind = 'f'
             AND p.prosrc LIKE '%new_team, me(), difference FROM source%' LOOP
    EXECUTE replace(replace(f.made,
      'actor_id, difference)', 'actor_id, difference, automation_id, depth)'),
      'new_team, me(), difference FROM source',
      'new_team, (SELECT me()), difference, (SELECT by_automation()), (SELECT at_depth()) FROM source');
  END LOOP;
  IF (SELECT count(*) FROM pg_proc WHERE pronamespace = 'guichet'::regnamespace AND prosrc LIKE '%(SELECT by_automation()), (SELECT at_depth()) FROM source%') < 13 THEN
    RAISE 'the log of changes is not as it was expected';
  END IF;
END $$;
