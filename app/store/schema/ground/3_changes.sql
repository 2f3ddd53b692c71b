-- The change log and its hints. Statement triggers with transition tables: one insert and one NOTIFY a statement.
-- Arguments: kind, id column, parent expression, audience expression, team expression, columns left out.
CREATE FUNCTION log_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  said text;
  source text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    source := format(
      'SELECT n.organisation_id, %4$s AS audience, nullif(%7$s, %4$s) AS former, n.%2$I AS record, %3$s AS parent,
              nullif(%8$s, %5$s) AS old_team, %5$s AS new_team, d.difference
       FROM old_rows o JOIN new_rows n USING (%2$I),
       LATERAL (SELECT jsonb_object_agg(k, jsonb_build_array(b.j -> k, a.j -> k)) AS difference
                FROM (SELECT to_jsonb(o) - %6$L::text[] AS j) b, (SELECT to_jsonb(n) - %6$L::text[] AS j) a,
                     jsonb_object_keys(a.j) k
                WHERE b.j -> k IS DISTINCT FROM a.j -> k) d
       WHERE d.difference IS NOT NULL',
      TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3], TG_ARGV[4], TG_ARGV[5],
      replace(TG_ARGV[3], 'n.', 'o.'), replace(TG_ARGV[4], 'n.', 'o.'));
  ELSE
    source := format(
      'SELECT n.organisation_id, %3$s AS audience, NULL::bigint AS former, n.%1$I AS record, %2$s AS parent,
              NULL::uuid AS old_team, %4$s AS new_team, NULL::jsonb AS difference FROM %5$s n',
      TG_ARGV[1], TG_ARGV[2], TG_ARGV[3], TG_ARGV[4], CASE TG_OP WHEN 'INSERT' THEN 'new_rows' ELSE 'old_rows' END);
  END IF;
  EXECUTE format(
    'WITH source AS (%1$s), logged AS (
       INSERT INTO changes (epoch, organisation_id, audience_id, former_audience_id, kind, operation, record_id,
                            parent_id, old_team_id, new_team_id, actor_id, difference)
       SELECT (SELECT epoch FROM schema_info), organisation_id, audience, former, %2$L, %3$L, record, parent,
              old_team, new_team, me(), difference FROM source
       RETURNING organisation_id, record_id, parent_id)
     SELECT count(hint(organisation_id, lines)) FROM (
       SELECT organisation_id, CASE WHEN count(*) > 90 THEN %2$L || '' * *'' ELSE
         string_agg(%2$L || '' '' || record_id || '' '' || coalesce(parent_id::text, ''*''), E''\n'') END AS lines
       FROM logged GROUP BY organisation_id) h',
    source, TG_ARGV[0], CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END)
    INTO said;
  RETURN NULL;
END $$;

-- A hint has no permissions, therefore nothing but kinds and ids.
CREATE FUNCTION hint(of_organisation uuid, lines text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('guichet_' || replace(of_organisation::text, '-', ''), lines);
  RETURN true;
END $$;

CREATE FUNCTION hint_presence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM hint(NEW.organisation_id, 'presence ' || NEW.agent_id || ' *');
  RETURN NULL;
END $$;
CREATE TRIGGER hint_presence AFTER INSERT OR UPDATE ON agent_states
  FOR EACH ROW EXECUTE FUNCTION hint_presence();

CREATE FUNCTION watch(of_table regclass, kind text, id_column text, parent text, audience text, team text, ignored text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE arguments text := format('(%L, %L, %L, %L, %L, %L)', kind, id_column, parent, audience, team, ignored);
BEGIN
  EXECUTE format('CREATE TRIGGER log_created AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION log_changes%s', of_table, arguments);
  EXECUTE format('CREATE TRIGGER log_updated AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows
                  NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_changes%s', of_table, arguments);
  EXECUTE format('CREATE TRIGGER log_deleted AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION log_changes%s', of_table, arguments);
END $$;

SELECT watch('customers', 'customer', 'id', 'n.merged_into_id', 'everyone(n.organisation_id)', 'NULL::uuid',
             '{version,updated_at,updated_by}');
SELECT watch('cases', 'case', 'id', 'n.customer_id', 'n.audience_id', 'n.team_id',
             '{version,updated_at,updated_by,activity_at,preview,channel,search,audience_id}');
SELECT watch('follow_ups', 'follow_up', 'id', 'n.case_id', 'n.audience_id', 'NULL::uuid',
             '{body,search,audience_id,author_name}');
SELECT watch('tasks', 'task', 'id', 'coalesce(n.case_id, n.customer_id)', 'n.audience_id', 'n.team_id',
             '{version,updated_at,updated_by,audience_id}');
SELECT watch('teams', 'team', 'id', 'n.communication_team_id', 'everyone(n.organisation_id)', 'n.id',
             '{version,updated_at,updated_by}');
SELECT watch('numbers', 'number', 'id', 'n.team_id', 'everyone(n.organisation_id)', 'n.team_id', '{}');
SELECT watch('memberships', 'membership', 'team_id', 'n.agent_id', 'everyone(n.organisation_id)', 'n.team_id', '{}');
SELECT watch('agents', 'agent', 'id', 'n.default_team_id', 'everyone(n.organisation_id)', 'NULL::uuid',
             '{version,updated_at,updated_by}');
SELECT watch('fields', 'field', 'id', 'NULL::uuid', 'everyone(n.organisation_id)', 'NULL::uuid',
             '{version,updated_at,updated_by}');
SELECT watch('codes', 'code', 'id', 'n.team_id', 'everyone(n.organisation_id)', 'NULL::uuid', '{}');
SELECT watch('case_types', 'case_type', 'id', 'NULL::uuid', 'everyone(n.organisation_id)', 'NULL::uuid', '{version}');
