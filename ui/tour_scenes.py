"""The screens of the tour: each scene brings the desk to one place over the real store, as an agent would."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.commands import CommandRegistry
from app.desk.shell import Screen
from app.desk.sign_in import Door, SignIn
from app.domain.tasks import TaskRow
from app.domain.teams import Team
from app.domain.views import View, ViewKind
from app.services.desk import SignedIn
from app.services.organisation import Directory
from app.services.tasks import Tasks
from ui.administration.team_page import TeamPage
from ui.composer.note import NoteComposer
from ui.desk import Desk
from ui.shell.sign_in import SignInView
from ui.theme.theme import theme
from ui.widgets.choice import RadioCard, Tabs
from ui.widgets.combo import Combo
from ui.widgets.inputs import LineEdit

PATIENCE_S = 5.0
SUB_TEAM = "Atelier Beaune"  # resources/sample/demo.toml
CUSTOMER = "Fontaine"
NOTE = {
    "en": "The leak is worse: 2 litres since Friday. Victor comes on Tuesday at 9:00 with the seal kit.",
    "fr": "La fuite s’aggrave : 2 litres depuis vendredi. Victor passe mardi à 9 h avec le kit de joints.",
}
_SUBJECT = {"en": "Linkage does not hold its height", "fr": "Le relevage ne tient pas sa hauteur"}
_NEW_TEAM = {"en": "Workshop Nolay", "fr": "Atelier Nolay"}


@dataclass
class Stage:
    """What a scene plays with: two agents who are signed in, their door, and what answers as the hub would."""

    language: str
    size: tuple[int, int]
    lead: SignedIn
    administrator: SignedIn
    door: Callable[[str], Door]
    answer: Callable[[], Awaitable[None]]
    profile: str = ""
    _closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    _calm: set[asyncio.Task[object]] = field(default_factory=asyncio.all_tasks)

    async def desk(self, signed_in: SignedIn | None = None) -> Desk:
        """Open the desk of the lead, or of somebody else."""
        services = signed_in or self.lead
        desk = Desk(replace(services, tasks=_quiet(services.tasks), journal=_Blank()), CommandRegistry())
        self._closing.append(desk.close)
        desk.window.resize(*self.size)
        desk.window.show()
        desk.begin()
        await self.settle()
        return desk

    async def leaking(self) -> Desk:
        """The desk of the lead with the case open that her note is about."""
        desk = await self.desk()
        desk.list.open(next(row.id for row in desk.list.state.rows if row.customer_name.endswith(CUSTOMER)))
        await self.settle()
        return desk

    async def sign_in(self, profile: str) -> tuple[SignIn, SignInView]:
        """Stand before the door of a profile."""
        presenter = SignIn(self.door(profile), lambda _: None)
        self._closing.append(presenter.close)
        view = SignInView(presenter, theme().choose, lambda _: None, self.language)
        view.resize(*self.size)
        view.show()
        presenter.begin()
        await self.settle()
        view.begin()
        return presenter, view

    def end_with(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do something when the scene is over, before its desk goes."""
        self._closing.insert(0, act)

    async def settle(self) -> None:
        """Wait until nothing is read any more and every layout has come to rest."""
        for _ in range(3):
            while pending := asyncio.all_tasks() - self._calm - {asyncio.current_task()}:
                await asyncio.wait(pending, timeout=PATIENCE_S)
                self._calm |= {task for task in pending if not task.done()}  # the feed's own, which never end
            for _ in range(6):
                QApplication.processEvents()

    async def close(self, shown: QWidget | None) -> None:
        """End the scene and delete what it showed."""
        for close in self._closing:
            await close()
        if shown is not None:
            shown.close()
            shown.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class _Blank:
    """A journal that keeps nothing: what one scene types must not stand in the next."""

    def keep(self, key: str, value: object) -> None:
        del key, value

    def kept(self, prefix: str = "") -> dict[str, object]:
        del prefix
        return {}

    async def keep_files(self, key: str, files: Sequence[tuple[str, bytes]]) -> None:
        del key, files

    async def files(self, key: str) -> tuple[tuple[str, bytes], ...]:
        del key
        return ()

    async def close(self) -> None:
        return None


def _quiet(tasks: Tasks) -> Tasks:
    """Their hour comes while the tour plays: only the scenes about reminders show any."""

    async def none_rings(until_at: datetime) -> tuple[TaskRow, ...]:
        del until_at
        return ()

    quiet = copy(tasks)
    quiet.reminders_until = none_rings
    return quiet


Scene = Callable[[Stage], Awaitable[QWidget]]


async def sign_in(stage: Stage) -> QWidget:
    _, view = await stage.sign_in(f"tour-{stage.language}")
    return view


async def wrong_password(stage: Stage) -> QWidget:
    presenter, view = await stage.sign_in(f"tour-{stage.language}")
    presenter.enter("camille.roy", "not this one")
    await stage.settle()
    return view


async def server_away(stage: Stage) -> QWidget:
    presenter, view = await stage.sign_in("vallon")
    presenter.enter("camille.roy", "any password")
    await stage.settle()
    return view


async def my_open_cases(stage: Stage) -> QWidget:
    return (await stage.desk()).window


async def unassigned(stage: Stage) -> QWidget:
    return await _view(stage, View(ViewKind.UNASSIGNED))


async def solved(stage: Stage) -> QWidget:
    return await _view(stage, View(ViewKind.SOLVED))


async def team_view(stage: Stage) -> QWidget:
    return await _view(stage, View(ViewKind.TEAM, stage.lead.directory.me.default_team_id))


async def note(stage: Stage) -> QWidget:
    desk = await stage.leaking()
    desk.commands.run("case.note")
    desk.window.findChildren(NoteComposer)[0].text.insertPlainText(NOTE[stage.language])
    await stage.settle()
    return desk.window


async def palette(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("palette")
    desk.palette.type("re")
    await stage.settle()
    return desk.window


async def new_case(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("case.new")
    await stage.settle()
    return desk.window


async def new_case_sub_team(stage: Stage) -> QWidget:
    desk = await stage.desk()
    hit = (await stage.lead.customers.find(CUSTOMER, 1))[0]
    dialog = desk.beginnings.new_case(hit)
    assert dialog is not None
    _type(dialog.findChildren(LineEdit)[1], _SUBJECT[stage.language])
    dialog.findChildren(Combo)[0].picked.emit(_sub_team(stage.lead.directory).id)
    await stage.settle()
    return desk.window


async def new_case_missing(stage: Stage) -> QWidget:
    desk = await stage.desk()
    dialog = desk.beginnings.new_case()
    assert dialog is not None
    assert dialog.primary is not None
    dialog.primary.click()
    await stage.settle()
    return desk.window


async def teams(stage: Stage) -> QWidget:
    return (await _manage(stage)).window


async def sub_team_page(stage: Stage) -> QWidget:
    desk = await _manage(stage)
    desk.managing.teams.open(_sub_team(stage.administrator.directory).id)
    desk.managing.teams.edit(display_name=f"{stage.administrator.directory.organisation.name} – {SUB_TEAM}")
    await stage.settle()
    return desk.window


async def team_members(stage: Stage) -> QWidget:
    desk = await _manage(stage)
    tabs = desk.window.findChildren(TeamPage)[0].findChildren(Tabs)[0]
    tabs.show_choice("members")
    tabs.picked.emit("members")
    await stage.settle()
    return desk.window


async def create_team(stage: Stage) -> QWidget:
    desk = await _manage(stage)
    desk.commands.run("team.new")
    await stage.settle()
    return desk.window


async def create_sub_team(stage: Stage) -> QWidget:
    desk = await _manage(stage)
    dialog = desk.managing.create_team()
    assert dialog is not None
    _type(dialog.findChildren(LineEdit)[0], _NEW_TEAM[stage.language])
    dialog.findChildren(RadioCard)[1].click()
    through = dialog.findChildren(Combo)[1]
    await stage.settle()
    through.picked.emit(_sub_team(stage.administrator.directory).communication_team_id)
    await stage.settle()
    return desk.window


async def help_page(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("help")
    await stage.settle()
    return desk.window


SCENES: tuple[Scene, ...] = (
    sign_in, wrong_password, server_away, my_open_cases, unassigned, team_view, solved, note, palette, new_case,
    new_case_sub_team, new_case_missing, teams, sub_team_page, team_members, create_team, create_sub_team, help_page,
)  # fmt: skip


async def _view(stage: Stage, view: View) -> QWidget:
    desk = await stage.desk()
    desk.shell.choose(view)
    await stage.settle()
    if desk.list.state.rows:
        desk.list.open(desk.list.state.rows[0].id)
        await stage.settle()
    return desk.window


async def _manage(stage: Stage) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    return desk


def _sub_team(directory: Directory) -> Team:
    return next(team for team in directory.teams if team.name == SUB_TEAM)


def _type(line: LineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)
