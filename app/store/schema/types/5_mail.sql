-- Mail and types: an address of a type makes that type; a case that may not be opened again is gone on with in another.

-- A case that a mail may belong to. Who took part: the customer by any of her addresses, whom we wrote to, who wrote
-- to us on it.
CREATE OR REPLACE FUNCTION known_case(of_case uuid, from_sender text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', c.id, 'category', c.category, 'assigned', c.assignee_id IS NOT NULL,
    'reopenable', (SELECT t.reopens = 'always'
      OR t.reopens = 'within' AND c.activity_at > now() - make_interval(days => t.reopen_days)
      FROM case_types t WHERE t.id = c.type_id),
    'reopened', (SELECT count(*) FROM incoming i WHERE i.case_id = c.id AND i.reopened AND lower(i.sender) = from_sender
                 AND i.settled_at > now() - interval '1 hour'),
    'knows_sender', EXISTS (SELECT FROM customer_keys k WHERE k.customer_id = c.customer_id AND k.key = from_sender)
      OR EXISTS (SELECT FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id
                 WHERE o.case_id = c.id AND lower(d.recipient) = from_sender)
      OR EXISTS (SELECT FROM incoming i WHERE i.case_id = c.id AND lower(i.sender) = from_sender))
  FROM cases c WHERE c.id = of_case
$$;

-- All that is known about a mail before anything is decided; null when it has its fate already. The entry stays locked,
-- and mails of one sender are settled one after the other: two at once would make her two customers and two cases.
-- Machines' mails make neither, and wait for nobody.
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
      AND c.id IN (
        SELECT case_id FROM outgoing WHERE organisation_id = i.organisation_id AND external_id = ANY (ids)
        UNION SELECT case_id FROM outgoing WHERE organisation_id = i.organisation_id AND sent_as <> '' AND sent_as = ANY (ids)
        UNION SELECT case_id FROM incoming WHERE organisation_id = i.organisation_id AND external_id = ANY (ids))
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
                 WHERE id = token AND organisation_id = i.organisation_id AND merged_into_id IS NULL),
    'by_reference', known_case(referenced, from_sender),
    'by_number', (SELECT known_case(id, from_sender) FROM cases
                  WHERE number = typed_number AND organisation_id = i.organisation_id AND merged_into_id IS NULL),
    'open_case', known_case(opened, from_sender),
    'segment', coalesce((SELECT custom ->> 'segment' FROM customers WHERE id = her), ''),
    'routes', (SELECT coalesce(jsonb_agg(lower(address)), '[]') FROM incoming_routes WHERE incoming_id = entry),
    'rules', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.position, r.id), '[]') FROM (
      SELECT id, team_id, name, conditions, action, to_team_id, to_agent_id, matches_all, active, position
      FROM mail_rules WHERE team_id = to_team AND archived_at IS NULL) r),
    'answers', EXISTS (SELECT FROM email_hubs WHERE team_id = to_team AND enabled AND auto_reply));
END $$;

-- Both cases tell of the link; `from_case` is the later one.
CREATE FUNCTION link_cases_of(from_case uuid, to_case uuid, how text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO case_links (from_id, to_id, organisation_id, kind, made_by)
    SELECT from_case, to_case, organisation_id, how, me() FROM cases WHERE id = from_case ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM note_on(from_case, how, jsonb_build_object('number', (SELECT number FROM cases WHERE id = to_case)));
  PERFORM note_on(to_case, how || '_by', jsonb_build_object('number', (SELECT number FROM cases WHERE id = from_case)));
END $$;

-- What a mail becomes, all of it together: customer and case where they are new, its entry on the case with its files,
-- what reports say of addresses, and its fate. `files` stand beside told.files, null for those that are kept already.
CREATE OR REPLACE FUNCTION file_mail(entry uuid, told jsonb, said text, files bytea[]) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  organisation uuid := (told ->> 'organisation_id')::uuid;
  of_case uuid := (told ->> 'case_id')::uuid;
  follow_up uuid := (told ->> 'follow_up_id')::uuid;
  to_team uuid := coalesce(told ->> 'to_team_id', told ->> 'team_id')::uuid;
  agent uuid := (told ->> 'to_agent_id')::uuid;
  her uuid := (told ->> 'customer_id')::uuid;
  f jsonb;
BEGIN
  IF told -> 'customer' <> 'null' THEN
    INSERT INTO customers (id, organisation_id, first_name, last_name, emails)
    VALUES (her, organisation, left(told -> 'customer' ->> 'first', 200), left(told -> 'customer' ->> 'last', 200),
      CASE WHEN told -> 'customer' ->> 'address' = '' THEN '[]'::jsonb
           ELSE jsonb_build_array(jsonb_build_object('address', told -> 'customer' ->> 'address', 'label', '')) END);
  END IF;
  IF (told ->> 'new_case')::boolean THEN
    IF agent IS NOT NULL THEN  -- an agent of another team has it with her own; one who is gone has nothing
      SELECT CASE WHEN EXISTS (SELECT FROM memberships WHERE team_id = to_team AND agent_id = agent) THEN to_team
                  ELSE coalesce(default_team_id, to_team) END, id INTO to_team, agent
      FROM agents WHERE id = agent AND active;
      to_team := coalesce(to_team, (told ->> 'to_team_id')::uuid, (told ->> 'team_id')::uuid);
    END IF;
    -- As its first entry will find it: the list shows what was written, and the row is not written twice.
    INSERT INTO cases (id, customer_id, team_id, subject, assignee_id, activity_at, channel, preview, type_id)
      VALUES (of_case, her, to_team, left(told ->> 'case_subject', 250), agent, (told ->> 'at')::timestamptz, 'email',
              left(regexp_replace(said, '\s+', ' ', 'g'), 160), (told ->> 'type_id')::uuid);
    IF told ->> 'continues' IS NOT NULL THEN
      PERFORM link_cases_of(of_case, (told ->> 'continues')::uuid, 'continues');
    END IF;
  END IF;
  IF (told ->> 'shares')::boolean THEN
    INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
      SELECT id, (told ->> 'team_id')::uuid, organisation_id, 'origin' FROM cases
      WHERE id = of_case AND team_id <> (told ->> 'team_id')::uuid ON CONFLICT DO NOTHING;
  END IF;
  FOR f IN SELECT jsonb_array_elements(told -> 'reports') LOOP
    INSERT INTO address_bounces AS b (organisation_id, address, permanent, status, reason)
    SELECT organisation, lower(f ->> 'recipient'), (f ->> 'permanent')::boolean, left(f ->> 'status', 20), left(f ->> 'reason', 500)
    WHERE f ->> 'recipient' LIKE '%@%' AND length(f ->> 'recipient') <= 320
    ON CONFLICT (organisation_id, address) DO UPDATE SET permanent = b.permanent OR EXCLUDED.permanent,
      status = EXCLUDED.status, reason = EXCLUDED.reason, times = b.times + 1, last_at = clock_timestamp();
    IF (f ->> 'permanent')::boolean AND f ->> 'message_id' <> '' THEN
      UPDATE deliveries d SET state = 'permanent', reason = left(f ->> 'reason', 500)
      FROM outgoing o WHERE o.id = d.outgoing_id AND o.organisation_id = organisation
        AND (o.external_id = f ->> 'message_id' OR o.sent_as <> '' AND o.sent_as = f ->> 'message_id')
        AND lower(d.recipient) = lower(f ->> 'recipient') AND d.state IN ('delivered', 'unconfirmed');
    END IF;
  END LOOP;
  IF (told ->> 'enters')::boolean THEN
    INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body, at)
      VALUES (follow_up, of_case, 'email', 'in', true, left(told ->> 'author', 200), said, (told ->> 'at')::timestamptz);
    FOR n IN 1 .. jsonb_array_length(told -> 'files') LOOP
      f := told -> 'files' -> (n - 1);
      INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type)
      SELECT (f ->> 'id')::uuid, u.organisation_id, u.audience_id, u.id,
        CASE WHEN (f ->> 'kept')::boolean THEN (f ->> 'blob')::uuid
             ELSE keep_blob(organisation, (f ->> 'blob')::uuid, f ->> 'sha256', files[n]) END,
        left(f ->> 'name', 255), left(f ->> 'kind', 255)
      FROM follow_ups u WHERE u.id = follow_up;
    END LOOP;
  END IF;
  -- What a task type's address gets is a task beside the words that ask for it.
  IF told ->> 'task_type_id' IS NOT NULL AND (told ->> 'enters')::boolean AND NOT (told ->> 'fate' = 'follow_up'
      AND told ->> 'reason' <> 'open_case') THEN
    INSERT INTO tasks (id, team_id, assignee_id, customer_id, case_id, kind, title, type_id)
      SELECT gen_random_uuid(), c.team_id, c.assignee_id, c.customer_id, c.id, 'email',
        left(coalesce(nullif(btrim(told ->> 'subject'), ''), c.subject), 250), (told ->> 'task_type_id')::uuid
      FROM cases c WHERE c.id = of_case;
  END IF;
  IF (told ->> 'reopens')::boolean THEN
    UPDATE cases c SET state_id = s.id FROM (
      SELECT s.id FROM case_states s JOIN cases c ON c.type_id = s.type_id
      WHERE c.id = of_case AND s.category IN ('waiting_agent', 'open') AND s.archived_at IS NULL
      ORDER BY s.category = 'waiting_agent' DESC, s.position LIMIT 1) s
    WHERE c.id = of_case;
  END IF;
  IF told ->> 'fate' = 'follow_up' AND (told ->> 'enters')::boolean THEN
    PERFORM hint(organisation_id, 'reply ' || id || ' ' || assignee_id) FROM cases
      WHERE id = of_case AND assignee_id IS NOT NULL;
  END IF;
  UPDATE incoming SET fate = told ->> 'fate', reason = left(told ->> 'reason', 500), case_id = of_case,
    follow_up_id = follow_up, team_id = (told ->> 'team_id')::uuid, sender = left(told ->> 'sender', 320),
    subject = left(told ->> 'subject', 500), claimed_until = NULL, rule_id = (told ->> 'rule_id')::uuid,
    reopened = (told ->> 'reopened')::boolean
  WHERE id = entry AND fate IS NULL;
END $$;

-- A mail is sent and its case moves with it: waiting on the customer when the assigned agent answers (S3-29), or
-- whoever does and says so; solved when that is asked.
CREATE OR REPLACE FUNCTION send_mail(mail uuid, follow_up uuid, of_case uuid, through_mailbox uuid, with_id text, said text,
                          upload uuid, recipients text[], after_s integer, ending text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  before cases;
  after cases;
  wanted text;
  target uuid;
BEGIN
  IF ending NOT IN ('send', 'wait', 'solve') THEN PERFORM refuse('not_a_choice', 'state'); END IF;
  SELECT * INTO before FROM cases WHERE id = of_case AND audience_id = ANY (my_audiences()) FOR UPDATE;
  PERFORM write_mail(mail, follow_up, of_case, through_mailbox, with_id, said, upload, recipients, after_s);
  SELECT * INTO after FROM cases WHERE id = of_case;
  wanted := CASE
    WHEN ending = 'solve' THEN 'solved'
    WHEN ending = 'wait' THEN 'waiting_customer'
    WHEN after.assignee_id = me() AND after.category IN ('new', 'open', 'waiting_agent') THEN 'waiting_customer' END;
  IF wanted IS NOT NULL AND after.category <> wanted THEN
    target := reachable_state(after.state_id, wanted);
    -- Where the type has no such state, or it is not next, the case stays as it is, unless the state was asked for.
    IF target IS NULL AND ending <> 'send' THEN
      PERFORM refuse(CASE WHEN first_state(after.type_id, wanted) IS NULL THEN 'state_not_of_type' ELSE 'move_not_allowed' END,
        'state', (SELECT jsonb_build_object('from', f.name, 'to', t.name) FROM case_states f
          LEFT JOIN case_states t ON t.id = first_state(after.type_id, wanted) WHERE f.id = after.state_id));
    END IF;
    UPDATE cases SET state_id = coalesce(target, state_id) WHERE id = of_case;
  END IF;
  UPDATE outgoing SET former_state_id = before.state_id, took_case = before.assignee_id IS DISTINCT FROM after.assignee_id,
    case_version = (SELECT version FROM cases WHERE id = of_case) WHERE id = mail;
  DELETE FROM mail_drafts WHERE case_id = of_case AND agent_id = me();
  PERFORM hint(before.organisation_id, 'draft ' || me() || ' ' || of_case);
END $$;
