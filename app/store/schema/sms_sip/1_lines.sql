-- A line of SIP MESSAGE names the trunk that it sends through and hears from.
ALTER TABLE sms_lines ADD trunk_id uuid REFERENCES trunks,
  ADD CONSTRAINT sms_lines_sip CHECK ((kind = 'sip') = (trunk_id IS NOT NULL));
CREATE INDEX sms_lines_trunk ON sms_lines (trunk_id) WHERE trunk_id IS NOT NULL;
GRANT SELECT (trunk_id), INSERT (trunk_id), UPDATE (trunk_id) ON sms_lines TO guichet_agent;

-- Nobody sends through a trunk of somebody else.
CREATE FUNCTION sms_line_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM trunks WHERE id = NEW.trunk_id AND organisation_id = NEW.organisation_id AND archived_at IS NULL) THEN
    PERFORM refuse('not_found', 'trunk');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_rules BEFORE INSERT OR UPDATE OF trunk_id, organisation_id ON sms_lines FOR EACH ROW
  WHEN (NEW.trunk_id IS NOT NULL) EXECUTE FUNCTION sms_line_rules();
REVOKE EXECUTE ON FUNCTION sms_line_rules FROM PUBLIC;
