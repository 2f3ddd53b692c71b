-- A desk says that the card of a call is painted: the hub rings after the card, not before. It changes nothing.
CREATE FUNCTION card_shown(of_call uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT i_see_call(of_call) THEN PERFORM refuse('not_found', 'call'); END IF;
  PERFORM pg_notify('guichet_hub', 'shown ' || of_call || '.' || me());
END $$;
REVOKE EXECUTE ON FUNCTION card_shown FROM PUBLIC;
GRANT EXECUTE ON FUNCTION card_shown TO guichet_agent;
