-- Rules of states, whoever writes. Allowed moves bind people; the hub's own (a customer's answer, an automation, closing
-- after so many days) obey the native rules only: solved has an assignee, closed stays, nothing becomes new again.
CREATE FUNCTION first_state(of_type uuid, of_category text) RETURNS uuid LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT id FROM case_states WHERE type_id = of_type AND category = of_category AND archived_at IS NULL
  ORDER BY position LIMIT 1
$$;

-- The first state of a category that a person may move to from here.
CREATE FUNCTION reachable_state(from_state uuid, of_category text) RETURNS uuid LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT s.id FROM case_states f JOIN case_states s ON s.type_id = f.type_id
  WHERE f.id = from_state AND s.category = of_category AND s.archived_at IS NULL
    AND (f.leads_to IS NULL OR s.id = ANY (f.leads_to))
  ORDER BY s.position LIMIT 1
$$;

-- Undoing a mail gives the case the state that it had, wherever its states lead.
CREATE FUNCTION goes_back(of_case uuid, at_version integer, to_state uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM outgoing o WHERE o.case_id = of_case AND o.case_version = at_version AND o.written_by = me()
      AND (o.former_state_id = to_state OR (SELECT category FROM case_states WHERE id = o.former_state_id) = 'new')
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.outgoing_id = o.id AND d.state <> 'withdrawn'))
$$;

CREATE OR REPLACE FUNCTION case_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  i uuid := me();
  house uuid := my_organisation();
  asked boolean := NEW.type_id IS NOT NULL;
  kind case_types;
BEGIN
  SELECT organisation_id INTO NEW.organisation_id FROM teams WHERE id = NEW.team_id AND archived_at IS NULL;
  IF NEW.organisation_id IS NULL OR NEW.organisation_id <> coalesce(house, NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  SELECT language INTO NEW.language FROM customers
    WHERE id = NEW.customer_id AND organisation_id = NEW.organisation_id AND merged_into_id IS NULL;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'customer'); END IF;
  SELECT * INTO kind FROM case_types t
    WHERE t.organisation_id = NEW.organisation_id AND t.kind <> 'task'
      AND CASE WHEN asked THEN t.id = NEW.type_id ELSE t.enabled AND t.kind = 'case' END
    ORDER BY position LIMIT 1;
  IF kind.id IS NULL THEN PERFORM refuse('not_found', 'type'); END IF;
  IF asked AND i IS NOT NULL AND NOT kind.enabled THEN
    PERFORM refuse('type_not_enabled', 'type', jsonb_build_object('type', kind.name));
  END IF;
  NEW.type_id := kind.id;
  NEW.state_id := coalesce(NEW.state_id, kind.default_state_id);
  NEW.number_id := coalesce(NEW.number_id, speaking_number(NEW.team_id));
  IF NOT EXISTS (SELECT FROM numbers WHERE id = NEW.number_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'number');
  END IF;
  NEW.number := coalesce(NEW.number, nextval('case_numbers'));
  NEW.created_by := coalesce(i, NEW.created_by);
  NEW.updated_by := NEW.created_by;
  IF i IS NOT NULL AND NEW.assignee_id IS NOT NULL THEN
    PERFORM check_assignment(NEW.team_id, NEW.assignee_id);
  END IF;
  SELECT category INTO NEW.category FROM case_states WHERE id = NEW.state_id AND type_id = NEW.type_id;
  IF NOT FOUND THEN PERFORM refuse('state_not_of_type', 'state'); END IF;
  IF NEW.category IN ('solved', 'closed') AND NEW.assignee_id IS NULL THEN
    PERFORM refuse('solved_needs_assignee', 'state');
  END IF;
  NEW.audience_id := case_audience(NEW.id, NEW.organisation_id, NEW.visibility, NEW.team_id, NEW.assignee_id,
                                   NEW.number_id);
  RETURN NEW;
END $$;

-- What a person's move must obey: the state is in use, and her state leads there; another type must be enabled.
CREATE FUNCTION check_move(before cases, after cases) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  was case_states;
  goes case_states;
BEGIN
  SELECT * INTO goes FROM case_states WHERE id = after.state_id;
  IF after.type_id <> before.type_id THEN
    IF NOT EXISTS (SELECT FROM case_types WHERE id = after.type_id AND enabled AND kind <> 'task'
                   AND organisation_id = after.organisation_id) THEN
      PERFORM refuse('type_not_enabled', 'type', jsonb_build_object(
        'type', (SELECT name FROM case_types WHERE id = after.type_id AND organisation_id = after.organisation_id)));
    END IF;
    RETURN;
  END IF;
  SELECT * INTO was FROM case_states WHERE id = before.state_id;
  IF (goes.archived_at IS NOT NULL OR was.leads_to IS NOT NULL AND goes.id <> ALL (was.leads_to))
     AND NOT goes_back(before.id, before.version, goes.id) THEN
    PERFORM refuse('move_not_allowed', 'state', jsonb_build_object('from', was.name, 'to', goes.name));
  END IF;
END $$;

CREATE OR REPLACE FUNCTION case_before_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  still text[] := '{activity_at,preview,channel,audience_id,search,version,updated_at,updated_by}';
  i uuid := me();
BEGIN
  IF to_jsonb(NEW) - still IS NOT DISTINCT FROM to_jsonb(OLD) - still THEN
    RETURN NEW;
  END IF;
  IF OLD.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  IF (NEW.type_id, NEW.state_id) IS DISTINCT FROM (OLD.type_id, OLD.state_id) THEN
    SELECT category INTO NEW.category FROM case_states WHERE id = NEW.state_id AND type_id = NEW.type_id;
    IF NOT FOUND THEN PERFORM refuse('state_not_of_type', 'state'); END IF;
    IF NEW.category = 'new' AND OLD.category <> 'new' THEN PERFORM refuse('never_back_to_new', 'state'); END IF;
    IF i IS NOT NULL AND NEW.merged_into_id IS NULL THEN PERFORM check_move(OLD, NEW); END IF;
    -- A customer who writes opens her case for the agent who had it, or for the team, as its type says.
    IF i IS NULL AND OLD.category = 'solved' AND NEW.category NOT IN ('solved', 'closed')
       AND (SELECT reopened_goes_to FROM case_types WHERE id = NEW.type_id) = 'team' THEN
      NEW.assignee_id := NULL;
    END IF;
  ELSIF OLD.category = 'new' AND OLD.assignee_id IS NULL AND NEW.assignee_id IS NOT NULL THEN
    -- What somebody has is not new any more, where its type has an open state.
    SELECT id, category INTO NEW.state_id, NEW.category FROM case_states
      WHERE id = coalesce(first_state(NEW.type_id, 'open'), NEW.state_id);
  END IF;
  IF NEW.category IN ('solved', 'closed') AND NEW.assignee_id IS NULL AND NEW.merged_into_id IS NULL THEN
    PERFORM refuse('solved_needs_assignee', 'state');
  END IF;
  IF NEW.number_id <> OLD.number_id AND NOT EXISTS (
      SELECT FROM numbers WHERE id = NEW.number_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'number');
  END IF;
  IF NEW.customer_id <> OLD.customer_id AND NOT EXISTS (
      SELECT FROM customers WHERE id = NEW.customer_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'customer');
  END IF;
  NEW.audience_id := case_audience(NEW.id, NEW.organisation_id, NEW.visibility, NEW.team_id, NEW.assignee_id,
                                   NEW.number_id);
  NEW.version := OLD.version + 1;
  NEW.updated_at := now();
  NEW.updated_by := i;
  NEW.activity_at := now();
  RETURN NEW;
END $$;

-- Who leaves a team leaves its live cases, which stay with the team.
CREATE FUNCTION membership_after_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE cases SET assignee_id = NULL WHERE assignee_id = OLD.agent_id AND team_id = OLD.team_id
    AND category IN ('new', 'open', 'waiting_customer', 'waiting_agent');
  RETURN NULL;
END $$;
CREATE TRIGGER leaves_cases AFTER DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION membership_after_delete();

-- A task of a type has one of its states; what a state means and what the task is stay the same thing.
CREATE FUNCTION task_state_before() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  meant text;
  was text;
BEGIN
  IF NEW.type_id IS NULL THEN
    NEW.state_id := NULL;
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' OR NEW.type_id IS DISTINCT FROM OLD.type_id THEN
    IF NOT EXISTS (SELECT FROM case_types WHERE id = NEW.type_id AND kind = 'task'
                   AND organisation_id = (SELECT organisation_id FROM teams WHERE id = NEW.team_id)) THEN
      PERFORM refuse('not_found', 'type');
    END IF;
    IF NOT EXISTS (SELECT FROM case_states WHERE id = NEW.state_id AND type_id = NEW.type_id) THEN
      NEW.state_id := (SELECT default_state_id FROM case_types WHERE id = NEW.type_id);
    END IF;
  ELSIF NEW.state_id IS DISTINCT FROM OLD.state_id THEN
    SELECT category INTO was FROM case_states WHERE id = NEW.state_id AND type_id = NEW.type_id;
    IF NOT FOUND THEN PERFORM refuse('state_not_of_type', 'state'); END IF;
    NEW.status := CASE was WHEN 'solved' THEN 'done' WHEN 'closed' THEN 'cancelled' ELSE 'planned' END;
  END IF;
  SELECT CASE category WHEN 'solved' THEN 'done' WHEN 'closed' THEN 'cancelled' ELSE 'planned' END INTO meant
    FROM case_states WHERE id = NEW.state_id;
  IF meant <> NEW.status THEN
    NEW.state_id := coalesce(
      CASE NEW.status WHEN 'done' THEN first_state(NEW.type_id, 'solved')
                      WHEN 'cancelled' THEN first_state(NEW.type_id, 'closed') END,
      (SELECT default_state_id FROM case_types WHERE id = NEW.type_id));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_a_state BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION task_state_before();
