-- Calls, as the hub lives them and the desks see them; how teams are rung; who may register a phone.
CREATE TABLE team_voice (
  team_id uuid PRIMARY KEY REFERENCES teams,
  organisation_id uuid NOT NULL REFERENCES organisations,
  strategy text NOT NULL DEFAULT 'ring_all' CHECK (strategy IN ('ring_all', 'rotation', 'longest_idle', 'priority')),
  offer_s integer NOT NULL DEFAULT 30 CHECK (offer_s BETWEEN 5 AND 120),
  queue_most_s integer NOT NULL DEFAULT 600 CHECK (queue_most_s BETWEEN 0 AND 7200),
  queue_length integer NOT NULL DEFAULT 50 CHECK (queue_length BETWEEN 0 AND 1500),
  wrap_up text NOT NULL DEFAULT 'optional' CHECK (wrap_up IN ('none', 'optional', 'timed', 'mandatory')),
  wrap_up_s integer NOT NULL DEFAULT 60 CHECK (wrap_up_s BETWEEN 0 AND 900),
  records text NOT NULL DEFAULT 'never' CHECK (records IN ('never', 'on_demand', 'always')),
  last_advisor_days integer NOT NULL DEFAULT 7 CHECK (last_advisor_days BETWEEN 1 AND 90),
  closed_treatment text NOT NULL DEFAULT 'voicemail' CHECK (closed_treatment IN ('voicemail', 'announcement')),
  closed_now boolean NOT NULL DEFAULT false,
  call_tree_id uuid
);

-- When a team rings and whom; of those that apply, the one made last wins (one-off over recurring).
CREATE TABLE ring_schedules (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  zone text NOT NULL DEFAULT 'Europe/Paris',
  weekdays integer[] NOT NULL DEFAULT '{1,2,3,4,5}' CHECK (weekdays <@ '{1,2,3,4,5,6,7}'),
  rings_from time NOT NULL DEFAULT '08:00',
  rings_until time NOT NULL DEFAULT '18:30',
  first_day date,
  last_day date,
  closed boolean NOT NULL DEFAULT false,
  -- [{"agent_id": …, "tier": 1}], or empty for all members; an entry may name a sub-team: {"team_id": …, "tier": 2}.
  rings jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rings) = 'array'),
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE INDEX ON ring_schedules (team_id);

CREATE TABLE call_trees (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The outline as app.domain.call_trees reads it.
  outline jsonb NOT NULL CHECK (jsonb_typeof(outline) = 'object' AND length(outline::text) <= 100000),
  version integer NOT NULL DEFAULT 1
);
ALTER TABLE team_voice ADD FOREIGN KEY (call_tree_id) REFERENCES call_trees;

CREATE TABLE sip_credentials (
  agent_id uuid PRIMARY KEY REFERENCES agents,
  organisation_id uuid NOT NULL REFERENCES organisations,
  username text NOT NULL,
  password text NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  transport text NOT NULL DEFAULT 'udp' CHECK (transport IN ('udp', 'tcp', 'tls'))
);

CREATE TABLE calls (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  phase text NOT NULL CHECK (phase IN ('menu', 'dialling', 'waiting', 'talking', 'consulting', 'moving', 'voicemail', 'ended')),
  caller_number text NOT NULL DEFAULT '' CHECK (length(caller_number) <= 80),
  number_id uuid REFERENCES numbers,
  team_id uuid NOT NULL REFERENCES teams,
  communication_team_id uuid REFERENCES teams,
  customer_id uuid REFERENCES customers,
  case_id uuid REFERENCES cases,
  task_id uuid REFERENCES tasks,
  agent_id uuid REFERENCES agents,
  handed_by uuid REFERENCES agents,
  ringing uuid[] NOT NULL DEFAULT '{}',
  consulted uuid REFERENCES agents,
  consultation text NOT NULL DEFAULT '' CHECK (consultation IN ('', 'ringing', 'away', 'with_caller', 'merged')),
  -- Everybody who had a part in it: they see it.
  agents uuid[] NOT NULL DEFAULT '{}',
  step text NOT NULL DEFAULT '',
  step_agent_id uuid,
  step_team_id uuid,
  step_until_at timestamptz,
  next_step text NOT NULL DEFAULT '',
  next_agent_id uuid,
  next_team_id uuid,
  started_at timestamptz NOT NULL,
  waiting_since_at timestamptz,
  answered_at timestamptz,
  held_since_at timestamptz,
  ended_at timestamptz,
  outcome text NOT NULL DEFAULT '',
  trace jsonb NOT NULL DEFAULT '[]',
  note text NOT NULL DEFAULT '',
  -- The hub's whole view of the call, for the hub that comes after it.
  state jsonb NOT NULL DEFAULT '{}',
  hub_epoch bigint NOT NULL DEFAULT 0
);
CREATE INDEX calls_live ON calls (organisation_id) WHERE phase <> 'ended';
CREATE INDEX calls_recent ON calls (organisation_id, started_at DESC);
CREATE INDEX calls_case ON calls (case_id, started_at DESC);
CREATE INDEX calls_customer ON calls (customer_id, started_at DESC);
CREATE INDEX calls_agents ON calls USING gin (agents);

-- One agent's part of a call: her note as she types it, and her own wrap-up.
CREATE TABLE call_parts (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  call_id uuid NOT NULL REFERENCES calls ON DELETE CASCADE,
  agent_id uuid NOT NULL REFERENCES agents,
  team_id uuid NOT NULL REFERENCES teams,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  disposition_id uuid REFERENCES codes,
  filed_at timestamptz
);
CREATE INDEX ON call_parts (call_id);
CREATE INDEX ON call_parts (agent_id, began_at DESC);
CREATE INDEX call_parts_to_file ON call_parts (ended_at) WHERE filed_at IS NULL;

-- Questions and answers between who hands over and who is asked, while the caller waits.
CREATE TABLE call_messages (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  call_id uuid NOT NULL REFERENCES calls ON DELETE CASCADE,
  agent_id uuid NOT NULL REFERENCES agents,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 1000),
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON call_messages (call_id, at);

-- The one mechanism of agents and supervisors alike: accepted here, carried out by the hub.
CREATE TABLE call_commands (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  call_id uuid NOT NULL REFERENCES calls ON DELETE CASCADE,
  by_agent uuid NOT NULL REFERENCES agents,
  kind text NOT NULL,
  target_kind text NOT NULL DEFAULT '' CHECK (target_kind IN ('', 'agent', 'team', 'number')),
  target_id uuid,
  target_number text NOT NULL DEFAULT '' CHECK (target_number ~ '^(|\+[1-9][0-9]{2,14})$'),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  made_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  refused text NOT NULL DEFAULT ''
);
CREATE INDEX call_commands_to_do ON call_commands (made_at) WHERE done_at IS NULL;

-- Who owns the switch: one hub at a time; the epoch fences what a deposed one still writes.
CREATE TABLE hub_leases (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  epoch bigint NOT NULL,
  until_at timestamptz NOT NULL
);
