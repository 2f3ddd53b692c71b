-- Many mails a second: what is kept or settled together is one statement, not a dozen ways to the server and back.

-- Bytes kept once by their content within an organisation; the blob that holds them, known already or new.
CREATE FUNCTION keep_blob(of_organisation uuid, as_blob uuid, hash text, bytes bytea) RETURNS uuid LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE known uuid;
BEGIN
  SELECT id INTO known FROM blobs WHERE organisation_id = of_organisation AND sha256 = hash;
  IF known IS NOT NULL THEN RETURN known; END IF;
  INSERT INTO blobs (id, organisation_id, sha256, size) VALUES (as_blob, of_organisation, hash, length(bytes));
  INSERT INTO blob_chunks (blob_id, position, data)
    SELECT as_blob, n, substring(bytes FROM n * 262144 + 1 FOR 262144)
    FROM generate_series(0, (length(bytes) - 1) / 262144) n;
  RETURN as_blob;
END $$;

-- Arrivals of one mailbox, their routes and the place of its reading, together; how many were not known before.
-- `arrivals` are objects {id, external, sha256, recipients, blob, kept}; `bytes` stand beside them, null where
-- `kept` says that the blob is there already.
CREATE FUNCTION keep_arrivals(of_mailbox uuid, counting bigint, last bigint, at_cursor text, arrivals jsonb, bytes bytea[])
RETURNS integer LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  m mailboxes;
  a jsonb;
  own_id text;
  told_apart text;
  entry uuid;
  made integer := 0;
BEGIN
  -- The lock makes the readers of one mailbox wait for each other, so a message is looked up once.
  SELECT * INTO STRICT m FROM mailboxes WHERE id = of_mailbox FOR UPDATE;
  FOR n IN 1 .. jsonb_array_length(arrivals) LOOP
    a := arrivals -> (n - 1);
    own_id := left(a ->> 'external', 900);
    told_apart := own_id || '#' || (a ->> 'sha256');
    SELECT id INTO entry FROM incoming WHERE mailbox_id = of_mailbox AND external_id IN (own_id, told_apart)
      AND content_sha256 = a ->> 'sha256';
    IF NOT FOUND THEN
      entry := (a ->> 'id')::uuid;
      INSERT INTO incoming (id, organisation_id, mailbox_id, team_id, external_id, content_sha256, blob_id)
      VALUES (entry, m.organisation_id, of_mailbox, m.team_id,
        CASE WHEN EXISTS (SELECT FROM incoming WHERE mailbox_id = of_mailbox AND external_id = own_id)
             THEN told_apart ELSE own_id END,
        a ->> 'sha256',
        CASE WHEN (a ->> 'kept')::boolean THEN (a ->> 'blob')::uuid
             ELSE keep_blob(m.organisation_id, (a ->> 'blob')::uuid, a ->> 'sha256', bytes[n]) END);
      made := made + 1;
    END IF;
    INSERT INTO incoming_routes (incoming_id, address, organisation_id, team_id)
      SELECT entry, r, m.organisation_id,
        (SELECT team_id FROM mail_addresses WHERE address = lower(r) AND organisation_id = m.organisation_id)
      FROM jsonb_array_elements_text(a -> 'recipients') r ON CONFLICT DO NOTHING;
  END LOOP;
  UPDATE mailboxes SET last_uid = CASE WHEN validity = counting THEN greatest(last_uid, last) ELSE last END,
    validity = counting, cursor = at_cursor WHERE id = of_mailbox;
  RETURN made;
END $$;
