"""Reminders that nobody takes: what the hub moves on, so that a promise is kept by somebody."""

from app.store.session import Database

# An absent agent's reminder goes to her team, if somebody of it is there.
_ABSENT = """
UPDATE tasks SET assignee_id = NULL WHERE id IN (
  SELECT t.id FROM tasks t JOIN agent_states s ON s.agent_id = t.assignee_id
  WHERE t.status = 'planned' AND t.remind_at <= now() - interval '1 minute' AND t.remind_at > now() - interval '1 day'
    AND (t.escalated_at IS NULL OR t.escalated_at < t.remind_at) AND s.state = 'offline' AND EXISTS (
      SELECT FROM memberships m JOIN agent_states c ON c.agent_id = m.agent_id
      WHERE m.team_id = t.team_id AND c.state <> 'offline')
  ORDER BY t.remind_at LIMIT 500 FOR UPDATE OF t SKIP LOCKED)"""

# A team's reminder that nobody took for ten minutes goes to a lead of that team, present ones first: ten minutes in which
# the team had it, and for each plan anew.
_UNCLAIMED = """
UPDATE tasks t SET assignee_id = l.agent_id, escalated_at = now() FROM (
  SELECT DISTINCT ON (t.id) t.id, m.agent_id FROM tasks t
  JOIN memberships m ON m.team_id = t.team_id AND m.lead JOIN agents a ON a.id = m.agent_id AND a.active
  LEFT JOIN agent_states s ON s.agent_id = m.agent_id
  WHERE t.id IN (SELECT id FROM tasks WHERE status = 'planned' AND assignee_id IS NULL
                 AND (escalated_at IS NULL OR escalated_at < remind_at)
                 AND remind_at <= now() - interval '10 minutes' AND updated_at <= now() - interval '10 minutes' ORDER BY remind_at LIMIT 500 FOR UPDATE SKIP LOCKED)
  ORDER BY t.id, s.state = 'offline', m.agent_id) l
WHERE t.id = l.id"""


async def escalate_reminders(database: Database) -> int:
    """Move what is due on; the number of tasks that were moved."""
    return await database.write(_ABSENT) + await database.write(_UNCLAIMED)
