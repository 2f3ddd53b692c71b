"""Broadcasts: one message to many customers, from its draft to its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.domain.conditions import Condition, FieldOf, Group, Joined

PER_MINUTE = 600
EVERYBODY = Group(Joined.ALL, ())


class BroadcastBy(StrEnum):
    """How a broadcast goes; the words are the channels' own."""

    SMS = "sms"
    EMAIL = "email"


class BroadcastState(StrEnum):
    """Where a broadcast stands; what was sent or stopped is not sent again."""

    DRAFT = "draft"
    ASKED = "asked"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast; `may_send` says whether I lead its team."""

    id: UUID
    team_id: UUID
    name: str = ""
    condition: Condition = EVERYBODY
    text_fr: str = ""
    text_en: str = ""
    per_minute: int = PER_MINUTE
    state: BroadcastState = BroadcastState.DRAFT
    drafted_by: str = ""
    may_send: bool = False
    version: int = 0
    channel: BroadcastBy = BroadcastBy.SMS
    subject_fr: str = ""
    subject_en: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in {BroadcastState.DRAFT, BroadcastState.ASKED}


def audience_fields(known: Mapping[str, FieldOf]) -> dict[str, FieldOf]:
    """The fields that an audience is chosen by: those of customers."""
    return {name: of for name, of in known.items() if name.startswith("customer.")}
