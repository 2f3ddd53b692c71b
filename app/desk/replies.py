"""Manage › Replies and macros: words and acts that are used again and again, everybody's, a team's or my own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from app.desk.automations import first_action
from app.desk.records import Kind, Records, RecordsState
from app.domain.automation_checks import Known
from app.domain.automations import Action, Does
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.templating import TemplateError, fill_in
from app.services.automations import AutomationDesk, Macro, Template
from app.services.feed import Feed
from app.services.organisation import Directory

__all__ = [
    "Action",
    "Does",
    "Macro",
    "Macros",
    "OwnState",
    "Replies",
    "Template",
    "by_hand",
    "first_by_hand",
    "owners",
    "preview",
]
T = TypeVar("T")
BY_HAND = (
    Does.SET_FIELD, Does.ASSIGN, Does.ADD_TAG, Does.REMOVE_TAG, Does.REPLY, Does.ADD_NOTE, Does.PROJECT, Does.HAND_OVER,
)  # fmt: skip
"""What a macro does: a reply stands in the composer, and is sent by whoever reads it once more."""


def by_hand(does: Does) -> bool:
    """Whether a macro can do it."""
    return does in BY_HAND


def first_by_hand(does: Does) -> Action:
    """An act of a macro that was just chosen: who uses it has the case."""
    return Action(does, "writer") if does is Does.ASSIGN else first_action(does)


@dataclass(frozen=True, slots=True)
class OwnState(RecordsState[T]):
    """Records that belong to all, to a team or to one agent."""

    @property
    def may_edit(self) -> bool:
        """Whether the open one is mine to change; a new one always is."""
        edited: Any = self.edited
        return edited is None or bool(edited.may_edit)


def owners(directory: Directory | None) -> tuple[tuple[UUID | None, UUID | None], ...]:
    """For whom I may make one: (team, agent); nobody's is everybody's."""
    if directory is None:
        return ()
    me = directory.me.id
    mine: list[tuple[UUID | None, UUID | None]] = [(None, me)]
    leads = {m.team_id for m in directory.memberships if m.agent_id == me and m.lead}
    if Permission.MANAGE_TEAMS in directory.permissions:
        leads = {team.id for team in directory.teams}
    mine += [(team.id, None) for team in directory.teams if team.id in leads]
    return (*mine, (None, None)) if Permission.MANAGE_AUTOMATIONS in directory.permissions else tuple(mine)


class Replies(Records[Template]):
    """Canned replies and the templates of automations."""

    def __init__(self, automations: AutomationDesk, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        async def read(_directory: Directory, _team: UUID) -> tuple[Template, ...]:
            return await automations.templates()

        async def save(one: Template, _team: UUID) -> None:
            await automations.save_template(one)

        def make(whose: Directory, _team: UUID) -> Template:
            return Template(new_id(), agent_id=whose.me.id)

        kind = Kind(read, save, lambda one: one.id, make, automations.remove_template)
        super().__init__(kind, directory, feed, OwnState())


class Macros(Records[Macro]):
    """Several acts by one key."""

    def __init__(self, automations: AutomationDesk, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        async def read(_directory: Directory, _team: UUID) -> tuple[Macro, ...]:
            self.known, self.templates = await automations.known(), await automations.templates()
            return await automations.macros()

        async def save(one: Macro, _team: UUID) -> None:
            await automations.save_macro(one)

        def make(whose: Directory, _team: UUID) -> Macro:
            return Macro(new_id(), agent_id=whose.me.id)

        self.known, self.templates = Known(), tuple[Template, ...]()
        kind = Kind(read, save, lambda one: one.id, make, automations.remove_macro)
        super().__init__(kind, directory, feed, OwnState())

    def change_actions(self, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]) -> None:
        """Have the open one do this."""
        if self.state.edited is not None:
            self.edit(actions=change(self.state.edited.actions))


def preview(text: str, agent: str, organisation: str) -> tuple[str, bool]:
    """A text as a customer would read it, over an example; whether it can be filled in."""
    example = {
        "case": {"number": 1042, "subject": "Hydraulique", "custom": {}},
        "customer": {
            "name": "Jeanne Roy", "first_name": "Jeanne", "last_name": "Roy", "organisation": "EARL Roy", "custom": {},
        },
        "agent": {"name": agent},
        "team": {"name": organisation},
        "organisation": {"name": organisation},
        "sender": organisation,
        "chat": {"link": "https://…/chat/…"},
    }  # fmt: skip
    try:
        return fill_in(text, example), True
    except TemplateError as error:
        return str(error), False
