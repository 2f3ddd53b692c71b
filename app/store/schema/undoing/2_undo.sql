-- As before, and wholly: what a run did is taken back from its last act to its first, each held against what those after it
-- left; with the team comes the number that it spoke with.
CREATE OR REPLACE FUNCTION undo_automation(of_automation uuid, since timestamptz, until timestamptz)
RETURNS TABLE (case_id uuid, number bigint, said text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  r automation_runs;
  c cases;
  back cases;
  act jsonb;
BEGIN
  PERFORM need_automation(of_automation);
  FOR r IN SELECT * FROM automation_runs u WHERE u.automation_id = of_automation AND u.at >= since AND u.at < until
      AND u.outcome = 'done' AND u.undone_at IS NULL ORDER BY u.at DESC LOOP
    SELECT * INTO c FROM cases WHERE id = r.case_id FOR UPDATE;
    back := c;
    said := 'nothing';
    FOR act IN SELECT a FROM jsonb_array_elements(r.acts) WITH ORDINALITY x (a, place) WHERE a ? 'before' ORDER BY place DESC LOOP
      IF act ->> 'does' = 'add_tag' THEN
        back.tags := array_remove(back.tags, act ->> 'value');
      ELSIF act ->> 'does' = 'remove_tag' THEN
        back.tags := CASE WHEN act ->> 'value' = ANY (back.tags) THEN back.tags ELSE back.tags || (act ->> 'value') END;
      ELSIF to_jsonb(back) @> (act -> 'after') THEN
        back := jsonb_populate_record(back, (act -> 'before') || CASE WHEN act -> 'before' ? 'custom'
          -- A field that had no value has none again.
          THEN jsonb_build_object('custom', (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}')
            FROM jsonb_each(back.custom || (act -> 'before' -> 'custom')) f
            WHERE NOT (f.value = 'null' AND act -> 'before' -> 'custom' ? f.key))) ELSE '{}' END);
      ELSE
        said := 'touched';
      END IF;
    END LOOP;
    IF back.team_id <> c.team_id THEN
      SELECT coalesce((h.difference -> 'number_id' ->> 0)::uuid, c.number_id) INTO back.number_id FROM changes h
        WHERE h.record_id = c.id AND h.kind = 'case' AND h.automation_id = r.automation_id AND h.at <= r.at
          AND h.difference -> 'number_id' ->> 1 = c.number_id::text ORDER BY h.at DESC, h.seq DESC LIMIT 1;
      back.number_id := coalesce(back.number_id, c.number_id);
    END IF;
    IF to_jsonb(back) IS DISTINCT FROM to_jsonb(c) THEN
      BEGIN
        UPDATE cases SET state_id = back.state_id, priority = back.priority, severity = back.severity, tags = back.tags,
          visibility = back.visibility, project_id = back.project_id, assignee_id = back.assignee_id, custom = back.custom,
          team_id = back.team_id, number_id = back.number_id WHERE id = c.id;
        said := 'undone';
        UPDATE automation_runs u SET undone_at = clock_timestamp() WHERE u.automation_id = r.automation_id AND u.event = r.event;
      EXCEPTION WHEN SQLSTATE 'GU001' THEN
        said := SQLERRM;
      END;
    END IF;
    case_id := c.id;
    number := c.number;
    RETURN NEXT;
  END LOOP;
END $$;
