-- Full text that knows who reads: each text carries its audience as a word (@12), so that one index answers both what
-- was said and who may read it, also for a small team among millions of others' texts.
DROP INDEX cases_search, follow_ups_search;
ALTER TABLE cases DROP COLUMN search;
ALTER TABLE follow_ups DROP COLUMN search;
ALTER TABLE cases ADD COLUMN search tsvector GENERATED ALWAYS AS (
  words(language, subject || ' ' || description) || array_to_tsvector(ARRAY['@' || audience_id])) STORED;
ALTER TABLE follow_ups ADD COLUMN search tsvector GENERATED ALWAYS AS (
  words(language, body) || array_to_tsvector(ARRAY['@' || audience_id])) STORED;
CREATE INDEX cases_search ON cases USING gin (search) WITH (fastupdate = off);
CREATE INDEX follow_ups_search ON follow_ups USING gin (search) WITH (fastupdate = off);

-- Every word must occur, as French has it or as English has it (each has its own little words that say nothing);
-- the last one may be unfinished.
CREATE OR REPLACE FUNCTION query_of(typed text) RETURNS tsquery LANGUAGE plpgsql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  typed_words text[] := array_remove(regexp_split_to_array(fold(left(typed, 200)), '[^[:alnum:]]+'), '');
  language regconfig;
  part tsquery;
  all_of_them tsquery;
  whole tsquery;
BEGIN
  FOREACH language IN ARRAY '{pg_catalog.french,pg_catalog.english}'::regconfig[] LOOP
    all_of_them := NULL;
    FOR place IN 1 .. least(cardinality(typed_words), 8) LOOP
      part := to_tsquery(language, typed_words[place] || CASE WHEN place = cardinality(typed_words) THEN ':*' ELSE '' END);
      IF numnode(part) > 0 THEN
        all_of_them := CASE WHEN all_of_them IS NULL THEN part ELSE all_of_them && part END;
      END IF;
    END LOOP;
    whole := CASE WHEN whole IS NULL OR whole = all_of_them THEN all_of_them
                  WHEN all_of_them IS NULL THEN whole ELSE whole || all_of_them END;
  END LOOP;
  RETURN whole;
END $$;

-- Newest first. A frequent word is found among the latest entries without its long index; a rare one, or one that is
-- rare in what a small team reads, by the index, which skips what is said elsewhere.
CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp SET client_min_messages = error AS $$
DECLARE
  mine bigint[] := my_audiences();
  q tsquery := query_of(typed);
  near uuid[];
BEGIN
  IF q IS NULL OR mine = '{}' THEN RETURN; END IF;
  SELECT array_agg(id) INTO near FROM (
    SELECT id FROM (
      SELECT id, audience_id, search FROM cases ORDER BY activity_at DESC, id DESC LIMIT 3000) c
      WHERE audience_id = ANY (mine) AND search @@ q
    UNION
    SELECT case_id FROM (SELECT case_id, audience_id, search FROM follow_ups ORDER BY at DESC LIMIT 5000) f
      WHERE audience_id = ANY (mine) AND search @@ q) s;
  IF coalesce(cardinality(near), 0) < most THEN
    -- Who reads nearly everything is not helped by looking up by reader.
    IF cardinality(mine) <= 300 AND NOT may('see_all_cases') THEN
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
