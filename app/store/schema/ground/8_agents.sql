-- Sign-ins. The keeper may make roles and owns only these functions; what they write goes through the owner's.
CREATE FUNCTION write_agent(agent uuid, of_organisation uuid, of_role_name text, of_name text, of_email text,
                            of_role text, of_language text, of_zone text, in_teams uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO agents (id, organisation_id, role_name, name, email, role, language, time_zone, default_team_id, updated_by)
    VALUES (agent, of_organisation, of_role_name, of_name, of_email, of_role, of_language, of_zone, in_teams[1], me());
  INSERT INTO memberships (team_id, agent_id, organisation_id)
    SELECT t.id, agent, of_organisation FROM teams t WHERE t.id = ANY (in_teams) AND t.organisation_id = of_organisation;
  INSERT INTO agent_states (agent_id, organisation_id) VALUES (agent, of_organisation);
END $$;

CREATE FUNCTION role_of(agent uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT role_name FROM agents WHERE id = agent AND organisation_id = coalesce(my_organisation(), organisation_id)
$$;

CREATE FUNCTION switch_agent(agent uuid, to_active boolean) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  UPDATE agents SET active = to_active WHERE id = agent;
  UPDATE agent_states SET state = 'offline', since_at = now() WHERE agent_id = agent;
$$;

-- Only a SCRAM verifier is taken, so that no password can ever stand in a statement or a log.
CREATE FUNCTION check_verifier(verifier text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF verifier !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{20,60}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' THEN
    PERFORM refuse('not_a_choice', 'password');
  END IF;
END $$;

-- Errors are raised again by their SQLSTATE alone: the original would carry the verifier into the server's log.
CREATE FUNCTION run_quietly(statement text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE state text;
BEGIN
  EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
  IF state IN ('42710', '23505') THEN PERFORM refuse('name_in_use', 'role_name'); END IF;
  RAISE EXCEPTION USING ERRCODE = state, MESSAGE = 'the sign-in could not be changed';
END $$;

CREATE FUNCTION create_agent(agent uuid, of_organisation uuid, of_role_name text, verifier text, of_name text,
                             of_email text, of_role text, of_language text, of_zone text, in_teams uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  -- An agent makes agents of her own organisation by permission; the administrator's command line makes the first.
  IF me() IS NOT NULL THEN
    PERFORM need('manage_agents');
    of_organisation := my_organisation();
  ELSIF acting() <> 'guichet_owner' THEN
    PERFORM refuse('not_permitted');
  END IF;
  PERFORM check_verifier(verifier);
  PERFORM write_agent(agent, of_organisation, of_role_name, of_name, of_email, of_role, of_language, of_zone, in_teams);
  PERFORM run_quietly(format('CREATE ROLE %I LOGIN CONNECTION LIMIT 8 PASSWORD %L', of_role_name, verifier));
  PERFORM run_quietly(format('GRANT guichet_agent TO %I', of_role_name));
  PERFORM run_quietly(format('GRANT %I TO guichet_hub WITH INHERIT FALSE, SET TRUE', of_role_name));
END $$;

CREATE FUNCTION reset_password(agent uuid, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_agents');
  PERFORM check_verifier(verifier);
  PERFORM run_quietly(format('ALTER ROLE %I PASSWORD %L', role_of(agent), verifier));
END $$;

CREATE FUNCTION set_my_password(verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM check_verifier(verifier);
  PERFORM run_quietly(format('ALTER ROLE %I PASSWORD %L', role_of(me()), verifier));
END $$;

-- Disabled at once: she cannot sign in, her sessions end, her rows stay.
CREATE FUNCTION disable_agent(agent uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE name text := role_of(agent);
BEGIN
  PERFORM need('manage_agents');
  IF name IS NULL OR agent = me() THEN PERFORM refuse('not_permitted'); END IF;
  PERFORM switch_agent(agent, false);
  PERFORM run_quietly(format('ALTER ROLE %I NOLOGIN', name));
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = name;
END $$;

CREATE FUNCTION enable_agent(agent uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE name text := role_of(agent);
BEGIN
  PERFORM need('manage_agents');
  IF name IS NULL THEN PERFORM refuse('not_found'); END IF;
  PERFORM switch_agent(agent, true);
  PERFORM run_quietly(format('ALTER ROLE %I LOGIN', name));
END $$;

-- What an agent may change of a colleague, or of herself.
CREATE FUNCTION update_agent(agent uuid, of_name text, of_email text, of_role text, of_language text, of_zone text,
                             of_default_team uuid, of_signature text, known_version integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE before agents;
BEGIN
  SELECT * INTO before FROM agents WHERE id = agent AND organisation_id = my_organisation() FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found'); END IF;
  IF before.version <> known_version THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF agent <> me() OR of_role <> before.role THEN PERFORM need('manage_agents'); END IF;
  UPDATE agents SET name = of_name, email = of_email, role = of_role, language = of_language, time_zone = of_zone,
    default_team_id = of_default_team, signature = of_signature WHERE id = agent;
END $$;

GRANT EXECUTE ON FUNCTION update_agent TO guichet_agent;
REVOKE EXECUTE ON FUNCTION write_agent, role_of, switch_agent, check_verifier, run_quietly, create_agent,
  reset_password, set_my_password, disable_agent, enable_agent, update_agent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION write_agent, role_of, switch_agent, check_verifier, run_quietly, need, refuse, me, may,
  my_organisation, acting TO guichet_keeper;
GRANT EXECUTE ON FUNCTION create_agent, reset_password, set_my_password, disable_agent, enable_agent TO guichet_agent;
GRANT CREATE ON SCHEMA guichet TO guichet_keeper;
ALTER FUNCTION create_agent OWNER TO guichet_keeper;
ALTER FUNCTION reset_password OWNER TO guichet_keeper;
ALTER FUNCTION set_my_password OWNER TO guichet_keeper;
ALTER FUNCTION disable_agent OWNER TO guichet_keeper;
ALTER FUNCTION enable_agent OWNER TO guichet_keeper;
REVOKE CREATE ON SCHEMA guichet FROM guichet_keeper;
SET LOCAL ROLE guichet_keeper;
GRANT EXECUTE ON FUNCTION create_agent TO guichet_owner;
SET LOCAL ROLE guichet_owner;
