-- A customer system outside: where a customer or a case is opened there, and what the supervisor tells agents about it.
CREATE TABLE outside_links (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  subject text NOT NULL CHECK (subject IN ('customer', 'case')),
  template text NOT NULL CHECK (length(template) <= 1000 AND template ~ '^https?://[^[:space:]/{}]+(/[^[:space:]]*)?$'),
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON outside_links (organisation_id);

CREATE TABLE outside_guides (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 120),
  body text NOT NULL DEFAULT '' CHECK (length(body) <= 50000),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES agents,
  version integer NOT NULL DEFAULT 1
);

CREATE FUNCTION save_outside_link(link uuid, of_name text, of_subject text, of_template text, seen integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM outside_links WHERE id = link AND (organisation_id <> my_organisation() OR version <> seen);
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO outside_links AS l (id, organisation_id, name, subject, template, position)
    SELECT link, my_organisation(), of_name, of_subject, of_template, count(*) FROM outside_links
    ON CONFLICT (id) DO UPDATE SET name = of_name, subject = of_subject, template = of_template, version = l.version + 1;
  PERFORM hint(my_organisation(), 'outside_link ' || link || ' *');
EXCEPTION WHEN check_violation THEN
  PERFORM refuse('not_a_url', 'template', jsonb_build_object('value', left(of_template, 80)));
END $$;

CREATE FUNCTION archive_outside_link(link uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  UPDATE outside_links SET archived_at = now() WHERE id = link AND organisation_id = my_organisation();
  PERFORM hint(my_organisation(), 'outside_link ' || link || ' *');
END $$;

CREATE FUNCTION save_outside_guide(of_title text, of_body text, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM outside_guides WHERE organisation_id = my_organisation() AND version <> seen;
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO outside_guides AS g (organisation_id, title, body, updated_by) VALUES (my_organisation(), of_title, of_body, me())
    ON CONFLICT (organisation_id) DO UPDATE SET title = of_title, body = of_body, updated_at = now(), updated_by = me(),
      version = g.version + 1;
  PERFORM hint(my_organisation(), 'outside_guide * *');
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY '{export_targets,report_mails,outside_links,outside_guides}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY hub ON %I TO guichet_hub USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO guichet_hub', t);
  END LOOP;
  FOREACH t IN ARRAY '{outside_links,outside_guides}'::text[] LOOP
    EXECUTE format('CREATE POLICY agent_reads ON %I FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()))', t);
    EXECUTE format('GRANT SELECT ON %I TO guichet_agent', t);
  END LOOP;
END $$;
CREATE POLICY agent_reads ON export_targets FOR SELECT TO guichet_agent
  USING (organisation_id = (SELECT my_organisation()) AND (SELECT may('manage_agents')));
GRANT SELECT (id, organisation_id, name, kind, url, folder, active, sent, sent_at, failures, said, archived_at, version)
  ON export_targets TO guichet_agent;
CREATE POLICY agent_reads ON report_mails FOR SELECT TO guichet_agent USING (agent_id = (SELECT me()));
GRANT SELECT ON report_mails TO guichet_agent;

REVOKE EXECUTE ON FUNCTION log_call, export_record, save_export, archive_export, next_hour, mail_report, stop_mailing,
  save_outside_link, archive_outside_link, save_outside_guide FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_export, archive_export, mail_report, stop_mailing, save_outside_link, archive_outside_link,
  save_outside_guide TO guichet_agent;
GRANT EXECUTE ON FUNCTION export_record, next_hour TO guichet_hub;
