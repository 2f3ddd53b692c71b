-- A mailbox is read and sent through by IMAP and SMTP, by an Exchange server of one's own, or by Microsoft Graph.
ALTER TABLE mailboxes DROP CONSTRAINT mailboxes_kind_check;
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_kind_check CHECK (kind IN ('imap', 'ews', 'graph'));
ALTER TABLE mailboxes
  -- By the secret itself, as an application of the organisation (OAuth client credentials), or as the person who
  -- typed a code once (OAuth device code).
  ADD COLUMN sign_in text NOT NULL DEFAULT 'password' CHECK (sign_in IN ('password', 'client', 'device')),
  ADD COLUMN tenant text NOT NULL DEFAULT '' CHECK (tenant ~ '^[A-Za-z0-9.-]{0,253}$'),
  ADD COLUMN client_id text NOT NULL DEFAULT '' CHECK (client_id ~ '^[A-Za-z0-9-]{0,100}$'),
  -- Who gives tokens; empty: Microsoft's for everybody.
  ADD COLUMN authority text NOT NULL DEFAULT '' CHECK (authority = '' OR authority ~ '^https://[^[:space:]]{1,250}$'),
  -- What the sign-in service gave: as secret as the secret, renewed by the hub.
  ADD COLUMN tokens text NOT NULL DEFAULT '' CHECK (length(tokens) <= 100000),
  -- Where reading stands when it is not a number: the sync state of Exchange, the delta link of Graph.
  ADD COLUMN cursor text NOT NULL DEFAULT '' CHECK (length(cursor) <= 1000000),
  ADD CHECK (kind <> 'graph' OR sign_in <> 'password' AND client_id <> ''),
  ADD CHECK (kind <> 'ews' OR sign_in = 'password'),
  ADD CHECK (security <> 'starttls' OR kind = 'imap'),
  -- 443 as a rule; the ports of IMAP are what is there when nobody named one.
  ADD CHECK (kind = 'imap' OR port NOT IN (143, 993)),
  ADD CHECK (sign_in = 'password' OR client_id <> '');
-- A server that has no SMTP of its own leaves these out.
ALTER TABLE mailboxes ALTER COLUMN smtp_host SET DEFAULT 'localhost';

-- The place of a reading is worth nothing in another folder or on another server.
CREATE FUNCTION mailbox_elsewhere() RETURNS trigger LANGUAGE plpgsql SET search_path = guichet, pg_catalog AS $$
BEGIN
  NEW.cursor := '';
  NEW.validity := 0;
  NEW.last_uid := 0;
  RETURN NEW;
END $$;
CREATE TRIGGER elsewhere BEFORE UPDATE OF kind, host, username, folder ON mailboxes FOR EACH ROW
  WHEN ((OLD.kind, OLD.host, OLD.username, OLD.folder) IS DISTINCT FROM (NEW.kind, NEW.host, NEW.username, NEW.folder))
  EXECUTE FUNCTION mailbox_elsewhere();
REVOKE EXECUTE ON FUNCTION mailbox_elsewhere FROM PUBLIC;

-- What a server calls a message that we had named otherwise (some rewrite the Message-ID); answers name that.
ALTER TABLE outgoing ADD COLUMN sent_as text NOT NULL DEFAULT '' CHECK (length(sent_as) <= 1000);
CREATE INDEX outgoing_sent_as ON outgoing (organisation_id, sent_as) WHERE sent_as <> '';

GRANT SELECT (sign_in, tenant, client_id, authority), INSERT (sign_in, tenant, client_id, authority, tokens),
  UPDATE (kind, sign_in, tenant, client_id, authority, tokens) ON mailboxes TO guichet_agent;
