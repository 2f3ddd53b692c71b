-- What is kept. Every root row carries its organisation; what is seen case by case carries its audience.
CREATE FUNCTION fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog AS $$
  SELECT btrim(regexp_replace(replace(replace(replace(regexp_replace(normalize(lower(t), NFKD),
    '[\u0300-\u036f]', '', 'g'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), '\s+', ' ', 'g'))
$$;

CREATE FUNCTION words(language text, t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, guichet AS $$
  SELECT to_tsvector(CASE language WHEN 'en' THEN 'english'::regconfig ELSE 'french'::regconfig END,
                     guichet.fold(left(t, 100000)))
$$;

CREATE TABLE schema_info (
  version text NOT NULL,
  oldest_desk text NOT NULL,
  -- Counts the restores: transaction ids begin anew in a restored cluster, so the log is ordered within an epoch.
  epoch integer NOT NULL DEFAULT 1,
  installed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  region text NOT NULL DEFAULT 'FR' CHECK (region ~ '^[A-Z]{2}$'),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  account_number_format text NOT NULL DEFAULT '######' CHECK (account_number_format ~ '^[^#]*#+[^#]*$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE agents (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  role_name text NOT NULL UNIQUE CHECK (role_name ~ '^[a-z][a-z0-9._-]{1,62}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email text NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  role text NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'lead', 'supervisor', 'administrator')),
  default_team_id uuid,
  signature text NOT NULL DEFAULT '' CHECK (length(signature) <= 20000),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON agents (organisation_id);

CREATE TABLE role_permissions (
  organisation_id uuid NOT NULL REFERENCES organisations,
  role text NOT NULL CHECK (role IN ('agent', 'lead', 'supervisor', 'administrator')),
  permission text NOT NULL,
  PRIMARY KEY (organisation_id, role, permission)
);

CREATE TABLE teams (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  display_name text NOT NULL DEFAULT '' CHECK (length(display_name) <= 200),
  icon text NOT NULL DEFAULT 'users',
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  -- Set for a sub-team, which has no number; absent for a team that has one. Checked at commit.
  communication_team_id uuid REFERENCES teams,
  last_advisor boolean NOT NULL DEFAULT false,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1,
  UNIQUE (organisation_id, name),
  CHECK (communication_team_id <> id)
);
CREATE INDEX ON teams (communication_team_id);
ALTER TABLE agents ADD FOREIGN KEY (default_team_id) REFERENCES teams;

CREATE TABLE numbers (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  e164 text NOT NULL UNIQUE CHECK (e164 ~ '^\+[1-9][0-9]{2,14}$'),
  label text NOT NULL DEFAULT '' CHECK (length(label) <= 100),
  position integer NOT NULL DEFAULT 0
);
CREATE INDEX ON numbers (team_id);
CREATE INDEX ON numbers (organisation_id);

CREATE TABLE memberships (
  team_id uuid NOT NULL REFERENCES teams,
  agent_id uuid NOT NULL REFERENCES agents,
  organisation_id uuid NOT NULL REFERENCES organisations,
  lead boolean NOT NULL DEFAULT false,
  PRIMARY KEY (team_id, agent_id)
);
CREATE INDEX ON memberships (agent_id);

CREATE TABLE agent_states (
  agent_id uuid PRIMARY KEY REFERENCES agents,
  organisation_id uuid NOT NULL REFERENCES organisations,
  state text NOT NULL DEFAULT 'offline'
    CHECK (state IN ('offline', 'available', 'ringing', 'on_call', 'wrap_up', 'not_ready')),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 40),
  since_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON agent_states (organisation_id);

-- Reason codes of not-ready and dispositions of calls: data for the phone.
CREATE TABLE codes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid REFERENCES teams,
  kind text NOT NULL CHECK (kind IN ('not_ready', 'disposition')),
  key text NOT NULL DEFAULT '',
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz
);
CREATE INDEX ON codes (organisation_id);

CREATE TABLE fields (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  owner text NOT NULL CHECK (owner IN ('customer', 'case', 'follow_up', 'task')),
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,31}$'),
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 32),
  kind text NOT NULL CHECK (kind IN ('text', 'url', 'number', 'date', 'pick_list', 'yes_no')),
  required boolean NOT NULL DEFAULT false,
  default_value text NOT NULL DEFAULT '' CHECK (length(default_value) <= 85),
  choices text[] NOT NULL DEFAULT '{}',
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1,
  UNIQUE (organisation_id, owner, key)
);

-- The form of a team: which case fields it shows, in which order, and which it insists on.
CREATE TABLE team_fields (
  team_id uuid NOT NULL REFERENCES teams,
  field_id uuid NOT NULL REFERENCES fields,
  organisation_id uuid NOT NULL REFERENCES organisations,
  position integer NOT NULL DEFAULT 0,
  required boolean NOT NULL DEFAULT false,
  PRIMARY KEY (team_id, field_id)
);

CREATE TABLE case_types (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  key text NOT NULL DEFAULT '',
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  icon text NOT NULL DEFAULT 'ticket',
  enabled boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  default_state_id uuid,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON case_types (organisation_id);

CREATE TABLE case_states (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  type_id uuid NOT NULL REFERENCES case_types,
  key text NOT NULL DEFAULT '',
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  category text NOT NULL
    CHECK (category IN ('new', 'open', 'waiting_customer', 'waiting_agent', 'solved', 'closed')),
  position integer NOT NULL DEFAULT 0,
  UNIQUE (type_id, id)
);
ALTER TABLE case_types ADD FOREIGN KEY (id, default_state_id) REFERENCES case_states (type_id, id)
  DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE projects (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  UNIQUE (organisation_id, name)
);

-- Who may see a row: a set of teams, leads of teams and agents, stored once and named by a number.
CREATE TABLE audiences (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  key text NOT NULL,
  everyone boolean NOT NULL DEFAULT false,
  private boolean NOT NULL DEFAULT false,
  teams uuid[] NOT NULL DEFAULT '{}',
  lead_teams uuid[] NOT NULL DEFAULT '{}',
  agents uuid[] NOT NULL DEFAULT '{}',
  UNIQUE (organisation_id, key)
);
CREATE INDEX ON audiences USING gin (teams);
CREATE INDEX ON audiences USING gin (lead_teams);
CREATE INDEX ON audiences USING gin (agents);

CREATE SEQUENCE account_numbers;
CREATE TABLE customers (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  account_number text NOT NULL CHECK (length(account_number) BETWEEN 1 AND 40),
  first_name text NOT NULL DEFAULT '' CHECK (length(first_name) <= 200),
  last_name text NOT NULL DEFAULT '' CHECK (length(last_name) <= 200),
  organisation text NOT NULL DEFAULT '' CHECK (length(organisation) <= 200),
  -- Lists of small objects, one row one record: {"e164","typed","label"}, {"address","label"}, {"lines","label"}.
  phones jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(phones) = 'array' AND jsonb_array_length(phones) <= 50),
  emails jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(emails) = 'array' AND jsonb_array_length(emails) <= 50),
  addresses jsonb NOT NULL DEFAULT '[]'
    CHECK (jsonb_typeof(addresses) = 'array' AND jsonb_array_length(addresses) <= 20),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  preferred_channel text NOT NULL DEFAULT 'phone'
    CHECK (preferred_channel IN ('phone', 'email', 'sms', 'chat')),
  call_from text NOT NULL DEFAULT '' CHECK (call_from ~ '^(|[0-2][0-9]:[0-5][0-9])$'),
  call_until text NOT NULL DEFAULT '' CHECK (call_until ~ '^(|[0-2][0-9]:[0-5][0-9])$'),
  do_not_call boolean NOT NULL DEFAULT false,
  pinned_note text NOT NULL DEFAULT '' CHECK (length(pinned_note) <= 4000),
  custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object' AND length(custom::text) <= 100000),
  merged_into_id uuid REFERENCES customers,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1,
  CHECK (last_name <> '' OR organisation <> ''),
  UNIQUE (organisation_id, account_number)
);
CREATE INDEX ON customers (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Everything a customer is found by, folded, in one sorted list: names both ways round, words of the
-- organisation, numbers, addresses, account number. Kept by a trigger on customers.
CREATE TABLE customer_keys (
  organisation_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  customer_id uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
  PRIMARY KEY (organisation_id, key, customer_id)
);
CREATE INDEX ON customer_keys (customer_id);

CREATE SEQUENCE case_numbers START 1001;
CREATE TABLE cases (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  number bigint NOT NULL UNIQUE,
  customer_id uuid NOT NULL REFERENCES customers,
  type_id uuid NOT NULL REFERENCES case_types,
  state_id uuid NOT NULL,
  category text NOT NULL
    CHECK (category IN ('new', 'open', 'waiting_customer', 'waiting_agent', 'solved', 'closed')),
  visibility text NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'internal', 'private')),
  severity text NOT NULL DEFAULT 'normal' CHECK (severity IN ('low', 'normal', 'high', 'urgent')),
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 250),
  description text NOT NULL DEFAULT '' CHECK (length(description) <= 200000),
  team_id uuid NOT NULL REFERENCES teams,
  assignee_id uuid REFERENCES agents,
  -- The number that this case communicates with (S1-19); its team is the case's communication team.
  number_id uuid NOT NULL REFERENCES numbers,
  tags text[] NOT NULL DEFAULT '{}',
  project_id uuid REFERENCES projects,
  custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object' AND length(custom::text) <= 100000),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  preview text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT 'note',
  merged_into_id uuid REFERENCES cases,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES agents,
  activity_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1,
  search tsvector GENERATED ALWAYS AS (words(language, subject || ' ' || description)) STORED,
  FOREIGN KEY (type_id, state_id) REFERENCES case_states (type_id, id)
);
CREATE INDEX cases_live ON cases (activity_at DESC, id DESC)
  WHERE category IN ('new', 'open', 'waiting_customer', 'waiting_agent');
CREATE INDEX cases_recent ON cases (activity_at DESC, id DESC);
CREATE INDEX cases_team ON cases (team_id, activity_at DESC, id DESC)
  WHERE category IN ('new', 'open', 'waiting_customer', 'waiting_agent');
CREATE INDEX cases_assignee ON cases (assignee_id, activity_at DESC, id DESC)
  WHERE category IN ('new', 'open', 'waiting_customer', 'waiting_agent');
CREATE INDEX cases_unassigned ON cases (team_id, activity_at DESC, id DESC)
  WHERE assignee_id IS NULL AND category IN ('new', 'open', 'waiting_agent');
CREATE INDEX cases_customer ON cases (customer_id, activity_at DESC);
CREATE INDEX cases_search ON cases USING gin (search) WITH (fastupdate = off);
CREATE INDEX ON cases (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Teams that keep reading a case and adding notes: those that had it before, and the one that opened it.
CREATE TABLE case_teams (
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  team_id uuid NOT NULL REFERENCES teams,
  organisation_id uuid NOT NULL REFERENCES organisations,
  reason text NOT NULL CHECK (reason IN ('former', 'origin')),
  since_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (case_id, team_id)
);
CREATE INDEX ON case_teams (team_id);

CREATE TABLE follow_ups (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  channel text NOT NULL
    CHECK (channel IN ('note', 'call', 'voicemail', 'email', 'chat', 'sms', 'meeting', 'system')),
  direction text NOT NULL DEFAULT 'none' CHECK (direction IN ('in', 'out', 'none')),
  public boolean NOT NULL DEFAULT false,
  author_id uuid REFERENCES agents,
  author_name text NOT NULL DEFAULT '' CHECK (length(author_name) <= 200),
  body text NOT NULL CHECK (length(body) <= 200000),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  call_id uuid,
  custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object' AND length(custom::text) <= 100000),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  redacted_at timestamptz,
  redacted_by uuid REFERENCES agents,
  search tsvector GENERATED ALWAYS AS (words(language, body)) STORED
);
CREATE INDEX follow_ups_case ON follow_ups (case_id, at DESC);
CREATE INDEX follow_ups_search ON follow_ups USING gin (search) WITH (fastupdate = off);
CREATE INDEX follow_ups_recent ON follow_ups (at DESC);

CREATE TABLE tasks (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  team_id uuid NOT NULL REFERENCES teams,
  assignee_id uuid REFERENCES agents,
  customer_id uuid REFERENCES customers,
  case_id uuid REFERENCES cases ON DELETE CASCADE,
  kind text NOT NULL DEFAULT 'call' CHECK (kind IN ('call', 'email', 'meeting', 'chat', 'other')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 250),
  notes text NOT NULL DEFAULT '' CHECK (length(notes) <= 20000),
  -- Wall time and zone are what was promised; the instants are derived, so that a changed zone table moves them.
  local_at timestamp,
  zone text NOT NULL DEFAULT 'Europe/Paris',
  zone_of text NOT NULL DEFAULT 'agent' CHECK (zone_of IN ('agent', 'customer')),
  due_at timestamptz,
  reminder_minutes integer CHECK (reminder_minutes BETWEEN 0 AND 10080),
  snoozed_until timestamptz,
  remind_at timestamptz,
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'done', 'cancelled')),
  outcome text NOT NULL DEFAULT '' CHECK (length(outcome) <= 2000),
  attempts integer NOT NULL DEFAULT 0,
  recurrence text NOT NULL DEFAULT '' CHECK (recurrence IN ('', 'daily', 'weekly', 'monthly')),
  cloned_from_id uuid,
  custom jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object' AND length(custom::text) <= 100000),
  escalated_at timestamptz,
  done_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES agents,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX tasks_assignee ON tasks (assignee_id, due_at) WHERE status = 'planned';
CREATE INDEX tasks_team ON tasks (team_id, due_at) WHERE status = 'planned';
CREATE INDEX tasks_reminders ON tasks (remind_at) WHERE status = 'planned';
CREATE INDEX tasks_customer ON tasks (customer_id, due_at);
CREATE INDEX tasks_case ON tasks (case_id, due_at);

-- Files once by their content within an organisation. An upload proves possession; only attach() turns it into
-- something that others read, through the attachment. Knowing a hash grants nothing.
CREATE TABLE blobs (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  made_by uuid REFERENCES agents,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint,
  made_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organisation_id, sha256),
  CHECK ((sha256 IS NULL) = (size IS NULL))
);
CREATE TABLE blob_chunks (
  blob_id uuid NOT NULL REFERENCES blobs ON DELETE CASCADE,
  position integer NOT NULL CHECK (position BETWEEN 0 AND 4095),
  data bytea NOT NULL CHECK (length(data) <= 262144),
  PRIMARY KEY (blob_id, position)
);
ALTER TABLE blob_chunks ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE TABLE attachments (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  follow_up_id uuid NOT NULL REFERENCES follow_ups ON DELETE CASCADE,
  blob_id uuid NOT NULL REFERENCES blobs,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  content_type text NOT NULL CHECK (length(content_type) <= 255)
);
CREATE INDEX ON attachments (follow_up_id);
CREATE INDEX ON attachments (blob_id);

-- The one append-only log behind history, the feed's catch-up, automations and exports.
CREATE TABLE changes (
  epoch integer NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  organisation_id uuid NOT NULL,
  audience_id bigint NOT NULL,
  former_audience_id bigint,
  kind text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('created', 'updated', 'deleted')),
  record_id uuid NOT NULL,
  parent_id uuid,
  old_team_id uuid,
  new_team_id uuid,
  actor_id uuid,
  difference jsonb,
  PRIMARY KEY (epoch, xid, seq)
);
CREATE INDEX changes_record ON changes (record_id, seq DESC);
