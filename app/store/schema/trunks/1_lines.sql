-- The hub is asked in a word of its own: what it found is told to the desks in another, or it would hear itself.
CREATE OR REPLACE FUNCTION trunk_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'trunk ' || NEW.id || ' *');
  IF TG_OP = 'INSERT' OR (OLD.state, OLD.looked_at) IS NOT DISTINCT FROM (NEW.state, NEW.looked_at) THEN
    PERFORM pg_notify('guichet_hub', 'line ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION look_at_trunk(of_trunk uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  IF NOT EXISTS (SELECT FROM trunks WHERE id = of_trunk AND organisation_id = my_organisation()) THEN
    PERFORM refuse('not_found', 'trunk');
  END IF;
  PERFORM pg_notify('guichet_hub', 'line ' || of_trunk);
END $$;
