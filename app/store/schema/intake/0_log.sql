-- The change log is written by a function of each table's own: its statements are planned once a session, where the
-- one function for all planned them anew at every write (2 of the 3 ms of a case's update).
CREATE OR REPLACE FUNCTION watch(of_table regclass, kind text, id_column text, parent text, audience text, team text, ignored text)
RETURNS void LANGUAGE plpgsql AS $watch$
DECLARE
  named text := format('log_%s', replace(of_table::text, 'guichet.', ''));
  -- Everything of a changed row and of the one before; of a new or a gone one; and what is made of either.
  changed text := format(
    'SELECT n.organisation_id, %4$s AS audience, nullif(%7$s, %4$s) AS former, n.%2$I AS record, %3$s AS parent,
            nullif(%8$s, %5$s) AS old_team, %5$s AS new_team, d.difference
     FROM old_rows o JOIN new_rows n USING (%2$I),
     LATERAL (SELECT jsonb_object_agg(k, jsonb_build_array(b.j -> k, a.j -> k)) AS difference
              FROM (SELECT to_jsonb(o) - %6$L::text[] AS j) b, (SELECT to_jsonb(n) - %6$L::text[] AS j) a,
                   jsonb_object_keys(a.j) k
              WHERE b.j -> k IS DISTINCT FROM a.j -> k) d
     WHERE d.difference IS NOT NULL',
    kind, id_column, parent, audience, team, ignored, replace(audience, 'n.', 'o.'), replace(team, 'n.', 'o.'));
  whole text := format(
    'SELECT n.organisation_id, %3$s AS audience, NULL::bigint AS former, n.%1$I AS record, %2$s AS parent,
            NULL::uuid AS old_team, %4$s AS new_team, NULL::jsonb AS difference FROM %%1$s n',
    id_column, parent, audience, team);
  logged text := format(
    'WITH source AS (%%1$s), logged AS (
       INSERT INTO changes (epoch, organisation_id, audience_id, former_audience_id, kind, operation, record_id,
                            parent_id, old_team_id, new_team_id, actor_id, difference)
       SELECT (SELECT epoch FROM schema_info), organisation_id, audience, former, %1$L, %%2$L, record, parent,
              old_team, new_team, me(), difference FROM source
       RETURNING organisation_id, record_id, parent_id)
     SELECT count(hint(organisation_id, lines)) INTO said FROM (
       SELECT organisation_id, CASE WHEN count(*) > 90 THEN %1$L || '' * *'' ELSE
         string_agg(%1$L || '' '' || record_id || '' '' || coalesce(parent_id::text, ''*''), E''\n'') END AS lines
       FROM logged GROUP BY organisation_id) h', kind);
  event text;
BEGIN
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
     SET search_path = guichet, pg_catalog, pg_temp AS $log$
     DECLARE said bigint;
     BEGIN
       IF TG_OP = ''INSERT'' THEN %2$s; ELSIF TG_OP = ''UPDATE'' THEN %3$s; ELSE %4$s; END IF;
       RETURN NULL;
     END $log$', named,
    format(logged, format(whole, 'new_rows'), 'created'),
    format(logged, changed, 'updated'),
    format(logged, format(whole, 'old_rows'), 'deleted'));
  EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', named);
  FOREACH event IN ARRAY '{log_created,log_updated,log_deleted}'::text[] LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', event, of_table);
  END LOOP;
  EXECUTE format('CREATE TRIGGER log_created AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION %I()', of_table, named);
  EXECUTE format('CREATE TRIGGER log_updated AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows
                  NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', of_table, named);
  EXECUTE format('CREATE TRIGGER log_deleted AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION %I()', of_table, named);
END $watch$;

-- Every table that is watched already, as it was asked for.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tgrelid::regclass AS watched, string_to_array(encode(tgargs, 'escape'), '\000') AS asked FROM pg_trigger
           WHERE tgname = 'log_updated' AND tgfoid = 'log_changes'::regproc ORDER BY 1 LOOP
    PERFORM watch(t.watched, t.asked[1], t.asked[2], t.asked[3], t.asked[4], t.asked[5], t.asked[6]);
  END LOOP;
END $$;
DROP FUNCTION log_changes();
REVOKE EXECUTE ON FUNCTION watch FROM PUBLIC;
