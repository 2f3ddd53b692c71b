-- The cluster's roles; run once by a superuser (guichetctl database init), harmless the second time.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guichet_owner') THEN
    CREATE ROLE guichet_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guichet_agent') THEN
    CREATE ROLE guichet_agent NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guichet_hub') THEN
    CREATE ROLE guichet_hub NOLOGIN;
  END IF;
  -- The keeper owns the few functions that make and end sign-ins, and nothing else.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guichet_keeper') THEN
    CREATE ROLE guichet_keeper NOLOGIN CREATEROLE;
  END IF;
END $$;
GRANT guichet_agent TO guichet_keeper WITH ADMIN OPTION;
GRANT guichet_hub TO guichet_keeper WITH ADMIN OPTION;
GRANT pg_signal_backend TO guichet_keeper;
-- The owner gives those functions to the keeper when it makes them.
GRANT guichet_keeper TO guichet_owner WITH INHERIT FALSE, SET TRUE;
