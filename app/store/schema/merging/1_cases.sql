-- Two cases become one: everything that goes on is on the kept one, the merged one says where it went.

-- As before, and: in one order, whichever way round two desks merge them; who took part in one reads the other; files are
-- seen by whoever sees their entry; what other programs, chats and menus know of goes along; what waits goes on waiting.
CREATE OR REPLACE FUNCTION merge_cases(kept uuid, merged uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  k cases;
  m cases;
  gone cases;
  waits_since timestamptz;
BEGIN
  PERFORM need('merge');
  IF kept = merged THEN PERFORM refuse('same_record'); END IF;
  PERFORM FROM cases WHERE id IN (kept, merged) ORDER BY id FOR UPDATE;
  k := my_case(kept);
  m := my_case(merged);
  IF k.merged_into_id IS NOT NULL OR m.merged_into_id IS NOT NULL THEN
    gone := CASE WHEN m.merged_into_id IS NOT NULL THEN m ELSE k END;
    PERFORM refuse('merged_already', '', jsonb_build_object('merged', gone.number,
      'kept', (SELECT number FROM cases WHERE id = kept_case(gone.id))));
  END IF;
  IF 'closed' IN (k.category, m.category) THEN PERFORM refuse('case_is_closed'); END IF;
  INSERT INTO case_teams (case_id, team_id, organisation_id, reason)
    SELECT kept, t.team_id, k.organisation_id, t.reason FROM (
      SELECT m.team_id, 'former' AS reason UNION ALL SELECT team_id, reason FROM case_teams WHERE case_id = merged AND reason <> 'offered') t
    WHERE t.team_id <> k.team_id ON CONFLICT DO NOTHING;
  SELECT * INTO k FROM cases WHERE id = kept;
  SELECT waiting_since_at INTO waits_since FROM case_measures WHERE case_id = merged;
  PERFORM note_on(merged, 'merged_into', jsonb_build_object('number', k.number));
  UPDATE attachments a SET audience_id = k.audience_id FROM follow_ups f
    WHERE f.case_id = merged AND f.channel <> 'system' AND a.follow_up_id = f.id;
  UPDATE follow_ups SET case_id = kept, audience_id = k.audience_id WHERE case_id = merged AND channel <> 'system';
  UPDATE tasks SET case_id = kept WHERE case_id = merged;
  UPDATE cases SET merged_into_id = kept, assignee_id = coalesce(assignee_id, me()),
    state_id = (SELECT id FROM case_states WHERE type_id = m.type_id AND category = 'closed' ORDER BY position LIMIT 1)
    WHERE id = merged;
  PERFORM take_along(k, m, waits_since);
  PERFORM note_on(kept, 'merged', jsonb_build_object('number', m.number, 'subject', m.subject));
END $$;

-- What of a case goes along into the one that it is merged into; `m` as it was before.
CREATE FUNCTION take_along(k cases, m cases, waits_since timestamptz) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  chat uuid;
BEGIN
  INSERT INTO case_watchers (case_id, agent_id, organisation_id)
    SELECT k.id, agent_id, organisation_id FROM case_watchers WHERE case_id = m.id AND sees_case(agent_id, k.audience_id)
    ON CONFLICT DO NOTHING;
  -- What was handed to another house stays where it was handed over.
  INSERT INTO case_links (from_id, to_id, organisation_id, kind, made_by, made_at)
    SELECT CASE WHEN from_id = m.id THEN k.id ELSE from_id END, CASE WHEN to_id = m.id THEN k.id ELSE to_id END,
      organisation_id, kind, made_by, made_at
    FROM case_links l WHERE m.id IN (from_id, to_id) AND k.id NOT IN (from_id, to_id) AND kind <> 'referred'
      AND NOT EXISTS (SELECT FROM case_links o WHERE k.id IN (o.from_id, o.to_id)
                      AND CASE WHEN l.from_id = m.id THEN l.to_id ELSE l.from_id END IN (o.from_id, o.to_id))
    ON CONFLICT DO NOTHING;
  UPDATE api_alarms SET case_id = k.id WHERE case_id = m.id;
  UPDATE message_talks SET case_id = k.id WHERE case_id = m.id;
  -- A task may not be asked of two cases at once: a call that is just dialled goes with it.
  UPDATE planned_calls SET case_id = k.id WHERE case_id = m.id;
  FOR chat IN UPDATE chats SET case_id = k.id WHERE case_id = m.id RETURNING id LOOP
    PERFORM hint(k.organisation_id, 'chat_state ' || chat || ' ' || k.id);
  END LOOP;
  UPDATE cases SET tags = k.tags || ARRAY(
      SELECT t FROM unnest(m.tags) t WHERE fold(t) <> ALL (ARRAY(SELECT fold(o) FROM unnest(k.tags) o)))
    WHERE id = k.id;
  IF m.category IN ('new', 'open', 'waiting_agent') AND waits_since IS NOT NULL THEN PERFORM wait_along(k, waits_since); END IF;
  -- The list shows what was written last, whichever of the two it was written on.
  UPDATE cases c SET (activity_at, channel, preview) = (
      SELECT greatest(c.activity_at, at), channel, left(regexp_replace(body, '\s+', ' ', 'g'), 160) FROM follow_ups
      WHERE case_id = k.id AND channel <> 'system' ORDER BY at DESC, id DESC LIMIT 1)
    WHERE c.id = k.id AND EXISTS (SELECT FROM follow_ups WHERE case_id = k.id AND channel <> 'system');
END $$;

-- A customer who waits for an answer since then waits for it on `k`: the case is in nobody's view otherwise.
CREATE FUNCTION wait_along(k cases, since timestamptz) RETURNS void LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  its case_measures;
BEGIN
  IF k.category IN ('solved', 'waiting_customer') THEN
    UPDATE cases SET state_id = coalesce(reachable_state(state_id, 'waiting_agent'), reachable_state(state_id, 'open'), state_id)
      WHERE id = k.id;
  END IF;
  SELECT * INTO its FROM case_measures WHERE case_id = k.id AND solved_at IS NULL AND waiting_since_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM metric_event(its, 'next_reply', 'activate', since, NULL);
  UPDATE case_measures SET waiting_since_at = since WHERE case_id = k.id;
  PERFORM queue_levels(k.id, k.organisation_id);
END $$;
REVOKE EXECUTE ON FUNCTION take_along, wait_along FROM PUBLIC;

-- What is filed on a case that was merged meanwhile (a call's note, a chat's word, a desk that was cut off) stands on the one
-- that was kept. Only what the house notes about the case itself stays with it.
CREATE OR REPLACE FUNCTION follow_up_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  i uuid := me();
  c cases;
BEGIN
  SELECT * INTO c FROM cases WHERE id = NEW.case_id;
  -- Whether she may see that case is the policy's check, after this trigger.
  IF NOT FOUND THEN PERFORM refuse('not_found', 'case'); END IF;
  IF c.merged_into_id IS NOT NULL AND NEW.channel <> 'system' THEN
    SELECT * INTO c FROM cases WHERE id = kept_case(c.id);
    NEW.case_id := c.id;
  END IF;
  NEW.organisation_id := c.organisation_id;
  NEW.audience_id := c.audience_id;
  NEW.language := c.language;
  IF i IS NOT NULL THEN
    NEW.author_id := i;
    SELECT name INTO NEW.author_name FROM agents WHERE id = i;
  END IF;
  -- What was typed during an outage keeps its time; nothing is written ahead of time.
  NEW.at := least(NEW.at, clock_timestamp());
  RETURN NEW;
END $$;

-- A call goes on with the case that was kept: whoever it is handed to sees that one.
DO $patch$
DECLARE body text := pg_get_functiondef('write_turn'::regproc);
BEGIN
  IF position($$BEGIN
  IF EXISTS (SELECT FROM calls WHERE id = told.id$$ IN body) = 0 THEN RAISE EXCEPTION 'write_turn does not say what was expected'; END IF;
  EXECUTE replace(body, $$BEGIN
  IF EXISTS (SELECT FROM calls WHERE id = told.id$$, $$BEGIN
  told.case_id := coalesce(kept_case(told.case_id), told.case_id);
  IF EXISTS (SELECT FROM calls WHERE id = told.id$$);
END $patch$;

-- Her number of a case that was merged leads her to the one that was kept, if that is hers as well.
DO $patch$
DECLARE body text := pg_get_functiondef('portal_own'::regproc);
BEGIN
  IF position($$WHERE number = of_number AND organisation_id$$ IN body) = 0 THEN
    RAISE EXCEPTION 'portal_own does not say what was expected';
  END IF;
  EXECUTE replace(body, $$WHERE number = of_number AND organisation_id$$,
    $$WHERE id = (SELECT kept_case(n.id) FROM cases n WHERE n.number = of_number) AND organisation_id$$);
END $patch$;

-- Who sees an entry sees the mail that it came or left as: the entry has moved, the ledger's case has not.
DROP POLICY agent_reads ON incoming;
CREATE POLICY agent_reads ON incoming FOR SELECT TO guichet_agent USING (
  CASE WHEN follow_up_id IS NOT NULL THEN EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up_id)
       WHEN case_id IS NULL THEN team_id = ANY ((SELECT my_teams())::uuid[])
       ELSE EXISTS (SELECT FROM cases c WHERE c.id = case_id) END);
DROP POLICY agent_reads ON outgoing;
CREATE POLICY agent_reads ON outgoing FOR SELECT TO guichet_agent USING (
  CASE WHEN follow_up_id IS NOT NULL THEN EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up_id)
       ELSE EXISTS (SELECT FROM cases c WHERE c.id = case_id) END);
