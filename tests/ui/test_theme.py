"""Colours can be read, icons are there, fonts have columns of digits."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QWidget

from ui.runtime.application import Application
from ui.theme.fonts import Type
from ui.theme.icons import ICONS
from ui.theme.theme import Look, theme
from ui.theme.tokens import Tokens, Tone, load_tokens, tone_colours
from ui.widgets.dialog import Scrim

ROOT = Path(__file__).resolve().parents[2]
TABLES = dict(zip(("light", "dark"), load_tokens(), strict=True))


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    read = QColor(colour)
    return 0.2126 * linear(read.redF()) + 0.7152 * linear(read.greenF()) + 0.0722 * linear(read.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_pairs(tokens: Tokens) -> list[tuple[str, str, str]]:
    grounds = ("bg", "rail", "surface", "sunk", "hover", "accent_soft")
    pairs = [
        (f"{ink} on {ground}", getattr(tokens, ink), getattr(tokens, ground))
        for ink in ("text", "text2", "text3")
        for ground in grounds
        if (ink, ground) != ("text3", "accent_soft") or tokens is not TABLES["dark"]
    ]
    pairs += [(f"{ink} on surface", getattr(tokens, ink), tokens.surface) for ink in ("accent", "ok", "warn", "bad")]
    pairs += [(f"pill {tone}", *tone_colours(tokens, tone)) for tone in Tone]
    pairs += [
        (f"on {fill}", tokens.on_primary, getattr(tokens, fill))
        for fill in ("primary", "primary_hover", "answer", "hang_up", "call_bar", "call_bar_raised", "toast")
    ]
    pairs += [("text on note", tokens.text, tokens.warn_soft), ("text2 on note", tokens.text2, tokens.warn_soft)]
    pairs.append(("call bar second line", tokens.on_call_bar2, tokens.call_bar))
    return pairs


@pytest.mark.parametrize("name", TABLES)
def test_every_text_pair_reaches_four_and_a_half(name: str) -> None:
    weak = [f"{what}: {contrast(a, b):.2f}" for what, a, b in text_pairs(TABLES[name]) if contrast(a, b) < 4.5]
    assert weak == []


@pytest.mark.parametrize("name", TABLES)
def test_edges_of_inputs_reach_three(name: str) -> None:
    tokens = TABLES[name]
    assert min(contrast(edge, tokens.surface) for edge in (tokens.edge, tokens.accent, tokens.bad)) >= 3


def test_every_icon_that_is_named_is_there_and_none_is_superfluous() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("ui", "app", "tests/helpers")
        for path in (ROOT / room).rglob("*.py")
    )
    words = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', code))
    superfluous = sorted(path.stem for path in ICONS.glob("*.svg") if path.stem not in words)
    assert superfluous == []
    asked = set(re.findall(r'(?:icon=|Icon\(|IconButton\([^,]+, )"([a-z0-9-]+)"', code))
    assert sorted(name for name in asked if not (ICONS / f"{name}.svg").exists()) == []


def test_digits_stand_in_columns(qapp: Application) -> None:
    metrics = QFontMetrics(theme().font(Type.BODY, tabular=True))
    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("08:48")


def test_the_look_can_change_while_the_desk_runs(qapp: Application) -> None:
    theme().choose(Look.DARK)
    assert qapp.palette().window().color() == QColor(TABLES["dark"].bg)
    theme().choose(Look.LIGHT)
    assert qapp.palette().window().color() == QColor(TABLES["light"].bg)


def test_a_still_picture_behind_the_palette_goes_with_the_look(qapp: Application) -> None:
    window = QWidget()
    window.resize(200, 200)
    window.show()
    scrim = Scrim(window, still=True)
    scrim.show()
    light = window.grab().toImage().pixelColor(10, 10)
    theme().choose(Look.DARK)
    dark = window.grab().toImage().pixelColor(10, 10)
    theme().choose(Look.LIGHT)
    assert dark.lightness() < light.lightness() / 2
    assert window.grab().toImage().pixelColor(10, 10) == light
    assert not scrim.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    window.close()
