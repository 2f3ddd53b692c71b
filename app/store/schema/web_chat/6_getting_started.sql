-- The chat is a way in too; the function is changed in place, so that it stays written once.
DO $patch$
DECLARE
  body text;
  said text := $$UNION ALL SELECT 5, 'api'$$;
BEGIN
  SELECT pg_get_functiondef('getting_started'::regproc) INTO body;
  IF position(said IN body) = 0 THEN RAISE EXCEPTION 'getting_started does not say what was expected'; END IF;
  EXECUTE replace(body, said, $$UNION ALL SELECT 3, 'chat', CASE WHEN public_url(o.id) = '' THEN '' ELSE public_url(o.id) || '/chat/' || k.key END,
        t.name, '', t.id, NULL FROM chat_widgets k JOIN teams t ON t.id = k.team_id WHERE k.organisation_id = o.id AND k.active
      $$ || said);
END $patch$;
