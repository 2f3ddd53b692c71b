-- A number that takes and sends SMS, and how its provider is reached. The secret is for the hub alone.
CREATE TABLE sms_lines (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  number_id uuid NOT NULL UNIQUE REFERENCES numbers,
  kind text NOT NULL DEFAULT 'http' CHECK (kind IN ('http', 'sip')),
  -- Where messages are handed over; of a SIP line the endpoint of the switch.
  url text NOT NULL DEFAULT '' CHECK (length(url) <= 500),
  account text NOT NULL DEFAULT '' CHECK (length(account) <= 200),
  secret text NOT NULL DEFAULT '' CHECK (length(secret) <= 4000),
  -- Under which address the provider calls the hub, as it signs it.
  hooks_at text NOT NULL DEFAULT '' CHECK (hooks_at = '' OR hooks_at ~ '^https?://[^[:space:]]+[^/]$' AND length(hooks_at) <= 500),
  auto_reply boolean NOT NULL DEFAULT false,
  reply_en text NOT NULL DEFAULT '' CHECK (length(reply_en) <= 1000),
  reply_fr text NOT NULL DEFAULT '' CHECK (length(reply_fr) <= 1000),
  -- What the hub found when it last handed something over.
  state text NOT NULL DEFAULT '' CHECK (state IN ('', 'reachable', 'unreachable', 'rejected')),
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 500),
  looked_at timestamptz,
  archived_at timestamptz,
  -- Off loopback nothing travels in the clear.
  CHECK (kind <> 'http' OR url ~ '^https://' OR url ~ '^http://(127\.0\.0\.1|\[::1\]|localhost)(:[0-9]+)?(/|$)')
);
CREATE INDEX ON sms_lines (organisation_id);

-- Who wrote STOP gets nothing more by SMS, for ever; START lifts it. The row stays.
CREATE TABLE sms_stops (
  organisation_id uuid NOT NULL REFERENCES organisations,
  e164 text NOT NULL CHECK (e164 ~ '^\+[1-9][0-9]{2,14}$'),
  stopped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lifted_at timestamptz,
  PRIMARY KEY (organisation_id, e164)
);

-- Ledger and outbox are mail's own: a message came by a mailbox or by a line, and leaves so.
ALTER TABLE incoming ALTER mailbox_id DROP NOT NULL, ADD line_id uuid REFERENCES sms_lines,
  DROP CONSTRAINT incoming_channel_check, ADD CONSTRAINT incoming_channel_check CHECK (channel IN ('email', 'sms')),
  ADD CONSTRAINT incoming_one_way CHECK ((channel = 'sms') = (line_id IS NOT NULL) AND (channel = 'email') = (mailbox_id IS NOT NULL)),
  ADD CONSTRAINT incoming_once_a_line UNIQUE (line_id, external_id);
ALTER TABLE outgoing ALTER mailbox_id DROP NOT NULL, ADD line_id uuid REFERENCES sms_lines,
  DROP CONSTRAINT outgoing_channel_check, ADD CONSTRAINT outgoing_channel_check CHECK (channel IN ('email', 'sms')),
  ADD CONSTRAINT outgoing_one_way CHECK ((channel = 'sms') = (line_id IS NOT NULL) AND (channel = 'email') = (mailbox_id IS NOT NULL));
ALTER TABLE deliveries DROP CONSTRAINT deliveries_recipient_check, ADD CONSTRAINT deliveries_recipient_check CHECK (
  (recipient ~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+$' OR recipient ~ '^\+[1-9][0-9]{2,14}$') AND length(recipient) <= 320);
CREATE INDEX incoming_line ON incoming (line_id, lower(sender), arrived_at DESC) WHERE line_id IS NOT NULL;
CREATE INDEX outgoing_line ON outgoing (line_id, written_at DESC) WHERE line_id IS NOT NULL;
CREATE INDEX deliveries_number ON deliveries (recipient, changed_at DESC) WHERE recipient LIKE '+%';
