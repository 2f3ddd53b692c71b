"""Numbers one by one, under the agent's own role."""

from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.domain.teams import Number
from app.store.session import Database


class PostgresNumbers:
    """NumberStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_number(self, number: Number) -> None:
        """Give a team a number, or move one to another team; its digits never change."""
        await self._database.write(
            "INSERT INTO numbers (id, organisation_id, team_id, e164, label, position) "
            "VALUES (:id, (SELECT my_organisation()), :team, :e164, :label, :position) "
            "ON CONFLICT (id) DO UPDATE SET team_id = EXCLUDED.team_id, label = EXCLUDED.label",
            id=number.id,
            team=number.team_id,
            e164=number.e164,
            label=number.label,
            position=number.position,
        )

    async def remove_number(self, number_id: UUID) -> None:
        if await self._database.write("DELETE FROM numbers WHERE id = :id", id=number_id) == 0:
            raise Refused(Refusal.NOT_PERMITTED)
