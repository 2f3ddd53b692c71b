"""Requests about mail as the hub takes and answers them."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail_rules import MailRule
from app.domain.templating import TemplateError, fill_in
from app.services.mail_requests import MailRequest, RequestKind
from app.store.ledger import read_raw
from app.store.mail_facts import RULES, rule_of
from app.store.session import Database

MOST_MAILS = 20_000

_CLAIM = """
UPDATE mail_requests SET claimed_until = clock_timestamp() + make_interval(secs => :seconds), attempts = attempts + 1
WHERE id = (SELECT id FROM mail_requests WHERE answered_at IS NULL AND coalesce(claimed_until, '-infinity') < clock_timestamp()
            ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, team_id, mailbox_id, asked, attempts"""
_KNOWN = """
SELECT count(*) FILTER (WHERE known) AS known, array_agg(one) FILTER (WHERE NOT known) AS missing FROM (
  SELECT one, EXISTS (SELECT FROM incoming i WHERE i.mailbox_id = :mailbox AND i.external_id = one) AS known
  FROM unnest(CAST(:ids AS text[])) one) s"""
_PAST = """
SELECT i.id, i.arrived_at, i.sender, i.subject, i.fate, i.blob_id, i.rule_id, c.number AS case_number,
  coalesce(u.custom ->> 'segment', '') AS segment,
  array(SELECT lower(r.address) FROM incoming_routes r WHERE r.incoming_id = i.id) AS recipients
FROM (SELECT * FROM incoming WHERE team_id = :team AND fate IS NOT NULL AND channel = 'email'
      AND arrived_at > now() - make_interval(days => :days) ORDER BY arrived_at DESC, id DESC LIMIT :most) i
LEFT JOIN cases c ON c.id = i.case_id
LEFT JOIN customer_keys k ON k.organisation_id = i.organisation_id AND k.key = lower(i.sender) AND i.sender <> ''
LEFT JOIN customers u ON u.id = k.customer_id
ORDER BY i.arrived_at, i.id"""
# What a new case is answered with where the team answers: its own words, else the shipped template, where that is on.
_ANSWER = """
SELECT h.reply_en, h.reply_fr, t.text_en, t.text_fr, o.name AS company,
  CASE WHEN h.uses_display_name THEN coalesce(nullif(h.display_name, ''), nullif(m.display_name, ''), m.name) ELSE o.name END AS name
FROM email_hubs h JOIN teams m ON m.id = h.team_id JOIN organisations o ON o.id = h.organisation_id
JOIN automations a ON a.organisation_id = o.id AND a.shipped = 'acknowledgement' AND a.active AND a.archived_at IS NULL
JOIN templates t ON t.organisation_id = o.id AND t.shipped = 'acknowledgement' AND t.archived_at IS NULL
WHERE h.team_id = :team AND h.enabled AND h.auto_reply"""


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A settled mail with what the time machine needs to know of it."""

    id: UUID
    arrived_at: datetime
    sender: str
    subject: str
    fate: Fate
    case_number: int | None
    rule_id: UUID | None
    segment: str
    recipients: tuple[str, ...]
    raw: bytes


class PostgresMailRequests:
    """Requests on PostgreSQL, for the hub."""

    most = MOST_MAILS
    """So many mails are looked at, the newest ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, for_s: float) -> MailRequest | None:
        """The oldest one that nobody works on."""
        async with self._database.together() as together:
            rows = await together.rows(_CLAIM, seconds=for_s)
        row = rows[0] if rows else None
        return MailRequest(**{**row, "kind": RequestKind(row["kind"])}) if row is not None else None

    async def answer(self, request: UUID, answer: Any) -> None:
        """Keep what was found; the desk hears of it. Older answers go."""
        await self._database.write(
            "UPDATE mail_requests SET answer = CAST(:answer AS jsonb), answered_at = clock_timestamp(), claimed_until = NULL "
            "WHERE id = :id AND answered_at IS NULL",
            id=request,
            answer=json.dumps(answer),
        )
        await self._database.write("DELETE FROM mail_requests WHERE answered_at < now() - interval '30 days'")

    async def tell(self, request: UUID, answer: Any, for_s: float) -> None:
        """Let the desk see what is known so far, and keep the claim so long; the request stays open."""
        await self._database.write(
            "UPDATE mail_requests SET answer = CAST(:answer AS jsonb), answered_at = NULL, "
            "claimed_until = clock_timestamp() + make_interval(secs => :seconds) WHERE id = :id AND answered_at IS NULL",
            id=request,
            answer=json.dumps(answer),
            seconds=for_s,
        )

    async def missing(self, mailbox: UUID, ids: Sequence[str]) -> list[str]:
        """Which of these messages the ledger of a mailbox has not."""
        row = await self._database.one(_KNOWN, mailbox=mailbox, ids=list(ids))
        return list(row["missing"] or ())

    async def rules(self, team: UUID) -> list[MailRule]:
        """A team's rules in their order."""
        return [rule_of(row) for row in await self._database.rows(RULES, team=team)]

    async def answer_words(self, team: UUID) -> dict[str, str] | None:
        """What a team's new cases are answered with, by language, the number left open; None where they are not."""
        row = await self._database.row(_ANSWER, team=team)
        return {language: _words(row, language) for language in ("en", "fr")} if row is not None else None

    async def past(self, team: UUID, days: int) -> AsyncIterator[KeptMail]:
        """What came to a team in the last days, the oldest first, with its bytes; the newest `MOST_MAILS` of it."""
        seen: set[UUID] = set()
        for row in await self._database.rows(_PAST, team=team, days=days, most=MOST_MAILS):
            if row["id"] in seen:  # two customers share the address
                continue
            seen.add(row["id"])
            values = {name: row[name] for name in row if name not in {"blob_id", "fate", "recipients"}}
            raw = await read_raw(self._database, row["blob_id"])
            yield KeptMail(**values, fate=Fate(row["fate"]), recipients=tuple(row["recipients"]), raw=raw)


def _words(row: Any, language: str) -> str:
    name, own = str(row["name"]), str(row[f"reply_{language}"])
    if own.strip():
        return own.strip().replace("{number}", "…").replace("{name}", name)
    text = row[f"text_{language}"] or row["text_en"] or row["text_fr"]
    try:
        return fill_in(text, {"case": {"number": "…"}, "sender": name, "organisation": {"name": row["company"]}})
    except TemplateError as error:
        return str(error)
