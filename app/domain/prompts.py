"""Prompts: what a caller is told: a shipped sentence, words of the organisation, or a sound of its own."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence: a shipped one (`key` with its `values`), words to be spoken, or an own prompt by its id."""

    key: str = ""
    values: tuple[tuple[str, str], ...] = ()
    words: str = ""
    own: UUID | None = None


RECORDED: Final = Prompt("recorded")
CLOSED: Final = Prompt("closed")
TEAM_CLOSED: Final = Prompt("team_closed")
VOICEMAIL: Final = Prompt("voicemail")
OFFER_CALLBACK: Final = Prompt("offer_callback")
CALLBACK_TAKEN: Final = Prompt("callback_taken")
CASE_NUMBER: Final = Prompt("case_number")
CASE_FOUND: Final = Prompt("case_found")
CASE_UNKNOWN: Final = Prompt("case_unknown")
INVALID: Final = Prompt("invalid")
GOODBYE: Final = Prompt("goodbye")


def place_and_wait(place: int, wait_s: int | None) -> tuple[Prompt, ...]:
    """A waiting caller's place (1 is next) and how long it will take, as far as that can be said."""
    told = [Prompt("next") if place <= 1 else Prompt("position", (("place", str(place)),))]
    if wait_s is not None and wait_s > 0:
        minutes = -(-wait_s // 60)
        told.append(Prompt("wait_one") if minutes <= 1 else Prompt("wait", (("minutes", str(minutes)),)))
    return tuple(told)
