-- What a mail rule did over a span goes back: the case to the team that was written to, the assignment away, where nobody
-- has touched it since. What it kept out stands in the ledger and is no case.
CREATE FUNCTION need_mail_rule(of_rule uuid) RETURNS mail_rules LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE r mail_rules;
BEGIN
  SELECT * INTO r FROM mail_rules WHERE id = of_rule AND organisation_id = my_organisation();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'rule'); END IF;
  PERFORM need_mail_of(r.team_id);
  RETURN r;
END $$;

CREATE FUNCTION undo_mail_rule(of_rule uuid, since timestamptz, until timestamptz)
RETURNS TABLE (case_id uuid, number bigint, said text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  r mail_rules := need_mail_rule(of_rule);
  i incoming;
  c cases;
BEGIN
  FOR i IN SELECT * FROM incoming n WHERE n.team_id = r.team_id AND n.rule_id = r.id AND n.fate = 'case'
      AND n.settled_at >= since AND n.settled_at < until ORDER BY n.settled_at DESC LOOP
    SELECT * INTO c FROM cases WHERE id = i.case_id AND merged_into_id IS NULL FOR UPDATE;
    CONTINUE WHEN NOT FOUND OR c.team_id = i.team_id AND c.assignee_id IS NULL;
    IF c.category NOT IN ('new', 'open') OR c.assignee_id IS DISTINCT FROM r.to_agent_id
       OR r.to_agent_id IS NULL AND c.team_id IS DISTINCT FROM r.to_team_id
       -- Assigned to the same agent again by a person is touched all the same.
       OR EXISTS (SELECT FROM changes h WHERE h.record_id = c.id AND h.kind = 'case' AND h.operation = 'updated'
                  AND h.at > i.settled_at AND h.difference ?| '{team_id,assignee_id}') THEN
      said := 'touched';
    ELSE
      BEGIN
        INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
          SELECT c.id, c.team_id, c.organisation_id, 'former' WHERE c.team_id <> i.team_id ON CONFLICT DO NOTHING;
        UPDATE cases SET team_id = i.team_id, assignee_id = NULL, number_id = speaking_number(i.team_id) WHERE id = c.id;
        said := 'undone';
      EXCEPTION WHEN SQLSTATE 'GU001' THEN
        said := SQLERRM;
      END;
    END IF;
    case_id := c.id;
    number := c.number;
    RETURN NEXT;
  END LOOP;
END $$;

-- What left by itself on the cases that it made over that span: it cannot be taken back, so it is listed.
CREATE FUNCTION sent_by_mail_rule(of_rule uuid, since timestamptz, until timestamptz)
RETURNS TABLE (case_id uuid, number bigint, at timestamptz, what text, told text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE r mail_rules := need_mail_rule(of_rule);
BEGIN
  RETURN QUERY SELECT c.id, c.number, u.at, a ->> 'does', coalesce(a ->> 'told', '')
    FROM incoming i JOIN cases c ON c.id = i.case_id JOIN automation_runs u ON u.case_id = c.id AND u.outcome = 'done'
      AND u.trigger = 'created', jsonb_array_elements(u.acts) a
    WHERE i.team_id = r.team_id AND i.rule_id = r.id AND i.fate = 'case' AND i.settled_at >= since AND i.settled_at < until
      AND a ->> 'does' IN ('reply', 'notify', 'web_hook') AND NOT a ? 'problem' ORDER BY u.at DESC LIMIT 500;
END $$;

REVOKE EXECUTE ON FUNCTION need_mail_rule, undo_mail_rule, sent_by_mail_rule FROM PUBLIC;
GRANT EXECUTE ON FUNCTION undo_mail_rule, sent_by_mail_rule TO guichet_agent;
