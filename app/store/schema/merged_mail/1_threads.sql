-- Who answers a case that was merged reaches the one that was kept.

-- The case that went on from this one: itself, unless it was merged, perhaps more than once.
CREATE FUNCTION kept_case(of_case uuid) RETURNS uuid LANGUAGE sql STABLE SET search_path = guichet, pg_catalog, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT id, merged_into_id FROM cases WHERE id = of_case
    UNION SELECT c.id, c.merged_into_id FROM cases c JOIN up ON c.id = up.merged_into_id)
  SELECT id FROM up WHERE merged_into_id IS NULL
$$;
REVOKE EXECUTE ON FUNCTION kept_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kept_case TO guichet_hub;

-- As before; who took part in a case that was merged into it took part in it.
CREATE OR REPLACE FUNCTION known_case(of_case uuid, from_sender text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  WITH RECURSIVE its(id) AS (
    SELECT of_case UNION SELECT m.id FROM cases m JOIN its ON m.merged_into_id = its.id)
  SELECT jsonb_build_object('id', c.id, 'category', c.category, 'assigned', c.assignee_id IS NOT NULL,
    'reopenable', (SELECT t.reopens = 'always'
      OR t.reopens = 'within' AND c.activity_at > now() - make_interval(days => t.reopen_days)
      FROM case_types t WHERE t.id = c.type_id),
    'reopened', (SELECT count(*) FROM incoming i WHERE i.case_id = c.id AND i.reopened AND lower(i.sender) = from_sender
                 AND i.settled_at > now() - interval '1 hour'),
    'knows_sender', EXISTS (SELECT FROM its JOIN cases m ON m.id = its.id JOIN customer_keys k ON k.customer_id = m.customer_id
                            WHERE k.key = from_sender)
      OR EXISTS (SELECT FROM its JOIN outgoing o ON o.case_id = its.id JOIN deliveries d ON d.outgoing_id = o.id
                 WHERE lower(d.recipient) = from_sender)
      OR EXISTS (SELECT FROM its JOIN incoming i ON i.case_id = its.id WHERE lower(i.sender) = from_sender))
  FROM cases c WHERE c.id = of_case
$$;

-- As before, by the cases that were kept.
CREATE OR REPLACE FUNCTION mail_facts(entry uuid, from_sender text, own_id text, ids text[], token uuid, typed_number bigint,
                           by_somebody boolean)
RETURNS jsonb LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  i incoming;
  a mail_addresses;
  to_team uuid;
  her uuid;
  referenced uuid;
  opened uuid;
  twin jsonb;
  of_kind text;
  of_type uuid;
BEGIN
  SELECT * INTO i FROM incoming WHERE id = entry AND fate IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF by_somebody THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(i.organisation_id || ' ' || from_sender, 40));
  END IF;
  SELECT m.* INTO a FROM incoming_routes r JOIN mail_addresses m ON m.address = lower(r.address)
    WHERE r.incoming_id = entry AND m.organisation_id = i.organisation_id ORDER BY m.type_id IS NULL, r.address LIMIT 1;
  SELECT kind, CASE WHEN kind <> 'task' THEN id END INTO of_kind, of_type FROM case_types WHERE id = a.type_id AND enabled;
  to_team := coalesce(a.team_id, i.team_id);
  IF from_sender <> '' THEN
    SELECT k.customer_id INTO her FROM customer_keys k JOIN customers u ON u.id = k.customer_id
      WHERE k.organisation_id = i.organisation_id AND k.key = from_sender ORDER BY u.updated_at DESC LIMIT 1;
  END IF;
  IF cardinality(ids) > 0 THEN
    -- What it answers may be on its way to a case just now.
    PERFORM FROM incoming WHERE organisation_id = i.organisation_id AND external_id = ANY (ids) AND fate IS NULL
      AND id <> entry AND claimed_until > clock_timestamp() FOR SHARE;
    SELECT c.id INTO referenced FROM cases c WHERE c.organisation_id = i.organisation_id AND c.merged_into_id IS NULL
      AND c.id IN (SELECT kept_case(case_id) FROM (
        SELECT case_id FROM outgoing WHERE organisation_id = i.organisation_id AND external_id = ANY (ids)
        UNION SELECT case_id FROM outgoing WHERE organisation_id = i.organisation_id AND sent_as <> '' AND sent_as = ANY (ids)
        UNION SELECT case_id FROM incoming WHERE organisation_id = i.organisation_id AND external_id = ANY (ids)) s)
      ORDER BY c.activity_at DESC LIMIT 1;
  END IF;
  IF her IS NOT NULL THEN
    SELECT c.id INTO opened FROM cases c WHERE c.customer_id = her AND c.team_id = to_team AND c.merged_into_id IS NULL
      AND c.organisation_id = i.organisation_id AND c.category NOT IN ('solved', 'closed')
      AND (of_type IS NULL OR c.type_id = of_type)
      ORDER BY c.activity_at DESC LIMIT 1;
  END IF;
  SELECT jsonb_build_object('case_id', t.case_id, 'follow_up_id', t.follow_up_id) INTO twin FROM incoming t
    WHERE t.organisation_id = i.organisation_id AND t.external_id = i.external_id
      AND t.content_sha256 = i.content_sha256 AND t.id <> entry AND t.case_id IS NOT NULL LIMIT 1;
  RETURN jsonb_build_object(
    'team_id', to_team, 'customer_id', her, 'type_id', of_type,
    'task_type_id', CASE of_kind WHEN 'task' THEN a.type_id END, 'known_contacts_only', coalesce(a.known_contacts_only, false), 'twin', twin,
    'ours', EXISTS (SELECT FROM outgoing WHERE organisation_id = i.organisation_id AND external_id = own_id)
      OR EXISTS (SELECT FROM mail_addresses WHERE organisation_id = i.organisation_id AND address = from_sender),
    'by_token', (SELECT known_case(id, from_sender) FROM cases
                 WHERE id = kept_case(token) AND organisation_id = i.organisation_id),
    'by_reference', known_case(referenced, from_sender),
    'by_number', (SELECT known_case(kept_case(id), from_sender) FROM cases
                  WHERE number = typed_number AND organisation_id = i.organisation_id),
    'open_case', known_case(opened, from_sender),
    'segment', coalesce((SELECT custom ->> 'segment' FROM customers WHERE id = her), ''),
    'routes', (SELECT coalesce(jsonb_agg(lower(address)), '[]') FROM incoming_routes WHERE incoming_id = entry),
    'rules', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.position, r.id), '[]') FROM (
      SELECT id, team_id, name, conditions, action, to_team_id, to_agent_id, matches_all, active, position
      FROM mail_rules WHERE team_id = to_team AND archived_at IS NULL) r),
    'answers', EXISTS (SELECT FROM email_hubs WHERE team_id = to_team AND enabled AND auto_reply));
END $$;

-- As before, by the cases that were kept.
CREATE OR REPLACE FUNCTION sms_facts(entry uuid, from_sender text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  told jsonb;
  i incoming;
  threaded uuid;
  opened uuid;
BEGIN
  told := mail_facts(entry, from_sender, '', '{}', NULL, NULL, true);
  IF told IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO i FROM incoming WHERE id = entry;
  IF from_sender <> '' THEN
    SELECT c.id INTO threaded FROM (
      (SELECT m.case_id, m.arrived_at AS at FROM incoming m WHERE m.line_id = i.line_id AND lower(m.sender) = from_sender
         AND m.case_id IS NOT NULL ORDER BY m.arrived_at DESC LIMIT 1)
      UNION ALL
      (SELECT o.case_id, o.written_at FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id
       WHERE d.recipient = from_sender AND o.line_id = i.line_id AND o.case_id IS NOT NULL
       ORDER BY d.changed_at DESC LIMIT 1)) s
    JOIN cases c ON c.id = kept_case(s.case_id) ORDER BY s.at DESC LIMIT 1;
  END IF;
  SELECT c.id INTO opened FROM cases c JOIN numbers n ON n.id = c.number_id
    WHERE c.customer_id = (told ->> 'customer_id')::uuid AND n.team_id = i.team_id AND c.merged_into_id IS NULL
      AND c.category NOT IN ('solved', 'closed') ORDER BY c.activity_at DESC LIMIT 1;
  RETURN told || jsonb_build_object('rules', '[]'::jsonb, 'known_contacts_only', false, 'twin', NULL,
    'by_reference', known_case(threaded, from_sender), 'open_case', known_case(opened, from_sender),
    'answers', (SELECT auto_reply FROM sms_lines WHERE id = i.line_id));
END $$;

-- As before; a closed case does not change, so it is not merged either: its notes would move and it would not say where.
CREATE OR REPLACE FUNCTION merge_cases(kept uuid, merged uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k cases := my_case(kept);
  m cases := my_case(merged);
BEGIN
  PERFORM need('merge');
  IF kept = merged OR k.merged_into_id IS NOT NULL OR m.merged_into_id IS NOT NULL 
    OR 'closed' IN (k.category, m.category) THEN
    PERFORM refuse('cannot_merge');
  END IF;
  PERFORM note_on(merged, 'merged_into', jsonb_build_object('number', k.number));
  UPDATE follow_ups SET case_id = kept, audience_id = k.audience_id WHERE case_id = merged AND channel <> 'system';
  UPDATE tasks SET case_id = kept WHERE case_id = merged;
  UPDATE cases SET merged_into_id = kept, assignee_id = coalesce(assignee_id, me()),
    state_id = (SELECT id FROM case_states WHERE type_id = m.type_id AND category = 'closed' ORDER BY position LIMIT 1)
    WHERE id = merged;
  PERFORM note_on(kept, 'merged', jsonb_build_object('number', m.number, 'subject', m.subject));
END $$;
