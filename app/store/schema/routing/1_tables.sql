-- How calls are routed and told of: prompts, rules, lines to the outside, the log of states, calls that are planned.
CREATE TABLE prompts (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  -- Spoken by a voice where there is no sound of its own.
  words text NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
  sound_id uuid REFERENCES blobs,
  version integer NOT NULL DEFAULT 1,
  archived_at timestamptz,
  CHECK (words <> '' OR sound_id IS NOT NULL)
);
CREATE INDEX ON prompts (organisation_id);

ALTER TABLE team_voice
  ADD COLUMN disposition_required boolean NOT NULL DEFAULT false,
  ADD COLUMN recordings_days integer NOT NULL DEFAULT 90 CHECK (recordings_days BETWEEN 1 AND 3650),
  -- How often a waiting caller hears her position and expected wait; 0: never.
  ADD COLUMN announce_s integer NOT NULL DEFAULT 60 CHECK (announce_s = 0 OR announce_s BETWEEN 15 AND 600),
  ADD COLUMN offers_callback boolean NOT NULL DEFAULT true,
  ADD COLUMN greeting_prompt_id uuid REFERENCES prompts,
  ADD COLUMN closed_prompt_id uuid REFERENCES prompts,
  -- A team that was closed by hand rings again at this instant; empty: until somebody opens it.
  ADD COLUMN closed_until timestamptz;
ALTER TABLE ring_schedules ADD COLUMN call_tree_id uuid REFERENCES call_trees;

-- Who is served where before the ring schedule: by number, segment, company or account; the newest rule wins.
CREATE TABLE routing_rules (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  match_on text NOT NULL CHECK (match_on IN ('number', 'segment', 'company', 'account')),
  how text NOT NULL DEFAULT 'equals' CHECK (how IN ('equals', 'starts_with')),
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
  to_team_id uuid REFERENCES teams,
  to_agent_id uuid REFERENCES agents,
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  CHECK ((to_team_id IS NULL) <> (to_agent_id IS NULL))
);
CREATE INDEX ON routing_rules (team_id);

-- Lines to the outside. The password is the hub's to read, nobody else's.
CREATE TABLE trunks (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]{0,30}$'),
  host text NOT NULL CHECK (host ~ '^[A-Za-z0-9.:-]{1,253}$'),
  port integer NOT NULL DEFAULT 5060 CHECK (port BETWEEN 1 AND 65535),
  username text NOT NULL DEFAULT '' CHECK (username ~ '^[A-Za-z0-9._+@-]{0,100}$'),
  password text NOT NULL DEFAULT '' CHECK (length(password) <= 200),
  registers boolean NOT NULL DEFAULT false,
  matches text[] NOT NULL DEFAULT '{}',
  codecs text[] NOT NULL DEFAULT '{alaw,ulaw,g722}'
    CHECK (codecs <@ '{opus,g722,alaw,ulaw}' AND cardinality(codecs) > 0),
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  -- What the hub found when it last looked.
  state text NOT NULL DEFAULT '' CHECK (state IN ('', 'reachable', 'registered', 'unreachable', 'rejected')),
  looked_at timestamptz,
  UNIQUE (name)
);
CREATE INDEX ON trunks (organisation_id);

-- Every stay of an agent in a state, for reports.
CREATE TABLE agent_state_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES agents,
  state text NOT NULL,
  reason text NOT NULL DEFAULT '',
  set_by uuid REFERENCES agents,
  began_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX ON agent_state_log (agent_id, began_at DESC);
CREATE INDEX agent_state_now ON agent_state_log (agent_id) WHERE ended_at IS NULL;

-- A call that a desk is about to dial: for which case, with which number, to do which task.
CREATE TABLE planned_calls (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES agents,
  task_id uuid REFERENCES tasks ON DELETE CASCADE,
  case_id uuid REFERENCES cases ON DELETE CASCADE,
  customer_id uuid REFERENCES customers ON DELETE CASCADE,
  number_id uuid REFERENCES numbers ON DELETE CASCADE,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON planned_calls (made_at);

ALTER TABLE calls
  ADD COLUMN recording text NOT NULL DEFAULT '' CHECK (recording IN ('', 'announced', 'on', 'paused', 'done')),
  ADD COLUMN recording_id uuid REFERENCES blobs,
  ADD COLUMN keep_recording_until timestamptz,
  ADD COLUMN listeners uuid[] NOT NULL DEFAULT '{}',
  -- The place in the queue: when she came, or where a supervisor put her.
  ADD COLUMN place_at timestamptz;
CREATE INDEX calls_recordings ON calls (keep_recording_until) WHERE recording_id IS NOT NULL;
ALTER TABLE call_commands ADD COLUMN place integer CHECK (place BETWEEN 1 AND 1500);

-- A sound that is kept for a set time.
ALTER TABLE attachments ADD COLUMN keep_until timestamptz;
CREATE INDEX attachments_to_remove ON attachments (keep_until) WHERE keep_until IS NOT NULL;

CREATE FUNCTION at_most() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE n bigint;
BEGIN
  -- Arguments: how many, and what the sentence says; counted for one team, or among those of no team.
  EXECUTE format('SELECT count(*) FROM %s WHERE archived_at IS NULL AND organisation_id = $1 AND team_id IS NOT DISTINCT FROM $2 %s',
                 TG_RELID::regclass, CASE WHEN TG_TABLE_NAME = 'codes' THEN 'AND kind = ' || quote_literal(to_jsonb(NEW) ->> 'kind') ELSE '' END)
    INTO n USING NEW.organisation_id, NEW.team_id;
  IF n > TG_ARGV[0]::int THEN
    PERFORM refuse('too_many', TG_TABLE_NAME, jsonb_build_object('most', TG_ARGV[0]::int));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER at_most AFTER INSERT OR UPDATE OF archived_at, team_id ON codes FOR EACH ROW EXECUTE FUNCTION at_most(100);
CREATE TRIGGER at_most AFTER INSERT OR UPDATE OF archived_at, team_id ON ring_schedules FOR EACH ROW EXECUTE FUNCTION at_most(25);
