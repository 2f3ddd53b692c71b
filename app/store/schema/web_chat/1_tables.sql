-- Chats on web pages: how a team offers them, each conversation, and the numbers of what was said in it.
CREATE TABLE chat_widgets (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  team_id uuid NOT NULL UNIQUE REFERENCES teams,
  -- What stands in the page; nobody guesses it, nothing is said by it.
  key text NOT NULL UNIQUE DEFAULT web_key() CHECK (key ~ '^[a-z0-9]{10,40}$'),
  active boolean NOT NULL DEFAULT true,
  welcome_en text NOT NULL DEFAULT '' CHECK (length(welcome_en) <= 500),
  welcome_fr text NOT NULL DEFAULT '' CHECK (length(welcome_fr) <= 500),
  -- Sites whose pages may show it, besides the hub's own page.
  sites text[] NOT NULL DEFAULT '{}' CHECK (cardinality(sites) <= 50),
  -- How long one agent is asked, how many chats she has at once, when silence ends one.
  offer_s integer NOT NULL DEFAULT 30 CHECK (offer_s BETWEEN 5 AND 300),
  most integer NOT NULL DEFAULT 6 CHECK (most BETWEEN 1 AND 20),
  silence_s integer NOT NULL DEFAULT 600 CHECK (silence_s BETWEEN 30 AND 86400),
  asks_email boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON chat_widgets (organisation_id);

CREATE TABLE chats (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  widget_id uuid NOT NULL REFERENCES chat_widgets,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  -- The hash of what the visitor's browser alone knows.
  secret bytea NOT NULL UNIQUE CHECK (length(secret) = 32),
  state text NOT NULL CHECK (state IN ('menu', 'idle', 'waiting', 'talking', 'ended')),
  -- Who is asked: a team, one agent of it alone; who talks.
  team_id uuid NOT NULL REFERENCES teams,
  to_agent_id uuid REFERENCES agents,
  agent_id uuid REFERENCES agents,
  step text NOT NULL DEFAULT 'queue' CHECK (step IN ('queue', 'handed', 'back')),
  ringing uuid[] NOT NULL DEFAULT '{}',
  ring_until timestamptz,
  tried uuid[] NOT NULL DEFAULT '{}',
  handed_by uuid REFERENCES agents,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  menu text NOT NULL DEFAULT '' CHECK (length(menu) <= 100),
  tries integer NOT NULL DEFAULT 0,
  name text NOT NULL DEFAULT '' CHECK (length(name) <= 200),
  email text NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  -- Numbers of messages: the last one, the last that reached the visitor's page, the last that each has read.
  seq integer NOT NULL DEFAULT 0,
  got integer NOT NULL DEFAULT 0,
  visitor_seen integer NOT NULL DEFAULT 0,
  agent_seen integer NOT NULL DEFAULT 0,
  last_by text NOT NULL DEFAULT 'visitor' CHECK (last_by IN ('visitor', 'agent', 'house')),
  said_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  noticed_at timestamptz,
  -- Since when no page of the visitor's is connected; empty: one is.
  left_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  waiting_since_at timestamptz,
  step_since_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered_at timestamptz,
  ended_at timestamptz,
  ended_by text NOT NULL DEFAULT '' CHECK (ended_by IN ('', 'visitor', 'agent', 'silence', 'left', 'form')),
  wants_mail boolean NOT NULL DEFAULT false,
  mailed_at timestamptz,
  -- Counts moves from one to the next: who decided by an older one decides nothing.
  moves integer NOT NULL DEFAULT 0,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((state = 'talking') <= (agent_id IS NOT NULL))
);
CREATE INDEX ON chats (case_id);
CREATE INDEX chats_live ON chats (organisation_id, team_id) WHERE state <> 'ended';
CREATE INDEX chats_of_agent ON chats (agent_id) WHERE state = 'talking';
CREATE INDEX chats_to_mail ON chats (ended_at) WHERE wants_mail AND mailed_at IS NULL AND answered_at IS NOT NULL;
CREATE INDEX ON chats (widget_id);

-- What was said, in its order; `client_id` is made by who wrote it, so that saying it again says it once.
CREATE TABLE chat_messages (
  chat_id uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  seq integer NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  client_id uuid NOT NULL,
  follow_up_id uuid NOT NULL REFERENCES follow_ups ON DELETE CASCADE,
  said_by text NOT NULL CHECK (said_by IN ('visitor', 'agent', 'house')),
  PRIMARY KEY (chat_id, seq),
  UNIQUE (chat_id, client_id)
);
CREATE INDEX ON chat_messages (follow_up_id);

-- Files of a visitor on their way, until they hang on what she says.
CREATE TABLE chat_uploads (
  blob_id uuid PRIMARY KEY REFERENCES blobs ON DELETE CASCADE,
  chat_id uuid NOT NULL REFERENCES chats ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  kind text NOT NULL DEFAULT '' CHECK (length(kind) <= 255),
  bytes bigint NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON chat_uploads (chat_id);

-- Ledger and outbox are those of mail and SMS.
ALTER TABLE incoming ADD chat_id uuid REFERENCES chats ON DELETE CASCADE,
  DROP CONSTRAINT incoming_channel_check, ADD CONSTRAINT incoming_channel_check CHECK (channel IN ('email', 'sms', 'chat')),
  DROP CONSTRAINT incoming_one_way, ADD CONSTRAINT incoming_one_way CHECK (num_nonnulls(mailbox_id, line_id, chat_id) = 1
    AND (channel = 'sms') = (line_id IS NOT NULL) AND (channel = 'chat') = (chat_id IS NOT NULL)),
  ADD CONSTRAINT incoming_once_a_chat UNIQUE (chat_id, external_id);
ALTER TABLE outgoing ADD chat_id uuid REFERENCES chats ON DELETE CASCADE,
  DROP CONSTRAINT outgoing_channel_check, ADD CONSTRAINT outgoing_channel_check CHECK (channel IN ('email', 'sms', 'chat')),
  DROP CONSTRAINT outgoing_one_way, ADD CONSTRAINT outgoing_one_way CHECK (num_nonnulls(mailbox_id, line_id, chat_id) = 1
    AND (channel = 'sms') = (line_id IS NOT NULL) AND (channel = 'chat') = (chat_id IS NOT NULL));
CREATE INDEX outgoing_chat ON outgoing (chat_id) WHERE chat_id IS NOT NULL;

-- A chat is many short answers: none of them solves a case by itself.
DROP TRIGGER one_touch ON outgoing;
CREATE TRIGGER one_touch AFTER INSERT ON outgoing FOR EACH ROW
  WHEN (NEW.written_by IS NOT NULL AND NOT NEW.automatic AND NEW.channel <> 'chat') EXECUTE FUNCTION one_touch_after_sending();

-- A widget belongs to a team with a number; a sub-team is reached through its tree or by hand (S1-28).
CREATE FUNCTION chat_widget_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM numbers WHERE team_id = NEW.team_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('sub_team_gets_no_messages', 'team');
  END IF;
  IF TG_OP = 'UPDATE' THEN NEW.version := OLD.version + 1; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON chat_widgets FOR EACH ROW EXECUTE FUNCTION chat_widget_rules();

-- A chat begins with its widget's team, or with whoever has the case that it goes on with and speaks through that team.
CREATE FUNCTION chat_reaches() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE at_door uuid := (SELECT team_id FROM chat_widgets WHERE id = NEW.widget_id);
BEGIN
  IF NEW.team_id <> at_door AND NOT EXISTS (SELECT FROM cases c JOIN numbers n ON n.id = c.number_id
      WHERE c.id = NEW.case_id AND c.team_id = NEW.team_id AND n.team_id = at_door) THEN
    PERFORM refuse('sub_team_gets_no_messages', 'team');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reaches BEFORE INSERT ON chats FOR EACH ROW EXECUTE FUNCTION chat_reaches();

-- Those concerned are told by name, so that no other desk reads for it; `chat_state` is for who looks at the case or leads.
CREATE FUNCTION chat_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  told text := '';
  moved boolean := TG_OP = 'INSERT';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    moved := (OLD.state, OLD.team_id, OLD.agent_id, OLD.ringing, OLD.left_at IS NULL, OLD.noticed_at IS NULL)
      IS DISTINCT FROM (NEW.state, NEW.team_id, NEW.agent_id, NEW.ringing, NEW.left_at IS NULL, NEW.noticed_at IS NULL);
    IF moved OR (OLD.seq, OLD.agent_seen) IS DISTINCT FROM (NEW.seq, NEW.agent_seen) THEN
      told := coalesce((SELECT string_agg('chat ' || NEW.id || ' ' || a, E'\n') FROM (SELECT DISTINCT unnest(
        NEW.ringing || OLD.ringing || ARRAY[NEW.agent_id, OLD.agent_id, NEW.handed_by]) AS a) x WHERE a IS NOT NULL), '');
    END IF;
    IF moved OR (OLD.got, OLD.visitor_seen) IS DISTINCT FROM (NEW.got, NEW.visitor_seen) THEN
      told := concat_ws(E'\n', nullif(told, ''), 'chat_state ' || NEW.id || ' ' || NEW.case_id);
    END IF;
  ELSE
    told := 'chat_state ' || NEW.id || ' ' || NEW.case_id;
  END IF;
  IF told <> '' THEN PERFORM hint(NEW.organisation_id, told); END IF;
  IF moved OR TG_OP = 'UPDATE' AND (OLD.agent_seen, OLD.seq) IS DISTINCT FROM (NEW.agent_seen, NEW.seq) THEN
    PERFORM pg_notify('guichet_chat', 'said ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON chats FOR EACH ROW EXECUTE FUNCTION chat_after();

CREATE FUNCTION chat_widget_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'chat_widget ' || NEW.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON chat_widgets FOR EACH ROW EXECUTE FUNCTION chat_widget_after();
