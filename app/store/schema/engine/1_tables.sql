-- What happens by itself: automations, what they did and why, what they wait to send, and what is asked of the hub.

-- Words that are sent again and again: an organisation's, a team's or one agent's; automations reply with the first kind.
CREATE TABLE templates (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid REFERENCES teams,
  agent_id uuid REFERENCES agents,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- Typed behind a slash in the composer.
  shortcut text NOT NULL DEFAULT '' CHECK (shortcut ~ '^[a-z0-9_-]{0,30}$'),
  text_en text NOT NULL DEFAULT '' CHECK (length(text_en) <= 20000),
  text_fr text NOT NULL DEFAULT '' CHECK (length(text_fr) <= 20000),
  shipped text NOT NULL DEFAULT '',
  archived_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1,
  CHECK (team_id IS NULL OR agent_id IS NULL)
);
CREATE INDEX templates_organisation ON templates (organisation_id) WHERE archived_at IS NULL;

-- Several acts by one key, on the case that is open: an organisation's, a team's or one agent's.
CREATE TABLE macros (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid REFERENCES teams,
  agent_id uuid REFERENCES agents,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  position integer NOT NULL DEFAULT 0,
  actions jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(actions) = 'array' AND jsonb_array_length(actions) <= 20),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK (team_id IS NULL OR agent_id IS NULL)
);
CREATE INDEX macros_organisation ON macros (organisation_id) WHERE archived_at IS NULL;

-- An automation: objects, trigger and actions are its content. One without a team is everybody's and the
-- administrators' own; one of a team concerns that team's cases.
CREATE TABLE automations (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid REFERENCES teams,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  shipped text NOT NULL DEFAULT '',
  position integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT false,
  trigger text NOT NULL,
  content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object' AND length(content::text) <= 60000),
  -- A shipped one whose parts nobody changed: mail carries it out in its own transaction, before anybody looks.
  prompt boolean NOT NULL DEFAULT false,
  -- What went wrong when it last ran: a template's error, a web hook's answer. Written by the hub.
  trouble jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(trouble) = 'array'),
  -- Of one that runs by the clock: the hour that it has done.
  ran_until timestamptz,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES agents,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX automations_organisation ON automations (organisation_id, position) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX automations_shipped ON automations (organisation_id, shipped) WHERE shipped <> '' AND archived_at IS NULL;

CREATE TABLE automation_versions (
  automation_id uuid NOT NULL REFERENCES automations ON DELETE CASCADE,
  version integer NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  active boolean NOT NULL,
  content jsonb NOT NULL,
  changed_by uuid REFERENCES agents,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (automation_id, version)
);

-- What an automation did at an event, and why: receipt and log in one, written with the acts themselves.
CREATE TABLE automation_runs (
  automation_id uuid NOT NULL REFERENCES automations ON DELETE CASCADE,
  event text NOT NULL CHECK (length(event) <= 200),
  organisation_id uuid NOT NULL REFERENCES organisations,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  trigger text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  depth smallint NOT NULL DEFAULT 0,
  outcome text NOT NULL DEFAULT 'done'
    CHECK (outcome IN ('done', 'failed', 'own_event', 'too_deep', 'too_often')),
  acts jsonb NOT NULL DEFAULT '[]',
  reasons jsonb NOT NULL DEFAULT '[]',
  case_version integer NOT NULL DEFAULT 0,
  undone_at timestamptz,
  PRIMARY KEY (automation_id, event)
);
CREATE INDEX automation_runs_case ON automation_runs (case_id, at DESC);
CREATE INDEX automation_runs_lately ON automation_runs (automation_id, at DESC);

-- Where the hub stands in the change log: one place, moved in the transaction that acts.
CREATE TABLE automation_place (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  epoch integer NOT NULL,
  xid xid8 NOT NULL,
  seq bigint NOT NULL,
  -- Tasks that were due before have been told of.
  due_until timestamptz NOT NULL DEFAULT now()
);

-- Who asks a global automation's owners for a change, and what.
CREATE TABLE automation_asks (
  id uuid PRIMARY KEY,
  automation_id uuid NOT NULL REFERENCES automations ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  asked_by uuid NOT NULL REFERENCES agents,
  said text NOT NULL CHECK (length(said) BETWEEN 1 AND 2000),
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered_by uuid REFERENCES agents,
  answered_at timestamptz
);
CREATE INDEX automation_asks_open ON automation_asks (automation_id) WHERE answered_at IS NULL;

-- The outbox of web hooks: written with the acts, carried out afterwards, tried again when nobody answers.
CREATE TABLE web_hook_calls (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  automation_id uuid NOT NULL REFERENCES automations ON DELETE CASCADE,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  event text NOT NULL,
  position smallint NOT NULL,
  url text NOT NULL CHECK (url ~ '^https?://' AND length(url) <= 2000),
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'done', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  send_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  claimed_until timestamptz,
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 300),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at timestamptz,
  UNIQUE (automation_id, event, position)
);
CREATE INDEX web_hook_calls_due ON web_hook_calls (send_at) WHERE state IN ('waiting', 'sending');

-- What web hooks are signed with; told to administrators alone.
CREATE TABLE web_hook_secrets (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  secret text NOT NULL CHECK (length(secret) BETWEEN 32 AND 200)
);

-- What an automation tells somebody; gone when it was seen.
CREATE TABLE automation_notices (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES agents,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  automation_id uuid NOT NULL REFERENCES automations ON DELETE CASCADE,
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 500),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz
);
CREATE INDEX automation_notices_open ON automation_notices (agent_id, at DESC) WHERE seen_at IS NULL;

-- An automation as it stands in somebody's editor, replayed by the hub over what really happened.
CREATE TABLE replays (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  asked jsonb NOT NULL CHECK (length(asked::text) <= 70000),
  days integer NOT NULL CHECK (days BETWEEN 1 AND 366),
  asked_by uuid NOT NULL REFERENCES agents,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  claimed_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  answer jsonb,
  answered_at timestamptz
);
CREATE INDEX replays_open ON replays (asked_at) WHERE answered_at IS NULL;

-- Who made a change by itself, and how far it is from what a person did.
ALTER TABLE changes ADD COLUMN automation_id uuid, ADD COLUMN depth smallint;
-- The log is written in the order of time, near enough: a few pages of this index lead to any day of it.
CREATE INDEX changes_at ON changes USING brin (at);
