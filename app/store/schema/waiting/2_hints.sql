-- What routes calls is read anew by hub and desks as soon as it changes.
CREATE FUNCTION routing_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'team ' || coalesce(to_jsonb(NEW) ->> 'team_id', to_jsonb(NEW) ->> 'id') || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON team_voice FOR EACH ROW EXECUTE FUNCTION routing_changed();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON ring_schedules FOR EACH ROW EXECUTE FUNCTION routing_changed();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON routing_rules FOR EACH ROW EXECUTE FUNCTION routing_changed();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON call_trees FOR EACH ROW EXECUTE FUNCTION routing_changed();
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON prompts FOR EACH ROW EXECUTE FUNCTION routing_changed();

-- A line to the outside changed, or is to be looked at: the hub pushes it and tells what it found.
CREATE FUNCTION trunk_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state, OLD.looked_at) IS DISTINCT FROM (NEW.state, NEW.looked_at) THEN
    PERFORM hint(NEW.organisation_id, 'trunk ' || NEW.id || ' *');
  ELSE
    PERFORM pg_notify('guichet_hub', 'trunk ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER INSERT OR UPDATE ON trunks FOR EACH ROW EXECUTE FUNCTION trunk_changed();

CREATE FUNCTION look_at_trunk(of_trunk uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  IF NOT EXISTS (SELECT FROM trunks WHERE id = of_trunk AND organisation_id = my_organisation()) THEN
    PERFORM refuse('not_found', 'trunk');
  END IF;
  PERFORM pg_notify('guichet_hub', 'trunk ' || of_trunk);
END $$;
REVOKE EXECUTE ON FUNCTION routing_changed, trunk_changed, look_at_trunk FROM PUBLIC;
GRANT EXECUTE ON FUNCTION look_at_trunk TO guichet_agent;
