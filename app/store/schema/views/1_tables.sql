-- The lists of cases as an organisation has them: what ships are rows like any other.
CREATE TABLE views (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  -- Whose it is; shared when absent, with one team or with everybody.
  owner_id uuid REFERENCES agents,
  team_id uuid REFERENCES teams,
  key text NOT NULL DEFAULT '',
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  icon text NOT NULL DEFAULT 'layers',
  condition jsonb NOT NULL CHECK (length(condition::text) <= 40000),
  columns text[] NOT NULL DEFAULT '{number,team}' CHECK (cardinality(columns) <= 4),
  sorting text NOT NULL DEFAULT 'newest'
    CHECK (sorting IN ('newest', 'oldest', 'created', 'created_oldest', 'priority')),
  grouping text NOT NULL DEFAULT '' CHECK (grouping IN ('', 'state', 'team', 'assignee', 'priority', 'type')),
  -- Whether it stands at the left of the desk.
  at_left boolean NOT NULL DEFAULT true,
  position integer NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CHECK (owner_id IS NULL OR team_id IS NULL)
);
CREATE INDEX ON views (organisation_id, position);

-- How urgent, as a place in a list.
CREATE FUNCTION urgency(priority text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END::smallint
$$;
CREATE INDEX cases_priority ON cases (urgency(priority), activity_at, id);
CREATE INDEX cases_created ON cases (created_at DESC, id DESC);
CREATE INDEX cases_solved ON cases (activity_at DESC, id DESC) WHERE category = 'solved';
