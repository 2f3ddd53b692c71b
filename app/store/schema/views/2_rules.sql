-- Who shares: with everybody who manages teams, with a team also its leads.
CREATE FUNCTION may_share_view(with_team uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT may('manage_teams') OR coalesce(with_team = ANY (my_led_teams()), false)
$$;

CREATE FUNCTION view_before() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.team_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM teams WHERE id = NEW.team_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.name, NEW.icon, NEW.condition, NEW.columns, NEW.sorting, NEW.grouping, NEW.owner_id, NEW.team_id)
       IS DISTINCT FROM (OLD.name, OLD.icon, OLD.condition, OLD.columns, OLD.sorting, OLD.grouping, OLD.owner_id, OLD.team_id) THEN
      NEW.version := OLD.version + 1;
    END IF;
    IF NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id THEN RETURN NEW; END IF;
  END IF;
  IF NEW.owner_id IS NULL AND (SELECT count(*) FROM views WHERE organisation_id = NEW.organisation_id AND owner_id IS NULL
                               AND id <> NEW.id) >= 100 THEN
    PERFORM refuse('too_many', 'view', jsonb_build_object('most', 100));
  END IF;
  IF NEW.owner_id IS NOT NULL AND (SELECT count(*) FROM views WHERE owner_id = NEW.owner_id AND id <> NEW.id) >= 10 THEN
    PERFORM refuse('too_many', 'view', jsonb_build_object('most', 10));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON views FOR EACH ROW EXECUTE FUNCTION view_before();

CREATE FUNCTION view_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE v views := coalesce(NEW, OLD);
BEGIN
  PERFORM hint(v.organisation_id, 'view ' || v.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE OR DELETE ON views FOR EACH ROW EXECUTE FUNCTION view_after();

-- What ships. The open view holds only what needs an answer now (S4-07).
CREATE FUNCTION shipped_views()
RETURNS TABLE (place integer, key text, name text, icon text, condition jsonb, sorting text)
LANGUAGE sql IMMUTABLE AS $$
  SELECT v.column1, v.column2, v.column3, v.column4, jsonb_build_object('joined', 'all', 'parts', v.column5::jsonb), v.column6
  FROM (VALUES
    (0, 'my_open', 'My open cases', 'inbox',
     '[{"field": "case.category", "how": "is", "values": ["new", "open", "waiting_agent"]},
       {"field": "case.assignee", "how": "is", "values": ["me"]}]', 'newest'),
    (1, 'unassigned', 'Unassigned', 'user-x',
     '[{"field": "case.category", "how": "is", "values": ["new", "open", "waiting_agent"]},
       {"field": "case.assignee", "how": "empty", "values": []},
       {"field": "case.team", "how": "is", "values": ["mine"]}]', 'newest'),
    (2, 'waiting_agent', 'Waiting on agent', 'alarm-clock',
     '[{"field": "case.category", "how": "is", "values": ["waiting_agent"]},
       {"field": "case.team", "how": "is", "values": ["mine"]}]', 'newest'),
    (3, 'waiting_customer', 'Waiting on customer', 'hourglass',
     '[{"field": "case.category", "how": "is", "values": ["waiting_customer"]},
       {"field": "case.team", "how": "is", "values": ["mine"]}]', 'newest'),
    (4, 'new_in_my_teams', 'New in my teams', 'users',
     '[{"field": "case.category", "how": "is", "values": ["new", "open", "waiting_agent"]},
       {"field": "case.team", "how": "is", "values": ["mine"]},
       {"field": "case.created_at", "how": "within_last", "values": ["24h"]}]', 'created'),
    (5, 'overdue', 'Overdue', 'triangle-alert',
     '[{"field": "case.category", "how": "is", "values": ["new", "open", "waiting_agent"]},
       {"field": "case.team", "how": "is", "values": ["mine"]},
       {"field": "case.due_at", "how": "past", "values": []}]', 'oldest'),
    (6, 'solved_lately', 'Solved lately', 'circle-check',
     '[{"field": "case.category", "how": "is", "values": ["solved"]},
       {"field": "case.activity_at", "how": "within_last", "values": ["7d"]}]', 'newest'),
    (7, 'all', 'All cases', 'layers', '[]', 'newest')) v
$$;

-- The shipped views that are not there (any more).
CREATE FUNCTION ship_views(of_organisation uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE made integer;
BEGIN
  INSERT INTO views (id, organisation_id, key, name, icon, condition, sorting, position)
    SELECT gen_random_uuid(), of_organisation, s.key, s.name, s.icon, s.condition, s.sorting, s.place FROM shipped_views() s
    WHERE NOT EXISTS (SELECT FROM views v WHERE v.organisation_id = of_organisation AND v.key = s.key AND v.owner_id IS NULL);
  GET DIAGNOSTICS made = ROW_COUNT;
  RETURN made;
END $$;
SELECT ship_views(id) FROM organisations;

CREATE FUNCTION organisation_gets_views() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM ship_views(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER z_views AFTER INSERT ON organisations FOR EACH ROW EXECUTE FUNCTION organisation_gets_views();

-- Brought back on request; how many came.
CREATE FUNCTION restore_views() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  RETURN ship_views(my_organisation());
END $$;
