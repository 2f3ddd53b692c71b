"""Whether this machine woke up or changed its network, so that the phone registers again within seconds."""

from __future__ import annotations

import socket
import time
from typing import Final

_SLEPT_S: Final = 3.0


class NetworkWatch:
    """Compares, each time it is asked, with the last time."""

    def __init__(self) -> None:
        self._asleep_s = _time_asleep_s()
        self._address: str | None = None
        self._host = ""

    def changed(self, host: str) -> bool:
        """Whether the way to `host` (numeric) starts from another address now, or the machine slept."""
        asleep_s, address = _time_asleep_s(), _address_towards(host)
        woke = asleep_s - self._asleep_s > _SLEPT_S
        # No address means no network: the change is told when there is one again.
        moved = host == self._host and self._address is not None and address not in {None, self._address}
        self._asleep_s, self._host = asleep_s, host
        self._address = address or self._address
        return (woke or moved) and bool(host)


def _time_asleep_s() -> float:
    """How long the machine has slept since it started; 0 where the system does not tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) - time.monotonic() if clock is not None else 0.0


def _address_towards(host: str) -> str | None:
    """Our own address on the way to a numeric address; a UDP connect sends nothing and asks no name server."""
    if not host:
        return None
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None  # no way there at the moment
