"""Links, tags, projects, notices and forms of the Vallon dealership in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.domain.case_links import CaseLink, LinkKind
from app.domain.forms import Form, FormField
from app.domain.refusals import Refusal, Refused
from app.services.practice import Notice, NoticeKind, Project, Tag, Way
from tests.helpers.sample_data import AGENTS, NOW, TEAMS, case_rows, key


class SamplePractice:
    """PracticeStore over a few of each."""

    def __init__(self) -> None:
        rows = case_rows()
        self.first, self.second = rows[0], rows[1]
        self.linked = [CaseLink(LinkKind.SPLIT, self.second.id, True, self.second.number, self.second.subject)]
        self.kept_tags = [Tag("garantie", "Garantie"), Tag("moisson", "Moisson"), Tag("old", "Old", hidden=True)]
        self.kept_projects = [
            Project(key("Harvest"), "Harvest 2027", "Everything that has to stand before July.", live=12, version=1),
            Project(key("Recall"), "Recall of hoses 77-A31", "", live=3, version=1),
            Project(key("Old fair"), "Fair of 2025", "", archived=True, version=4),
        ]
        self.kept_forms = [
            Form(
                None,
                key("Atelier Beaune"),
                (FormField("custom.serial", True), FormField("priority"), FormField("tags")),
            )
        ]
        self.watched: set[UUID] = set()
        self.told: list[Notice] = []
        self.split_into: list[tuple[UUID, tuple[UUID, ...], str]] = []
        self.referred: list[tuple[UUID, UUID, str]] = []
        self.kept_ways = [Way(key("way"), True, "Concession Beaune", "Atelier", "", True)]

    def mention(self, said: str = "@Camille Roy can you call her?") -> None:
        """Nadia names me in the second case."""
        at = NOW - timedelta(minutes=3)
        case = self.second
        self.told.append(
            Notice(key("notice"), case.id, NoticeKind.MENTIONED, "Nadia Benali", said, at, case.number, case.subject)
        )

    async def links(self, case_id: UUID) -> tuple[CaseLink, ...]:
        return tuple(self.linked) if case_id == self.first.id else ()

    async def link(self, case_id: UUID, other_id: UUID) -> None:
        row = next(one for one in case_rows() if one.id == other_id)
        self.linked.append(CaseLink(LinkKind.RELATED, other_id, False, row.number, row.subject))

    async def unlink(self, case_id: UUID, other_id: UUID) -> None:
        self.linked = [one for one in self.linked if one.other_id != other_id]

    async def split(self, case_id: UUID, into_id: UUID, entries: tuple[UUID, ...], subject: str) -> None:
        self.split_into.append((case_id, entries, subject))

    async def tags(self) -> tuple[Tag, ...]:
        return tuple(self.kept_tags)

    async def save_tag(self, key: str, name: str, *, hidden: bool) -> None:
        self.kept_tags = [Tag(name.lower(), name, hidden) if tag.key == key else tag for tag in self.kept_tags]

    async def projects(self) -> tuple[Project, ...]:
        return tuple(self.kept_projects)

    async def save_project(
        self, project_id: UUID, name: str, description: str, *, archived: bool, version: int
    ) -> None:
        if any(one.name == name and one.id != project_id for one in self.kept_projects):
            raise Refused(Refusal.NAME_IN_USE, "name", value=name)
        saved = Project(project_id, name, description, archived, 0, version + 1)
        known = [replace(saved, live=one.live) if one.id == project_id else one for one in self.kept_projects]
        self.kept_projects = known if saved.id in {one.id for one in known} else [*known, saved]

    async def watches(self, case_id: UUID) -> bool:
        return case_id in self.watched

    async def watch(self, case_id: UUID, *, watched: bool) -> None:
        (self.watched.add if watched else self.watched.discard)(case_id)

    async def notices(self) -> tuple[Notice, ...]:
        return tuple(self.told)

    async def see(self, case_id: UUID) -> None:
        self.told = [one for one in self.told if one.case_id != case_id]

    async def see_all(self) -> None:
        self.told = []

    async def look(self, case_id: UUID) -> None:
        return None

    async def loads(self, team_id: UUID) -> Mapping[UUID, int]:
        return {agent.id: n for n, agent in enumerate(AGENTS)} | {team.id: 10 + n for n, team in enumerate(TEAMS)}

    async def ways(self) -> tuple[Way, ...]:
        return tuple(self.kept_ways)

    async def open_way(self, team_id: UUID) -> str:
        return "A1B2-C3D4-E5F6-0789"

    async def take_way(self, code: str) -> None:
        raise Refused(Refusal.NOT_FOUND, "code")

    async def close_way(self, way_id: UUID) -> None:
        self.kept_ways = [one for one in self.kept_ways if one.id != way_id]

    async def refer(self, case_id: UUID, way_id: UUID, note: str, new_case_id: UUID) -> int:
        self.referred.append((case_id, way_id, note))
        return 7001

    async def forms(self) -> tuple[Form, ...]:
        return tuple(self.kept_forms)

    async def save_form(self, form: Form) -> None:
        await self.remove_form(form)
        self.kept_forms.append(form)

    async def remove_form(self, form: Form) -> None:
        self.kept_forms = [one for one in self.kept_forms if (one.type_id, one.team_id) != (form.type_id, form.team_id)]
