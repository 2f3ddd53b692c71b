-- With a thousand chats at once nobody may read for what is not hers: moves, words and marks are told apart.
-- `chat` names who is concerned; `chat_state` is a move, for who looks at the case or leads; `chat_seen` marks of reading.
CREATE OR REPLACE FUNCTION chat_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  told text := '';
  moved boolean := TG_OP = 'INSERT';
  said boolean := TG_OP = 'INSERT';
  seen boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    said := OLD.seq <> NEW.seq;
    moved := (OLD.state, OLD.team_id, OLD.agent_id, OLD.ringing, OLD.left_at IS NULL, OLD.noticed_at IS NULL AND NOT said)
      IS DISTINCT FROM (NEW.state, NEW.team_id, NEW.agent_id, NEW.ringing, NEW.left_at IS NULL, NEW.noticed_at IS NULL AND NOT said);
    seen := NOT said AND (OLD.got, OLD.visitor_seen) IS DISTINCT FROM (NEW.got, NEW.visitor_seen);
    IF moved OR said OR OLD.agent_seen <> NEW.agent_seen THEN
      told := coalesce((SELECT string_agg('chat ' || NEW.id || ' ' || a, E'\n') FROM (SELECT DISTINCT unnest(
        NEW.ringing || OLD.ringing || ARRAY[NEW.agent_id, OLD.agent_id, CASE WHEN moved THEN NEW.handed_by END]) AS a) x
        WHERE a IS NOT NULL), '');
    END IF;
  END IF;
  told := concat_ws(E'\n', nullif(told, ''), CASE WHEN moved THEN 'chat_state ' || NEW.id || ' ' || NEW.case_id END,
    CASE WHEN seen THEN 'chat_seen ' || NEW.id || ' ' || NEW.case_id END);
  IF told <> '' THEN PERFORM hint(NEW.organisation_id, told); END IF;
  -- The hub that has her page: whose words they are stands behind the number, so that nobody fetches what she has.
  IF said AND TG_OP = 'UPDATE' THEN
    PERFORM pg_notify('guichet_chat', 'said ' || NEW.id || '.' || NEW.seq || '.' || NEW.last_by);
  END IF;
  IF moved OR TG_OP = 'UPDATE' AND OLD.agent_seen <> NEW.agent_seen AND NOT said THEN
    PERFORM pg_notify('guichet_chat', 'moved ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE INDEX chats_waiting ON chats (team_id, waiting_since_at) WHERE state = 'waiting';
