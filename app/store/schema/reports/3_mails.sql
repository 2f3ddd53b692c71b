-- Figures that come by mail, under the permissions of who asked for them.
CREATE TABLE report_mails (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES agents,
  page text NOT NULL CHECK (page IN ('service', 'calls', 'cases')),
  team_ids uuid[] NOT NULL DEFAULT '{}',
  calendar_id uuid REFERENCES calendars,
  weekday integer NOT NULL DEFAULT 1 CHECK (weekday BETWEEN 1 AND 7),
  hour integer NOT NULL DEFAULT 7 CHECK (hour BETWEEN 0 AND 23),
  next_at timestamptz NOT NULL,
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 300),
  UNIQUE (agent_id, page)
);
CREATE INDEX report_mails_next ON report_mails (next_at);

-- The next such hour in the agent's zone.
CREATE FUNCTION next_hour(of_weekday integer, of_hour integer, zone text) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT min(at) FROM (
    SELECT ((now() AT TIME ZONE zone)::date + n + make_interval(hours => of_hour)) AT TIME ZONE zone AS at
    FROM generate_series(0, 7) n WHERE extract(isodow FROM (now() AT TIME ZONE zone)::date + n) = of_weekday) s
  WHERE at > now()
$$;

CREATE FUNCTION mail_report(of_page text, of_teams uuid[], of_calendar uuid) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  a agents;
  at timestamptz;
BEGIN
  PERFORM need('export');
  SELECT * INTO a FROM agents WHERE id = me();
  IF a.email = '' THEN PERFORM refuse('required', 'email'); END IF;
  at := next_hour(1, 7, a.time_zone);
  INSERT INTO report_mails (id, organisation_id, agent_id, page, team_ids, calendar_id, next_at)
    VALUES (gen_random_uuid(), a.organisation_id, a.id, of_page, of_teams, of_calendar, at)
    ON CONFLICT (agent_id, page) DO UPDATE SET team_ids = of_teams, calendar_id = of_calendar, next_at = at, said = '';
  RETURN at;
END $$;

CREATE FUNCTION stop_mailing(of_page text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  DELETE FROM report_mails WHERE agent_id = me() AND page = of_page
$$;

-- Such a mail is about no case.
ALTER TABLE outgoing ALTER COLUMN case_id DROP NOT NULL, ALTER COLUMN follow_up_id DROP NOT NULL;
