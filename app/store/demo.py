"""The demo organisation: made once, so that a newcomer finds a working day instead of an empty desk."""

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from app.domain.agents import Agent, Role
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.phone_numbers import parse
from app.store.demo_chat import make_chats
from app.store.demo_mail import MailMaker
from app.store.demo_routing import RoutingMaker
from app.store.demo_texts import TextMaker
from app.store.engine import Access, connect
from app.store.errors import refusals
from app.store.starter import make_agent, make_organisation, make_team

ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, for the command line to tell."""

    agents: tuple[str, ...]


async def exists(admin: Access) -> bool:
    """Whether the database has an organisation already."""
    connection = await connect(admin)
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM organisations)"))
    finally:
        await connection.close()


async def make_demo(admin: Access, told: dict[str, Any], language: str, passwords: dict[str, str]) -> Demo:
    """Make the organisation of a story in one transaction; `passwords` names every agent of it."""
    connection = await connect(admin)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL ROLE guichet_owner")
            with refusals():
                return await _Maker(connection, told, language, datetime.now(UTC)).make(passwords)
    finally:
        await connection.close()


def read_story(file: Path) -> dict[str, Any]:
    """A story file (TOML)."""
    return tomllib.loads(file.read_text("utf-8"))


class _Maker:
    def __init__(self, connection: asyncpg.Connection, told: dict[str, Any], language: str, now: datetime) -> None:
        self._connection = connection
        self._told = told
        self._language = language
        self._now = now
        self._organisation = new_id()
        self._teams: dict[str, UUID] = {}
        self._agents: dict[str, Agent] = {}
        self._customers: list[UUID] = []
        self._cases: list[UUID] = []
        self._mail = MailMaker(connection, self._organisation, language, now)
        self._texts = TextMaker(connection, self._organisation, language, now)

    async def make(self, passwords: dict[str, str]) -> Demo:
        await make_organisation(
            self._connection,
            Organisation(self._organisation, self._told["organisation"]["name"], language=self._language),
        )
        await self._make_teams()
        for told in self._told["agents"]:
            await self._make_agent(told, passwords[told["role_name"]])
        await self._mail.make_mailboxes(self._told.get("mailboxes", []), self._teams)
        await make_chats(self._connection, self._organisation, self._told.get("chats", []), self._teams)
        if "text" in self._told:
            await self._texts.make_line(self._told["text"]["to"])
        for position, told in enumerate(self._told["fields"]):
            await self._make_field(told, position)
        for told in self._told["customers"]:
            await self._make_customer(told)
        for told in self._told["cases"]:
            await self._make_case(told)
        for told in self._told["tasks"]:
            await self._make_task(told)
        agents = {name: agent.id for name, agent in self._agents.items()}
        routing = RoutingMaker(self._connection, self._organisation, self._teams, agents, self._language)
        await routing.make(self._told)
        return Demo(tuple(self._agents))

    def _own_fields(self, told: dict[str, Any]) -> dict[str, Any]:
        return {key: self._in_language(value) if isinstance(value, dict) else value for key, value in told.items()}

    def _in_language(self, text: dict[str, str]) -> str:
        return text[self._language]

    async def _make_teams(self) -> None:
        for told in self._told["teams"]:
            self._teams[told["key"]] = await make_team(
                self._connection,
                self._organisation,
                self._in_language(told["name"]),
                number=told.get("number", ""),
                speaks_as=self._teams.get(told.get("speaks_as", "")),
                icon=told["icon"],
            )

    async def _make_agent(self, told: dict[str, Any], password: str) -> None:
        agent = Agent(
            new_id(),
            told["role_name"],
            told["name"],
            Role(told["role"]),
            language=self._language,
            signature=self._in_language(told["signature"]) if "signature" in told else "",
        )
        teams = tuple(self._teams[key] for key in told["teams"])
        await make_agent(self._connection, self._organisation, agent, password, teams)
        await self._connection.execute(
            "UPDATE memberships SET lead = true WHERE agent_id = $1 AND team_id = $2 AND $3",
            agent.id,
            teams[0],
            told.get("leads", False),
        )
        await self._connection.execute("UPDATE agents SET signature = $2 WHERE id = $1", agent.id, agent.signature)
        self._agents[agent.role_name] = agent

    async def _make_field(self, told: dict[str, Any], position: int) -> None:
        await self._connection.execute(
            "INSERT INTO fields (id, organisation_id, owner, key, label, kind, choices, position) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            new_id(),
            self._organisation,
            told["owner"],
            told["key"],
            self._in_language(told["label"]),
            told["kind"],
            told["choices"][self._language] if "choices" in told else [],
            position,
        )

    async def _make_customer(self, told: dict[str, Any]) -> None:
        customer_id = new_id()
        phones = [parse(typed, "FR") for typed in told["phones"]]
        await self._connection.execute(
            "INSERT INTO customers (id, organisation_id, account_number, first_name, last_name, organisation, phones, "
            "emails, addresses, time_zone, language, pinned_note, call_from, call_until, custom, preferred_channel) "
            "VALUES ($1, $2, '', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            customer_id,
            self._organisation,
            told["first"],
            told["last"],
            told["organisation"],
            json.dumps([{"e164": p.e164, "typed": p.typed, "label": ""} for p in phones]),
            json.dumps([{"address": address, "label": ""} for address in told["emails"]]),
            json.dumps([{"lines": told["address"], "label": ""}]),
            told.get("zone", ZONE),
            told.get("language", "fr"),
            self._in_language(told["note"]) if "note" in told else "",
            told.get("call_from", ""),
            told.get("call_until", ""),
            json.dumps(self._own_fields(told.get("custom", {}))),
            told.get("prefers", "phone"),
        )
        self._customers.append(customer_id)

    async def _make_case(self, told: dict[str, Any]) -> None:
        case_id = new_id()
        notes, mails, texts = (told.get(name, []) for name in ("notes", "mails", "texts"))
        opened_at = self._now - timedelta(hours=(notes or mails or texts)[0]["hours"], minutes=3)
        by = self._agents[notes[0]["by"]].id if notes else None
        await self._connection.execute(
            "INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, assignee_id, priority, custom, "
            "created_by, created_at, activity_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
            case_id,
            self._organisation,
            self._customers[told["customer"]],
            self._in_language(told["subject"]),
            self._teams[told["team"]],
            self._agents[told["assignee"]].id if "assignee" in told else None,
            told.get("priority", "normal"),
            json.dumps(told.get("custom", {})),
            by,
            opened_at,
        )
        for note in notes:
            author = self._agents[note["by"]]
            await self._connection.execute(
                "INSERT INTO follow_ups (id, case_id, channel, direction, body, at, author_id, author_name) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                new_id(),
                case_id,
                note["channel"],
                "in" if note["channel"] == "call" else "none",
                self._in_language(note),
                self._now - timedelta(hours=note["hours"]),
                author.id,
                author.name,
            )
        people = {name: (agent.id, agent.name) for name, agent in self._agents.items()}
        await self._mail.make_mails(case_id, mails, people)
        customer = self._told["customers"][told["customer"]]
        number, name = parse(customer["phones"][0], "FR").e164, f"{customer['first']} {customer['last']}".strip()
        await self._texts.make_texts(case_id, number, name, texts, people)
        if "state" in told:
            await self._connection.execute(
                "UPDATE cases SET state_id = (SELECT id FROM case_states WHERE key = $2 AND type_id = cases.type_id) "
                "WHERE id = $1",
                case_id,
                told["state"],
            )
            # The state was changed at the time of the last note, not now.
            await self._connection.execute(
                "UPDATE cases SET activity_at = (SELECT max(at) FROM follow_ups WHERE case_id = $1) WHERE id = $1",
                case_id,
            )
        self._cases.append(case_id)

    async def _make_task(self, told: dict[str, Any]) -> None:
        assignee = self._agents[told["assignee"]].id if "assignee" in told else None
        planned = (self._now + timedelta(minutes=told["minutes"])).astimezone(ZoneInfo(ZONE))
        await self._connection.execute(
            "INSERT INTO tasks (id, team_id, assignee_id, case_id, kind, title, local_at, zone, reminder_minutes, "
            "created_by) VALUES ($1, coalesce($2, (SELECT default_team_id FROM agents WHERE id = $3)), $3, $4, $5, "
            "$6, $7, $8, 5, $3)",
            new_id(),
            self._teams.get(told.get("team", "")),
            assignee,
            self._cases[told["case"]],
            told.get("kind", "call"),
            self._in_language(told["title"]),
            planned.replace(tzinfo=None, second=0, microsecond=0),
            ZONE,
        )
