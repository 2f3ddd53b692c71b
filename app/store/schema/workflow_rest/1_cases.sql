-- Several cases that were handed over by mistake come back together: to the team, the agent and the number that they had,
-- by who sent them, within ten minutes and as long as nobody there has taken or moved them.
CREATE FUNCTION take_back_case(of_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  moved changes;
  was jsonb;
BEGIN
  PERFORM need('hand_over_team');
  SELECT * INTO c FROM cases WHERE id = of_case AND organisation_id = my_organisation() FOR UPDATE;
  SELECT * INTO moved FROM changes WHERE kind = 'case' AND record_id = of_case AND difference ? 'team_id'
    ORDER BY epoch DESC, xid DESC, seq DESC LIMIT 1;
  was := moved.difference;
  IF c.id IS NULL OR moved.actor_id IS DISTINCT FROM me() THEN PERFORM refuse('not_found', 'case'); END IF;
  IF moved.at < clock_timestamp() - interval '10 minutes' OR was -> 'team_id' ->> 1 IS DISTINCT FROM c.team_id::text
     OR c.assignee_id IS NOT NULL OR c.category IN ('solved', 'closed') THEN
    PERFORM refuse('changed_meanwhile');
  END IF;
  UPDATE cases SET team_id = (was -> 'team_id' ->> 0)::uuid,
    number_id = coalesce((was -> 'number_id' ->> 0)::uuid, number_id),
    assignee_id = (SELECT m.agent_id FROM memberships m WHERE m.team_id = (was -> 'team_id' ->> 0)::uuid
                   AND m.agent_id::text = was -> 'assignee_id' ->> 0) WHERE id = of_case;
  PERFORM note_on(of_case, 'handed_over', jsonb_build_object('from', c.team_id, 'to', was -> 'team_id' ->> 0));
END $$;

-- What was answered is asked of cases too: how content their customers were, as they said last.
CREATE INDEX satisfaction_rated ON satisfaction (case_id, answered_at DESC) WHERE rating IS NOT NULL;

-- Every answer that somebody gave, by day and agent: a month comes from this index alone.
CREATE INDEX follow_ups_answers ON follow_ups (at) INCLUDE (author_id, audience_id, case_id)
  WHERE author_id IS NOT NULL AND (public AND direction = 'out' OR channel IN ('call', 'meeting')) AND channel NOT IN ('note', 'system');

REVOKE EXECUTE ON FUNCTION take_back_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_back_case TO guichet_agent;
