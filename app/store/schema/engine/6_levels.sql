-- A service level that comes near its end, or breaks, is something that happened to its case.
CREATE FUNCTION level_told_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM note_happening(NEW.case_id, CASE NEW.kind WHEN 'near' THEN 'service_near' ELSE 'service_broken' END,
    gen_random_uuid(), jsonb_build_object('metric', jsonb_build_array(NULL, NEW.metric)));
  RETURN NULL;
END $$;
CREATE TRIGGER happening AFTER INSERT ON metric_events FOR EACH ROW
  WHEN (NEW.kind IN ('near', 'breach')) EXECUTE FUNCTION level_told_after();
REVOKE EXECUTE ON FUNCTION level_told_after FROM PUBLIC;
