-- Two records of one customer become one: nobody's wish not to be called is lost, and two desks make no circle.
CREATE OR REPLACE FUNCTION merge_customers(kept uuid, merged uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k customers;
  m customers;
  gone customers;
BEGIN
  PERFORM need('merge');
  IF kept = merged THEN PERFORM refuse('same_record'); END IF;
  PERFORM FROM customers WHERE id IN (kept, merged) ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO k FROM customers WHERE id = kept AND organisation_id = my_organisation();
  SELECT * INTO m FROM customers WHERE id = merged AND organisation_id = my_organisation();
  IF k.id IS NULL OR m.id IS NULL THEN PERFORM refuse('not_found', 'customer'); END IF;
  IF k.merged_into_id IS NOT NULL OR m.merged_into_id IS NOT NULL THEN
    gone := CASE WHEN m.merged_into_id IS NOT NULL THEN m ELSE k END;
    PERFORM refuse('merged_already', '', jsonb_build_object('merged', gone.account_number,
      'kept', (SELECT account_number FROM customers WHERE id = gone.merged_into_id)));
  END IF;
  -- Closed cases stay as they are: a customer's lists include those of the records merged into hers.
  UPDATE cases SET customer_id = kept WHERE customer_id = merged AND category <> 'closed';
  UPDATE tasks SET customer_id = kept WHERE customer_id = merged AND case_id IS NULL;
  UPDATE customers SET
    phones = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.phones || m.phones) e),
    emails = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.emails || m.emails) e),
    addresses = (SELECT coalesce(jsonb_agg(DISTINCT e), '[]') FROM jsonb_array_elements(k.addresses || m.addresses) e),
    do_not_call = k.do_not_call OR m.do_not_call,
    call_from = CASE WHEN k.call_from = '' AND k.call_until = '' THEN m.call_from ELSE k.call_from END,
    call_until = CASE WHEN k.call_from = '' AND k.call_until = '' THEN m.call_until ELSE k.call_until END,
    pinned_note = left(concat_ws(E'\n', nullif(k.pinned_note, ''), nullif(nullif(m.pinned_note, k.pinned_note), '')), 4000),
    custom = m.custom || k.custom
    WHERE id = kept;
  -- How often she is asked how content she is counts for both.
  UPDATE satisfaction SET customer_id = kept WHERE customer_id = merged;
  -- One step leads to the kept record, however often it was merged before.
  UPDATE customers SET merged_into_id = kept WHERE id = merged OR merged_into_id = merged;
END $$;

WITH RECURSIVE up(id, into_id) AS (
  SELECT id, merged_into_id FROM customers WHERE merged_into_id IS NOT NULL
  UNION SELECT u.id, c.merged_into_id FROM up u JOIN customers c ON c.id = u.into_id WHERE c.merged_into_id IS NOT NULL)
UPDATE customers c SET merged_into_id = u.into_id FROM up u JOIN customers l ON l.id = u.into_id
WHERE u.id = c.id AND l.merged_into_id IS NULL AND c.merged_into_id <> u.into_id;

-- Her closed cases kept the record that was merged into hers: she and other programs find them by the kept one.
CREATE OR REPLACE FUNCTION portal_customers(s portal_sessions) RETURNS SETOF uuid LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  WITH hers AS (
    SELECT u.id FROM customer_keys k JOIN customers u ON u.id = k.customer_id
    WHERE k.organisation_id = s.organisation_id AND k.key = s.address
      AND EXISTS (SELECT FROM jsonb_array_elements(u.emails) e WHERE lower(e ->> 'address') = s.address))
  SELECT id FROM hers UNION SELECT c.id FROM customers c JOIN hers ON hers.id = c.merged_into_id
$$;

DO $patch$
DECLARE body text := pg_get_functiondef('api_lists'::regproc);
BEGIN
  IF position($$c.customer_id = (told ->> 'customer_id')::uuid)$$ IN body) = 0 THEN
    RAISE EXCEPTION 'api_lists does not say what was expected';
  END IF;
  EXECUTE replace(body, $$c.customer_id = (told ->> 'customer_id')::uuid)$$,
    $$c.customer_id IN (SELECT (told ->> 'customer_id')::uuid
        UNION ALL SELECT u.id FROM customers u WHERE u.merged_into_id = (told ->> 'customer_id')::uuid))$$);
END $patch$;
