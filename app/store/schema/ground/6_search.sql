-- Search under permission. Full text is not leakproof, so under a policy it loses its index: these functions run
-- as owner and repeat the permission.

-- Every word must occur, in French or in English; the last one may be unfinished.
CREATE FUNCTION query_of(typed text) RETURNS tsquery LANGUAGE plpgsql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  word text;
  part tsquery;
  whole tsquery;
BEGIN
  FOR word IN SELECT w FROM regexp_split_to_table(fold(left(typed, 200)), '[^[:alnum:]]+') w WHERE w <> '' LIMIT 8 LOOP
    part := to_tsquery('pg_catalog.french', word || ':*') || to_tsquery('pg_catalog.english', word || ':*');
    IF numnode(part) > 0 THEN
      whole := CASE WHEN whole IS NULL THEN part ELSE whole && part END;
    END IF;
  END LOOP;
  RETURN whole;
END $$;

-- Newest first. A frequent word is found among the latest entries without its long index; a rare one has a short one.
CREATE FUNCTION find_cases(typed text, most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp SET client_min_messages = error AS $$
DECLARE
  mine bigint[] := my_audiences();
  q tsquery := query_of(typed);
  near uuid[];
BEGIN
  IF q IS NULL THEN RETURN; END IF;
  SELECT array_agg(id) INTO near FROM (
    SELECT id FROM (
      SELECT id, audience_id, search, activity_at FROM cases ORDER BY activity_at DESC, id DESC LIMIT 2000) c
      WHERE search @@ q AND audience_id = ANY (mine)
    UNION
    SELECT case_id FROM (SELECT case_id, audience_id, search FROM follow_ups ORDER BY at DESC LIMIT 3000) f
      WHERE search @@ q AND audience_id = ANY (mine)) s;
  IF cardinality(near) < most OR near IS NULL THEN
    SELECT array_agg(id) INTO near FROM (
      (SELECT id FROM cases WHERE search @@ q AND audience_id = ANY (mine) LIMIT 2000)
      UNION
      (SELECT case_id FROM follow_ups WHERE search @@ q AND audience_id = ANY (mine) LIMIT 2000)) s;
  END IF;
  RETURN QUERY SELECT c.id FROM cases c WHERE c.id = ANY (near) AND c.audience_id = ANY (mine)
    ORDER BY c.activity_at DESC, c.id DESC LIMIT most;
END $$;

-- Who is free in each team, for every agent of the organisation: the basis of a hand-over.
CREATE FUNCTION presence_counts() RETURNS TABLE (team_id uuid, free integer, present integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT t.id, (count(*) FILTER (WHERE s.state = 'available'))::int,
         (count(*) FILTER (WHERE s.state <> 'offline'))::int
  FROM teams t LEFT JOIN memberships m ON m.team_id = t.id LEFT JOIN agent_states s ON s.agent_id = m.agent_id
  WHERE t.organisation_id = my_organisation() AND t.archived_at IS NULL GROUP BY t.id
$$;
