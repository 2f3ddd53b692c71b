-- Whether customers were content: asked by mail after solving, answered on a page of the hub.
CREATE TABLE satisfaction_settings (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  enabled boolean NOT NULL DEFAULT false,
  -- Where customers reach the hub's page; in the clear on this computer only.
  public_url text NOT NULL DEFAULT '' CHECK (length(public_url) <= 300 AND
    public_url ~ '^(|https://[^[:space:]/?#@]+(/[^[:space:]?#]*)?|http://(127\.0\.0\.1|localhost)(:[0-9]+)?)$'),
  after_minutes integer NOT NULL DEFAULT 60 CHECK (after_minutes BETWEEN 0 AND 10080),
  -- One customer is asked once in so many days.
  days_between integer NOT NULL DEFAULT 30 CHECK (days_between BETWEEN 0 AND 365),
  valid_days integer NOT NULL DEFAULT 14 CHECK (valid_days BETWEEN 1 AND 90),
  question_en text NOT NULL DEFAULT '' CHECK (length(question_en) <= 1000),
  question_fr text NOT NULL DEFAULT '' CHECK (length(question_fr) <= 1000),
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE satisfaction (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  audience_id bigint NOT NULL REFERENCES audiences,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  customer_id uuid NOT NULL REFERENCES customers,
  team_id uuid NOT NULL REFERENCES teams,
  agent_id uuid REFERENCES agents,
  recipient text NOT NULL CHECK (length(recipient) <= 320),
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  rating text CHECK (rating IN ('good', 'fair', 'bad')),
  comment text NOT NULL DEFAULT '' CHECK (length(comment) <= 2000),
  answered_at timestamptz,
  CHECK ((rating IS NULL) = (answered_at IS NULL))
);
CREATE INDEX satisfaction_case ON satisfaction (case_id, asked_at DESC);
CREATE INDEX satisfaction_customer ON satisfaction (customer_id, asked_at DESC);
CREATE INDEX satisfaction_asked ON satisfaction (asked_at);
CREATE INDEX satisfaction_answered ON satisfaction (answered_at) WHERE rating IS NOT NULL;

-- What the hub signs with; nobody else reads it.
CREATE TABLE signing_keys (
  name text PRIMARY KEY,
  key bytea NOT NULL
);
INSERT INTO signing_keys VALUES ('satisfaction', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid() || gen_random_uuid(), 'UTF8')));
