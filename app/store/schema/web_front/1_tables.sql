-- What customers reach in a browser: forms that make cases, and a portal with their own.
CREATE TABLE web_settings (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  -- Where customers reach the hub's pages; empty: the address that the satisfaction question uses.
  public_url text NOT NULL DEFAULT '' CHECK (length(public_url) <= 300 AND
    public_url ~ '^(|https://[^[:space:]/?#@]+(/[^[:space:]?#]*)?|http://(127\.0\.0\.1|localhost)(:[0-9]+)?)$'),
  portal_key text NOT NULL UNIQUE CHECK (portal_key ~ '^[a-z0-9]{10,40}$'),
  portal boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE web_forms (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  -- What stands in its address; nobody guesses it, nothing is said by it.
  key text NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9]{10,40}$'),
  title_en text NOT NULL DEFAULT '' CHECK (length(title_en) <= 120),
  title_fr text NOT NULL DEFAULT '' CHECK (length(title_fr) <= 120),
  intro_en text NOT NULL DEFAULT '' CHECK (length(intro_en) <= 2000),
  intro_fr text NOT NULL DEFAULT '' CHECK (length(intro_fr) <= 2000),
  type_id uuid NOT NULL REFERENCES case_types,
  team_id uuid NOT NULL REFERENCES teams,
  -- Pages that may show it in a frame.
  sites text[] NOT NULL DEFAULT '{}' CHECK (cardinality(sites) <= 50),
  active boolean NOT NULL DEFAULT true,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX ON web_forms (organisation_id);

-- A page that was sent is one case, however often it is sent.
CREATE TABLE web_sent (
  stamp uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  form_id uuid NOT NULL REFERENCES web_forms,
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON web_sent (case_id);
CREATE INDEX ON web_sent (form_id);

-- Who was mailed a link to sign in, in which browser she asked for it, and who is signed in.
CREATE TABLE portal_links (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  address text NOT NULL CHECK (length(address) <= 320),
  browser bytea NOT NULL CHECK (length(browser) = 32),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '15 minutes',
  used_at timestamptz
);
CREATE INDEX ON portal_links (organisation_id, address, made_at DESC);
CREATE TABLE portal_sessions (
  hash bytea PRIMARY KEY CHECK (length(hash) = 32),
  organisation_id uuid NOT NULL REFERENCES organisations,
  address text NOT NULL CHECK (length(address) <= 320),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '8 hours'
);
CREATE INDEX ON portal_sessions (expires_at);
-- Files on their way, until they hang on an entry.
CREATE TABLE portal_uploads (
  blob_id uuid PRIMARY KEY REFERENCES blobs ON DELETE CASCADE,
  session bytea NOT NULL REFERENCES portal_sessions ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  bytes bigint NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON portal_uploads (session);

INSERT INTO signing_keys VALUES ('web', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid() || gen_random_uuid(), 'UTF8')))
  ON CONFLICT DO NOTHING;
CREATE FUNCTION web_key() RETURNS text LANGUAGE sql VOLATILE SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT left(replace(gen_random_uuid()::text, '-', ''), 12) || left(replace(gen_random_uuid()::text, '-', ''), 8)
$$;
INSERT INTO web_settings (organisation_id, portal_key) SELECT id, web_key() FROM organisations;
CREATE FUNCTION organisation_gets_web() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO web_settings (organisation_id, portal_key) VALUES (NEW.id, web_key());
  RETURN NULL;
END $$;
CREATE TRIGGER z_web AFTER INSERT ON organisations FOR EACH ROW EXECUTE FUNCTION organisation_gets_web();

-- Where the hub's pages are, one address for all of them.
CREATE FUNCTION public_url(of_organisation uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT rtrim(coalesce(nullif((SELECT public_url FROM web_settings WHERE organisation_id = of_organisation), ''),
    (SELECT public_url FROM satisfaction_settings WHERE organisation_id = of_organisation), ''), '/')
$$;
