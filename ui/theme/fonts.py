"""Inter at the sizes the desk uses; digits stand in columns wherever time or counts are shown."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
_CUTS = ("Regular", "Medium", "SemiBold", "Bold")


@dataclass(frozen=True, slots=True)
class Cut:
    """One size in pixels and one weight."""

    px: int
    weight: QFont.Weight


class Type(Enum):
    """The typographic scale: a screen uses these and no other sizes."""

    DISPLAY = Cut(24, QFont.Weight.DemiBold)
    TITLE = Cut(19, QFont.Weight.DemiBold)
    HEADING = Cut(15, QFont.Weight.DemiBold)
    BODY = Cut(13, QFont.Weight.Normal)
    MEDIUM = Cut(13, QFont.Weight.Medium)
    STRONG = Cut(13, QFont.Weight.DemiBold)
    SMALL = Cut(12, QFont.Weight.Normal)
    LABEL = Cut(12, QFont.Weight.DemiBold)
    CAPTION = Cut(11, QFont.Weight.DemiBold)


def load_fonts(folder: Path) -> None:
    """Register the bundled cuts, so that a machine without fonts looks the same."""
    for cut in _CUTS:
        if QFontDatabase.addApplicationFont(str(folder / f"Inter-{cut}.otf")) < 0:
            raise FileNotFoundError(f"The font Inter-{cut}.otf cannot be read in {folder}.")


def make_font(type_: Type, scale: float = 1.0, *, tabular: bool = False) -> QFont:
    """Return the font of a step of the scale; `scale` follows the system's text size."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(type_.value.px * scale)))
    font.setWeight(type_.value.weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
