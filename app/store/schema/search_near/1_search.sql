-- Newest first, in rings: the latest of all, the latest of my own teams, then the index. A frequent word is found in the
-- first ring; one that is frequent only in what a small team reads, in the second; a rare one has a short index entry.
-- Who reads little of what is said (fewer than 150 of the latest 3000 cases) looks it up together with her audiences, so
-- that the index skips what is said elsewhere; for who reads more, that costs more than it spares.
CREATE INDEX IF NOT EXISTS cases_of_team ON cases (team_id, activity_at DESC, id DESC) WHERE merged_into_id IS NULL;

CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp SET client_min_messages = error AS $$
DECLARE
  mine bigint[] := my_audiences();
  q tsquery := query_of(typed);
  near uuid[];
  read_by_me bigint;
BEGIN
  IF q IS NULL OR mine = '{}' THEN RETURN; END IF;
  SELECT array_agg(id) FILTER (WHERE search @@ q), count(*) INTO near, read_by_me FROM (
    SELECT id, audience_id, search FROM cases ORDER BY activity_at DESC, id DESC LIMIT 3000) c
    WHERE audience_id = ANY (mine);
  SELECT array_agg(DISTINCT id) INTO near FROM (
    SELECT unnest(near) AS id
    UNION ALL
    SELECT case_id FROM (SELECT case_id, audience_id, search FROM follow_ups ORDER BY at DESC LIMIT 5000) f
      WHERE audience_id = ANY (mine) AND search @@ q) s;
  IF coalesce(cardinality(near), 0) < most AND read_by_me < 150 THEN
    SELECT array_agg(DISTINCT id) INTO near FROM (
      SELECT unnest(near) AS id
      UNION ALL
      SELECT c.id FROM unnest(my_memberships()) t, LATERAL (
        SELECT id, audience_id, search FROM cases WHERE team_id = t AND merged_into_id IS NULL
        ORDER BY activity_at DESC, id DESC LIMIT 2000) c
      WHERE c.audience_id = ANY (mine) AND c.search @@ q) s;
  END IF;
  IF coalesce(cardinality(near), 0) < most THEN
    IF read_by_me < 150 AND cardinality(mine) <= 300 THEN
      q := q && (SELECT string_agg(format('''@%s''', a), ' | ')::tsquery FROM unnest(mine) a);
    END IF;
    SELECT array_agg(id) INTO near FROM (
      (SELECT id FROM cases WHERE search @@ q AND audience_id = ANY (mine) LIMIT 10000)
      UNION
      (SELECT case_id FROM follow_ups WHERE search @@ q AND audience_id = ANY (mine) LIMIT 10000)) s;
  END IF;
  RETURN QUERY SELECT c.id FROM cases c WHERE c.id = ANY (near) AND c.audience_id = ANY (mine)
    ORDER BY c.activity_at DESC, c.id DESC LIMIT most;
END $$;
