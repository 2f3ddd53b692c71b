-- Acts that take a row out of the writer's own sight, or touch many rows: each checks its permission itself.

CREATE FUNCTION need(permission text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT may(permission) THEN PERFORM refuse('not_permitted', '', jsonb_build_object('permission', permission)); END IF;
END $$;

-- To oneself in one's own team, always (S4-17); to somebody else by permission (S4-16), within the team.
CREATE FUNCTION check_assignment(of_team uuid, to_agent uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM memberships m JOIN agents a ON a.id = m.agent_id
                 WHERE m.team_id = of_team AND m.agent_id = to_agent AND a.active) THEN
    PERFORM refuse('not_a_member', 'assignee', jsonb_build_object(
      'agent', (SELECT name FROM agents WHERE id = to_agent AND organisation_id = my_organisation()),
      'team', (SELECT name FROM teams WHERE id = of_team)));
  END IF;
  IF to_agent <> me() THEN PERFORM need('assign_person'); END IF;
END $$;

CREATE FUNCTION my_case(of_case uuid) RETURNS cases LANGUAGE plpgsql AS $$
DECLARE found_case cases;
BEGIN
  SELECT * INTO found_case FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF found_case.team_id <> ALL (my_teams()) THEN PERFORM refuse('not_permitted'); END IF;
  RETURN found_case;
END $$;

CREATE FUNCTION note_on(of_case uuid, words text, details jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Through the audience of the case as it is now: the writer may already have lost sight of it.
  INSERT INTO follow_ups (id, case_id, organisation_id, audience_id, channel, body, custom, author_id, author_name)
    SELECT gen_random_uuid(), c.id, c.organisation_id, c.audience_id, 'system', words, details, a.id, coalesce(a.name, '')
    FROM cases c LEFT JOIN agents a ON a.id = me() WHERE c.id = of_case;
END $$;

CREATE FUNCTION assign_case(of_case uuid, to_agent uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := my_case(of_case);
BEGIN
  IF to_agent IS NULL THEN
    IF c.assignee_id IS DISTINCT FROM me() THEN PERFORM need('assign_person'); END IF;
  ELSE
    PERFORM check_assignment(c.team_id, to_agent);
    IF c.assignee_id IS NOT NULL AND c.assignee_id <> me() THEN PERFORM need('assign_person'); END IF;
  END IF;
  UPDATE cases SET assignee_id = to_agent WHERE id = of_case;
END $$;

-- The case goes to another team, unassigned; the former team keeps reading and adding notes (S1-10, S1-11).
-- A sub-team goes on speaking with the case's number; a team with a number of its own speaks with that.
CREATE FUNCTION hand_over_case(of_case uuid, to_team uuid, note text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases := my_case(of_case);
  target teams;
BEGIN
  PERFORM need('hand_over_team');
  SELECT * INTO target FROM teams WHERE id = to_team AND organisation_id = c.organisation_id AND archived_at IS NULL;
  IF NOT FOUND OR to_team = c.team_id THEN PERFORM refuse('not_found', 'team'); END IF;
  INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
    VALUES (of_case, c.team_id, c.organisation_id, 'former') ON CONFLICT DO NOTHING;
  IF btrim(note) <> '' THEN
    INSERT INTO follow_ups (id, case_id, channel, body) VALUES (gen_random_uuid(), of_case, 'note', note);
  END IF;
  UPDATE cases SET team_id = to_team, assignee_id = NULL,
    number_id = CASE WHEN target.communication_team_id IS NULL THEN speaking_number(to_team) ELSE number_id END
    WHERE id = of_case;
  PERFORM note_on(of_case, 'handed_over', jsonb_build_object('from', c.team_id, 'to', to_team));
END $$;

-- The number that a case communicates with is any number of the organisation and can always be changed (S1-12, S1-21).
CREATE FUNCTION set_case_number(of_case uuid, to_number uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := my_case(of_case);
BEGIN
  UPDATE cases SET number_id = to_number WHERE id = c.id AND number_id <> to_number;
END $$;

CREATE FUNCTION set_case_visibility(of_case uuid, to_visibility text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases := my_case(of_case);
BEGIN
  UPDATE cases SET visibility = to_visibility WHERE id = c.id;
END $$;

CREATE FUNCTION redact_follow_up(of_follow_up uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE f follow_ups;
BEGIN
  PERFORM need('redact');
  SELECT * INTO f FROM follow_ups WHERE id = of_follow_up AND audience_id = ANY (my_audiences());
  IF NOT FOUND THEN PERFORM refuse('not_found'); END IF;
  UPDATE follow_ups SET body = '', custom = '{}', redacted_at = now(), redacted_by = me() WHERE id = of_follow_up;
  DELETE FROM attachments WHERE follow_up_id = of_follow_up;
  UPDATE cases SET preview = '' WHERE id = f.case_id AND left(preview, 40) = left(regexp_replace(f.body, '\s+', ' ', 'g'), 40);
END $$;

-- The first to take a team's task has it.
CREATE FUNCTION take_task(of_task uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE t tasks;
BEGIN
  SELECT * INTO t FROM tasks WHERE id = of_task AND team_id = ANY (my_teams()) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'task'); END IF;
  IF t.assignee_id IS NOT NULL AND t.assignee_id <> me() THEN
    PERFORM refuse('already_taken', '', jsonb_build_object('agent', (SELECT name FROM agents WHERE id = t.assignee_id)));
  END IF;
  UPDATE tasks SET assignee_id = me() WHERE id = of_task;
END $$;

CREATE FUNCTION merge_customers(kept uuid, merged uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('merge');
  IF kept = merged OR (SELECT count(*) FROM customers WHERE id IN (kept, merged) AND merged_into_id IS NULL
                       AND organisation_id = my_organisation()) <> 2 THEN
    PERFORM refuse('cannot_merge');
  END IF;
  PERFORM FROM customers WHERE id IN (kept, merged) ORDER BY id FOR UPDATE;
  -- Closed cases stay as they are: a customer's lists include those of the records merged into hers.
  UPDATE cases SET customer_id = kept WHERE customer_id = merged AND category <> 'closed';
  UPDATE tasks SET customer_id = kept WHERE customer_id = merged AND case_id IS NULL;
  UPDATE customers k SET
    phones = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.phones || m.phones) e),
    emails = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.emails || m.emails) e),
    addresses = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.addresses || m.addresses) e),
    custom = m.custom || k.custom
    FROM customers m WHERE k.id = kept AND m.id = merged;
  UPDATE customers SET merged_into_id = kept WHERE id = merged;
END $$;

CREATE FUNCTION merge_cases(kept uuid, merged uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k cases := my_case(kept);
  m cases := my_case(merged);
BEGIN
  PERFORM need('merge');
  IF kept = merged OR k.merged_into_id IS NOT NULL OR m.merged_into_id IS NOT NULL OR k.category = 'closed' THEN
    PERFORM refuse('cannot_merge');
  END IF;
  PERFORM note_on(merged, 'merged_into', jsonb_build_object('number', k.number));
  UPDATE follow_ups SET case_id = kept, audience_id = k.audience_id WHERE case_id = merged AND channel <> 'system';
  UPDATE tasks SET case_id = kept WHERE case_id = merged;
  UPDATE cases SET merged_into_id = kept, assignee_id = coalesce(assignee_id, me()),
    state_id = (SELECT id FROM case_states WHERE type_id = m.type_id AND category = 'closed' ORDER BY position LIMIT 1)
    WHERE id = merged AND category <> 'closed';
  PERFORM note_on(kept, 'merged', jsonb_build_object('number', m.number, 'subject', m.subject));
END $$;

CREATE FUNCTION set_my_state(to_state text, with_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF me() IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  INSERT INTO agent_states (agent_id, organisation_id, state, reason)
    VALUES (me(), my_organisation(), to_state, with_reason)
    ON CONFLICT (agent_id) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason, since_at = now()
    WHERE (agent_states.state, agent_states.reason) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.reason);
END $$;

-- Chunks go only into an upload of one's own that is not sealed yet. As owner: nobody reads an unsealed upload.
CREATE FUNCTION open_upload(of_blob uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM blobs WHERE id = of_blob AND made_by = me() AND sha256 IS NULL)
$$;

-- Seal an upload and hang it on a follow-up; what the organisation has already is kept once.
CREATE FUNCTION attach(upload uuid, to_follow_up uuid, attachment uuid, file_name text, type text, most bigint)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  f follow_ups;
  hash text;
  bytes bigint;
  known uuid;
BEGIN
  SELECT * INTO f FROM follow_ups WHERE id = to_follow_up AND author_id = me() AND redacted_at IS NULL;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM blobs WHERE id = upload AND made_by = me() AND sha256 IS NULL) THEN
    PERFORM refuse('not_found');
  END IF;
  SELECT encode(sha256(string_agg(data, '' ORDER BY position)), 'hex'), sum(length(data)) INTO hash, bytes
    FROM blob_chunks WHERE blob_id = upload;
  IF coalesce(bytes, 0) > most THEN
    PERFORM refuse('attachment_too_large', '', jsonb_build_object(
      'name', file_name, 'size_mb', bytes / 1000000, 'most_mb', most / 1000000));
  END IF;
  SELECT id INTO known FROM blobs WHERE organisation_id = f.organisation_id AND sha256 = hash;
  IF known IS NULL THEN
    UPDATE blobs SET sha256 = hash, size = bytes WHERE id = upload;
    known := upload;
  ELSE
    DELETE FROM blobs WHERE id = upload;
  END IF;
  INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type)
    VALUES (attachment, f.organisation_id, f.audience_id, to_follow_up, known, file_name, type);
  RETURN hash;
END $$;
