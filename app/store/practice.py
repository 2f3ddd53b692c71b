"""Links, splits, tags, projects, watching, notices, loads, referrals and forms, under the agent's own role."""

import json
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.case_links import CaseLink, LinkKind
from app.domain.forms import Form, FormField
from app.domain.plain import to_plain
from app.services.practice import Notice, NoticeKind, Project, Tag, Way
from app.store.session import Database

_LINKS = """
SELECT l.kind, l.from_id = :id AS is_from, CASE WHEN l.from_id = :id THEN l.to_id ELSE l.from_id END AS other_id,
  c.number, coalesce(c.subject, '') AS subject
FROM case_links l LEFT JOIN cases c ON c.id = CASE WHEN l.from_id = :id THEN l.to_id ELSE l.from_id END
WHERE :id IN (l.from_id, l.to_id) ORDER BY l.made_at, c.number"""
_NOTICES = """
SELECT n.id, n.case_id, n.kind, coalesce(a.name, '') AS by_name, n.said, n.at, c.number, c.subject
FROM notices n JOIN cases c ON c.id = n.case_id LEFT JOIN agents a ON a.id = n.by_id
WHERE n.agent_id = (SELECT me()) AND n.seen_at IS NULL
UNION ALL
SELECT n.id, n.case_id, CASE WHEN n.follow_up_id IS NULL THEN 'automation' ELSE 'answered' END, coalesce(f.author_name, a.name),
  n.said, n.at, c.number, c.subject
FROM automation_notices n JOIN cases c ON c.id = n.case_id JOIN automations a ON a.id = n.automation_id
LEFT JOIN follow_ups f ON f.id = n.follow_up_id
WHERE n.agent_id = (SELECT me()) AND n.seen_at IS NULL ORDER BY at DESC LIMIT 100"""
_PROJECTS = """
SELECT p.id, p.name, p.description, p.archived_at IS NOT NULL AS archived, p.version,
  (SELECT count(*) FROM (SELECT FROM cases c WHERE c.project_id = p.id
     AND c.category IN ('new', 'open', 'waiting_customer', 'waiting_agent') LIMIT 1001) s) AS live
FROM projects p ORDER BY p.archived_at IS NOT NULL, fold(p.name)"""
_WATCHES = "SELECT EXISTS (SELECT FROM case_watchers WHERE case_id = :id AND agent_id = (SELECT me())) AS watches"
_SAVE_PROJECT = "SELECT save_project(:id, :name, :description, :archived, :version)"


class PostgresPractice:
    """PracticeStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def links(self, case_id: UUID) -> tuple[CaseLink, ...]:
        found = await self._database.rows(_LINKS, id=case_id)
        return tuple(
            CaseLink(LinkKind(r["kind"]), r["other_id"], not r["is_from"], r["number"], r["subject"]) for r in found
        )

    async def link(self, case_id: UUID, other_id: UUID) -> None:
        await self._database.write("SELECT link_cases(:one, :other)", one=case_id, other=other_id)

    async def unlink(self, case_id: UUID, other_id: UUID) -> None:
        await self._database.write("SELECT unlink_cases(:one, :other)", one=case_id, other=other_id)

    async def split(self, case_id: UUID, into_id: UUID, entries: tuple[UUID, ...], subject: str) -> None:
        await self._database.write(
            "SELECT split_case(:id, :into, CAST(:entries AS uuid[]), :subject)",
            id=case_id,
            into=into_id,
            entries=list(entries),
            subject=subject,
        )

    async def tags(self) -> tuple[Tag, ...]:
        found = await self._database.rows("SELECT key, name, hidden FROM tags ORDER BY key")
        return tuple(Tag(**row) for row in found)

    async def save_tag(self, key: str, name: str, *, hidden: bool) -> None:
        await self._database.write("SELECT save_tag(:key, :name, :hidden)", key=key, name=name, hidden=hidden)

    async def projects(self) -> tuple[Project, ...]:
        return tuple(Project(**row) for row in await self._database.rows(_PROJECTS))

    async def save_project(
        self, project_id: UUID, name: str, description: str, *, archived: bool, version: int
    ) -> None:
        await self._database.write(
            _SAVE_PROJECT, id=project_id, name=name, description=description, archived=archived, version=version
        )

    async def watches(self, case_id: UUID) -> bool:
        found: bool = (await self._database.one(_WATCHES, id=case_id))["watches"]
        return found

    async def watch(self, case_id: UUID, *, watched: bool) -> None:
        await self._database.write("SELECT watch_case(:id, :watched)", id=case_id, watched=watched)

    async def notices(self) -> tuple[Notice, ...]:
        return tuple(Notice(**{**row, "kind": NoticeKind(row["kind"])}) for row in await self._database.rows(_NOTICES))

    async def see(self, case_id: UUID) -> None:
        await self._database.write("SELECT see_notices(:id)", id=case_id)

    async def see_all(self) -> None:
        await self._database.write("SELECT see_all_notices()")

    async def look(self, case_id: UUID) -> None:
        await self._database.write("SELECT look_at_case(:id)", id=case_id)

    async def loads(self, team_id: UUID) -> Mapping[UUID, int]:
        """Live cases by agent of this team, and by team."""
        found = await self._database.rows("SELECT coalesce(agent_id, team_id) AS id, live FROM loads(:id)", id=team_id)
        return {row["id"]: row["live"] for row in found}

    async def ways(self) -> tuple[Way, ...]:
        return tuple(Way(**row) for row in await self._database.rows("SELECT * FROM my_ways()"))

    async def open_way(self, team_id: UUID) -> str:
        code: str = (await self._database.written("SELECT open_way(:id) AS code", id=team_id))["code"]
        return code

    async def take_way(self, code: str) -> None:
        await self._database.write("SELECT take_way(:code)", code=code)

    async def close_way(self, way_id: UUID) -> None:
        await self._database.write("SELECT close_way(:id)", id=way_id)

    async def refer(self, case_id: UUID, way_id: UUID, note: str, new_case_id: UUID) -> int:
        row = await self._database.written(
            "SELECT refer_case(:id, :way, :note, :made) AS number", id=case_id, way=way_id, note=note, made=new_case_id
        )
        number: int = row["number"]
        return number

    async def forms(self) -> tuple[Form, ...]:
        return tuple(map(_form, await self._database.rows("SELECT type_id, team_id, fields, version FROM forms")))

    async def save_form(self, form: Form) -> None:
        await self._save(form, json.dumps(to_plain(form.fields)))

    async def remove_form(self, form: Form) -> None:
        await self._save(form, "null")

    async def _save(self, form: Form, told: str) -> None:
        await self._database.write(
            "SELECT save_form(CAST(:type AS uuid), CAST(:team AS uuid), CAST(:told AS jsonb))",
            type=form.type_id,
            team=form.team_id,
            told=told,
        )


def _form(row: RowMapping) -> Form:
    fields = tuple(FormField(str(one["field"]), bool(one.get("required"))) for one in row["fields"])
    return Form(row["type_id"], row["team_id"], fields, row["version"])
