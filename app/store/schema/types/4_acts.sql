-- Types are changed as a whole, by who shapes fields; what records already carry stays true.

-- A name as the local part of an address.
CREATE FUNCTION address_word(name text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT nullif(left(trim(both '-' FROM regexp_replace(lower(fold(name)), '[^a-z0-9]+', '-', 'g')), 30), '')
$$;

-- The address of a type under the organisation's catch-all: suggestion@…, in the organisation's own language. A type
-- that is renamed gets another one; the old ones lead to it for ever.
CREATE FUNCTION generate_type_address(of_type uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t case_types;
  c catch_alls;
  m mailboxes;
  word text;
  made text;
BEGIN
  SELECT * INTO t FROM case_types WHERE id = of_type AND enabled;
  SELECT * INTO c FROM catch_alls WHERE organisation_id = t.organisation_id;
  SELECT * INTO m FROM mailboxes WHERE id = c.mailbox_id;
  IF m.id IS NULL OR NOT is_numbered(m.team_id) THEN RETURN; END IF;
  SELECT address_word(CASE WHEN o.language = 'fr' AND s.name = t.name THEN s.in_french ELSE t.name END) INTO word
    FROM organisations o LEFT JOIN shipped_types() s ON s.kind = t.kind AND s.key = t.key WHERE o.id = t.organisation_id;
  word := coalesce(word, t.kind);
  FOR attempt IN 0 .. 3 LOOP
    made := word || CASE WHEN attempt = 0 THEN '' ELSE '-' || left(replace(gen_random_uuid()::text, '-', ''), 4) END;
    made := CASE c.form WHEN 'domain' THEN made || '@' || split_part(c.address, '@', 2)
                        ELSE split_part(c.address, '@', 1) || '+' || made || '@' || split_part(c.address, '@', 2) END;
    IF EXISTS (SELECT FROM mail_addresses WHERE address = made AND type_id = of_type) THEN RETURN; END IF;
    INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id, origin, type_id)
      VALUES (made, t.organisation_id, m.team_id, m.id, 'generated', of_type) ON CONFLICT DO NOTHING;
    IF FOUND THEN RETURN; END IF;
  END LOOP;
END $$;

-- Mail does not leave from the address of a type: it takes mail in.
CREATE OR REPLACE FUNCTION address_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE h email_hubs;
BEGIN
  IF NOT is_numbered(NEW.team_id) THEN PERFORM refuse('communication_team_needs_number', 'team'); END IF;
  IF NOT EXISTS (SELECT FROM mailboxes WHERE id = NEW.mailbox_id AND organisation_id = NEW.organisation_id) THEN
    PERFORM refuse('not_found', 'mailbox');
  END IF;
  SELECT * INTO h FROM email_hubs WHERE team_id = NEW.team_id;
  IF FOUND THEN
    NEW.display_name := h.display_name;
    NEW.known_contacts_only := h.known_contacts_only;
  END IF;
  -- Somebody sends from the first moment on.
  IF NEW.type_id IS NULL AND NOT EXISTS (SELECT FROM mail_addresses WHERE team_id = NEW.team_id AND sends) THEN
    NEW.sends := true;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION type_gets_address() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM generate_type_address(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER z_address AFTER UPDATE OF name, enabled ON case_types FOR EACH ROW
  WHEN (NEW.enabled AND (NEW.name <> OLD.name OR NOT OLD.enabled)) EXECUTE FUNCTION type_gets_address();

CREATE FUNCTION types_get_addresses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM generate_type_address(id) FROM case_types WHERE organisation_id = NEW.organisation_id AND enabled
    AND NOT (kind = 'case' AND key = 'case' AND name = 'Case');
  RETURN NULL;
END $$;
CREATE TRIGGER z_addresses AFTER INSERT OR UPDATE ON catch_alls FOR EACH ROW EXECUTE FUNCTION types_get_addresses();

-- Ten of a kind, whoever makes them.
CREATE FUNCTION type_before_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM case_types WHERE organisation_id = NEW.organisation_id AND kind = NEW.kind) >= 10 THEN
    PERFORM refuse('too_many', 'type', jsonb_build_object('most', 10));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_ten BEFORE INSERT ON case_types FOR EACH ROW EXECUTE FUNCTION type_before_insert();

-- The states of a type, in their order. What a saved state means is fixed, since cases carry it; a state that is left
-- out is kept for those that stand in it.
CREATE FUNCTION save_states(of_type uuid, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  s jsonb;
  n bigint;
  kept uuid[] := ARRAY(SELECT (e ->> 'id')::uuid FROM jsonb_array_elements(told) e);
  known case_states;
BEGIN
  IF cardinality(kept) > 30 THEN PERFORM refuse('too_many', 'states', jsonb_build_object('most', 30)); END IF;
  FOR s, n IN SELECT e, o FROM jsonb_array_elements(told) WITH ORDINALITY x (e, o) LOOP
    IF btrim(s ->> 'name') = '' THEN PERFORM refuse('required', 'state_name'); END IF;
    SELECT * INTO known FROM case_states WHERE id = (s ->> 'id')::uuid;
    IF known.id IS NULL THEN
      INSERT INTO case_states (id, organisation_id, type_id, name, category, position, colour)
        VALUES ((s ->> 'id')::uuid, my_organisation(), of_type, btrim(s ->> 'name'), s ->> 'category', n, s ->> 'colour');
    ELSIF known.type_id <> of_type THEN
      PERFORM refuse('state_not_of_type', 'states');
    ELSIF known.category <> s ->> 'category' THEN
      PERFORM refuse('state_category_is_fixed', 'category', jsonb_build_object('state', known.name));
    ELSE
      UPDATE case_states SET name = btrim(s ->> 'name'), position = n, colour = s ->> 'colour', archived_at = NULL,
        key = CASE WHEN name = btrim(s ->> 'name') THEN key ELSE '' END WHERE id = known.id;
    END IF;
  END LOOP;
  UPDATE case_states SET archived_at = now() WHERE type_id = of_type AND id <> ALL (kept) AND archived_at IS NULL;
  UPDATE case_states c SET leads_to = l.leads_to FROM (
    SELECT (e ->> 'id')::uuid AS id,
      CASE WHEN jsonb_typeof(e -> 'leads_to') = 'array' THEN
        ARRAY(SELECT x::uuid FROM jsonb_array_elements_text(e -> 'leads_to') x WHERE x::uuid = ANY (kept)) END AS leads_to
    FROM jsonb_array_elements(told) e) l
    WHERE c.id = l.id AND c.type_id = of_type;
  IF (SELECT count(DISTINCT category) FROM case_states
      WHERE type_id = of_type AND archived_at IS NULL AND category IN ('solved', 'closed')) < 2 THEN
    PERFORM refuse('type_needs_states', 'states');
  END IF;
END $$;

CREATE FUNCTION save_type(of_type uuid, told jsonb, seen integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE
  t case_types;
  called text := btrim(told ->> 'name');
BEGIN
  PERFORM need('manage_fields');
  SELECT * INTO t FROM case_types WHERE id = of_type AND organisation_id = my_organisation() FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('not_found', 'type'); END IF;
  IF t.version <> seen THEN PERFORM refuse('changed_meanwhile'); END IF;
  IF coalesce(called, '') = '' THEN PERFORM refuse('required', 'name'); END IF;
  IF EXISTS (SELECT FROM case_types WHERE organisation_id = t.organisation_id AND kind = t.kind AND id <> of_type
             AND fold(name) = fold(called)) THEN
    PERFORM refuse('name_in_use', 'name', jsonb_build_object('value', called));
  END IF;
  IF t.kind = 'case' AND NOT (told ->> 'enabled')::boolean AND NOT EXISTS (
      SELECT FROM case_types WHERE organisation_id = t.organisation_id AND kind = 'case' AND id <> of_type AND enabled) THEN
    PERFORM refuse('last_type', 'enabled');
  END IF;
  PERFORM save_states(of_type, told -> 'states');
  IF NOT EXISTS (SELECT FROM case_states WHERE id = (told ->> 'default_state_id')::uuid AND type_id = of_type
                 AND archived_at IS NULL AND category NOT IN ('solved', 'closed')) THEN
    PERFORM refuse('default_state_needed', 'default_state');
  END IF;
  UPDATE case_types SET name = called, icon = told ->> 'icon', enabled = (told ->> 'enabled')::boolean,
    default_state_id = (told ->> 'default_state_id')::uuid, reopens = told ->> 'reopens',
    reopen_days = (told ->> 'reopen_days')::integer, reopened_goes_to = told ->> 'reopened_goes_to',
    close_days = (told ->> 'close_days')::integer, one_touch = (told ->> 'one_touch')::boolean,
    version = version + 1 WHERE id = of_type;
  -- States are not watched by themselves: whoever shows them is told of the type.
  PERFORM hint(t.organisation_id, 'case_type ' || of_type || ' *');
END $$;

-- A type's habit: the assigned agent's answer solves the case, and the customer's next message opens it again. Undoing
-- the mail gives the state back as always, since what was before it is kept with it.
CREATE FUNCTION one_touch_after_sending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
DECLARE c cases;
BEGIN
  SELECT * INTO c FROM cases WHERE id = NEW.case_id AND category NOT IN ('solved', 'closed')
    AND (assignee_id = NEW.written_by OR assignee_id IS NULL AND team_id = ANY (my_memberships()));
  IF FOUND AND (SELECT one_touch FROM case_types WHERE id = c.type_id) THEN
    UPDATE cases SET assignee_id = NEW.written_by, state_id = coalesce(reachable_state(c.state_id, 'solved'), state_id)
      WHERE id = c.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER one_touch AFTER INSERT ON outgoing FOR EACH ROW WHEN (NEW.written_by IS NOT NULL AND NOT NEW.automatic)
  EXECUTE FUNCTION one_touch_after_sending();
