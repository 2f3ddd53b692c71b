"""guichet: the desk. The window is painted before the store's libraries are imported."""

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

STARTED = time.monotonic()


def main(words: list[str] | None = None) -> int:
    """Open the desk of one agent, or play the tour; gives the exit code."""
    parser = argparse.ArgumentParser(prog="guichet", description="The desk: calls, cases and reminders.")
    parser.add_argument("--profile", default=os.environ.get("GUICHET_PROFILE", "default"), help="which server")
    parser.add_argument("--agent", default="", help="who signs in; her password comes from the keyring")
    parser.add_argument("--language", choices=("en", "fr"), default="")
    parser.add_argument("--look", choices=("system", "light", "dark"), default="")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="play the demo story and save its pictures in DIR")
    parser.add_argument("open", nargs="?", default="", help="a tel: or sip: link to dial")
    options = parser.parse_args(words)
    if options.tour is not None:
        from ui.tour import play

        return play(options.tour)
    return _open_desk(options)


def _open_desk(options: argparse.Namespace) -> int:
    from ui.runtime.quick_imports import importing, make_imports_quick

    make_imports_quick()
    from app.settings.errors import MendableError
    from app.settings.paths import profile_paths

    try:
        paths = profile_paths(options.profile)
        with importing(paths.cache, "window"):
            from ui.runtime.application import Application
            from ui.runtime.crash_report import install
            from ui.runtime.event_loop import run
            from ui.runtime.single_instance import SingleInstance
            from ui.runtime.window_state import WindowState
            from ui.session import DeskSession
            from ui.theme.theme import Look

        kept = WindowState(paths.data / "desk" / (options.agent or "anybody"))
    except MendableError as error:
        print(error, file=sys.stderr)
        return 1
    application = Application(
        sys.argv[:1], look=Look(options.look) if options.look else kept.look, language=options.language or kept.language
    )
    alone = SingleInstance(str(paths.data), options.agent)
    if alone.wake_other(options.open):
        return 0
    session = DeskSession(application, kept, options.profile, options.agent, STARTED, options.open)
    alone.hold(session.woken)
    install(session.crashed)
    try:
        return run(application, session.live, session.crashed)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
