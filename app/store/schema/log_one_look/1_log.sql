-- A changed row becomes JSON once, not once for each of its columns; where nothing changed that is logged, it ends there.
DO $$
DECLARE f record;
BEGIN
  FOR f IN SELECT pg_get_functiondef(p.oid) AS made FROM pg_proc p
           WHERE p.pronamespace = 'guichet'::regnamespace AND p.prokind = 'f'
             AND p.prosrc LIKE '%AS j) a,%jsonb_object_keys(a.j) k%' LOOP
    EXECUTE replace(replace(replace(f.made,
      '::text[] AS j) b,', '::text[] AS j OFFSET 0) b,'),
      '::text[] AS j) a,', '::text[] AS j OFFSET 0) a,'),
      'WHERE b.j -> k IS DISTINCT', 'WHERE b.j <> a.j AND b.j -> k IS DISTINCT');
  END LOOP;
  -- Twelve tables, and what watches one more.
  IF (SELECT count(*) FROM pg_proc WHERE pronamespace = 'guichet'::regnamespace
      AND prosrc LIKE '%OFFSET 0) b,%OFFSET 0) a,%b.j <> a.j AND b.j -> k%') < 13 THEN
    RAISE 'the log of changes is not as it was expected';
  END IF;
END $$;

-- The line under a case is made of the beginning of what was written, however long that is.
CREATE OR REPLACE FUNCTION follow_up_after_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE shown text := left(regexp_replace(left(NEW.body, 2000), '\s+', ' ', 'g'), 160);
BEGIN
  UPDATE cases SET activity_at = NEW.at, channel = NEW.channel, preview = shown
    WHERE id = NEW.case_id AND activity_at <= NEW.at
      AND (activity_at, channel, preview) IS DISTINCT FROM (NEW.at, NEW.channel, shown);
  RETURN NULL;
END $$;
DO $$
DECLARE made text;
BEGIN
  SELECT pg_get_functiondef(oid) INTO STRICT made FROM pg_proc
    WHERE pronamespace = 'guichet'::regnamespace AND proname = 'file_mail'
      AND prosrc LIKE '%regexp_replace(said, %';
  EXECUTE replace(made, 'regexp_replace(said, ', 'regexp_replace(left(said, 2000), ');
END $$;

-- What waits is claimed in the order in which it lies in its index; a long backlog is not sorted for each claim.
DROP INDEX incoming_waiting;
CREATE INDEX incoming_waiting ON incoming (arrived_at, id) WHERE fate IS NULL;

-- Of no case nothing is known, and nothing is looked for: most mails answer none.
ALTER FUNCTION known_case(uuid, text) STRICT;
ALTER FUNCTION kept_case(uuid) STRICT;
