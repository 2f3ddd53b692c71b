-- Who is acting, and what she may see and do. Everything that policies ask is here.
CREATE FUNCTION refuse(reason text, field text DEFAULT '', details jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'GU001', MESSAGE = reason,
    DETAIL = jsonb_build_object('field', field, 'details', details)::text;
END $$;

-- Who asks: the role that was set, else the one that signed in. Not current_user, which is the owner inside a
-- SECURITY DEFINER function; not a setting of our own, which anybody could write.
CREATE FUNCTION acting() RETURNS name LANGUAGE sql STABLE AS $$
  SELECT CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role')::name END
$$;

CREATE FUNCTION me() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT id FROM agents WHERE role_name = acting() AND active
$$;

CREATE FUNCTION my_organisation() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT organisation_id FROM agents WHERE role_name = acting() AND active
$$;

CREATE FUNCTION may(permission text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM agents a JOIN role_permissions p ON p.organisation_id = a.organisation_id AND p.role = a.role
    WHERE a.role_name = acting() AND a.active AND p.permission = may.permission)
$$;

-- The teams whose work is mine: those I am a member of; all of the organisation for who supervises calls.
CREATE FUNCTION my_teams() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(t.id), '{}')
  FROM agents a JOIN teams t ON t.organisation_id = a.organisation_id
  WHERE a.role_name = acting() AND a.active
    AND (EXISTS (SELECT FROM memberships m WHERE m.team_id = t.id AND m.agent_id = a.id)
         OR (SELECT may('supervise_calls')))
$$;

-- Those I am a member of, whatever I supervise: for "my teams" in lists and for who is rung.
CREATE FUNCTION my_memberships() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(m.team_id), '{}') FROM memberships m WHERE m.agent_id = me()
$$;

CREATE FUNCTION my_led_teams() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(t.id), '{}')
  FROM agents a JOIN teams t ON t.organisation_id = a.organisation_id
  WHERE a.role_name = acting() AND a.active
    AND (EXISTS (SELECT FROM memberships m WHERE m.team_id = t.id AND m.agent_id = a.id AND m.lead)
         OR (SELECT may('supervise_calls')))
$$;

-- The audiences that I belong to. Policies compare a row's one audience with this array, made once a statement.
CREATE FUNCTION my_audiences() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  i uuid := me();
  mine uuid[] := my_memberships();
  led uuid[] := my_led_teams();
  sees_all boolean := may('see_all_cases');
BEGIN
  RETURN coalesce((
    SELECT array_agg(a.id) FROM audiences a
    WHERE a.organisation_id = my_organisation()
      AND (a.everyone OR (sees_all AND NOT a.private) OR a.teams && mine OR a.lead_teams && led
           OR a.agents @> ARRAY[i])), '{}');
END $$;

CREATE FUNCTION audience(of_organisation uuid, of_key text, of_teams uuid[], of_lead_teams uuid[], of_agents uuid[],
                         is_everyone boolean DEFAULT false, is_private boolean DEFAULT false)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found_id bigint;
BEGIN
  SELECT id INTO found_id FROM audiences WHERE organisation_id = of_organisation AND key = of_key;
  IF found_id IS NULL THEN
    INSERT INTO audiences (organisation_id, key, everyone, private, teams, lead_teams, agents)
    VALUES (of_organisation, of_key, is_everyone, is_private, of_teams, of_lead_teams, of_agents)
    ON CONFLICT (organisation_id, key) DO UPDATE SET key = EXCLUDED.key RETURNING id INTO found_id;
  END IF;
  RETURN found_id;
END $$;

CREATE FUNCTION everyone(of_organisation uuid) RETURNS bigint LANGUAGE sql AS $$
  SELECT audience(of_organisation, 'everyone', '{}', '{}', '{}', is_everyone => true)
$$;

-- Public: every team that has or had the case, and the one it speaks through. Internal: the team that has it.
-- Private: its assignee, and the leads of the team that has it.
CREATE FUNCTION case_audience(of_case uuid, of_organisation uuid, of_visibility text, of_team uuid,
                              of_assignee uuid, of_number uuid)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE these uuid[];
BEGIN
  IF of_visibility = 'private' THEN
    RETURN audience(of_organisation, 'private ' || of_team || coalesce(' ' || of_assignee, ''), '{}',
                    ARRAY[of_team], CASE WHEN of_assignee IS NULL THEN '{}' ELSE ARRAY[of_assignee] END,
                    is_private => true);
  END IF;
  IF of_visibility = 'internal' THEN
    these := ARRAY[of_team];
  ELSE
    SELECT array_agg(DISTINCT t ORDER BY t) INTO these FROM (
      SELECT of_team AS t UNION SELECT team_id FROM numbers WHERE id = of_number
      UNION SELECT team_id FROM case_teams WHERE case_id = of_case) s;
  END IF;
  RETURN audience(of_organisation, 'teams ' || array_to_string(these, ' '), these, '{}', '{}');
END $$;
