-- The run log is kept so long and then forgotten, in pieces. What an automation of the clock did to a case stays as long as
-- the case stands as it was left: it is the reason why it is not done again.
CREATE INDEX automation_runs_at ON automation_runs USING brin (at);
CREATE FUNCTION forget_runs(days integer, most integer) RETURNS integer LANGUAGE plpgsql
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE gone integer;
BEGIN
  DELETE FROM automation_runs WHERE (automation_id, event) IN (
    SELECT r.automation_id, r.event FROM automation_runs r JOIN cases c ON c.id = r.case_id
    WHERE r.at < now() - make_interval(days => days)
      AND (r.trigger NOT IN ('hourly', 'business_hours') OR r.case_version < c.version OR c.category = 'closed') LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM web_hook_calls WHERE state IN ('done', 'failed') AND made_at < now() - make_interval(days => days);
  DELETE FROM automation_notices WHERE seen_at < now() - make_interval(days => days);
  RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION forget_runs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_runs TO guichet_hub;
