"""The export feed: what changed, line by line, each under a place in the log that never comes twice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

RETRY = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""The pauses after failures; the last one again and again, for as long as the target is away."""
MOST_LINES = 500


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the change log: epoch of the cluster, transaction, line; compared in this order."""

    epoch: int = 0
    xid: int = 0
    seq: int = 0

    def __str__(self) -> str:
        # Of one width, so that places as texts (and files named by them) are in order too.
        return f"{self.epoch:06}-{self.xid:020}-{self.seq:020}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the feed; `plain` is what is given out."""

    place: Place
    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that travel together, after the place that the target has already."""

    after: Place
    lines: Sequence[Line]

    @property
    def until(self) -> Place:
        """The place that the target has when it took the batch."""
        return self.lines[-1].place

    def body(self) -> bytes:
        """JSON lines (RFC 8259, one object a line)."""
        return b"".join(
            json.dumps({"cursor": str(line.place), **line.plain}, ensure_ascii=False, separators=(",", ":")).encode()
            + b"\n"
            for line in self.lines
        )


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return RETRY[min(max(failures, 1), len(RETRY)) - 1]
