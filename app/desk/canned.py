"""Canned replies and macros at the desk: filled in for the case that is open, carried out under my own permissions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.automation_deeds import Deed, World, deed_of, facts_after
from app.domain.automation_events import Event
from app.domain.automations import SPREADS, Action, Does, Trigger
from app.domain.case_fields import CUSTOM_KINDS
from app.domain.cases import Case, Level, Visibility
from app.domain.fields import FieldOwner
from app.domain.follow_ups import Channel, FollowUp
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.templating import TemplateError, fill_in
from app.services.automations import AutomationDesk, Macro, Template
from app.services.cases import CaseFile, Cases
from app.services.feed import Feed
from app.services.organisation import Directory

__all__ = ["Canned", "CannedState", "Macro", "Template"]


@dataclass(frozen=True, slots=True)
class CannedState:
    """What I may use."""

    templates: tuple[Template, ...] = ()
    macros: tuple[Macro, ...] = ()
    error: Sentence | None = None


class Canned(Presenter[CannedState]):
    """Reads what may be used when it is first asked for, fills texts in, runs macros."""

    def __init__(
        self, automations: AutomationDesk, cases: Cases, feed: Feed, directory: Callable[[], Directory | None],
        insert: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(CannedState())
        self._automations, self._cases, self._directory, self._insert = automations, cases, directory, insert
        self._unsubscribe = feed.subscribe(self._hear)
        self._read_once = False

    def begin(self) -> None:
        """Read them, the first time."""
        if not self._read_once:
            self._read_once = True
            self.work.latest("canned", self._read())

    async def ready(self) -> None:
        """Wait until they are there."""
        await self.work.settle()

    def usable(self, team_id: UUID) -> tuple[Template, ...]:
        """The replies for a case of this team: everybody's, the team's, my own."""
        return tuple(one for one in self.state.templates if one.team_id in {None, team_id})

    def usable_macros(self, team_id: UUID) -> tuple[Macro, ...]:
        """The macros for a case of this team."""
        return tuple(one for one in self.state.macros if one.team_id in {None, team_id})

    def by_shortcut(self, typed: str, file: CaseFile) -> str | None:
        """The text that letters stand for; None where there is none, or several begin so."""
        wanted = typed.lower()
        usable = [one for one in self.usable(file.case.team_id) if one.shortcut]
        exact = [one for one in usable if one.shortcut == wanted]
        found = exact or [one for one in usable if wanted and one.shortcut.startswith(wanted)]
        return self.text(found[0], file) if len(found) == 1 else None

    def text(self, template: Template, file: CaseFile) -> str:
        """A reply for a case, in its customer's language."""
        return self._filled(template.text(file.customer.language), file)

    def _filled(self, text: str, file: CaseFile) -> str:
        directory = self._directory()
        try:
            return fill_in(text, _values(file, directory))
        except TemplateError:
            return text  # as it was written: she sees what is wrong, and sends nothing by accident

    def run(self, macro: Macro, file: CaseFile, types: Any) -> None:
        """Do everything that a macro says, on the case as it is now."""
        self.work.start(self._run(macro, file, types), "macro")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self._read_once and hint.kind in {"template", "macro", "all"}:
            self.work.merged("canned", self._read)

    async def _read(self) -> None:
        self.show(templates=await self._automations.templates(), macros=await self._automations.macros())

    async def _run(self, macro: Macro, file: CaseFile, types: Any) -> None:
        directory = self._directory()
        if directory is None:
            return
        self.show(error=None)
        event = Event("by hand", Trigger.UPDATED, file.case.id, datetime.now(UTC), directory.me.id)
        facts, world = _facts(file.case), _world(types, directory)
        deeds: list[Deed] = []
        for action in macro.actions:
            deed = deed_of(action, event, facts, world)
            facts |= facts_after(deed)
            deeds.append(deed)
        try:
            self._refuse_impossible(deeds)
            await self._carry_out(deeds, file)
        except Refused as refused:
            self.show(error=of_refusal(refused))

    def _refuse_impossible(self, deeds: list[Deed]) -> None:
        """Nothing of it is done where a part of it cannot be."""
        for deed in deeds:
            gone = deed.action.does is Does.REPLY and self._template(deed.action) is None
            if deed.after.get("assignee_id") in SPREADS:
                raise Refused(Refusal.MACRO_SPREADS)  # whose turn it is the hub knows
            if deed.problem or gone:
                known = deed.problem in set(Refusal)
                raise Refused(Refusal(deed.problem) if known else Refusal.NOT_FOUND, agent="", team="")

    async def _carry_out(self, deeds: list[Deed], file: CaseFile) -> None:
        columns: dict[str, Any] = {}
        for deed in deeds:
            for column, value in deed.after.items():
                its = columns.get("custom", {}) | dict(value) if column == "custom" else value  # type: ignore[call-overload]
                columns[column] = its
        if "assignee_id" in columns and "team_id" not in columns:
            await self._cases.assign(file.case.id, UUID(columns["assignee_id"]) if columns["assignee_id"] else None)
        fields = set(columns) & {"state_id", "priority", "severity", "tags", "project_id", "custom"}
        if fields:
            await self._cases.save(_changed(await self._current(file), columns))
        if "visibility" in columns:
            await self._cases.set_visibility(file.case.id, Visibility(columns["visibility"]))
        for deed in deeds:
            await self._say(deed.action, file)
        if "team_id" in columns:
            await self._cases.hand_over(file.case.id, UUID(columns["team_id"]), "")

    async def _current(self, file: CaseFile) -> Case:
        return (await self._cases.open(file.case.id)).case

    async def _say(self, action: Action, file: CaseFile) -> None:
        if action.does is Does.ADD_NOTE:
            note = FollowUp(new_id(), file.case.id, Channel.NOTE, self._filled(action.text, file), datetime.now(UTC))
            await self._cases.follow_up(note)
        elif action.does is Does.REPLY:
            template = self._template(action)
            if template is not None:
                self._insert(self.text(template, file))

    def _template(self, action: Action) -> Template | None:
        named = action.value.removeprefix("shipped:")
        found = (one for one in self.state.templates if str(one.id) == action.value or one.shipped == named)
        return next(found, None)


def _changed(case: Case, columns: dict[str, Any]) -> Case:
    changes: dict[str, Any] = {}
    if "state_id" in columns:
        changes["state_id"] = UUID(columns["state_id"])
    if "project_id" in columns:
        changes["project_id"] = UUID(columns["project_id"]) if columns["project_id"] else None
    for name in ("priority", "severity"):
        if name in columns:
            changes[name] = Level(columns[name])
    if "tags" in columns:
        changes["tags"] = tuple(columns["tags"])
    if "custom" in columns:
        changes["custom"] = case.custom | columns["custom"]
    return replace(case, **changes)


def _facts(case: Case) -> dict[str, object]:
    return {
        "case.type": str(case.type_id),
        "case.state": str(case.state_id),
        "case.category": case.category.value,
        "case.team": str(case.team_id),
        "case.assignee": str(case.assignee_id) if case.assignee_id else None,
        "case.priority": case.priority.value,
        "case.severity": case.severity.value,
        "case.visibility": case.visibility.value,
        "case.project": str(case.project_id) if case.project_id else None,
        "case.tags": case.tags,
        **{f"case.custom.{key}": value for key, value in case.custom.items()},
    }


def _world(types: Any, directory: Directory) -> World:
    states = {
        str(kind.id): tuple(
            (str(state.id), state.category.value) for state in sorted(kind.states, key=lambda s: s.position)
        )
        for kind in types
    }
    members: dict[str, set[str]] = {}
    for one in directory.memberships:
        members.setdefault(str(one.team_id), set()).add(str(one.agent_id))
    kinds = {
        f"case.custom.{one.key}": CUSTOM_KINDS[one.kind] for one in directory.fields if one.owner is FieldOwner.CASE
    }
    return World(states, {team: frozenset(its) for team, its in members.items()}, kinds)


def _values(file: CaseFile, directory: Directory | None) -> dict[str, Any]:
    customer, case = file.customer, file.case
    team = next((one.name for one in directory.teams if one.id == case.team_id), "") if directory is not None else ""
    return {
        "case": {"number": case.number, "subject": case.subject, "custom": case.custom},
        "customer": {
            "name": customer.name, "first_name": customer.first_name, "last_name": customer.last_name,
            "organisation": customer.organisation, "custom": customer.custom,
        },
        "agent": {"name": directory.me.name if directory is not None else ""},
        "team": {"name": team},
        "organisation": {"name": directory.organisation.name if directory is not None else ""},
        "sender": directory.me.name if directory is not None else "",
        "chat": {"link": file.chat_link},
    }  # fmt: skip
