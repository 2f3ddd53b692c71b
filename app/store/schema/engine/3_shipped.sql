-- The automations that every organisation begins with, each an ordinary row from then on.
CREATE FUNCTION shipped_automations() RETURNS TABLE (key text, name text, place integer, content jsonb)
LANGUAGE sql IMMUTABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  VALUES
  ('acknowledgement', 'Acknowledge a new case', 1, $j${"types": [], "condition": {"joined": "all", "parts": [
      {"field": "event.by", "how": "is", "values": ["customer"]},
      {"field": "case.channel", "how": "is", "values": ["email"]},
      {"field": "team.auto_reply", "how": "is", "values": ["true"]}]},
    "when": {"trigger": "created", "field": "", "was": [], "becomes": []},
    "actions": [{"does": "reply", "field": "", "value": "shipped:acknowledgement", "text": ""}]}$j$::jsonb),
  ('waiting_customer', 'Wait on the customer after our reply', 2, $j${"types": [], "condition": {"joined": "all", "parts": [
      {"field": "event.by_assignee", "how": "is", "values": ["true"]},
      {"field": "case.category", "how": "is", "values": ["new", "open", "waiting_agent"]}]},
    "when": {"trigger": "message_out", "field": "", "was": [], "becomes": []},
    "actions": [{"does": "set_field", "field": "case.state", "value": "category:waiting_customer", "text": ""}]}$j$),
  ('waiting_agent', 'Wait on the agent after the customer''s reply', 3, $j${"types": [], "condition": {"joined": "any", "parts": [
      {"field": "case.category", "how": "is", "values": ["waiting_customer"]},
      {"joined": "all", "parts": [{"field": "case.category", "how": "is", "values": ["open"]},
                                  {"field": "case.assignee", "how": "not_empty", "values": []}]}]},
    "when": {"trigger": "message_in", "field": "", "was": [], "becomes": []},
    "actions": [{"does": "set_field", "field": "case.state", "value": "category:waiting_agent", "text": ""}]}$j$),
  ('notify_assignee', 'Tell the assigned agent that the customer answered', 4, $j${"types": [], "condition": {"joined": "all", "parts": [
      {"field": "case.assignee", "how": "not_empty", "values": []}]},
    "when": {"trigger": "message_in", "field": "", "was": [], "becomes": []},
    "actions": [{"does": "notify", "field": "", "value": "assignee", "text": ""}]}$j$),
  ('close_solved', 'Close solved cases after the time of their type', 5, $j${"types": [], "condition": {"joined": "all", "parts": [
      {"field": "case.category", "how": "is", "values": ["solved"]},
      {"field": "case.closes_at", "how": "past", "values": []}]},
    "when": {"trigger": "hourly", "field": "", "was": [], "becomes": []},
    "actions": [{"does": "set_field", "field": "case.state", "value": "category:closed", "text": ""}]}$j$)
$$;

CREATE FUNCTION ship_automations(of_organisation uuid) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO templates (id, organisation_id, name, shipped, text_en, text_fr) VALUES (gen_random_uuid(), of_organisation,
    CASE (SELECT language FROM organisations WHERE id = of_organisation) WHEN 'en' THEN 'Acknowledgement' ELSE 'Accusé de réception' END,
    'acknowledgement',
    E'Hello,\n\nwe have received your message. Your case has the number {{ case.number }}; we answer as soon as we can.\n\nTo add something, just reply to this mail.\n\n{{ sender }}',
    E'Bonjour,\n\nnous avons bien reçu votre message. Votre dossier porte le numéro {{ case.number }}\u202f; nous vous répondons dès que possible.\n\nPour ajouter quelque chose, répondez simplement à ce courriel.\n\n{{ sender }}');
  INSERT INTO automations (id, organisation_id, name, shipped, position, active, trigger, content)
    SELECT gen_random_uuid(), of_organisation, name, key, place, true, content -> 'when' ->> 'trigger', content
    FROM shipped_automations();
END $$;

CREATE FUNCTION organisation_gets_automations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM ship_automations(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER z_automations AFTER INSERT ON organisations FOR EACH ROW EXECUTE FUNCTION organisation_gets_automations();

-- Whose an automation, a template or a macro may be: a team's lead for the team, who manages automations for all.
CREATE FUNCTION may_automate(for_team uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT CASE WHEN for_team IS NULL THEN may('manage_automations')
              ELSE for_team = ANY (my_mail_teams()) OR may('manage_automations') END
$$;

CREATE FUNCTION automation_before() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.team_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM teams WHERE id = NEW.team_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'team');
  END IF;
  NEW.trigger := coalesce(NEW.content -> 'when' ->> 'trigger', '');
  NEW.prompt := NEW.shipped <> '' AND NEW.team_id IS NULL
    AND NEW.content = (SELECT content FROM shipped_automations() WHERE key = NEW.shipped);
  IF TG_OP = 'INSERT' THEN
    NEW.created_by := me();
    NEW.updated_by := me();
  ELSIF (NEW.name, NEW.active, NEW.content, NEW.archived_at) IS DISTINCT FROM (OLD.name, OLD.active, OLD.content, OLD.archived_at) THEN
    INSERT INTO automation_versions (automation_id, version, organisation_id, name, active, content, changed_by, changed_at)
      VALUES (OLD.id, OLD.version, OLD.organisation_id, OLD.name, OLD.active, OLD.content, OLD.updated_by, OLD.updated_at);
    NEW.version := OLD.version + 1;
    NEW.updated_at := clock_timestamp();
    NEW.updated_by := me();
    -- What was wrong may be mended: the hub says so again if it is not.
    NEW.trouble := '[]';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE ON automations FOR EACH ROW EXECUTE FUNCTION automation_before();
CREATE TRIGGER b_mark BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION mark_change('{version,updated_at,updated_by}');

CREATE FUNCTION automations_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, TG_ARGV[0] || ' ' || NEW.id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON automations FOR EACH ROW EXECUTE FUNCTION automations_after('automation');
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON automation_asks FOR EACH ROW EXECUTE FUNCTION automations_after('automation');
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION automations_after('template');
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON macros FOR EACH ROW EXECUTE FUNCTION automations_after('macro');
CREATE TRIGGER hint AFTER UPDATE OF answered_at ON replays FOR EACH ROW EXECUTE FUNCTION automations_after('replay');

CREATE FUNCTION notice_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'notice ' || NEW.id || ' ' || NEW.agent_id);
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT ON automation_notices FOR EACH ROW EXECUTE FUNCTION notice_after();

-- A shipped automation that nobody changed is carried out where mail is written or filed, in that transaction, so that
-- nobody sees the case in the state between. Whether it may, and its receipt: the hub does not do it again.
CREATE FUNCTION carry_out(of_case uuid, happened text, key text, to_category text DEFAULT '') RETURNS boolean LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  c cases;
  a automations;
BEGIN
  SELECT * INTO c FROM cases WHERE id = of_case;
  SELECT * INTO a FROM automations
    WHERE organisation_id = c.organisation_id AND shipped = key AND prompt AND active AND archived_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO automation_runs (automation_id, event, organisation_id, case_id, trigger, depth, acts, case_version)
    VALUES (a.id, happened, c.organisation_id, of_case, a.trigger, 1,
      jsonb_build_array((a.content -> 'actions' -> 0) || '{"prompt": true}' || CASE WHEN to_category = '' THEN '{}'::jsonb ELSE jsonb_build_object(
        'before', jsonb_build_object('state_id', c.state_id),
        'after', jsonb_build_object('state_id', (SELECT id FROM case_states WHERE type_id = c.type_id
          AND category = to_category ORDER BY position LIMIT 1))) END), c.version)
    ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

-- Organisations that are here already, and where the hub begins: with what happens from now on.
INSERT INTO role_permissions (organisation_id, role, permission)
  SELECT id, 'administrator', 'manage_automations' FROM organisations ON CONFLICT DO NOTHING;
SELECT ship_automations(id) FROM organisations;
INSERT INTO automation_place (epoch, xid, seq) SELECT epoch, pg_snapshot_xmin(pg_current_snapshot()), 0 FROM schema_info;
