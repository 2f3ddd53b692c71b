-- Who asked hears at once that the hub could not do it.
CREATE FUNCTION command_refused() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'refused ' || NEW.id || ' ' || NEW.by_agent);
  RETURN NULL;
END $$;
CREATE TRIGGER hint AFTER UPDATE OF refused ON call_commands FOR EACH ROW WHEN (NEW.refused <> '' AND OLD.refused = '')
  EXECUTE FUNCTION command_refused();
REVOKE EXECUTE ON FUNCTION command_refused FROM PUBLIC;
