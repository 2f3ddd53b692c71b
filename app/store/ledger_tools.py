"""The ledger for who administers the machine, under the hub's own sign-in: figures and replays of every organisation."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.store.session import Database


@dataclass(frozen=True, slots=True)
class LedgerFigure:
    """How many messages of a mailbox have a fate; `waiting` for those that have none yet."""

    mailbox: str
    fate: str
    messages: int


async def ledger_figures(database: Database) -> Sequence[LedgerFigure]:
    """All mailboxes, those without a message included."""
    rows = await database.rows(
        "SELECT m.address AS mailbox, coalesce(i.fate, CASE WHEN i.id IS NULL THEN '' ELSE 'waiting' END) AS fate, "
        "count(i.id) AS messages FROM mailboxes m LEFT JOIN incoming i ON i.mailbox_id = m.id GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [LedgerFigure(**row) for row in rows]


async def replay(database: Database, message_ids: Sequence[str]) -> int:
    """Have unreadable messages settled once more, all of them or those with these ids; how many."""
    return await database.write(
        "UPDATE incoming SET fate = NULL, settled_at = NULL, claimed_until = NULL, attempts = 0, asked = 'replay' "
        "WHERE fate = 'unparseable' AND case_id IS NULL AND (:every OR external_id = ANY (CAST(:ids AS text[])))",
        every=not message_ids,
        ids=list(message_ids),
    )
