-- An answer that somebody has begun: shared on the case, so that two do not write the same.
CREATE TABLE mail_drafts (
  case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
  agent_id uuid NOT NULL REFERENCES agents,
  organisation_id uuid NOT NULL REFERENCES organisations,
  said text NOT NULL DEFAULT '' CHECK (length(said) <= 20000),
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_id, agent_id)
);
CREATE INDEX ON mail_drafts (agent_id);

-- What sending changed in the case, so that undoing can give it back while nobody has touched it since.
ALTER TABLE outgoing ADD former_state_id uuid REFERENCES case_states, ADD took_case boolean NOT NULL DEFAULT false,
  ADD case_version integer;

-- The timeline asks by follow-up: those of a merged case have moved, the ledger's case has not.
CREATE INDEX incoming_follow_up ON incoming (follow_up_id) WHERE follow_up_id IS NOT NULL;
