-- Which fields a case form shows, in which order, and which it insists on: of a type, of a team, of both, or of all.
-- [{"field": "priority", "required": false}, {"field": "custom.serial", "required": true}]
CREATE TABLE forms (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  type_id uuid REFERENCES case_types,
  team_id uuid REFERENCES teams,
  fields jsonb NOT NULL CHECK (jsonb_typeof(fields) = 'array' AND jsonb_array_length(fields) <= 200),
  version integer NOT NULL DEFAULT 1,
  UNIQUE NULLS NOT DISTINCT (organisation_id, type_id, team_id)
);

-- The words that cases are tagged with, each once however it is written; a tag that is used for the first time is here.
CREATE TABLE tags (
  organisation_id uuid NOT NULL REFERENCES organisations,
  key text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  hidden boolean NOT NULL DEFAULT false,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, key)
);

ALTER TABLE projects ADD COLUMN description text NOT NULL DEFAULT '' CHECK (length(description) <= 4000),
  ADD COLUMN archived_at timestamptz, ADD COLUMN version integer NOT NULL DEFAULT 1;
CREATE INDEX cases_project ON cases (project_id, activity_at DESC, id DESC) WHERE project_id IS NOT NULL;

-- Who wants to hear what happens to a case that is not hers.
CREATE TABLE case_watchers (
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  agent_id uuid NOT NULL REFERENCES agents,
  organisation_id uuid NOT NULL REFERENCES organisations,
  since_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (case_id, agent_id)
);
CREATE INDEX ON case_watchers (agent_id);

-- What somebody is told: she was named in a note, or a case that she watches moved. Kept until she has seen it.
CREATE TABLE notices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organisation_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES agents,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('mentioned', 'watched')),
  by_id uuid REFERENCES agents,
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 200),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz
);
CREATE INDEX notices_open ON notices (agent_id, at) WHERE seen_at IS NULL;
CREATE INDEX ON notices (case_id);

-- A way for cases into another organisation of the same database: opened by a code that the receiving administrator
-- gives to the sending one, so that nobody is found who did not want to be.
CREATE TABLE referral_ways (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  code text NOT NULL UNIQUE CHECK (length(code) BETWEEN 8 AND 40),
  from_organisation_id uuid REFERENCES organisations,
  made_by uuid REFERENCES agents,
  made_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE INDEX ON referral_ways (organisation_id);
CREATE INDEX ON referral_ways (from_organisation_id);
-- What was referred, seen from both sides; neither reads the other's case.
CREATE TABLE referrals (
  -- Written before its case, which is allowed into the other house by this alone.
  case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  organisation_id uuid NOT NULL REFERENCES organisations,
  from_case_id uuid NOT NULL,
  from_organisation_id uuid NOT NULL REFERENCES organisations,
  way_id uuid NOT NULL REFERENCES referral_ways,
  by_id uuid REFERENCES agents,
  at timestamptz NOT NULL DEFAULT now()
);
