"""The organisation in the store: who there is, which teams, which fields."""

from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.agents import Agent, AgentState, Presence, Role
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.organisations import Organisation
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Membership, Number, Team
from app.services.organisation import Directory
from app.store.session import Database, statement

_AGENT = "id, role_name, name, role, email, language, time_zone, default_team_id, signature, active, version"


class PostgresOrganisation:
    """OrganisationStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def versions(self) -> tuple[str, str]:
        """The schema's version, and the oldest desk that it serves."""
        row = await self._database.one("SELECT version, oldest_desk FROM schema_info")
        return row["version"], row["oldest_desk"]

    async def directory(self) -> Directory:
        me = await self._database.one(f"SELECT {_AGENT}, organisation_id FROM agents WHERE id = (SELECT me())")
        organisation = await self._database.one(
            "SELECT id, name, region, language, time_zone, account_number_format FROM organisations WHERE id = :id",
            id=me["organisation_id"],
        )
        agents = await self._database.rows(f"SELECT {_AGENT} FROM agents ORDER BY name")
        memberships = await self._database.rows("SELECT team_id, agent_id, lead FROM memberships")
        permissions = await self._database.rows(
            "SELECT permission FROM role_permissions WHERE role = :role", role=me["role"]
        )
        known = {permission.value for permission in Permission}
        return Directory(
            me=_agent(me),
            organisation=Organisation(**organisation),
            teams=await self._teams(),
            agents=tuple(map(_agent, agents)),
            memberships=tuple(Membership(**row) for row in memberships),
            fields=await self._fields(),
            permissions=frozenset(Permission(r["permission"]) for r in permissions if r["permission"] in known),
        )

    async def presences(self) -> tuple[Presence, ...]:
        found = await self._database.rows("SELECT agent_id, state, reason, since_at FROM agent_states")
        return tuple(Presence(r["agent_id"], AgentState(r["state"]), r["since_at"], r["reason"]) for r in found)

    async def set_my_state(self, state: AgentState, reason: str) -> None:
        await self._database.write("SELECT set_my_state(:state, :reason)", state=state.value, reason=reason)

    async def save_team(self, team: Team, members: tuple[Membership, ...]) -> None:
        """Make or change a team with its numbers and members, all or nothing; soundness is checked at commit."""
        async with self._database.transaction() as connection:
            known = (
                await connection.execute(statement("SELECT version FROM teams WHERE id = :id"), {"id": team.id})
            ).scalar()
            values = {
                "id": team.id,
                "name": team.name.strip(),
                "display_name": team.display_name.strip(),
                "icon": team.icon,
                "time_zone": team.time_zone,
                "communication_team_id": team.communication_team_id,
                "last_advisor": team.last_advisor,
            }
            if known is None:
                await connection.execute(statement(_INSERT_TEAM), values)
            elif known != team.version:
                raise Refused(Refusal.CHANGED_MEANWHILE)
            else:
                await connection.execute(statement(_UPDATE_TEAM), values)
            await _write_numbers(connection, team)
            await _write_members(connection, team.id, members)

    async def create_agent(self, agent: Agent, verifier: str, team_ids: tuple[UUID, ...]) -> None:
        await self._database.write(
            "SELECT create_agent(:id, NULL, :role_name, :verifier, :name, :email, :role, :language, :zone, :teams)",
            id=agent.id,
            role_name=agent.role_name,
            verifier=verifier,
            name=agent.name.strip(),
            email=agent.email,
            role=agent.role.value,
            language=agent.language,
            zone=agent.time_zone,
            teams=list(team_ids),
        )

    async def update_agent(self, agent: Agent) -> None:
        await self._database.write(
            "SELECT update_agent(:id, :name, :email, :role, :language, :zone, :team, :signature, :version)",
            id=agent.id,
            name=agent.name.strip(),
            email=agent.email,
            role=agent.role.value,
            language=agent.language,
            zone=agent.time_zone,
            team=agent.default_team_id,
            signature=agent.signature,
            version=agent.version,
        )

    async def disable_agent(self, agent_id: UUID) -> None:
        await self._database.write("SELECT disable_agent(:id)", id=agent_id)

    async def enable_agent(self, agent_id: UUID) -> None:
        await self._database.write("SELECT enable_agent(:id)", id=agent_id)

    async def reset_password(self, agent_id: UUID, verifier: str) -> None:
        await self._database.write("SELECT reset_password(:id, :verifier)", id=agent_id, verifier=verifier)

    async def set_my_password(self, verifier: str) -> None:
        await self._database.write("SELECT set_my_password(:verifier)", verifier=verifier)

    async def save_field(self, field: CustomField) -> None:
        await self._database.write(
            _SAVE_FIELD,
            id=field.id,
            owner=field.owner.value,
            key=field.key,
            label=field.label.strip(),
            kind=field.kind.value,
            required=field.required,
            default=field.default,
            choices=list(field.choices),
            position=field.position,
        )

    async def remove_field(self, field_id: UUID) -> None:
        await self._database.write("UPDATE fields SET archived_at = now() WHERE id = :id", id=field_id)

    async def _teams(self) -> tuple[Team, ...]:
        numbers = await self._database.rows(
            "SELECT id, team_id, e164, label, position FROM numbers ORDER BY position, e164"
        )
        teams = await self._database.rows(
            "SELECT id, name, display_name, icon, time_zone, communication_team_id, last_advisor, version FROM teams "
            "WHERE archived_at IS NULL ORDER BY communication_team_id IS NOT NULL, name"
        )
        return tuple(
            Team(**row, numbers=tuple(Number(**n) for n in numbers if n["team_id"] == row["id"])) for row in teams
        )

    async def _fields(self) -> tuple[CustomField, ...]:
        found = await self._database.rows(
            "SELECT id, owner, key, label, kind, required, default_value, choices, position, version FROM fields "
            "WHERE archived_at IS NULL ORDER BY owner, position, label"
        )
        return tuple(
            CustomField(
                id=row["id"],
                owner=FieldOwner(row["owner"]),
                key=row["key"],
                label=row["label"],
                kind=FieldKind(row["kind"]),
                required=row["required"],
                default=row["default_value"],
                choices=tuple(row["choices"]),
                position=row["position"],
                version=row["version"],
            )
            for row in found
        )


_INSERT_TEAM = """
INSERT INTO teams (id, organisation_id, name, display_name, icon, time_zone, communication_team_id, last_advisor)
VALUES (:id, (SELECT my_organisation()), :name, :display_name, :icon, :time_zone, :communication_team_id,
        :last_advisor)"""
_UPDATE_TEAM = """
UPDATE teams SET name = :name, display_name = :display_name, icon = :icon, time_zone = :time_zone,
  communication_team_id = :communication_team_id, last_advisor = :last_advisor WHERE id = :id"""
_SAVE_FIELD = """
INSERT INTO fields (id, organisation_id, owner, key, label, kind, required, default_value, choices, position)
VALUES (:id, (SELECT my_organisation()), :owner, :key, :label, :kind, :required, :default, :choices, :position)
ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label, required = EXCLUDED.required,
  default_value = EXCLUDED.default_value, choices = EXCLUDED.choices, position = EXCLUDED.position"""


async def _write_numbers(connection: AsyncConnection, team: Team) -> None:
    kept = [number.id for number in team.numbers]
    await connection.execute(
        statement("DELETE FROM numbers WHERE team_id = :team AND NOT id = ANY(:kept)"), {"team": team.id, "kept": kept}
    )
    for number in team.numbers:
        await connection.execute(
            statement(
                "INSERT INTO numbers (id, organisation_id, team_id, e164, label, position) "
                "VALUES (:id, (SELECT my_organisation()), :team, :e164, :label, :position) "
                "ON CONFLICT (id) DO UPDATE SET team_id = EXCLUDED.team_id, label = EXCLUDED.label, "
                "position = EXCLUDED.position"
            ),
            {
                "id": number.id,
                "team": team.id,
                "e164": number.e164,
                "label": number.label,
                "position": number.position,
            },
        )


async def _write_members(connection: AsyncConnection, team_id: UUID, members: tuple[Membership, ...]) -> None:
    kept = [member.agent_id for member in members]
    await connection.execute(
        statement("DELETE FROM memberships WHERE team_id = :team AND NOT agent_id = ANY(:kept)"),
        {"team": team_id, "kept": kept},
    )
    for member in members:
        await connection.execute(
            statement(
                "INSERT INTO memberships (team_id, agent_id, organisation_id, lead) "
                "VALUES (:team, :agent, (SELECT my_organisation()), :lead) "
                "ON CONFLICT (team_id, agent_id) DO UPDATE SET lead = EXCLUDED.lead "
                "WHERE memberships.lead <> EXCLUDED.lead"
            ),
            {"team": team_id, "agent": member.agent_id, "lead": member.lead},
        )


def _agent(row: RowMapping) -> Agent:
    values = {key: value for key, value in row.items() if key != "organisation_id"}
    return Agent(**{**values, "role": Role(row["role"])})
