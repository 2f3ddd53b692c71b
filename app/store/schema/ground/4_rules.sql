-- What must hold whoever writes: filled-in columns, invariants, and rules about a change.

-- Versions: one up with every real change, and whose it was. Arguments: columns that are no change.
CREATE FUNCTION mark_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - TG_ARGV[0]::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    NEW.updated_by := me();
  END IF;
  RETURN NEW;
END $$;

-- Customers ------------------------------------------------------------------------------------------------
CREATE FUNCTION customer_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE format text;
BEGIN
  IF coalesce(NEW.account_number, '') = '' THEN
    SELECT account_number_format INTO format FROM organisations WHERE id = NEW.organisation_id;
    NEW.account_number := regexp_replace(format, '#+',
      lpad(nextval('account_numbers')::text, greatest(length(substring(format FROM '#+')), 1), '0'));
  END IF;
  NEW.updated_by := me();
  RETURN NEW;
END $$;
CREATE TRIGGER a_fill BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION customer_before_insert();
CREATE TRIGGER b_mark BEFORE UPDATE ON customers FOR EACH ROW
  EXECUTE FUNCTION mark_change('{version,updated_at,updated_by}');

CREATE FUNCTION keys_of(c customers) RETURNS SETOF text LANGUAGE sql STABLE ROWS 8
SET search_path = guichet, pg_catalog AS $$
  SELECT DISTINCT left(k, 200) FROM (
    SELECT fold(c.first_name || ' ' || c.last_name) AS k
    UNION ALL SELECT fold(c.last_name || ' ' || c.first_name)
    UNION ALL SELECT fold(c.account_number)
    UNION ALL SELECT substr(o.f, m.at) FROM (SELECT fold(c.organisation) AS f) o,
      LATERAL (SELECT 1 AS at UNION ALL
               (SELECT p + 1 FROM generate_series(1, length(o.f)) p WHERE substr(o.f, p, 1) = ' ' LIMIT 4)) m
    UNION ALL SELECT e ->> 'e164' FROM jsonb_array_elements(c.phones) e
    UNION ALL SELECT lower(e ->> 'address') FROM jsonb_array_elements(c.emails) e) s
  WHERE k <> ''
$$;

CREATE FUNCTION customer_keys_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM customer_keys WHERE customer_id IN (SELECT id FROM new_rows);
  END IF;
  INSERT INTO customer_keys (organisation_id, key, customer_id)
    SELECT n.organisation_id, k, n.id FROM new_rows n, keys_of(n::customers) k WHERE n.merged_into_id IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER keys_created AFTER INSERT ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION customer_keys_after();
CREATE TRIGGER keys_updated AFTER UPDATE ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION customer_keys_after();

-- Teams ----------------------------------------------------------------------------------------------------
CREATE TRIGGER b_mark BEFORE UPDATE ON teams FOR EACH ROW
  EXECUTE FUNCTION mark_change('{version,updated_at,updated_by}');
CREATE TRIGGER b_mark BEFORE UPDATE ON agents FOR EACH ROW
  EXECUTE FUNCTION mark_change('{version,updated_at,updated_by}');

-- A team has a number, or a default communication team that has one; never both, never a chain (S1-18 to S1-20).
CREATE FUNCTION check_team(of_team uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  team teams;
  speaker uuid;
  dependants text;
BEGIN
  SELECT * INTO team FROM teams WHERE id = of_team AND archived_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  speaker := coalesce(team.communication_team_id, team.id);
  IF EXISTS (SELECT FROM numbers WHERE team_id = of_team) = (team.communication_team_id IS NOT NULL) THEN
    PERFORM refuse('sub_team_needs_communication_team', 'communication_team');
  END IF;
  IF NOT EXISTS (SELECT FROM numbers n JOIN teams t ON t.id = n.team_id
                 WHERE n.team_id = speaker AND t.communication_team_id IS NULL AND t.archived_at IS NULL
                   AND t.organisation_id = team.organisation_id) THEN
    PERFORM refuse('communication_team_needs_number', 'communication_team');
  END IF;
  SELECT string_agg(name, ', ' ORDER BY name) INTO dependants FROM teams
    WHERE communication_team_id = of_team AND archived_at IS NULL;
  IF dependants IS NOT NULL AND team.communication_team_id IS NOT NULL THEN
    PERFORM refuse('team_speaks_for_others', 'communication_team', jsonb_build_object('teams', dependants));
  END IF;
END $$;

CREATE FUNCTION team_at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  dependants text;
BEGIN
  IF TG_TABLE_NAME = 'teams' THEN
    PERFORM check_team(NEW.id);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    SELECT string_agg(t.name, ', ' ORDER BY t.name) INTO dependants FROM teams t
      WHERE t.communication_team_id = OLD.team_id AND t.archived_at IS NULL
        AND NOT EXISTS (SELECT FROM numbers n WHERE n.team_id = OLD.team_id);
    IF dependants IS NOT NULL THEN
      PERFORM refuse('team_speaks_for_others', 'numbers', jsonb_build_object('teams', dependants));
    END IF;
    PERFORM check_team(OLD.team_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM check_team(NEW.team_id);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sound AFTER INSERT OR UPDATE ON teams DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION team_at_commit();
CREATE CONSTRAINT TRIGGER sound AFTER INSERT OR UPDATE OR DELETE ON numbers DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION team_at_commit();

CREATE FUNCTION speaking_number(of_team uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT n.id FROM teams t JOIN numbers n ON n.team_id = coalesce(t.communication_team_id, t.id)
  WHERE t.id = of_team ORDER BY n.position, n.id LIMIT 1
$$;

-- A field keeps its kind, its key and its owner (S4-10; 8x8's rule).
CREATE FUNCTION field_before_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.kind, NEW.key, NEW.owner) IS DISTINCT FROM (OLD.kind, OLD.key, OLD.owner) THEN
    PERFORM refuse('field_type_is_fixed', 'kind');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_fixed BEFORE UPDATE ON fields FOR EACH ROW EXECUTE FUNCTION field_before_update();
CREATE TRIGGER b_mark BEFORE UPDATE ON fields FOR EACH ROW
  EXECUTE FUNCTION mark_change('{version,updated_at,updated_by}');

-- Cases ----------------------------------------------------------------------------------------------------
CREATE FUNCTION case_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  SELECT organisation_id INTO NEW.organisation_id FROM teams WHERE id = NEW.team_id AND archived_at IS NULL;
  IF NEW.organisation_id IS NULL OR NEW.organisation_id <> coalesce(my_organisation(), NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  SELECT language INTO NEW.language FROM customers
    WHERE id = NEW.customer_id AND organisation_id = NEW.organisation_id AND merged_into_id IS NULL;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'customer'); END IF;
  IF NEW.type_id IS NULL THEN
    SELECT id INTO NEW.type_id FROM case_types
      WHERE organisation_id = NEW.organisation_id AND enabled ORDER BY position LIMIT 1;
  END IF;
  IF NEW.state_id IS NULL THEN
    SELECT default_state_id INTO NEW.state_id FROM case_types WHERE id = NEW.type_id;
  END IF;
  NEW.number_id := coalesce(NEW.number_id, speaking_number(NEW.team_id));
  IF NOT EXISTS (SELECT FROM numbers WHERE id = NEW.number_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'number');
  END IF;
  NEW.number := coalesce(NEW.number, nextval('case_numbers'));
  NEW.created_by := coalesce(me(), NEW.created_by);
  NEW.updated_by := NEW.created_by;
  IF me() IS NOT NULL AND NEW.assignee_id IS NOT NULL THEN
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
CREATE TRIGGER a_fill BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION case_before_insert();

-- Who opened a case keeps reading it, through her own team, when it goes to a team that is not hers (S1-11).
CREATE FUNCTION case_after_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
    SELECT NEW.id, a.default_team_id, NEW.organisation_id, 'origin' FROM agents a
    WHERE a.id = NEW.created_by AND a.default_team_id IS NOT NULL AND a.default_team_id <> NEW.team_id;
  RETURN NULL;
END $$;
CREATE TRIGGER origin AFTER INSERT ON cases FOR EACH ROW WHEN (NEW.created_by IS NOT NULL)
  EXECUTE FUNCTION case_after_insert();

CREATE FUNCTION case_teams_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE cases c SET audience_id = case_audience(c.id, c.organisation_id, c.visibility, c.team_id, c.assignee_id,
                                                 c.number_id) WHERE c.id = NEW.case_id;
  RETURN NULL;
END $$;
CREATE TRIGGER audience AFTER INSERT ON case_teams FOR EACH ROW EXECUTE FUNCTION case_teams_after();

CREATE FUNCTION case_before_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE still text[] := '{activity_at,preview,channel,audience_id,search,version,updated_at,updated_by}';
BEGIN
  IF to_jsonb(NEW) - still IS NOT DISTINCT FROM to_jsonb(OLD) - still THEN
    RETURN NEW;
  END IF;
  IF OLD.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  IF (NEW.type_id, NEW.state_id) IS DISTINCT FROM (OLD.type_id, OLD.state_id) THEN
    SELECT category INTO NEW.category FROM case_states WHERE id = NEW.state_id AND type_id = NEW.type_id;
    IF NOT FOUND THEN PERFORM refuse('state_not_of_type', 'state'); END IF;
    IF NEW.category = 'new' AND OLD.category <> 'new' THEN PERFORM refuse('never_back_to_new', 'state'); END IF;
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
  NEW.updated_by := me();
  NEW.activity_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION case_before_update();

CREATE FUNCTION case_audience_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE follow_ups SET audience_id = NEW.audience_id WHERE case_id = NEW.id;
  UPDATE tasks SET audience_id = NEW.audience_id WHERE case_id = NEW.id;
  UPDATE attachments a SET audience_id = NEW.audience_id FROM follow_ups f
    WHERE f.case_id = NEW.id AND a.follow_up_id = f.id;
  RETURN NULL;
END $$;
CREATE TRIGGER audience AFTER UPDATE ON cases FOR EACH ROW WHEN (NEW.audience_id <> OLD.audience_id)
  EXECUTE FUNCTION case_audience_after();

-- Follow-ups: appended, never rewritten; redaction is the one exception and has its own function. -------------
CREATE FUNCTION follow_up_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE i uuid := me();
BEGIN
  SELECT organisation_id, audience_id, language INTO NEW.organisation_id, NEW.audience_id, NEW.language
    FROM cases WHERE id = NEW.case_id;
  -- Whether she may see that case is the policy's check, after this trigger.
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF i IS NOT NULL THEN
    NEW.author_id := i;
    SELECT name INTO NEW.author_name FROM agents WHERE id = i;
  END IF;
  -- What was typed during an outage keeps its time; nothing is written ahead of time.
  NEW.at := least(NEW.at, clock_timestamp());
  RETURN NEW;
END $$;
CREATE TRIGGER a_fill BEFORE INSERT ON follow_ups FOR EACH ROW EXECUTE FUNCTION follow_up_before_insert();

CREATE FUNCTION follow_up_after_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE cases SET activity_at = greatest(activity_at, NEW.at), channel = NEW.channel,
                   preview = left(regexp_replace(NEW.body, '\s+', ' ', 'g'), 160)
    WHERE id = NEW.case_id AND activity_at <= NEW.at;
  RETURN NULL;
END $$;
CREATE TRIGGER touch AFTER INSERT ON follow_ups FOR EACH ROW WHEN (NEW.channel <> 'system')
  EXECUTE FUNCTION follow_up_after_insert();

-- Tasks ----------------------------------------------------------------------------------------------------
CREATE FUNCTION task_before() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE i uuid := me();
BEGIN
  SELECT organisation_id INTO NEW.organisation_id FROM teams WHERE id = NEW.team_id;
  IF NEW.organisation_id IS NULL OR NEW.organisation_id <> coalesce(my_organisation(), NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF NEW.case_id IS NULL THEN
    NEW.audience_id := everyone(NEW.organisation_id);
  ELSE
    SELECT audience_id, customer_id INTO NEW.audience_id, NEW.customer_id FROM cases
      WHERE id = NEW.case_id AND organisation_id = NEW.organisation_id;
    IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.created_by := coalesce(i, NEW.created_by);
    NEW.updated_by := NEW.created_by;
  END IF;
  BEGIN
    NEW.due_at := NEW.local_at AT TIME ZONE NEW.zone;
  EXCEPTION WHEN invalid_parameter_value THEN
    PERFORM refuse('not_a_choice', 'zone', jsonb_build_object('value', NEW.zone));
  END;
  NEW.remind_at := coalesce(NEW.snoozed_until, NEW.due_at - make_interval(mins => NEW.reminder_minutes));
  NEW.done_at := CASE WHEN NEW.status = 'done' THEN coalesce(NEW.done_at, now()) END;
  RETURN NEW;
END $$;
CREATE TRIGGER a_fill BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION task_before();
CREATE TRIGGER b_mark BEFORE UPDATE ON tasks FOR EACH ROW
  EXECUTE FUNCTION mark_change('{version,updated_at,updated_by,audience_id,escalated_at}');
