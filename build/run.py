"""Runs the whole product on this machine: the database, the hub and a real desk for each agent.

It ends with the last desk or by Ctrl+C, and stops what it started, last first, and nothing else.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from processes import ProcessEndedError, Processes, stop_left_over

if TYPE_CHECKING:
    from app.store.private_server import PrivateServer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "out" / "run"
PROFILE = "demo"
DEMO_AGENT = "camille.roy"  # resources/sample/demo.toml

Command = tuple[str, tuple[str, ...]]  # its title and its words

# What makes the demo's world, each run to its end; quick when there is nothing left to do.
PREPARATIONS: tuple[Command, ...] = (("Demo organisation", ("guichetctl", "demo", "--profile", PROFILE)),)
# What stays while the desks are open, in the order in which it starts.
SERVICES: tuple[Command, ...] = (
    ("Post office", ("guichetctl", "demo", "--profile", PROFILE, "--post")),
    ("Hub", ("guichetctl", "hub", "--profile", PROFILE)),
)


def desk(agent: str) -> Command:
    """Give the command of one agent's desk."""
    return f"Desk of {agent}", ("guichet", "--profile", PROFILE, "--agent", agent)


def tour(folder: Path) -> Command:
    """Give the command of the tour, which makes a world of its own."""
    return "Tour", ("guichet", "--tour", str(folder.absolute()))


def main(words: list[str]) -> int:
    """Do what was asked; 0 when everything went well."""
    options = read(words)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    if options.stop:
        return stop()
    if options.tour:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return run_tour(options.tour)
    return run(tuple(dict.fromkeys(options.agents)), demo_server(), Processes(FOLDER))


def read(words: list[str]) -> argparse.Namespace:
    """Read the command line; argparse ends the program when it makes no sense."""
    parser = argparse.ArgumentParser(prog="build/run", description="Sets Guichet up on this machine and opens it.")
    parser.add_argument("--as", dest="agents", nargs="+", default=[DEMO_AGENT], metavar="AGENT", help="a desk for each")
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help="play the demo story without a screen, pictures to DIR"
    )
    parser.add_argument("--stop", action="store_true", help="stop what runs, or what a killed run has left")
    return parser.parse_args(words)


def why_not(words: list[str]) -> str:
    """Tell why what is asked for cannot be shown here, or nothing when it can; build/setup.py asks first."""
    options = read(words)
    if options.stop or options.tour:
        return ""
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if has_screen or not sys.platform.startswith("linux"):
        return ""
    return (
        "There is no screen here: run this in a desktop session, "
        "or take `build/run --tour DIR`, which plays the demo story without one and saves pictures of it."
    )


def demo_server() -> PrivateServer:
    """Give the private server of the demo."""
    from app.settings.paths import profile_paths
    from app.store.private_server import PrivateServer

    paths = profile_paths(PROFILE)
    return PrivateServer(paths.data, paths.run, paths.cache)


def run(agents: tuple[str, ...], server: PrivateServer, processes: Processes) -> int:
    """Start everything in order, wait for the desks, stop everything in reverse."""
    from app.settings.errors import MendableError

    _heed(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # a shell that starts us in the background ignores Ctrl+C
    good = True
    was_running = server.is_running()
    try:
        address = server.start()
        print(
            f"{'Database':<18} on {address.host}:{address.port}{', was running' if was_running else ''}",
            flush=True,
        )
        for command in PREPARATIONS:
            processes.run_through(*command)
        for command in SERVICES:
            processes.start(*command)
        for agent in agents:
            processes.start(*desk(agent), awaited=True)
        print("Everything runs; Ctrl+C stops it.", flush=True)
        good = processes.wait()
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    except (MendableError, ProcessEndedError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        _ignore_interrupts()
        processes.stop()
        if not was_running:
            server.stop()
    return 0 if good else 1


def run_tour(folder: Path) -> int:
    """Play the tour to its end."""
    _heed(signal.SIGTERM, signal.SIGHUP)
    processes = Processes(FOLDER)
    try:
        processes.run_through(*tour(folder))
    except KeyboardInterrupt:
        return 130
    except ProcessEndedError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        _ignore_interrupts()
        processes.stop()
    return 0


def stop() -> int:
    """Stop what runs of the demo, whoever started it."""
    number = stop_left_over(FOLDER)
    demo_server().stop()
    print(f"{number} processes and the database are stopped." if number else "The database is stopped.")
    return 0


def _heed(*numbers: signal.Signals) -> None:
    """Take a closed terminal and a polite kill for a Ctrl+C."""
    for number in numbers:
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _ignore_interrupts() -> None:
    # A second Ctrl+C must not leave half of it running.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
