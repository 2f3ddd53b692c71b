-- Everything that changes, given out to another aggregator: one place in the log for each target.
CREATE TABLE export_targets (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  kind text NOT NULL CHECK (kind IN ('https', 'folder')),
  -- In the clear on this computer only. A folder is a name below the hub's own.
  url text NOT NULL DEFAULT '' CHECK (length(url) <= 500 AND
    url ~ '^(|https://[^[:space:]]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/[^[:space:]]*)?)$'),
  folder text NOT NULL DEFAULT '' CHECK (folder ~ '^([a-z0-9][a-z0-9_-]{0,60})?$'),
  secret text NOT NULL DEFAULT '' CHECK (length(secret) <= 500),
  active boolean NOT NULL DEFAULT true,
  -- The last line that the target has.
  epoch integer NOT NULL DEFAULT 0,
  xid text NOT NULL DEFAULT '0',
  seq bigint NOT NULL DEFAULT 0,
  sent bigint NOT NULL DEFAULT 0,
  sent_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamptz NOT NULL DEFAULT now(),
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 300),
  claim_id uuid,
  claimed_until timestamptz,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK ((kind = 'https') = (url <> '') AND (kind = 'folder') = (folder <> ''))
);
CREATE INDEX ON export_targets (organisation_id);
CREATE UNIQUE INDEX export_folder ON export_targets (folder) WHERE folder <> '' AND archived_at IS NULL;

-- A call is told of once, when it is over.
CREATE FUNCTION log_call() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO changes (epoch, organisation_id, audience_id, kind, operation, record_id, parent_id, new_team_id)
    VALUES ((SELECT epoch FROM schema_info), NEW.organisation_id, everyone(NEW.organisation_id), 'call', 'created', NEW.id,
            NEW.case_id, NEW.team_id);
  RETURN NULL;
END $$;
CREATE TRIGGER logged AFTER UPDATE OF phase ON calls FOR EACH ROW
  WHEN (NEW.phase = 'ended' AND OLD.phase <> 'ended') EXECUTE FUNCTION log_call();

-- The records that changes are about, as they are now; null for one that is gone.
CREATE FUNCTION export_record(of_kind text, of_record uuid) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT CASE of_kind
    WHEN 'case' THEN (SELECT to_jsonb(c) - '{search,audience_id,preview}'::text[] || jsonb_build_object(
        'first_replied_at', m.first_replied_at, 'solved_at', m.solved_at, 'reopened', m.reopened)
      FROM cases c LEFT JOIN case_measures m ON m.case_id = c.id WHERE c.id = of_record)
    WHEN 'customer' THEN (SELECT to_jsonb(c) FROM customers c WHERE c.id = of_record)
    WHEN 'follow_up' THEN (SELECT to_jsonb(f) - '{search,audience_id}'::text[] FROM follow_ups f WHERE f.id = of_record)
    WHEN 'task' THEN (SELECT to_jsonb(t) - '{audience_id}'::text[] FROM tasks t WHERE t.id = of_record)
    WHEN 'satisfaction' THEN (SELECT to_jsonb(s) - '{audience_id,recipient}'::text[] FROM satisfaction s WHERE s.id = of_record)
    WHEN 'call' THEN (SELECT to_jsonb(c) - '{state,trace,note,ringing,hub_epoch}'::text[] FROM calls c WHERE c.id = of_record)
    WHEN 'team' THEN (SELECT to_jsonb(t) FROM teams t WHERE t.id = of_record)
    WHEN 'agent' THEN (SELECT to_jsonb(a) - '{signature}'::text[] FROM agents a WHERE a.id = of_record)
  END
$$;

CREATE FUNCTION save_export(target uuid, of_name text, of_kind text, to_url text, to_folder text, with_secret text,
                            to_active boolean, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('export');
  PERFORM need('manage_agents');
  PERFORM FROM export_targets WHERE id = target AND (organisation_id <> my_organisation() OR version <> seen);
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO export_targets AS t (id, organisation_id, name, kind, url, folder, secret, active)
    VALUES (target, my_organisation(), of_name, of_kind, CASE of_kind WHEN 'https' THEN to_url ELSE '' END,
            CASE of_kind WHEN 'folder' THEN to_folder ELSE '' END, with_secret, to_active)
    -- A target that is somewhere else begins from the beginning; a secret that was not typed stays.
    ON CONFLICT (id) DO UPDATE SET name = of_name, kind = of_kind, url = EXCLUDED.url, folder = EXCLUDED.folder,
      secret = CASE WHEN with_secret = '' THEN t.secret ELSE with_secret END, active = to_active, failures = 0,
      retry_at = now(), said = '', version = t.version + 1,
      epoch = CASE WHEN (t.kind, t.url, t.folder) = (of_kind, EXCLUDED.url, EXCLUDED.folder) THEN t.epoch ELSE 0 END,
      xid = CASE WHEN (t.kind, t.url, t.folder) = (of_kind, EXCLUDED.url, EXCLUDED.folder) THEN t.xid ELSE '0' END,
      seq = CASE WHEN (t.kind, t.url, t.folder) = (of_kind, EXCLUDED.url, EXCLUDED.folder) THEN t.seq ELSE 0 END;
  PERFORM hint(my_organisation(), 'export_target ' || target || ' *');
EXCEPTION
  WHEN check_violation THEN
    PERFORM refuse('not_a_url', 'url', jsonb_build_object('value', left(to_url || to_folder, 80)));
  WHEN unique_violation THEN
    PERFORM refuse('name_in_use', 'folder', jsonb_build_object('value', to_folder));
END $$;

CREATE FUNCTION archive_export(target uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_agents');
  UPDATE export_targets SET archived_at = now(), active = false, secret = '' WHERE id = target AND organisation_id = my_organisation();
  PERFORM hint(my_organisation(), 'export_target ' || target || ' *');
END $$;
