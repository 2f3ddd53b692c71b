-- A tree that messages to a team's number walk through, and where each customer stands in it.
CREATE TABLE message_trees (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 100),
  -- As app.domain.message_trees reads it.
  outline jsonb NOT NULL CHECK (jsonb_typeof(outline) = 'object' AND length(outline::text) <= 100000),
  active boolean NOT NULL DEFAULT true,
  archived_at timestamptz,
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX one_message_tree ON message_trees (team_id) WHERE active AND archived_at IS NULL;
CREATE INDEX ON message_trees (organisation_id);

CREATE TABLE message_talks (
  line_id uuid NOT NULL REFERENCES sms_lines,
  number text NOT NULL CHECK (number ~ '^\+[1-9][0-9]{2,14}$'),
  organisation_id uuid NOT NULL REFERENCES organisations,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  menu text NOT NULL CHECK (length(menu) <= 100),
  tries integer NOT NULL DEFAULT 0,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (line_id, number)
);
CREATE INDEX ON message_talks (case_id);

-- A tree belongs to a team with a number; a sub-team is reached through one (S1-28).
CREATE FUNCTION message_tree_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM numbers WHERE team_id = NEW.team_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('sub_team_gets_no_messages', 'team');
  END IF;
  -- Every team and agent that it leads to is the organisation's own.
  IF EXISTS (SELECT FROM jsonb_path_query(NEW.outline, '$.**.target ? (@.goes == "team" || @.goes == "agent")') t
             WHERE NOT EXISTS (SELECT FROM teams WHERE id::text = t ->> 'id' AND organisation_id = NEW.organisation_id AND archived_at IS NULL)
               AND NOT EXISTS (SELECT FROM agents WHERE id::text = t ->> 'id' AND organisation_id = NEW.organisation_id AND active)) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  NEW.updated_by := coalesce(me(), NEW.updated_by);
  IF TG_OP = 'UPDATE' THEN NEW.version := OLD.version + 1; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON message_trees FOR EACH ROW EXECUTE FUNCTION message_tree_rules();

CREATE FUNCTION message_tree_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'message_tree ' || NEW.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON message_trees FOR EACH ROW EXECUTE FUNCTION message_tree_after();

CREATE FUNCTION sms_line_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'sms_line ' || NEW.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON sms_lines FOR EACH ROW EXECUTE FUNCTION sms_line_after();

-- The hub leads a case where the tree of its number's team leads, and nowhere else: a sub-team is reached so, or by
-- somebody's hand (S1-28). The team of the number goes on reading; the number stays the one she knows.
CREATE FUNCTION lead_case(of_case uuid, tree uuid, target uuid) RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  t message_trees;
  to_team uuid;
  to_agent uuid;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case FOR UPDATE;
  SELECT * INTO t FROM message_trees WHERE id = tree AND active AND archived_at IS NULL;
  IF c.id IS NULL OR t.id IS NULL OR t.team_id IS DISTINCT FROM (SELECT team_id FROM numbers WHERE id = c.number_id)
     OR NOT jsonb_path_exists(t.outline, '$.**.id ? (@ == $wanted)', jsonb_build_object('wanted', target::text)) THEN
    PERFORM refuse('sub_team_gets_no_messages', 'team');
  END IF;
  -- What somebody has taken meanwhile is hers.
  IF c.assignee_id IS NOT NULL OR c.team_id <> t.team_id OR c.category IN ('solved', 'closed') THEN RETURN false; END IF;
  SELECT id INTO to_team FROM teams WHERE id = target AND organisation_id = c.organisation_id AND archived_at IS NULL;
  IF to_team IS NULL THEN
    SELECT id, CASE WHEN EXISTS (SELECT FROM memberships WHERE team_id = c.team_id AND agent_id = target) THEN c.team_id
               ELSE default_team_id END INTO to_agent, to_team
      FROM agents WHERE id = target AND active AND organisation_id = c.organisation_id;
  END IF;
  IF to_team IS NULL THEN RETURN false; END IF;
  IF to_team <> c.team_id THEN
    INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
      VALUES (of_case, c.team_id, c.organisation_id, 'former') ON CONFLICT DO NOTHING;
  END IF;
  UPDATE cases SET team_id = to_team, assignee_id = to_agent WHERE id = of_case;
  IF to_team <> c.team_id THEN
    PERFORM note_on(of_case, 'handed_over', jsonb_build_object('from', c.team_id, 'to', to_team));
  END IF;
  RETURN true;
END $$;

ALTER TABLE message_trees ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON message_trees TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON message_trees TO guichet_hub;
CREATE POLICY agent_reads ON message_trees FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()));
CREATE POLICY agent_adds ON message_trees FOR INSERT TO guichet_agent
  WITH CHECK (organisation_id = (SELECT my_organisation()) AND (SELECT may('manage_teams')));
CREATE POLICY agent_changes ON message_trees FOR UPDATE TO guichet_agent
  USING (organisation_id = (SELECT my_organisation()) AND (SELECT may('manage_teams')));
GRANT SELECT, INSERT (id, organisation_id, team_id, name, outline, active),
  UPDATE (team_id, name, outline, active, archived_at) ON message_trees TO guichet_agent;
ALTER TABLE message_talks ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON message_talks TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON message_talks TO guichet_hub;
CREATE POLICY agent_reads ON message_talks FOR SELECT TO guichet_agent USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));
GRANT SELECT ON message_talks TO guichet_agent;

REVOKE EXECUTE ON FUNCTION message_tree_rules, message_tree_after, sms_line_after, lead_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lead_case, note_on TO guichet_hub;
