-- What a numbered team says about its mail. A team without a row has what the defaults say.
CREATE TABLE email_hubs (
  team_id uuid PRIMARY KEY REFERENCES teams,
  organisation_id uuid NOT NULL REFERENCES organisations,
  enabled boolean NOT NULL DEFAULT true,
  way text NOT NULL DEFAULT '' CHECK (way IN ('', 'microsoft', 'company', 'generated')),
  display_name text NOT NULL DEFAULT '' CHECK (length(display_name) <= 200 AND display_name !~ '[[:cntrl:]]'),
  known_contacts_only boolean NOT NULL DEFAULT false,
  uses_display_name boolean NOT NULL DEFAULT true,
  auto_reply boolean NOT NULL DEFAULT false,
  reply_en text NOT NULL DEFAULT '' CHECK (length(reply_en) <= 4000),
  reply_fr text NOT NULL DEFAULT '' CHECK (length(reply_fr) <= 4000),
  version integer NOT NULL DEFAULT 1
);

-- The one mailbox of the organisation that takes every generated address: all names of a domain, or name+something@.
CREATE TABLE catch_alls (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  mailbox_id uuid NOT NULL REFERENCES mailboxes,
  form text NOT NULL DEFAULT 'domain' CHECK (form IN ('domain', 'plus')),
  address text NOT NULL CHECK (address = lower(address) AND address ~ '^[^@[:space:]+]+@[^@[:space:]]+$' AND length(address) <= 200)
);

ALTER TABLE mail_addresses ADD COLUMN origin text NOT NULL DEFAULT 'company' CHECK (origin IN ('company', 'generated'));

-- Rules in order: the first that matches decides.
CREATE TABLE mail_rules (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  position integer NOT NULL DEFAULT 0,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  active boolean NOT NULL DEFAULT false,
  matches_all boolean NOT NULL DEFAULT true,
  conditions jsonb NOT NULL CHECK (jsonb_typeof(conditions) = 'array' AND jsonb_array_length(conditions) BETWEEN 1 AND 20),
  action text NOT NULL CHECK (action IN ('ignore', 'route_to_team', 'route_to_agent', 'create_case')),
  to_team_id uuid REFERENCES teams,
  to_agent_id uuid REFERENCES agents,
  archived_at timestamptz,
  CHECK ((action = 'route_to_team') = (to_team_id IS NOT NULL)),
  CHECK ((action = 'route_to_agent') = (to_agent_id IS NOT NULL))
);
CREATE INDEX mail_rules_team ON mail_rules (team_id, position) WHERE archived_at IS NULL;

-- What is asked of the hub, which alone has the secrets and the parser: a test, a count, a dry run.
CREATE TABLE mail_requests (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  mailbox_id uuid REFERENCES mailboxes,
  kind text NOT NULL CHECK (kind IN ('test', 'count', 'dry_run')),
  asked jsonb NOT NULL DEFAULT '{}' CHECK (length(asked::text) <= 40000),
  asked_by uuid REFERENCES agents,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  claimed_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  answer jsonb,
  answered_at timestamptz,
  CHECK ((kind = 'dry_run') = (mailbox_id IS NULL))
);
CREATE INDEX mail_requests_open ON mail_requests (asked_at) WHERE answered_at IS NULL;
CREATE INDEX mail_requests_last ON mail_requests (mailbox_id, kind, answered_at DESC);

-- Who was answered by a machine and when: one a sender and window, and so many a mailbox.
CREATE TABLE auto_replies (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  mailbox_id uuid NOT NULL REFERENCES mailboxes,
  recipient text NOT NULL CHECK (recipient = lower(recipient) AND length(recipient) <= 320),
  replied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX auto_replies_recipient ON auto_replies (organisation_id, recipient, replied_at DESC);
CREATE INDEX auto_replies_mailbox ON auto_replies (mailbox_id, replied_at DESC);

-- Addresses that reports told about: a hard one is no good, a soft one was away.
CREATE TABLE address_bounces (
  organisation_id uuid NOT NULL REFERENCES organisations,
  address text NOT NULL CHECK (address = lower(address) AND length(address) <= 320),
  permanent boolean NOT NULL,
  status text NOT NULL DEFAULT '' CHECK (length(status) <= 20),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  times integer NOT NULL DEFAULT 1,
  last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (organisation_id, address)
);

-- An automatic mail leaves with an empty return path (RFC 3834, section 3.3), so that nothing answers it.
ALTER TABLE outgoing ADD COLUMN automatic boolean NOT NULL DEFAULT false;
-- What an agent asked to become of a message that was kept back: a case, or what today's parser says.
ALTER TABLE incoming ADD COLUMN asked text NOT NULL DEFAULT '' CHECK (asked IN ('', 'case', 'replay')),
  ADD COLUMN asked_by uuid REFERENCES agents,
  ADD COLUMN rule_id uuid REFERENCES mail_rules,
  ADD COLUMN reopened boolean NOT NULL DEFAULT false;
CREATE INDEX incoming_reopened ON incoming (case_id, settled_at DESC) WHERE reopened;
CREATE INDEX incoming_mailbox ON incoming (mailbox_id, arrived_at DESC);
-- How long a solved case is opened again by a mail; afterwards the mail makes a new one.
ALTER TABLE case_types ADD COLUMN reopen_days integer NOT NULL DEFAULT 30 CHECK (reopen_days BETWEEN 0 AND 3650);
