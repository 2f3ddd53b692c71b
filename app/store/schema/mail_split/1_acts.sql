-- A mail that came into a case and is about something else, or from somebody else, becomes a case of its own: of its
-- sender's, with the same team and number. The mail moves with its entry in the ledger; both cases say so.
CREATE FUNCTION split_mail(follow_up uuid, new_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  f follow_ups;
  c cases;
  i incoming;
  her uuid;
  made bigint;
BEGIN
  SELECT * INTO f FROM follow_ups WHERE id = follow_up AND audience_id = ANY (my_audiences());
  IF NOT FOUND THEN PERFORM refuse('not_found', 'mail'); END IF;
  c := my_case(f.case_id);
  IF c.category = 'closed' THEN PERFORM refuse('case_is_closed'); END IF;
  -- What made the case stays in it; so does what two teams were written to.
  SELECT * INTO i FROM incoming WHERE follow_up_id = follow_up AND fate = 'follow_up' ORDER BY arrived_at LIMIT 1 FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM incoming WHERE follow_up_id = follow_up AND fate = 'case') THEN
    PERFORM refuse('not_found', 'mail');
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(c.organisation_id || ' ' || lower(i.sender), 40));
  SELECT k.customer_id INTO her FROM customer_keys k JOIN customers u ON u.id = k.customer_id
    WHERE k.organisation_id = c.organisation_id AND k.key = lower(i.sender) AND u.merged_into_id IS NULL
    ORDER BY k.customer_id <> c.customer_id, u.updated_at DESC LIMIT 1;
  IF her IS NULL THEN
    her := gen_random_uuid();
    INSERT INTO customers (id, organisation_id, first_name, last_name, emails)
      VALUES (her, c.organisation_id,
        left(coalesce(substring(btrim(f.author_name) FROM '^(.*)\s\S+$'), ''), 200),
        left(coalesce(nullif(substring(btrim(f.author_name) FROM '(\S+)$'), ''), split_part(i.sender, '@', 1)), 200),
        jsonb_build_array(jsonb_build_object('address', i.sender, 'label', '')));
  END IF;
  INSERT INTO cases (id, customer_id, team_id, number_id, subject, visibility, assignee_id, channel, activity_at, preview)
    VALUES (new_case, her, c.team_id, c.number_id, coalesce(nullif(btrim(left(i.subject, 250)), ''), c.subject), c.visibility,
            CASE WHEN c.visibility = 'private' THEN me() END, 'email', f.at,
            left(regexp_replace(f.body, '\s+', ' ', 'g'), 160))
    RETURNING number INTO made;
  UPDATE follow_ups SET case_id = new_case, audience_id = (SELECT audience_id FROM cases WHERE id = new_case)
    WHERE id = follow_up;
  UPDATE attachments a SET audience_id = u.audience_id FROM follow_ups u WHERE u.id = follow_up AND a.follow_up_id = u.id;
  UPDATE incoming SET case_id = new_case WHERE follow_up_id = follow_up;
  PERFORM note_on(new_case, 'split_from', jsonb_build_object('number', c.number, 'case', c.id, 'mail', follow_up));
  PERFORM note_on(c.id, 'split_to', jsonb_build_object('number', made, 'case', new_case));
END $$;

-- And back, while the new case holds nothing but that mail: it ends as merged into the one it came from.
CREATE FUNCTION unsplit_mail(new_case uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  n cases := my_case(new_case);
  told jsonb;
  c cases;
BEGIN
  SELECT custom INTO told FROM follow_ups WHERE case_id = new_case AND channel = 'system' AND body = 'split_from'
    AND author_id = me();
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  c := my_case((told ->> 'case')::uuid);
  IF n.merged_into_id IS NOT NULL OR c.category = 'closed' OR EXISTS (
      SELECT FROM follow_ups WHERE case_id = new_case AND channel <> 'system' AND id <> (told ->> 'mail')::uuid)
     OR EXISTS (SELECT FROM tasks WHERE case_id = new_case) OR EXISTS (SELECT FROM outgoing WHERE case_id = new_case) THEN
    PERFORM refuse('changed_meanwhile');
  END IF;
  UPDATE follow_ups SET case_id = c.id, audience_id = c.audience_id WHERE id = (told ->> 'mail')::uuid;
  UPDATE attachments SET audience_id = c.audience_id WHERE follow_up_id = (told ->> 'mail')::uuid;
  UPDATE incoming SET case_id = c.id WHERE follow_up_id = (told ->> 'mail')::uuid;
  PERFORM note_on(new_case, 'merged_into', jsonb_build_object('number', c.number));
  UPDATE cases SET merged_into_id = c.id, assignee_id = coalesce(assignee_id, me()),
    state_id = (SELECT id FROM case_states WHERE type_id = n.type_id AND category = 'closed' ORDER BY position LIMIT 1)
    WHERE id = new_case;
  PERFORM note_on(c.id, 'merged', jsonb_build_object('number', n.number, 'subject', n.subject));
END $$;

REVOKE EXECUTE ON FUNCTION split_mail, unsplit_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION split_mail, unsplit_mail TO guichet_agent;
