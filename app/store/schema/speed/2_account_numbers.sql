-- A number that has outgrown its format keeps all its digits.
CREATE OR REPLACE FUNCTION customer_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  format text;
  next text;
BEGIN
  IF coalesce(NEW.account_number, '') = '' THEN
    SELECT account_number_format INTO format FROM organisations WHERE id = NEW.organisation_id;
    next := nextval('account_numbers')::text;
    NEW.account_number := regexp_replace(format, '#+',
      lpad(next, greatest(length(substring(format FROM '#+')), length(next)), '0'));
  END IF;
  NEW.updated_by := me();
  RETURN NEW;
END $$;
