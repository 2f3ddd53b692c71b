-- One order for what two transactions want of one case: the case, its chats, its measures, the queue of its clocks. Who takes
-- them the other way round and who takes them so give each other up (40P01). The lock is the one that an UPDATE takes, no
-- more: what is filed on a case refers to it, and would hold up and be held up by a stronger one.
CREATE FUNCTION case_of_chat_first(of_chat uuid) RETURNS void LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM cases c JOIN chats x ON x.case_id = c.id WHERE x.id = of_chat FOR NO KEY UPDATE OF c;
END $$;
REVOKE EXECUTE ON FUNCTION case_of_chat_first FROM PUBLIC;

-- The functions are changed in place, so that each stays written once.
DO $patch$
DECLARE
  one record;
  body text;
BEGIN
  FOR one IN SELECT * FROM (VALUES
    -- What is said measures the case before it touches it: a colleague who changes the case has it and waits for its measures.
    ('follow_up_measured', $$  SELECT * INTO m FROM case_measures WHERE case_id = NEW.case_id FOR UPDATE;$$,
      $$  PERFORM FROM cases WHERE id = NEW.case_id FOR NO KEY UPDATE;
  SELECT * INTO m FROM case_measures WHERE case_id = NEW.case_id FOR UPDATE;$$),
    -- A case that is handed to another team takes its chat along (case_takes_chat): the case first, then the chat.
    ('chat_say', $$  k chats := chat_of(with_secret);$$, $$  k chats := chat_with_case(with_secret);$$),
    ('chat_leave', $$k chats := chat_of(with_secret);$$, $$k chats := chat_with_case(with_secret);$$),
    ('my_chat', $$  SELECT x.* INTO k FROM chats x$$, $$  PERFORM case_of_chat_first(of_chat);
  SELECT x.* INTO k FROM chats x$$),
    ('chat_offer', $$  SELECT * INTO k FROM chats WHERE id = of_chat AND moves$$, $$  PERFORM case_of_chat_first(of_chat);
  SELECT * INTO k FROM chats WHERE id = of_chat AND moves$$),
    ('chat_lead', $$  SELECT * INTO k FROM chats WHERE id = of_chat AND state$$, $$  PERFORM case_of_chat_first(of_chat);
  SELECT * INTO k FROM chats WHERE id = of_chat AND state$$),
    ('chat_house', $$  SELECT * INTO k FROM chats WHERE id = of_chat AND state$$, $$  PERFORM case_of_chat_first(of_chat);
  SELECT * INTO k FROM chats WHERE id = of_chat AND state$$),
    ('chat_silent', $$  PERFORM FROM chats WHERE id = of_chat AND seq$$, $$  PERFORM case_of_chat_first(of_chat);
  PERFORM FROM chats WHERE id = of_chat AND seq$$),
    ('join_chat', $$FROM cases WHERE id = k.case_id FOR UPDATE;$$, $$FROM cases WHERE id = k.case_id FOR NO KEY UPDATE;$$),
    ('lead_case', $$FROM cases WHERE id = of_case FOR UPDATE;$$, $$FROM cases WHERE id = of_case FOR NO KEY UPDATE;$$)
  ) AS t (name, said, says) LOOP
    SELECT pg_get_functiondef(one.name::regproc) INTO body;
    IF position(one.said IN body) = 0 THEN RAISE EXCEPTION '% does not say what was expected', one.name; END IF;
    EXECUTE replace(body, one.said, one.says);
  END LOOP;
END $patch$;

CREATE FUNCTION chat_with_case(with_secret bytea) RETURNS chats LANGUAGE plpgsql SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM case_of_chat_first(id) FROM chats WHERE secret = with_secret;
  RETURN chat_of(with_secret);
END $$;
REVOKE EXECUTE ON FUNCTION chat_with_case FROM PUBLIC;
