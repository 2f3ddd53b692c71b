"""The ledger as a team's lead reads it: figures of every mailbox, lines, raw bytes."""

from collections import defaultdict
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.plain import from_plain
from app.services.email_hub import LedgerLine, LedgerSearch, MailboxCount
from app.services.mail_requests import Counted
from app.store.session import Database

_COUNTED = """
SELECT DISTINCT ON (mailbox_id) mailbox_id, answer, answered_at FROM mail_requests
WHERE kind = 'count' AND team_id = :team AND answered_at IS NOT NULL ORDER BY mailbox_id, answered_at DESC"""
_WAITING = "SELECT mailbox_id FROM mail_requests WHERE kind = 'count' AND team_id = :team AND answered_at IS NULL"
_LINES = """
SELECT i.id, i.arrived_at, i.sender, i.subject, i.fate, i.reason, i.case_id, c.number AS case_number, i.external_id,
  coalesce(b.size, 0) AS size, m.address AS mailbox
FROM incoming i JOIN mailboxes m ON m.id = i.mailbox_id LEFT JOIN cases c ON c.id = i.case_id
LEFT JOIN blobs b ON b.id = i.blob_id
WHERE i.team_id = :team AND (CAST(:mailbox AS uuid) IS NULL OR i.mailbox_id = CAST(:mailbox AS uuid))
  AND (CAST(:fate AS text) IS NULL OR coalesce(i.fate, 'waiting') = CAST(:fate AS text))
  AND (:words = '' OR position(lower(:words) IN lower(i.sender || ' ' || i.subject || ' ' || i.external_id)) > 0)
  AND (CAST(:at AS timestamptz) IS NULL OR (i.arrived_at, i.id) < (CAST(:at AS timestamptz), CAST(:id AS uuid)))
ORDER BY i.arrived_at DESC, i.id DESC LIMIT :most"""


class PostgresMailLedger:
    """The ledger's half of EmailHubStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ledger_counts(self, team_id: UUID) -> tuple[MailboxCount, ...]:
        figures: dict[tuple[UUID, str], dict[str, int]] = defaultdict(dict)
        for row in await self._database.rows("SELECT * FROM mailbox_ledger(:team)", team=team_id):
            its = figures[row["mailbox_id"], row["address"]]
            if row["fate"]:
                its[row["fate"]] = row["messages"]
        # In this order: who does not wait any more has her answer in what is read next.
        waiting = {row["mailbox_id"] for row in await self._database.rows(_WAITING, team=team_id)}
        counted = {row["mailbox_id"]: row for row in await self._database.rows(_COUNTED, team=team_id)}
        found = []
        for (mailbox, address), by_fate in figures.items():
            last = counted.get(mailbox)
            answer = from_plain(Counted, last["answer"]) if last is not None and last["answer"] else None
            at = last["answered_at"] if last is not None else None
            found.append(MailboxCount(mailbox, address, by_fate, answer, at, mailbox in waiting))
        return tuple(found)

    async def ledger_lines(self, search: LedgerSearch) -> tuple[LedgerLine, ...]:
        rows = await self._database.rows(
            _LINES,
            team=search.team_id,
            mailbox=search.mailbox_id,
            fate=search.fate,
            words=search.words.strip(),
            most=search.most,
            at=search.below[0] if search.below is not None else None,
            id=search.below[1] if search.below is not None else None,
        )
        return tuple(LedgerLine(**{**row, "fate": Fate(row["fate"]) if row["fate"] else None}) for row in rows)

    async def raw_mail(self, incoming_id: UUID, most: int) -> bytes:
        """The first bytes as they came."""
        rows = await self._database.rows(
            "SELECT c.data FROM incoming i JOIN blob_chunks c ON c.blob_id = i.blob_id WHERE i.id = :id "
            "AND c.position <= :last ORDER BY c.position",
            id=incoming_id,
            last=most // 262_144,
        )
        return b"".join(row["data"] for row in rows)[:most]

    async def settle_again(self, incoming_id: UUID, how: str) -> None:
        await self._database.write("SELECT settle_again(:id, :how)", id=incoming_id, how=how)
