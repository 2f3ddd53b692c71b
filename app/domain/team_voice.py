"""How a team's calls are served, as its lead or a supervisor sets it; the defaults are what ships."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.floor import Records, Strategy
from app.domain.refusals import Refusal, Refused

WRAP_UP_MOST_S = 900


class WrapUp(StrEnum):
    """The time after a call: none, as long as she likes up to the limit, all of it, or until the result is told."""

    NONE = "none"
    OPTIONAL = "optional"
    TIMED = "timed"
    MANDATORY = "mandatory"


@dataclass(frozen=True, slots=True)
class TeamVoice:
    """One team's settings; seconds throughout."""

    team_id: UUID
    strategy: Strategy = Strategy.RING_ALL
    offer_s: int = 30
    queue_most_s: int = 600
    queue_length: int = 50
    announce_s: int = 60
    offers_callback: bool = True
    wrap_up: WrapUp = WrapUp.OPTIONAL
    wrap_up_s: int = 60
    disposition_required: bool = False
    records: Records = Records.NEVER
    recordings_days: int = 90
    last_advisor_days: int = 7
    takes_messages: bool = True
    """Whether a caller who is too late may leave a message; else she hears the announcement only."""
    call_tree_id: UUID | None = None
    greeting_prompt_id: UUID | None = None
    closed_prompt_id: UUID | None = None
    closed_now: bool = False
    closed_until: datetime | None = None


_LIMITS = {
    "offer_s": (5, 120),
    "queue_most_s": (0, 7200),
    "queue_length": (0, 1500),
    "wrap_up_s": (0, WRAP_UP_MOST_S),
    "recordings_days": (1, 3650),
    "last_advisor_days": (1, 90),
}


def check(settings: TeamVoice) -> None:
    """Refuse what cannot be, naming the setting; the database refuses it as well."""
    for name, (least, most) in _LIMITS.items():
        if not least <= getattr(settings, name) <= most:
            raise Refused(Refusal.OUT_OF_RANGE, name, least=least, most=most)
    if settings.announce_s != 0 and not 15 <= settings.announce_s <= 600:
        raise Refused(Refusal.OUT_OF_RANGE, "announce_s", least=15, most=600)
