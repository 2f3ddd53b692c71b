-- What comes in and goes out besides calls. The ledger and the outbox know no channel but by its name.

-- A mailbox of the organisation, and where its reading stands. The secret is for the hub alone.
CREATE TABLE mailboxes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  address text NOT NULL CHECK (address ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(address) <= 254),
  kind text NOT NULL DEFAULT 'imap' CHECK (kind IN ('imap')),
  host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
  port integer NOT NULL DEFAULT 993 CHECK (port BETWEEN 1 AND 65535),
  smtp_host text NOT NULL CHECK (length(smtp_host) BETWEEN 1 AND 253),
  smtp_port integer NOT NULL DEFAULT 465 CHECK (smtp_port BETWEEN 1 AND 65535),
  security text NOT NULL DEFAULT 'tls' CHECK (security IN ('tls', 'starttls', 'none')),
  username text NOT NULL DEFAULT '' CHECK (length(username) <= 254),
  secret text NOT NULL DEFAULT '' CHECK (length(secret) <= 4000),
  folder text NOT NULL DEFAULT 'INBOX' CHECK (length(folder) BETWEEN 1 AND 200),
  -- The last mail that the ledger holds: UIDVALIDITY and UID (RFC 9051, section 2.3.1.1).
  validity bigint NOT NULL DEFAULT 0,
  last_uid bigint NOT NULL DEFAULT 0,
  -- What the hub found when it last looked.
  state text NOT NULL DEFAULT '' CHECK (state IN ('', 'reachable', 'unreachable', 'rejected')),
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 500),
  looked_at timestamptz,
  archived_at timestamptz,
  -- Off loopback nothing travels in the clear.
  CHECK (security <> 'none' OR host IN ('127.0.0.1', '::1', 'localhost')),
  UNIQUE (address)
);
CREATE INDEX ON mailboxes (organisation_id);

-- Every address ever made for a team; all of them route for ever (S2-18), so none is deleted.
CREATE TABLE mail_addresses (
  address text PRIMARY KEY CHECK (address = lower(address) AND length(address) <= 254),
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL REFERENCES teams,
  mailbox_id uuid NOT NULL REFERENCES mailboxes,
  sends boolean NOT NULL DEFAULT false,
  display_name text NOT NULL DEFAULT '' CHECK (length(display_name) <= 200),
  known_contacts_only boolean NOT NULL DEFAULT false,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON mail_addresses (team_id);
CREATE UNIQUE INDEX one_sender ON mail_addresses (team_id) WHERE sends;

-- The ledger: the raw bytes are here before anybody looks into them, and each message has one fate.
CREATE TABLE incoming (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  mailbox_id uuid NOT NULL REFERENCES mailboxes,
  team_id uuid NOT NULL REFERENCES teams,
  channel text NOT NULL DEFAULT 'email' CHECK (channel IN ('email')),
  external_id text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 1000),
  content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
  blob_id uuid NOT NULL REFERENCES blobs,
  arrived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  sender text NOT NULL DEFAULT '',
  subject text NOT NULL DEFAULT '',
  fate text CHECK (fate IN ('case', 'follow_up', 'ignored', 'quarantined', 'auto_reply', 'bounce', 'own_loop', 'unparseable')),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  settled_at timestamptz,
  case_id uuid REFERENCES cases ON DELETE SET NULL,
  follow_up_id uuid REFERENCES follow_ups ON DELETE SET NULL,
  attempts integer NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  UNIQUE (mailbox_id, external_id),
  CHECK ((fate IS NULL) = (settled_at IS NULL))
);
CREATE INDEX incoming_waiting ON incoming (arrived_at) WHERE fate IS NULL;
CREATE INDEX incoming_team ON incoming (team_id, arrived_at DESC, id DESC);
CREATE INDEX incoming_external ON incoming (organisation_id, external_id);
CREATE INDEX incoming_blob ON incoming (blob_id);
CREATE INDEX incoming_case ON incoming (case_id) WHERE case_id IS NOT NULL;

-- By which addresses a message came: one that was sent to two teams is one message with two routes.
CREATE TABLE incoming_routes (
  incoming_id uuid NOT NULL REFERENCES incoming ON DELETE CASCADE,
  address text NOT NULL CHECK (length(address) <= 320),
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid REFERENCES teams,
  PRIMARY KEY (incoming_id, address)
);

-- The outbox: a message as it will leave, its id fixed when it is written, and one delivery for each recipient.
CREATE TABLE outgoing (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  follow_up_id uuid NOT NULL REFERENCES follow_ups ON DELETE CASCADE,
  mailbox_id uuid NOT NULL REFERENCES mailboxes,
  channel text NOT NULL DEFAULT 'email' CHECK (channel IN ('email')),
  external_id text NOT NULL CHECK (external_id ~ '^<[^<>[:space:]]+@[^<>[:space:]]+>$'),
  blob_id uuid NOT NULL REFERENCES blobs,
  written_by uuid REFERENCES agents,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (organisation_id, external_id)
);
CREATE INDEX ON outgoing (case_id);
CREATE INDEX ON outgoing (follow_up_id);
CREATE INDEX ON outgoing (blob_id);

CREATE TABLE deliveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organisation_id uuid NOT NULL REFERENCES organisations,
  outgoing_id uuid NOT NULL REFERENCES outgoing ON DELETE CASCADE,
  recipient text NOT NULL CHECK (recipient ~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+$' AND length(recipient) <= 320),
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'delivered', 'temporary', 'permanent', 'unconfirmed', 'withdrawn')),
  send_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0,
  claim_id uuid,
  claimed_until timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (outgoing_id, recipient)
);
CREATE INDEX deliveries_due ON deliveries (send_at) WHERE state IN ('waiting', 'temporary');
CREATE INDEX deliveries_claimed ON deliveries (claimed_until) WHERE state = 'sending';
