"""Links to the customer system outside, and its guide, in the store."""

from uuid import UUID

from app.domain.outside import Guide, OutsideLink, Subject
from app.store.session import Database


class PostgresOutside:
    """OutsideStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outside_links(self) -> tuple[OutsideLink, ...]:
        rows = await self._database.rows(
            "SELECT id, name, subject, template, version FROM outside_links WHERE archived_at IS NULL ORDER BY position, id"
        )
        return tuple(OutsideLink(**{**row, "subject": Subject(row["subject"])}) for row in rows)

    async def save_outside_link(self, link: OutsideLink) -> None:
        await self._database.rows(
            "SELECT save_outside_link(:id, :name, :subject, :template, :seen)",
            id=link.id,
            name=link.name,
            subject=link.subject.value,
            template=link.template,
            seen=link.version,
        )

    async def archive_outside_link(self, link_id: UUID) -> None:
        await self._database.rows("SELECT archive_outside_link(:id)", id=link_id)

    async def outside_guide(self) -> Guide:
        row = await self._database.row(
            "SELECT g.title, g.body, coalesce(a.name, '') AS updated_by, g.version "
            "FROM outside_guides g LEFT JOIN agents a ON a.id = g.updated_by"
        )
        return Guide() if row is None else Guide(**row)

    async def save_outside_guide(self, guide: Guide) -> None:
        await self._database.rows(
            "SELECT save_outside_guide(:title, :body, :seen)", title=guide.title, body=guide.body, seen=guide.version
        )
