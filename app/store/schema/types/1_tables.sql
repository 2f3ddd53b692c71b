-- Types of cases, of tasks and of features: ten of each ship, most of them hidden until they are enabled. A feature is
-- a case like any other, asked for by a customer; its types make it stand apart.
ALTER TABLE case_types
  ADD COLUMN kind text NOT NULL DEFAULT 'case' CHECK (kind IN ('case', 'task', 'feature')),
  -- What a customer's message does with a solved case: nothing (a linked case is made), or open it, for so many days.
  ADD COLUMN reopens text NOT NULL DEFAULT 'within' CHECK (reopens IN ('never', 'always', 'within')),
  ADD COLUMN reopened_goes_to text NOT NULL DEFAULT 'agent' CHECK (reopened_goes_to IN ('agent', 'team')),
  -- So long after it was solved a case is closed; never when absent.
  ADD COLUMN close_days integer DEFAULT 28 CHECK (close_days BETWEEN 1 AND 3650),
  ADD COLUMN one_touch boolean NOT NULL DEFAULT false;
ALTER TABLE case_states
  ADD COLUMN colour text NOT NULL DEFAULT ''
    CHECK (colour IN ('', 'neutral', 'accent', 'ok', 'warn', 'bad', 'violet', 'cyan', 'pink')),
  -- Where a person may move a record from here; anywhere within its type when absent.
  ADD COLUMN leads_to uuid[],
  ADD COLUMN archived_at timestamptz;

-- An address may stand for a type: mail there makes that type.
ALTER TABLE mail_addresses ADD COLUMN type_id uuid REFERENCES case_types;
CREATE INDEX mail_addresses_type ON mail_addresses (type_id) WHERE type_id IS NOT NULL;

ALTER TABLE tasks
  ADD COLUMN type_id uuid REFERENCES case_types,
  ADD COLUMN state_id uuid,
  ADD FOREIGN KEY (type_id, state_id) REFERENCES case_states (type_id, id),
  ADD CHECK ((type_id IS NULL) = (state_id IS NULL));

-- One case leads to another: it goes on with it, was split from it, was handed to another house, or just belongs to it.
CREATE TABLE case_links (
  from_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  to_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  kind text NOT NULL CHECK (kind IN ('continues', 'split', 'referred', 'related')),
  made_by uuid REFERENCES agents,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (from_id, to_id),
  CHECK (from_id <> to_id)
);
CREATE INDEX case_links_to ON case_links (to_id);
