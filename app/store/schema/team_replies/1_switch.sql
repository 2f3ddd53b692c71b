-- Whether a team's customers are answered by themselves, by mail, forms and automations alike, is the team's own switch.
-- It is on from the first address that a team gets, so that the default flow works before anybody touches a setting;
-- a row that was made so has version 0: nobody has saved it. Teams that had mail before answer as they did.
INSERT INTO email_hubs (team_id, organisation_id, auto_reply, version)
  SELECT DISTINCT a.team_id, a.organisation_id, false, 0 FROM mail_addresses a
  WHERE NOT EXISTS (SELECT FROM email_hubs h WHERE h.team_id = a.team_id);
ALTER TABLE email_hubs ALTER COLUMN auto_reply SET DEFAULT true;

CREATE FUNCTION team_gets_mail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO email_hubs (team_id, organisation_id, version) VALUES (NEW.team_id, NEW.organisation_id, 0)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER z_switch AFTER INSERT ON mail_addresses FOR EACH ROW EXECUTE FUNCTION team_gets_mail();
REVOKE EXECUTE ON FUNCTION team_gets_mail FROM PUBLIC;
