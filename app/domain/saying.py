"""What a caller is told: one thing at a time, under a name that comes back when it was said."""

from dataclasses import replace

from app.domain.calls import LiveCall
from app.domain.effects import Effect, Hush, Say
from app.domain.prompts import Prompt


def say(call: LiveCall, name: str, prompts: tuple[Prompt, ...]) -> tuple[LiveCall, list[Effect]]:
    """Begin to say something; what was being said before stops."""
    silent, effects = hush(call)
    number = call.said + 1
    saying = f"{name}-{number}"
    return replace(silent, saying=saying, said=number), [*effects, Say(saying, prompts)]


def hush(call: LiveCall) -> tuple[LiveCall, list[Effect]]:
    """Say no more."""
    return (replace(call, saying=""), [Hush(call.saying)]) if call.saying else (call, [])


def was_said(call: LiveCall, saying: str) -> str:
    """What kind of thing has just been said, or nothing when it was stopped before."""
    return saying.rpartition("-")[0] if saying == call.saying else ""
