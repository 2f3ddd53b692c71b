"""Satisfaction in the store: who is asked, what was answered, and what managers set up.

Nobody is asked at an address that bounces; an answer may be changed for an hour.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.ids import new_id
from app.domain.satisfaction import Answered, Asked, Rating, Survey, ask_of, token, words
from app.services.satisfaction import Opinion, Question
from app.store.blobs import store_blob
from app.store.session import Database, statement

Write = Callable[[Asked], tuple[str, bytes]]
_SETTINGS = "enabled, public_url, after_minutes, days_between, valid_days, question_en, question_fr, version"
_KEY = "SELECT key FROM signing_keys WHERE name = 'satisfaction'"
# Solved lately and still so, with somebody to ask and a mailbox to ask through; who was asked lately is left alone.
_DUE = f"""
SELECT m.case_id, m.solved_by, c.number, c.subject, c.customer_id, c.organisation_id, c.team_id, c.audience_id,
  u.language, lower(u.emails -> 0 ->> 'address') AS recipient, b.id AS mailbox_id, a.address,
  coalesce(nullif(a.display_name, ''), nullif(t.display_name, ''), t.name) AS sender, {", ".join(f"s.{name.strip()}" for name in _SETTINGS.split(","))}
FROM satisfaction_settings s JOIN case_measures m ON m.organisation_id = s.organisation_id
  JOIN cases c ON c.id = m.case_id JOIN customers u ON u.id = c.customer_id
  JOIN numbers n ON n.id = c.number_id JOIN teams t ON t.id = n.team_id
  JOIN mail_addresses a ON a.team_id = n.team_id AND a.sends
  JOIN mailboxes b ON b.id = a.mailbox_id AND b.archived_at IS NULL
WHERE s.enabled AND s.public_url <> '' AND m.solved_at > now() - interval '7 days'
  AND m.solved_at <= now() - make_interval(mins => s.after_minutes)
  AND c.category IN ('solved', 'closed') AND c.merged_into_id IS NULL AND jsonb_array_length(u.emails) > 0
  AND NOT EXISTS (SELECT FROM satisfaction x WHERE x.case_id = c.id AND x.asked_at >= m.solved_at)
  AND NOT EXISTS (SELECT FROM satisfaction x WHERE x.customer_id = c.customer_id
                  AND x.asked_at > now() - make_interval(days => s.days_between))
  AND NOT EXISTS (SELECT FROM address_bounces x WHERE x.organisation_id = c.organisation_id AND x.permanent
                  AND x.address = lower(u.emails -> 0 ->> 'address'))
ORDER BY m.solved_at LIMIT :most FOR UPDATE OF m SKIP LOCKED"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(CAST(:customer AS text), 41))"
_ASKED = """
INSERT INTO satisfaction (id, organisation_id, audience_id, case_id, customer_id, team_id, agent_id, recipient, expires_at)
SELECT :id, :organisation, :audience, :case_id, :customer, :team, :agent, :recipient, now() + CAST(:valid AS interval)
WHERE NOT EXISTS (SELECT FROM satisfaction x WHERE x.customer_id = :customer
                  AND (x.case_id = :case_id AND x.asked_at > now() - interval '1 hour'
                       OR x.asked_at > now() - make_interval(days => :between)))
RETURNING id"""
_ENTRY = "INSERT INTO follow_ups (id, case_id, channel, public, body) VALUES (:id, :case_id, 'system', false, 'satisfaction_asked')"
_OUTGOING = """
INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, mailbox_id, external_id, blob_id, automatic)
VALUES (:mail, :organisation, :case_id, :follow_up, :mailbox, :external, :blob, true)"""
_DELIVERY = "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)"
_QUESTION = """
SELECT s.id, u.language, o.name AS organisation, c.number AS case_number, c.subject, s.expires_at < now() AS expired,
  s.rating, s.comment
FROM satisfaction s JOIN cases c ON c.id = s.case_id JOIN customers u ON u.id = s.customer_id
  JOIN organisations o ON o.id = s.organisation_id WHERE s.id = :id"""


async def ask_satisfaction(database: Database, write: Write, most: int = 50) -> int:
    """Ask whoever is to be asked now, each once; how many were."""
    asked = 0
    async with database.transaction() as connection:
        due = (await connection.execute(statement(_DUE), {"most": most})).mappings().all()
        if not due:
            return 0
        key = bytes((await connection.execute(statement(_KEY))).scalar_one())
        for row in due:
            asked += await _ask(connection, key, row, write)
    return asked


async def _ask(connection: AsyncConnection, key: bytes, row: RowMapping, write: Write) -> int:
    async def run(sql: str, **values: Any) -> Any:
        return await connection.execute(statement(sql), values)

    # Not a sequential id: the page's address says nothing about when or to how many.
    ask = uuid4()
    await run(_ONE_AT_A_TIME, customer=str(row["customer_id"]))
    made = await run(
        _ASKED, id=ask, organisation=row["organisation_id"], audience=row["audience_id"], case_id=row["case_id"],
        customer=row["customer_id"], team=row["team_id"], agent=row["solved_by"], recipient=row["recipient"],
        valid=timedelta(days=row["valid_days"]), between=row["days_between"],
    )  # fmt: skip
    if made.first() is None:
        return 0
    text = words(_survey(row), row["language"], row["number"], row["subject"], row["sender"])
    link = f"{row['public_url'].rstrip('/')}/s/{token(key, ask)}"
    external, raw = write(
        Asked(
            ask, row["case_id"], row["number"], row["subject"], row["language"], row["sender"], row["address"],
            row["recipient"], text, link,
        )
    )  # fmt: skip
    mail, follow_up = new_id(), new_id()
    await run(_ENTRY, id=follow_up, case_id=row["case_id"])
    await run(
        _OUTGOING, mail=mail, organisation=row["organisation_id"], case_id=row["case_id"], follow_up=follow_up,
        mailbox=row["mailbox_id"], external=external, blob=await store_blob(connection, row["organisation_id"], raw),
    )  # fmt: skip
    await run(_DELIVERY, organisation=row["organisation_id"], mail=mail, recipient=row["recipient"])
    return 1


class PostgresAnswers:
    """Answers on PostgreSQL, as the hub; the key is read once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: bytes | None = None

    async def question(self, token: str) -> Question | None:
        ask = await self._ask_of(token)
        row = await self._database.row(_QUESTION, id=ask) if ask is not None else None
        if row is None:
            return None
        return Question(**{**row, "rating": None if row["rating"] is None else Rating(row["rating"])})

    async def answer(self, token: str, rating: str, comment: str) -> Answered:
        ask = await self._ask_of(token)
        if ask is None:
            return Answered.UNKNOWN
        row = await self._database.written(
            "SELECT answer_satisfaction(:id, :rating, :comment) AS became", id=ask, rating=rating, comment=comment
        )
        return Answered(row["became"])

    async def _ask_of(self, token: str) -> UUID | None:
        if self._key is None:
            self._key = bytes((await self._database.one(_KEY))["key"])
        return ask_of(self._key, token)


class PostgresSurveys:
    """SurveyStore on PostgreSQL, as an agent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def survey(self) -> Survey:
        row = await self._database.row(f"SELECT {_SETTINGS} FROM satisfaction_settings")
        return Survey() if row is None else _survey(row)

    async def save_survey(self, survey: Survey) -> None:
        await self._database.rows(
            "SELECT save_satisfaction(:enabled, :url, :after, :between, :valid, :en, :fr, :seen)",
            enabled=survey.enabled,
            url=survey.public_url,
            after=survey.after_minutes,
            between=survey.days_between,
            valid=survey.valid_days,
            en=survey.question_en,
            fr=survey.question_fr,
            seen=survey.version,
        )

    async def opinion(self, case_id: UUID) -> Opinion | None:
        row = await self._database.row(
            "SELECT asked_at, rating, comment, answered_at FROM satisfaction WHERE case_id = :id "
            "ORDER BY answered_at DESC NULLS LAST, asked_at DESC LIMIT 1",
            id=case_id,
        )
        if row is None:
            return None
        rating = None if row["rating"] is None else Rating(row["rating"])
        return Opinion(row["asked_at"], rating, row["comment"], row["answered_at"])


def _survey(row: RowMapping) -> Survey:
    return Survey(**{name.strip(): row[name.strip()] for name in _SETTINGS.split(",")})
