"""What a fault of ours looks like to the agent: one sentence, and a report she can copy; the desk goes on."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

_LOG = logging.getLogger("guichet.crash")


@dataclass(frozen=True, slots=True)
class CrashReport:
    """One unexpected failure; `text` holds no names, numbers or messages of customers, only code and versions."""

    title: str
    text: str


def report_of(error: BaseException | None, doing: str = "") -> CrashReport:
    """Write the report of an exception and log it."""
    kind = type(error).__name__ if error is not None else "Fault"
    trace = "".join(traceback.format_tb(error.__traceback__)) if error is not None else ""
    head = f"Guichet, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    text = f"{head}\n{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{doing}\n{kind}\n{trace}"
    _LOG.error("%s: %s", doing or "unexpected failure", kind, exc_info=error)
    return CrashReport(kind, text)


def install(crashed: Callable[[CrashReport], None]) -> None:
    """Give exceptions that leave a slot or a virtual method to `crashed`; Ctrl+C keeps its meaning."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            crashed(report_of(error.with_traceback(trace), "in the window"))

    sys.excepthook = hook
