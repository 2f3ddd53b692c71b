"""The colour table of `resources/theme/tokens.toml`, typed."""

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour the desk paints with, as Qt reads it (`#RRGGBB` or `#AARRGGBB`)."""

    bg: str
    rail: str
    surface: str
    sunk: str
    hover: str
    border: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_soft: str
    primary: str
    primary_hover: str
    on_primary: str
    call_bar: str
    call_bar_raised: str
    on_call_bar: str
    on_call_bar2: str
    answer: str
    hang_up: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    violet: str
    violet_soft: str
    cyan: str
    cyan_soft: str
    pink: str
    pink_soft: str
    toast: str
    on_toast: str
    scrim: str
    shadow: str


class Tone(StrEnum):
    """The meanings a colour may carry; a tone is always said in words or by an icon too."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    VIOLET = "violet"
    CYAN = "cyan"
    PINK = "pink"


def load_tokens(resources: Path = RESOURCES) -> tuple[Tokens, Tokens]:
    """Return the light and the dark table; a missing or unknown name is a fault of the file."""
    table = tomllib.loads((resources / "theme" / "tokens.toml").read_text(encoding="utf-8"))
    known = {field.name for field in fields(Tokens)}
    for name in ("light", "dark"):
        if set(table[name]) != known:
            raise ValueError(f"tokens.toml [{name}] differs from Tokens: {sorted(set(table[name]) ^ known)}")
    return Tokens(**table["light"]), Tokens(**table["dark"])


def tone_colours(tokens: Tokens, tone: Tone) -> tuple[str, str]:
    """Return the foreground and the soft background of a tone."""
    if tone is Tone.NEUTRAL:
        return tokens.text2, tokens.sunk
    return getattr(tokens, tone.value), getattr(tokens, f"{tone.value}_soft")
