-- When an organisation works, what it promises, and what became of it. Every figure about time comes from here.

-- A calendar as app.domain.business_hours has it, and the same as instants, so that PostgreSQL can count with it.
CREATE TABLE calendars (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  zone text NOT NULL,
  -- {"1": [[540, 1020]]}: minutes of the day by ISO weekday; {"2026-12-24": [[540, 720]]} by date, none for closed.
  week jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(week) = 'object' AND length(week::text) <= 4000),
  exceptions jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(exceptions) = 'object' AND length(exceptions::text) <= 100000),
  country text NOT NULL DEFAULT '' CHECK (country ~ '^([A-Z]{2})?$'),
  subdivision text NOT NULL DEFAULT '' CHECK (length(subdivision) <= 40),
  -- The day up to which calendar_spans is filled; absent: not at all.
  known_until date,
  archived_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX calendars_name ON calendars (organisation_id, name) WHERE archived_at IS NULL;

-- Open from one instant to another; before_s is how much was open before, so that a difference is two look-ups.
CREATE TABLE calendar_spans (
  calendar_id uuid NOT NULL REFERENCES calendars ON DELETE CASCADE,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  before_s bigint NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  PRIMARY KEY (calendar_id, opens_at),
  CHECK (closes_at > opens_at)
);

CREATE TABLE level_policies (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  position integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  condition jsonb NOT NULL DEFAULT '{"joined": "all", "parts": []}' CHECK (length(condition::text) <= 40000),
  -- Absent: every hour counts.
  calendar_id uuid REFERENCES calendars,
  -- {"urgent": {"first_reply": 3600}}: seconds by priority and measure.
  targets jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(targets) = 'object' AND length(targets::text) <= 4000),
  near_percent integer NOT NULL DEFAULT 75 CHECK (near_percent BETWEEN 1 AND 100),
  archived_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON level_policies (organisation_id, position) WHERE archived_at IS NULL;

-- What happened to a measure of a case. All else about service levels is computed from these.
CREATE TABLE metric_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  metric text NOT NULL CHECK (metric IN ('first_reply', 'next_reply', 'resolution')),
  kind text NOT NULL CHECK (kind IN ('activate', 'pause', 'resume', 'fulfil', 'stop', 'near', 'breach')),
  -- Counts the activations of the measure on this case.
  round integer NOT NULL CHECK (round > 0),
  at timestamptz NOT NULL,
  agent_id uuid REFERENCES agents,
  policy_id uuid REFERENCES level_policies,
  target_s bigint
);
CREATE INDEX metric_events_case ON metric_events (case_id, id);
CREATE UNIQUE INDEX metric_events_told ON metric_events (case_id, metric, round, kind) WHERE kind IN ('near', 'breach');
CREATE INDEX metric_events_breaches ON metric_events (organisation_id, at) WHERE kind IN ('fulfil', 'breach');

-- One line a case with what reports ask for, kept with every event and under the case's own audience.
CREATE TABLE case_measures (
  case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  team_id uuid NOT NULL REFERENCES teams,
  created_at timestamptz NOT NULL,
  first_replied_at timestamptz,
  first_replied_by uuid REFERENCES agents,
  -- The customer waits for an answer since; absent: nobody waits.
  waiting_since_at timestamptz,
  paused_since_at timestamptz,
  solved_at timestamptz,
  solved_by uuid REFERENCES agents,
  reopened integer NOT NULL DEFAULT 0,
  replies integer NOT NULL DEFAULT 0
);
CREATE INDEX case_measures_created ON case_measures (created_at);
CREATE INDEX case_measures_replied ON case_measures (first_replied_at) WHERE first_replied_at IS NOT NULL;
CREATE INDEX case_measures_solved ON case_measures (solved_at) WHERE solved_at IS NOT NULL;

-- Where each measure of a live case stands under its policy: what the hub scans.
CREATE TABLE case_levels (
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  metric text NOT NULL CHECK (metric IN ('first_reply', 'next_reply', 'resolution')),
  organisation_id uuid NOT NULL REFERENCES organisations,
  round integer NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'paused', 'met', 'stopped')),
  policy_id uuid NOT NULL REFERENCES level_policies,
  target_s bigint NOT NULL,
  spent_s bigint NOT NULL,
  due_at timestamptz,
  near_at timestamptz,
  -- The policy's calendar never opens: there is nothing to count.
  never_opens boolean NOT NULL DEFAULT false,
  -- The last that was said about this round.
  told text NOT NULL DEFAULT '' CHECK (told IN ('', 'near', 'broken')),
  PRIMARY KEY (case_id, metric)
);
CREATE INDEX case_levels_due ON case_levels (least(near_at, due_at)) WHERE state = 'running' AND told = '';
CREATE INDEX case_levels_near ON case_levels (due_at) WHERE state = 'running' AND told = 'near';

-- Cases whose clocks are to be set anew.
CREATE TABLE level_queue (
  case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX level_queue_order ON level_queue (asked_at);

-- On the case itself the clock that ends first, for lists and views.
ALTER TABLE cases ADD COLUMN due_at timestamptz, ADD COLUMN due_near_at timestamptz,
  ADD COLUMN due_of text NOT NULL DEFAULT '' CHECK (due_of IN ('', 'first_reply', 'next_reply', 'resolution'));
CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL;
