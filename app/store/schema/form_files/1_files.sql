-- Files that come with a form, until they hang on its entry; nobody is signed in, so its page's stamp says whose they are.
CREATE TABLE form_uploads (
  blob_id uuid PRIMARY KEY REFERENCES blobs ON DELETE CASCADE,
  stamp uuid NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  bytes bigint NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON form_uploads (stamp);
ALTER TABLE form_uploads ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON form_uploads TO guichet_hub USING (false);
CREATE POLICY agent_reads ON form_uploads FOR SELECT TO guichet_agent USING (false);

CREATE FUNCTION form_upload(with_key text, with_stamp uuid, as_blob uuid, most integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE house uuid := (SELECT organisation_id FROM web_forms WHERE key = with_key AND active AND archived_at IS NULL);
BEGIN
  IF house IS NULL THEN PERFORM refuse('not_found', 'form'); END IF;
  IF (SELECT count(*) FROM form_uploads WHERE stamp = with_stamp) >= most THEN
    PERFORM refuse('too_many', 'files', jsonb_build_object('most', most));
  END IF;
  INSERT INTO blobs (id, organisation_id) VALUES (as_blob, house);
  INSERT INTO form_uploads (blob_id, stamp, organisation_id) VALUES (as_blob, with_stamp, house);
END $$;

-- All files of one form together are counted.
CREATE FUNCTION form_chunk(with_stamp uuid, of_blob uuid, at_position integer, part bytea, most bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE held bigint;
BEGIN
  UPDATE form_uploads SET bytes = bytes + length(part) WHERE blob_id = of_blob AND stamp = with_stamp;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'file'); END IF;
  SELECT sum(bytes) INTO held FROM form_uploads WHERE stamp = with_stamp;
  IF held > most THEN
    PERFORM refuse('attachment_too_large', 'files', jsonb_build_object('name', '', 'size_mb', held / 1000000, 'most_mb', most / 1000000));
  END IF;
  INSERT INTO blob_chunks (blob_id, position, data) VALUES (of_blob, at_position, part);
END $$;

-- What was begun and not sent: of one page, or of all after two hours.
CREATE FUNCTION form_sweep(of_stamp uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  DELETE FROM blobs b USING form_uploads p WHERE p.blob_id = b.id AND b.sha256 IS NULL
    AND (p.stamp = of_stamp OR of_stamp IS NULL AND p.made_at < now() - interval '2 hours')
$$;

-- A form with its files: they hang on its entry in the transaction that makes the case.
CREATE FUNCTION send_form_with_files(with_key text, with_stamp uuid, told jsonb, files jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  made jsonb := send_web_form(with_key, with_stamp, told);
  entry follow_ups;
  f jsonb;
  hash text;
  kept uuid;
BEGIN
  IF (made ->> 'again')::boolean THEN RETURN made; END IF;
  SELECT * INTO entry FROM follow_ups WHERE case_id = (made ->> 'id')::uuid AND channel = 'web' ORDER BY at LIMIT 1;
  FOR f IN SELECT jsonb_array_elements(files) LOOP
    PERFORM FROM form_uploads WHERE blob_id = (f ->> 'blob')::uuid AND stamp = with_stamp AND organisation_id = entry.organisation_id FOR UPDATE;
    IF NOT FOUND THEN PERFORM refuse('not_found', 'files'); END IF;
    SELECT encode(sha256(coalesce(string_agg(data, '' ORDER BY position), '')), 'hex') INTO hash FROM blob_chunks WHERE blob_id = (f ->> 'blob')::uuid;
    SELECT id INTO kept FROM blobs WHERE organisation_id = entry.organisation_id AND sha256 = hash;
    IF kept IS NULL THEN
      kept := (f ->> 'blob')::uuid;
      UPDATE blobs SET sha256 = hash, size = (SELECT bytes FROM form_uploads WHERE blob_id = kept) WHERE id = kept;
      DELETE FROM form_uploads WHERE blob_id = kept;
    ELSE
      DELETE FROM blobs WHERE id = (f ->> 'blob')::uuid;
    END IF;
    INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type)
      VALUES (gen_random_uuid(), entry.organisation_id, entry.audience_id, entry.id, kept, left(f ->> 'name', 255), left(f ->> 'kind', 255));
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION form_upload, form_chunk, form_sweep, send_form_with_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION form_upload, form_chunk, form_sweep, send_form_with_files TO guichet_hub;
