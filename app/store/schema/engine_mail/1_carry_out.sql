-- Where mail moves a case, it asks the shipped automation first: switched off, it moves nothing; changed, the hub does it.
-- The functions are changed in place, whichever version of them is there, so that each stays written once.
DO $patch$
DECLARE
  p record;
  body text;
BEGIN
  FOR p IN SELECT * FROM (VALUES
    ('send_mail', $$WHEN after.assignee_id = me() AND after.category IN ('new', 'open', 'waiting_agent') THEN$$,
      $$WHEN after.assignee_id = me() AND after.category IN ('new', 'open', 'waiting_agent')
        AND carry_out(of_case, follow_up::text, 'waiting_customer', 'waiting_customer') THEN$$),
    ('file_mail', $$IF (told ->> 'reopens')::boolean THEN$$,
      $$IF (told ->> 'reopens')::boolean AND ((told ->> 'reopened')::boolean
      OR carry_out(of_case, follow_up::text, 'waiting_agent', 'waiting_agent')) THEN$$),
    ('file_mail', $$IF told ->> 'fate' = 'follow_up' AND (told ->> 'enters')::boolean THEN$$,
      $$IF told ->> 'fate' = 'follow_up' AND (told ->> 'enters')::boolean
      AND EXISTS (SELECT FROM cases WHERE id = of_case AND assignee_id IS NOT NULL)
      AND carry_out(of_case, follow_up::text, 'notify_assignee') THEN$$)) v (named, said, says) LOOP
    SELECT pg_get_functiondef(oid) INTO body FROM pg_proc
      WHERE pronamespace = 'guichet'::regnamespace AND proname = p.named;
    IF position(p.said IN body) = 0 THEN RAISE EXCEPTION '% does not say what was expected', p.named; END IF;
    EXECUTE replace(body, p.said, p.says);
  END LOOP;
END $patch$;
