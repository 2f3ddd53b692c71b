"""An organisation made from nothing, by the administrator's command line, as the owner."""

import json
from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from app.domain.agents import Agent
from app.domain.business_hours import Calendar, Opening, known_spans
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.permissions import SHIPPED
from app.domain.refusals import Refusal, Refused
from app.domain.scram import verifier
from app.domain.starter import CALENDAR_NAME, DISPOSITIONS, REASONS, STARTER_TEAMS
from app.store.engine import Access, connect
from app.store.errors import refusals
from app.store.hub_hints import HUB_CHANNEL, ORGANISATION


async def make_starter_organisation(
    admin: Access, organisation: Organisation, number: str, administrator: Agent, password: str
) -> None:
    """One contact centre with `number` (E.164), its sub-teams, the two groups, and a first administrator."""
    connection = await connect(admin)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL ROLE guichet_owner")
            with refusals():
                await make_organisation(connection, organisation)
                await _make_first_teams(connection, organisation, number)
                first = await connection.fetchval(
                    "SELECT team_id FROM numbers WHERE organisation_id = $1", organisation.id
                )
                await make_agent(connection, organisation.id, administrator, password, (first,))
    finally:
        await connection.close()


async def make_organisation(connection: asyncpg.Connection, organisation: Organisation) -> None:
    """The organisation with what ships: permissions, types with their states, reason codes, dispositions."""
    await connection.execute(
        "INSERT INTO organisations (id, name, region, language, time_zone, account_number_format) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        organisation.id,
        organisation.name,
        organisation.region,
        organisation.language,
        organisation.time_zone,
        organisation.account_number_format,
    )
    await connection.executemany(
        "INSERT INTO role_permissions VALUES ($1, $2, $3)",
        [(organisation.id, role.value, p.value) for role, allowed in SHIPPED.items() for p in allowed],
    )
    await connection.execute("SELECT ship_types($1)", organisation.id)
    await _make_calendar(connection, organisation)
    await connection.execute("SELECT pg_notify($1, $2)", HUB_CHANNEL, ORGANISATION)
    codes = [("not_ready", *code) for code in REASONS] + [("disposition", *code) for code in DISPOSITIONS]
    await connection.executemany(
        "INSERT INTO codes (id, organisation_id, kind, key, label, position) VALUES ($1, $2, $3, $4, $5, $6)",
        [(new_id(), organisation.id, kind, key, label, n) for n, (kind, key, label) in enumerate(codes)],
    )


async def _make_calendar(connection: asyncpg.Connection, organisation: Organisation) -> None:
    calendar = new_id()
    hours = Calendar(
        organisation.time_zone, dict.fromkeys(range(1, 6), (Opening(9 * 60, 18 * 60),)), organisation.region
    )
    await connection.execute(
        "INSERT INTO calendars (id, organisation_id, name, zone, week, country) VALUES ($1, $2, $3, $4, $5, $6)",
        calendar,
        organisation.id,
        CALENDAR_NAME[organisation.language],
        hours.zone,
        json.dumps({str(day): [[one.opens, one.closes] for one in spans] for day, spans in hours.week.items()}),
        hours.country,
    )
    opens, closes, until = known_spans(hours, datetime.now(UTC).date())
    await connection.execute("SELECT fill_calendar($1, $2, $3, $4)", calendar, opens, closes, until)


async def make_team(
    connection: asyncpg.Connection,
    organisation_id: UUID,
    name: str,
    *,
    number: str = "",
    speaks_as: UUID | None = None,
    icon: str = "users",
) -> UUID:
    """A team with a number, or a sub-team that speaks as another team."""
    team_id = new_id()
    await connection.execute(
        "INSERT INTO teams (id, organisation_id, name, display_name, icon, communication_team_id) "
        "VALUES ($1, $2, $3, $3, $4, $5)",
        team_id,
        organisation_id,
        name,
        icon,
        speaks_as,
    )
    if number:
        await connection.execute(
            "INSERT INTO numbers (id, organisation_id, team_id, e164) VALUES ($1, $2, $3, $4)",
            new_id(),
            organisation_id,
            team_id,
            number,
        )
    return team_id


async def make_agent(
    connection: asyncpg.Connection, organisation_id: UUID, agent: Agent, password: str, team_ids: tuple[UUID, ...]
) -> None:
    """An agent with her sign-in; refused when the cluster has that name already."""
    if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", agent.role_name):
        raise Refused(Refusal.NAME_IN_USE, "role_name", value=agent.role_name)
    await connection.execute(
        "SELECT create_agent($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agent.id,
        organisation_id,
        agent.role_name,
        verifier(password),
        agent.name,
        agent.email,
        agent.role.value,
        agent.language,
        agent.time_zone,
        list(team_ids),
    )


async def _make_first_teams(connection: asyncpg.Connection, organisation: Organisation, number: str) -> None:
    names = STARTER_TEAMS[organisation.language]
    centre = await make_team(connection, organisation.id, names.contact_centre, number=number, icon="headphones")
    for service in names.services:
        await make_team(connection, organisation.id, service, speaks_as=centre, icon="wrench")
    for group in (names.leads, names.moderators):
        await make_team(connection, organisation.id, group, speaks_as=centre)
