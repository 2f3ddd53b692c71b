-- What other programs do here. Each integration has a token of its own; only its hash is kept.
CREATE TABLE api_tokens (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 100),
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  -- How it begins, to tell tokens apart in a list.
  shown text NOT NULL CHECK (length(shown) <= 12),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND
    scopes <@ '{cases:read,cases:write,customers:read,customers:write,events:write}'::text[]),
  -- A team's token sees what that team sees, and opens cases with it unless it says otherwise.
  team_id uuid REFERENCES teams,
  made_by uuid REFERENCES agents,
  made_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX ON api_tokens (organisation_id);

-- What was answered to a request that named a key: asked again, it is answered again and not done again.
CREATE TABLE api_answers (
  token_id uuid NOT NULL REFERENCES api_tokens ON DELETE CASCADE,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  organisation_id uuid NOT NULL REFERENCES organisations,
  fingerprint text NOT NULL CHECK (length(fingerprint) = 64),
  answer jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (token_id, key)
);
CREATE INDEX ON api_answers (at);

-- Which case an alarm of a machine is on.
CREATE TABLE api_alarms (
  organisation_id uuid NOT NULL REFERENCES organisations,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  times integer NOT NULL DEFAULT 1,
  last_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, source, key)
);
CREATE INDEX ON api_alarms (case_id);

-- What comes by a page or another program is a medium of its own.
ALTER TABLE follow_ups DROP CONSTRAINT follow_ups_channel_check;
ALTER TABLE follow_ups ADD CONSTRAINT follow_ups_channel_check
  CHECK (channel IN ('note', 'call', 'voicemail', 'email', 'chat', 'sms', 'meeting', 'system', 'web'));
