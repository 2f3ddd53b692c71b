"""The ledger: every message that ever came has one fate."""

from enum import StrEnum


class Fate(StrEnum):
    """What became of a message that came in."""

    CASE = "case"
    FOLLOW_UP = "follow_up"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OWN_LOOP = "own_loop"
    UNPARSEABLE = "unparseable"
