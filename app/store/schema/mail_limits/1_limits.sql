-- What leaves a mailbox in a minute is limited, agents' mail and automatic answers alike: servers shut out who sends
-- more than they like. Nothing is refused or lost: what is too much waits, and says until when.
ALTER TABLE mailboxes ADD COLUMN per_minute integer NOT NULL DEFAULT 600 CHECK (per_minute BETWEEN 1 AND 10000);
-- Exchange Online takes 30 messages a minute (Microsoft, Exchange Online limits).
UPDATE mailboxes SET per_minute = 30 WHERE kind = 'graph';
ALTER TABLE outgoing ADD COLUMN left_at timestamptz;
CREATE INDEX outgoing_left ON outgoing (mailbox_id, left_at) WHERE left_at IS NOT NULL;
ALTER TABLE deliveries ADD COLUMN held boolean NOT NULL DEFAULT false;

-- Hold back what is due and would be too much; it leaves when the minute is over, in its order.
CREATE FUNCTION hold_back() RETURNS void LANGUAGE sql SET search_path = guichet, pg_catalog, pg_temp AS $$
  WITH due AS MATERIALIZED (
    SELECT o.id, o.mailbox_id, row_number() OVER (PARTITION BY o.mailbox_id ORDER BY min(d.send_at), o.id) AS n
    FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id
    WHERE d.state IN ('waiting', 'temporary') AND d.send_at <= clock_timestamp() GROUP BY o.id, o.mailbox_id),
  room AS (
    SELECT m.id, m.per_minute, count(o.id) AS used, coalesce(min(o.left_at), clock_timestamp()) AS oldest
    FROM mailboxes m LEFT JOIN outgoing o ON o.mailbox_id = m.id AND o.left_at > clock_timestamp() - interval '1 minute'
    WHERE m.id IN (SELECT mailbox_id FROM due) GROUP BY m.id),
  much AS (
    SELECT d.id, r.oldest + interval '1 minute' * ceil((d.n - greatest(r.per_minute - r.used, 0)) / r.per_minute::numeric)
      + d.n * interval '1 millisecond' AS leaves_at
    FROM due d JOIN room r ON r.id = d.mailbox_id WHERE d.n > greatest(r.per_minute - r.used, 0))
  -- The state is named so that whoever looks at the mail hears of it.
  UPDATE deliveries d SET held = true, send_at = m.leaves_at, state = d.state FROM much m
  WHERE d.outgoing_id = m.id AND d.state IN ('waiting', 'temporary') AND d.send_at <= clock_timestamp()
$$;

-- An address that reports told about is tried again: what they told is forgotten.
CREATE FUNCTION forget_bounce(of_address text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF me() IS NULL THEN PERFORM refuse('not_permitted'); END IF;
  DELETE FROM address_bounces WHERE organisation_id = my_organisation() AND address = lower(of_address);
  PERFORM hint(my_organisation(), 'customer ' || k.customer_id || ' *') FROM customer_keys k
    WHERE k.organisation_id = my_organisation() AND k.key = lower(of_address);
END $$;

REVOKE EXECUTE ON FUNCTION hold_back, forget_bounce FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_back TO guichet_hub;
GRANT EXECUTE ON FUNCTION forget_bounce TO guichet_agent;
GRANT SELECT (per_minute), INSERT (per_minute), UPDATE (per_minute) ON mailboxes TO guichet_agent;
