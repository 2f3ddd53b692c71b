"""Deliveries: what can become of a message on its way to one recipient."""

from datetime import timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a message to one recipient stands; `unconfirmed` is never sent again by itself."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCONFIRMED = "unconfirmed"
    WITHDRAWN = "withdrawn"


_S = DeliveryState
MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.WAITING: frozenset({_S.SENDING, _S.WITHDRAWN}),
    _S.TEMPORARY: frozenset({_S.SENDING, _S.WAITING, _S.WITHDRAWN, _S.PERMANENT}),
    _S.SENDING: frozenset({_S.DELIVERED, _S.TEMPORARY, _S.PERMANENT, _S.UNCONFIRMED}),
    _S.UNCONFIRMED: frozenset({_S.DELIVERED, _S.PERMANENT, _S.WAITING}),
    # A report that comes back later makes a delivery a failed one.
    _S.DELIVERED: frozenset({_S.PERMANENT}),
    _S.PERMANENT: frozenset({_S.WAITING}),
    _S.WITHDRAWN: frozenset(),
}
"""The one table of moves; the database refuses the same others (may_go)."""

GIVE_UP_AFTER = 12
"""Attempts; with the pauses below about three days, as mail servers do."""
_PAUSES_MIN = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440)


def may_go(from_state: DeliveryState, to_state: DeliveryState) -> bool:
    """Whether a delivery may change so."""
    return to_state in MOVES[from_state]


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th attempt that failed for a time."""
    return timedelta(minutes=_PAUSES_MIN[min(max(attempts, 1), len(_PAUSES_MIN)) - 1])
