"""The tour: plays the demo story over a world of its own, without a screen, and saves a picture of every screen."""

import argparse
import asyncio
import contextlib
import io
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from app.bootstrap.automations import answer_replay
from app.bootstrap.desk import StoreSignIn
from app.bootstrap.door import LocalDoor
from app.bootstrap.profile import database_url, demo_password
from app.cli import demo
from app.domain.agents import AgentState
from app.services.desk import SignedIn
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.store.private_server import PrivateServer
from ui.runtime.application import LANGUAGES, Application
from ui.theme.theme import Look
from ui.tour_automations import AUTOMATIONS
from ui.tour_calls import CALLS
from ui.tour_cases import CASES
from ui.tour_chat import CHATS
from ui.tour_imports import IMPORTS
from ui.tour_levels import LEVELS
from ui.tour_mail import MAIL
from ui.tour_mail_hub import MAIL as MAIL_HUB
from ui.tour_messages import MESSAGES
from ui.tour_objects import OBJECTS
from ui.tour_pages import PAGES
from ui.tour_scenes import SCENES, Scene, Stage
from ui.tour_supervision import SUPERVISION
from ui.tour_tasks import TASKS
from ui.tour_web import WEB

STORY: tuple[Scene, ...] = (
    *SCENES,
    *TASKS,
    *OBJECTS,
    *CALLS,
    *SUPERVISION,
    *IMPORTS,
    *MAIL,
    *MAIL_HUB,
    *LEVELS,
    *AUTOMATIONS,
    *WEB,
    *MESSAGES,
    *PAGES,
    *CHATS,
    *CASES,
)
"""Every scene, in the order of the pictures."""
LEAD, ADMINISTRATOR = "camille.roy", "alix.durand"  # resources/sample/demo.toml
# What would lead the tour to somebody's own server or screen.
FOREIGN = ("GUICHET_ADMIN_URL", "GUICHET_DATABASE_URL", "QT_SCALE_FACTOR")


class Combination(NamedTuple):
    """One way to see every screen."""

    language: str
    look: Look
    size: tuple[int, int]


EVERY = tuple(Combination(*one) for one in product(LANGUAGES, (Look.LIGHT, Look.DARK), ((1640, 980), (1280, 720))))


class TourError(MendableError):
    """A screen could not be shown or kept; the text says which and why."""


def play(folder: Path, combinations: tuple[Combination, ...] = EVERY) -> int:
    """Save a picture of every screen in every combination; 0 when all of them are there."""
    end = _End()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # a polite kill must stop the servers too
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as ending:
            ending.enter_context(_home())
            application = Application(sys.argv[:1])
            logging.getLogger("guichet.qt").addFilter(_is_worth_saying)
            for language in dict.fromkeys(one.language for one in combinations):
                ending.callback(_world(language).stop)
                _fill(language)
                asked = tuple(one for one in combinations if one.language == language)
                end.at_once = False
                asyncio.run(_Tour(application, folder, asked, end).play(language))
                end.at_once = True
    except KeyboardInterrupt:
        return 130
    except (MendableError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def _home() -> Iterator[None]:
    """Work in a temporary home, through which the service user may pass, and give the environment back."""
    before = dict(os.environ)
    home = Path(tempfile.mkdtemp(prefix="guichet-tour-"))
    home.chmod(0o755)
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ |= {"GUICHET_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= before
        _remove(home)


def _remove(home: Path) -> None:
    for _ in range(50):  # what was interrupted may still be writing while it ends
        with contextlib.suppress(OSError):
            shutil.rmtree(home)
            return
        time.sleep(0.1)


def _profile(language: str) -> str:
    return f"tour-{language}"


def _world(language: str) -> PrivateServer:
    # A server for each language: the agents' sign-ins belong to a server, and both stories have the same people.
    paths = profile_paths(_profile(language))
    return PrivateServer(paths.data, paths.run, paths.cache)


def _fill(language: str) -> None:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    arguments = parser.parse_args(["--language", language], argparse.Namespace(profile=_profile(language)))
    with contextlib.redirect_stdout(io.StringIO()):
        demo.run(arguments)


class _End:
    """Hears that the tour shall end: at once, or after the scene where an exception would be lost inside Qt."""

    def __init__(self) -> None:
        self.at_once = True
        self._asked = False

    def __call__(self, _number: int, _frame: object) -> None:
        first, self._asked = not self._asked, True
        if first and self.at_once:
            raise KeyboardInterrupt

    def check(self) -> None:
        """End the tour when that was asked for."""
        if self._asked:
            raise KeyboardInterrupt


class _Tour:
    """All scenes of one language."""

    def __init__(
        self, application: Application, folder: Path, combinations: tuple[Combination, ...], end: _End
    ) -> None:
        self._end = end
        self._application = application
        self._folder = folder
        self._combinations = combinations
        self._failures: list[str] = []

    async def play(self, language: str) -> None:
        """Sign in, show every scene, sign out."""
        asyncio.get_running_loop().set_exception_handler(self._fail)
        self._application.speak(language)
        async with contextlib.AsyncExitStack() as ending:
            agents = []
            for agent in (LEAD, ADMINISTRATOR):
                signed_in = await _sign_in(_profile(language), agent)
                ending.push_async_callback(signed_in.sign_out)
                await signed_in.administration.set_my_state(AgentState.AVAILABLE, "")
                agents.append(signed_in)
            for number, scene in enumerate(STORY, 1):
                for combination in self._combinations:
                    await self._show(number, scene, combination, *agents)
                print(f"{number:02} {scene.__name__} ({language})", flush=True)

    async def _show(
        self, number: int, scene: Scene, combination: Combination, lead: SignedIn, administrator: SignedIn
    ) -> None:
        self._end.check()
        language, look, size = combination
        self._application.theme.choose(look)
        file = self._folder / f"{number:03}_{scene.__name__}_{look.value}_{language}_{size[0]}.png"
        profile = _profile(language)
        stage = Stage(
            language,
            size,
            lead,
            administrator,
            lambda name: LocalDoor(name, LEAD),
            lambda: answer_replay(profile),
            profile,
        )
        shown = None
        try:
            shown = await scene(stage)
            if not shown.grab().save(str(file)):
                raise TourError(f"{file} cannot be written.")
        finally:
            await stage.close(shown)
        if self._failures:
            raise TourError(f"{file.stem}: {self._failures[0]}")

    def _fail(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._failures.append(f"{context['message']}: {context.get('exception')!r}")


async def _sign_in(profile: str, agent: str) -> SignedIn:
    password = demo_password(profile, agent)
    assert password is not None, "the demo gives everybody a password"
    return await StoreSignIn(database_url, with_phone=False).sign_in(profile, agent, password)


def _is_worth_saying(record: logging.LogRecord) -> bool:
    return "propagateSizeHints" not in record.getMessage()  # of the offscreen platform, at every window
