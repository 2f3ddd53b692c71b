-- Who may do what with calendars and service levels; the same two group roles, nothing for anybody else.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{calendars,calendar_spans,level_policies,metric_events,case_measures,case_levels,level_queue}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{calendars,calendar_spans,level_policies}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
  FOREACH t IN ARRAY '{metric_events,case_levels}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
END $$;
CREATE POLICY agent_reads ON case_measures FOR SELECT TO guichet_agent
  USING (audience_id = ANY ((SELECT my_audiences())::bigint[]));
GRANT SELECT ON case_measures TO guichet_agent;
CREATE POLICY agent_reads ON level_queue FOR SELECT TO guichet_agent USING (false);

REVOKE EXECUTE ON FUNCTION queue_levels, metric_event, running_metrics, cases_measured, case_moved, follow_up_measured,
  measure_missing, open_before, requeue_levels, fill_calendar, save_calendar, archive_calendar, save_policy,
  archive_policy, order_policies, set_levels, tell_levels, log_levels, break_levels FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_before TO guichet_agent, guichet_hub;
GRANT EXECUTE ON FUNCTION save_calendar, archive_calendar, save_policy, archive_policy, order_policies TO guichet_agent;
GRANT EXECUTE ON FUNCTION measure_missing, fill_calendar, set_levels, tell_levels, break_levels TO guichet_hub;

-- A calendar to begin with; the hub fills it. And the figures of all cases that are there.
INSERT INTO calendars (id, organisation_id, name, zone, week, country)
  SELECT gen_random_uuid(), id, CASE language WHEN 'fr' THEN 'Heures ouvrées' ELSE 'Business hours' END, time_zone,
    '{"1": [[540, 1080]], "2": [[540, 1080]], "3": [[540, 1080]], "4": [[540, 1080]], "5": [[540, 1080]]}', region
  FROM organisations;
SELECT measure_missing(2147483647);
