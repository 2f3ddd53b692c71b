"""Who signs in by herself sees her list before the rest of the desk is imported, and loses nothing of it afterwards."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk.sign_in import ListFirst, Remembered
from app.domain.refusals import Refusal, Refused
from app.domain.views import View, ViewKind
from app.services.cases import Cases
from app.services.desk import Entered, SignedIn
from tests.helpers.sample import SampleDoor, SampleStore, signed_in
from ui.desk import Desk
from ui.objects.case_list import CaseListView
from ui.objects.new_case import NewCaseDialog
from ui.runtime.application import Application
from ui.runtime.window_state import WindowState
from ui.session import DeskSession
from ui.shell.main_window import MainWindow
from ui.shell.sign_in import SignInView

KNOWN = Remembered("camille.roy", "le bon mot de passe")


class TwoSteps(SampleDoor):
    """A server that gives the list at once and the rest when the test says so."""

    def __init__(self) -> None:
        super().__init__(KNOWN)
        self.rest = asyncio.Event()
        self.refusal: Refused | None = None
        self.tried = 0

    async def enter(self, profile: str, name: str, password: str, *, keep: bool, first: ListFirst) -> SignedIn:
        self.tried += 1
        store = SampleStore()
        await first(Entered(store.kept, Cases(store), store))
        await self.rest.wait()
        if self.refusal is not None:
            raise self.refusal
        return signed_in(store)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            await asyncio.sleep(0.01)


@pytest.fixture
async def session(qapp: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DeskSession]:
    monkeypatch.setenv("GUICHET_HOME", str(tmp_path))
    kept = WindowState(tmp_path)
    kept.enters_alone = True
    session = DeskSession(qapp, kept, "vallon", "camille.roy", 0)
    session._door = TwoSteps()  # type: ignore[assignment]
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    living = asyncio.ensure_future(session.live())
    await until(lambda: session._begun is not None and shown(session))
    yield session
    door(session).rest.set()
    session._end(0)
    await living
    for number, handler in before.items():
        signal.signal(number, handler)


def door(session: DeskSession) -> TwoSteps:
    assert isinstance(session._door, TwoSteps)
    return session._door


def furnished(session: DeskSession) -> Desk | None:
    return session._desk


def shown(session: DeskSession) -> CaseListView | None:
    """The one list of the window, when rows stand in it."""
    assert session._window is not None
    views = [view for view in session._window.findChildren(CaseListView) if view.list.isVisible()]
    assert len(views) < 2
    return views[0] if views and views[0].list.model().rowCount() else None


async def test_the_list_stands_before_the_desk_and_stays(session: DeskSession) -> None:
    view = shown(session)
    assert furnished(session) is None
    assert view is not None
    view.list.setCurrentIndex(view.list.model().index(1, 0))
    chosen = view.list.currentIndex().data(Qt.ItemDataRole.UserRole).id
    door(session).rest.set()
    await until(lambda: (desk := furnished(session)) is not None and desk.case.state.file is not None)
    desk = furnished(session)
    assert desk is not None
    assert desk.case.state.file is not None
    assert desk.case.state.file.case.id == chosen
    assert shown(session) is view
    assert session._begun is None


async def test_another_view_can_be_chosen_meanwhile(session: DeskSession) -> None:
    window = session._window
    assert isinstance(window, MainWindow)
    window.shell.choose(View(ViewKind.ALL))
    assert session._begun is not None
    assert session._begun.presenter.state.view == View(ViewKind.ALL)
    door(session).rest.set()
    await until(lambda: session._desk is not None)
    assert session._desk is not None
    assert session._desk.list.state.view == View(ViewKind.ALL)


async def test_a_new_case_that_was_asked_for_meanwhile_is_begun_when_the_desk_is_there(session: DeskSession) -> None:
    window = session._window
    assert isinstance(window, MainWindow)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not window.dialog_open()
    door(session).rest.set()
    await until(window.dialog_open)
    assert window.findChildren(NewCaseDialog)


@pytest.mark.parametrize("reason", [Refusal.SERVER_AWAY, Refusal.WRONG_PASSWORD])
async def test_who_is_refused_after_the_list_is_told_at_the_door(session: DeskSession, reason: Refusal) -> None:
    door(session).refusal = Refused(reason, server="vallon")
    door(session).rest.set()
    await until(lambda: isinstance(session._window, SignInView))
    assert session._begun is None
    assert session._sign_in is not None
    assert session._sign_in.state.away or session._sign_in.state.error
    await asyncio.sleep(0.2)
    assert door(session).tried == 1  # trying again is hers


async def test_another_language_meanwhile_makes_the_list_anew(session: DeskSession) -> None:
    session._choose_language("fr")
    assert session._begun is None
    door(session).rest.set()
    await until(lambda: session._desk is not None and shown(session))
    view = shown(session)
    assert view is not None
    assert view._title.text() == "Mes dossiers ouverts"
