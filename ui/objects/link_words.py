"""Words for what cases hang together by."""

from app.desk.case_ties import CaseLink, LinkKind
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.widgets.wording import translate

_WORDS = {
    (LinkKind.CONTINUES, True): QT_TRANSLATE_NOOP("Link", "went on here"),
    (LinkKind.CONTINUES, False): QT_TRANSLATE_NOOP("Link", "went on from there"),
    (LinkKind.SPLIT, True): QT_TRANSLATE_NOOP("Link", "was split off"),
    (LinkKind.SPLIT, False): QT_TRANSLATE_NOOP("Link", "was split off from there"),
    (LinkKind.REFERRED, True): QT_TRANSLATE_NOOP("Link", "handed to them"),
    (LinkKind.REFERRED, False): QT_TRANSLATE_NOOP("Link", "came from them"),
    (LinkKind.RELATED, True): QT_TRANSLATE_NOOP("Link", "belongs to it"),
    (LinkKind.RELATED, False): QT_TRANSLATE_NOOP("Link", "belongs to it"),
}


def link_words(link: CaseLink) -> str:
    """Return how the other case hangs together with the one that is shown."""
    return translate("Link", _WORDS[(link.kind, link.later)])
