-- What an organisation tells those who begin: its own instructions, films, and whom to ask.
CREATE TABLE house_help (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  instructions text NOT NULL DEFAULT '' CHECK (length(instructions) <= 20000),
  -- One a line: a title, a bar and an address.
  videos text NOT NULL DEFAULT '' CHECK (length(videos) <= 8000),
  contact_name text NOT NULL DEFAULT '' CHECK (length(contact_name) <= 120),
  contact_email text NOT NULL DEFAULT '' CHECK (length(contact_email) <= 254),
  contact_phone text NOT NULL DEFAULT '' CHECK (length(contact_phone) <= 40),
  version integer NOT NULL DEFAULT 1
);

-- Whether what one begins with is there: each step ticks itself. And every way in with its address.
CREATE FUNCTION getting_started() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object(
    'steps', jsonb_build_object(
      'colleague', (SELECT count(*) > 1 FROM agents WHERE organisation_id = o.id AND active),
      'sub_team', EXISTS (SELECT FROM teams WHERE organisation_id = o.id AND communication_team_id IS NOT NULL AND archived_at IS NULL),
      'mailbox', EXISTS (SELECT FROM mailboxes WHERE organisation_id = o.id AND archived_at IS NULL),
      'mail', EXISTS (SELECT FROM incoming WHERE organisation_id = o.id AND fate = 'case'),
      'acknowledgement', EXISTS (SELECT FROM email_hubs WHERE organisation_id = o.id AND enabled AND auto_reply),
      'call', EXISTS (SELECT FROM calls WHERE organisation_id = o.id),
      'form', EXISTS (SELECT FROM web_forms WHERE organisation_id = o.id AND active),
      'solved', EXISTS (SELECT FROM cases WHERE organisation_id = o.id AND category IN ('solved', 'closed')),
      'contact', EXISTS (SELECT FROM house_help WHERE organisation_id = o.id AND contact_name <> '')),
    'ways', (SELECT coalesce(jsonb_agg(w ORDER BY w.place, w.team, w.address), '[]') FROM (
      SELECT 1 AS place, 'email' AS kind, a.address, t.name AS team, b.state, t.id AS team_id, b.id AS mailbox_id
        FROM mail_addresses a JOIN teams t ON t.id = a.team_id JOIN mailboxes b ON b.id = a.mailbox_id AND b.archived_at IS NULL
        WHERE a.organisation_id = o.id
      UNION ALL SELECT 2, 'phone', n.e164, t.name, '', t.id, NULL FROM numbers n JOIN teams t ON t.id = n.team_id
        WHERE n.organisation_id = o.id
      UNION ALL SELECT 3, 'form', CASE WHEN public_url(o.id) = '' THEN '' ELSE public_url(o.id) || '/f/' || f.key END,
        coalesce(nullif(CASE o.language WHEN 'fr' THEN f.title_fr ELSE f.title_en END, ''), f.title_fr || f.title_en), '', f.team_id, NULL
        FROM web_forms f WHERE f.organisation_id = o.id AND f.active
      UNION ALL SELECT 4, 'portal', public_url(o.id) || '/portal/' || s.portal_key, '', '', NULL, NULL FROM web_settings s
        WHERE s.organisation_id = o.id AND s.portal AND public_url(o.id) <> ''
      UNION ALL SELECT 5, 'api', public_url(o.id) || '/api/v1/openapi.json', '', '', NULL, NULL
        WHERE public_url(o.id) <> '' AND EXISTS (SELECT FROM api_tokens WHERE organisation_id = o.id AND revoked_at IS NULL)) w))
  FROM organisations o WHERE o.id = my_organisation()
$$;

CREATE FUNCTION save_house_help(told jsonb, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM need('manage_teams');
  PERFORM FROM house_help WHERE organisation_id = my_organisation() AND version <> seen;
  IF FOUND THEN PERFORM refuse('changed_meanwhile'); END IF;
  INSERT INTO house_help AS h (organisation_id, instructions, videos, contact_name, contact_email, contact_phone)
    VALUES (my_organisation(), told ->> 'instructions', told ->> 'videos', told ->> 'contact_name', told ->> 'contact_email',
      told ->> 'contact_phone')
    ON CONFLICT (organisation_id) DO UPDATE SET instructions = EXCLUDED.instructions, videos = EXCLUDED.videos,
      contact_name = EXCLUDED.contact_name, contact_email = EXCLUDED.contact_email, contact_phone = EXCLUDED.contact_phone,
      version = h.version + 1;
  PERFORM hint(my_organisation(), 'house_help * *');
END $$;

ALTER TABLE house_help ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON house_help TO guichet_hub USING (true) WITH CHECK (true);
CREATE POLICY agent_reads ON house_help FOR SELECT TO guichet_agent USING (organisation_id = (SELECT my_organisation()));
GRANT SELECT ON house_help TO guichet_agent;
REVOKE EXECUTE ON FUNCTION getting_started, save_house_help FROM PUBLIC;
GRANT EXECUTE ON FUNCTION getting_started, save_house_help TO guichet_agent;
