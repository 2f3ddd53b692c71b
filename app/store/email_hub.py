"""A team's mail on PostgreSQL, under the agent's own role: settings, mailboxes, addresses, rules."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.ids import new_id
from app.domain.mail_rules import MailRule
from app.domain.plain import from_plain, to_plain
from app.services.automations import SentOne, Undone
from app.services.email_hub import CatchAll, EmailHub, HubAddress, HubSettings, MailboxSetup, RuleOnPage, Way
from app.services.mail_requests import CheckStep, CodeStep, DryRun
from app.store.mail_facts import rule_of
from app.store.mail_ledger import PostgresMailLedger
from app.store.session import Database

_BOX = [
    "address", "host", "port", "smtp_host", "smtp_port", "security", "username", "folder", "kind", "sign_in", "tenant",
    "client_id", "per_minute",
]  # fmt: skip
_SETTINGS = """
SELECT enabled, nullif(way, '') AS way, display_name, known_contacts_only, uses_display_name, auto_reply, reply_en, reply_fr,
  version FROM email_hubs WHERE team_id = :team"""
_MAILBOXES = f"""
SELECT id, team_id, {", ".join(_BOX)}, state, said, looked_at, true AS kept FROM mailboxes
WHERE (team_id = :team OR id = (SELECT mailbox_id FROM catch_alls)) AND archived_at IS NULL ORDER BY address"""
_ADDRESSES = """
SELECT a.address, a.mailbox_id, a.origin = 'generated' AS generated, a.sends,
  (SELECT count(*) FROM incoming_routes r JOIN incoming i ON i.id = r.incoming_id
   WHERE lower(r.address) = a.address AND i.arrived_at > now() - interval '30 days') AS lately
FROM mail_addresses a WHERE a.team_id = :team ORDER BY a.origin, a.made_at, a.address"""
_TESTS = """
SELECT DISTINCT ON (mailbox_id) mailbox_id, answer, answered_at IS NULL AS waiting FROM mail_requests
WHERE kind = :kind AND mailbox_id = ANY (:ids) AND asked_at > now() - make_interval(days => :days)
ORDER BY mailbox_id, asked_at DESC"""
_RULES = """
SELECT id, team_id, name, conditions, action, to_team_id, to_agent_id, matches_all, active, position,
  (SELECT count(*) FROM incoming i WHERE i.rule_id = r.id AND i.settled_at > now() - interval '30 days') AS lately
FROM mail_rules r WHERE team_id = :team AND archived_at IS NULL ORDER BY position, id"""
_SAVE = "SELECT save_email_hub(:team, :enabled, :way, :name, :known, :uses, :reply, :en, :fr, :version)"
_RULE = """
INSERT INTO mail_rules (id, organisation_id, team_id, position, name, active, matches_all, conditions, action, to_team_id, to_agent_id)
VALUES (:id, (SELECT my_organisation()), :team, :position, :name, :active, :all, CAST(:conditions AS jsonb), :action,
        CAST(:to_team AS uuid), CAST(:to_agent AS uuid))
ON CONFLICT (id) DO UPDATE SET position = :position, name = :name, active = :active, matches_all = :all,
  conditions = CAST(:conditions AS jsonb), action = :action, to_team_id = CAST(:to_team AS uuid), to_agent_id = CAST(:to_agent AS uuid)"""
_QUARANTINED = "SELECT count(*) AS waits FROM incoming WHERE team_id = :team AND fate = 'quarantined'"


class PostgresEmailHub(PostgresMailLedger):
    """EmailHubStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._database = database

    async def email_hub(self, team_id: UUID) -> EmailHub:
        rows = self._database.rows
        saved = await self._database.row(_SETTINGS, team=team_id)
        boxes = [MailboxSetup(**row) for row in await rows(_MAILBOXES, team=team_id)]
        caught = await self._database.row("SELECT mailbox_id, form, address FROM catch_alls")
        catch_all = CatchAll(**caught) if caught is not None else None
        ids = [box.id for box in boxes]
        tests = await rows(_TESTS, ids=ids, kind="test", days=30)
        codes = await rows(_TESTS, ids=ids, kind="sign_in", days=1)
        return EmailHub(
            _settings(team_id, saved, has_mail=any(box.team_id == team_id for box in boxes)),
            tuple(box for box in boxes if catch_all is None or box.id != catch_all.mailbox_id),
            tuple(HubAddress(**row) for row in await rows(_ADDRESSES, team=team_id)),
            catch_all,
            next((box for box in boxes if catch_all is not None and box.id == catch_all.mailbox_id), None),
            {row["mailbox_id"]: _steps(row["answer"]) for row in tests if row["answer"]},
            frozenset(row["mailbox_id"] for row in tests if row["waiting"]),
            (await self._database.one(_QUARANTINED, team=team_id))["waits"],
            {row["mailbox_id"]: from_plain(CodeStep, row["answer"] or {}) for row in codes},
        )

    async def save_settings(self, settings: HubSettings) -> None:
        await self._database.write(
            _SAVE,
            team=settings.team_id,
            enabled=settings.enabled,
            way=settings.way.value if settings.way else "",
            name=" ".join(settings.display_name.split()),
            known=settings.known_contacts_only,
            uses=settings.uses_display_name,
            reply=settings.auto_reply,
            en=settings.reply_en,
            fr=settings.reply_fr,
            version=settings.version,
        )

    async def save_mailbox(self, mailbox: MailboxSetup) -> None:
        """The secret is written when one was typed, and kept otherwise; a new mailbox's address leads to the team."""
        async with self._database.together() as together:
            await _write_box(together, mailbox)
            if not mailbox.kept:
                await _add(together, mailbox.team_id, mailbox.id, mailbox.address)
                await together.write("SELECT choose_sender(:address)", address=mailbox.address)

    async def add_address(self, team_id: UUID, mailbox_id: UUID, address: str) -> None:
        await _add(self._database, team_id, mailbox_id, address)

    async def choose_sender(self, address: str) -> None:
        await self._database.write("SELECT choose_sender(:address)", address=address)

    async def set_catch_all(self, mailbox: MailboxSetup, form: str) -> None:
        async with self._database.together() as together:
            await _write_box(together, mailbox)
            await together.write(
                "SELECT set_catch_all(:id, :form, :address)", id=mailbox.id, form=form, address=mailbox.address
            )

    async def test_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        await self._ask(new_id(), "test", team_id, mailbox_id)

    async def sign_in_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        await self._ask(new_id(), "sign_in", team_id, mailbox_id)

    async def count_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        await self._ask(new_id(), "count", team_id, mailbox_id)

    async def mail_rules(self, team_id: UUID) -> tuple[RuleOnPage, ...]:
        return tuple(
            RuleOnPage(rule_of(row), row["lately"]) for row in await self._database.rows(_RULES, team=team_id)
        )  # fmt: skip

    async def save_mail_rule(self, rule: MailRule) -> None:
        await self._database.write(
            _RULE,
            id=rule.id,
            team=rule.team_id,
            position=rule.position,
            name=" ".join(rule.name.split()),
            active=rule.active,
            all=rule.matches_all,
            conditions=json.dumps(to_plain(rule.conditions)),
            action=rule.action.value,
            to_team=rule.to_team_id,
            to_agent=rule.to_agent_id,
        )

    async def remove_mail_rule(self, rule_id: UUID) -> None:
        await self._database.write("UPDATE mail_rules SET archived_at = now() WHERE id = :id", id=rule_id)

    async def order_mail_rules(self, team_id: UUID, ids: tuple[UUID, ...]) -> None:
        await self._database.write("SELECT order_mail_rules(:team, :ids)", team=team_id, ids=list(ids))

    async def ask_dry_run(self, request_id: UUID, rule: MailRule, days: int) -> None:
        await self._ask(request_id, "dry_run", rule.team_id, None, {"rule": to_plain(rule), "days": days})

    async def dry_run(self, request_id: UUID) -> DryRun | None:
        row = await self._database.row("SELECT answer FROM mail_requests WHERE id = :id", id=request_id)
        found: DryRun | None = from_plain(DryRun, row["answer"]) if row is not None and row["answer"] else None
        return found

    async def undo_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]:
        async with self._database.together() as together:
            rows = await together.rows(
                "SELECT * FROM undo_mail_rule(:id, :since, :until)", id=rule_id, since=since, until=until
            )
        return tuple(Undone(**row) for row in rows)

    async def sent_by_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]:
        rows = await self._database.rows(
            "SELECT * FROM sent_by_mail_rule(:id, :since, :until)", id=rule_id, since=since, until=until
        )
        return tuple(SentOne(**row) for row in rows)

    async def _ask(
        self, request_id: UUID, kind: str, team_id: UUID, mailbox_id: UUID | None, asked: Any = None
    ) -> None:
        await self._database.write(
            "SELECT ask_mail(:id, :kind, :team, CAST(:mailbox AS uuid), CAST(:asked AS jsonb))",
            id=request_id,
            kind=kind,
            team=team_id,
            mailbox=mailbox_id,
            asked=json.dumps(asked or {}),
        )


def _settings(team_id: UUID, row: RowMapping | None, *, has_mail: bool) -> HubSettings:
    if row is None:  # a mailbox that was set up is read until somebody switches the team's mail off
        # Whoever sets mail up answers new cases from the first one on, until somebody switches that off.
        return HubSettings(team_id, enabled=has_mail, auto_reply=not has_mail)
    return HubSettings(**{**row, "team_id": team_id, "way": Way(row["way"]) if row["way"] else None})


def _steps(answer: Any) -> tuple[CheckStep, ...]:
    return tuple(from_plain(CheckStep, step) for step in answer) if isinstance(answer, Sequence) else ()


async def _write_box(database: Database, mailbox: MailboxSetup) -> None:
    columns = [*_BOX, "secret"] if mailbox.secret else _BOX
    values = {column: getattr(mailbox, column) for column in columns}
    if mailbox.kept:  # its address is what messages are known by: it stays
        changes = ", ".join(f"{column} = :{column}" for column in columns if column != "address")
        await database.write(f"UPDATE mailboxes SET {changes} WHERE id = :id", id=mailbox.id, **values)
        return
    names = ", ".join(columns)
    places = ", ".join(f":{column}" for column in columns)
    await database.write(
        f"INSERT INTO mailboxes (id, organisation_id, team_id, {names}) VALUES (:id, (SELECT my_organisation()), :team, {places})",
        id=mailbox.id,
        team=mailbox.team_id,
        **values,
    )


async def _add(database: Database, team_id: UUID, mailbox_id: UUID, address: str) -> None:
    await database.write(
        "INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id) "
        "VALUES (:address, (SELECT my_organisation()), :team, :mailbox)",
        address=address,
        team=team_id,
        mailbox=mailbox_id,
    )
