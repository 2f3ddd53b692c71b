"""How the lines of a message tree, its flaws and a tried conversation are said."""

from PySide6.QtCore import QCoreApplication

from app.desk.message_tree_editor import CLOSED, OTHERWISE, Goes, MessageTreeState, Said, Target, TreeFlaw, TreeLine
from app.domain.refusals import QT_TRANSLATE_NOOP

GOES = {
    Goes.TEAM: (QT_TRANSLATE_NOOP("MessageTree", "Team or sub-team"), "users"),
    Goes.AGENT: (QT_TRANSLATE_NOOP("MessageTree", "Agent"), "user"),
    Goes.ANSWER: (QT_TRANSLATE_NOOP("MessageTree", "Answer"), "message-circle"),
    Goes.MENU: (QT_TRANSLATE_NOOP("MessageTree", "Menu"), "layers"),
    Goes.STAY: (QT_TRANSLATE_NOOP("MessageTree", "Stays with the team"), "inbox"),
}
_FLAWS = {
    TreeFlaw.NO_START: QT_TRANSLATE_NOOP("MessageTree", "no first menu"),
    TreeFlaw.NO_SUCH_MENU: QT_TRANSLATE_NOOP("MessageTree", "leads to no menu"),
    TreeFlaw.SAYS_NOTHING: QT_TRANSLATE_NOOP("MessageTree", "says nothing"),
    TreeFlaw.SAYS_TOO_MUCH: QT_TRANSLATE_NOOP("MessageTree", "says too much"),
    TreeFlaw.NO_WORDS: QT_TRANSLATE_NOOP("MessageTree", "no digit or keyword"),
    TreeFlaw.WORD_TWICE: QT_TRANSLATE_NOOP("MessageTree", "chosen by two lines"),
    TreeFlaw.NO_TARGET: QT_TRANSLATE_NOOP("MessageTree", "target missing"),
}


def caps_of(line: TreeLine) -> tuple[str, ...]:
    """Return what a line is chosen by, or when it is taken."""
    if line.number == OTHERWISE:
        return (QCoreApplication.translate("MessageTree", "anything else"),)
    if line.number == CLOSED:
        return (QCoreApplication.translate("MessageTree", "closed"),)
    return line.words


def way_words(target: Target, state: MessageTreeState) -> tuple[str, str, str]:
    """Return what a line leads to: its title, a detail, and its icon."""
    words, icon = GOES[target.goes]
    title = QCoreApplication.translate("MessageTree", words)
    said = state.words_of(target.says)
    if target.goes is Goes.MENU:
        menu = state.tree.menus.get(target.menu) if state.tree is not None else None
        asks = state.words_of(menu.says) if menu is not None else ""
        named = QCoreApplication.translate("MessageTree", "Menu “{0}”").replace("{0}", target.menu)
        return named, asks, icon
    if target.goes in {Goes.TEAM, Goes.AGENT}:
        name = state.name_of(target.id)
        team = next((one for one in state.directory.teams if one.id == target.id), None) if state.directory else None
        return name or title, said, team.icon if team is not None else icon
    return title, said, icon


def flaw_words(flaws: tuple[TreeFlaw, ...]) -> str:
    """Return the first thing that is wrong."""
    return QCoreApplication.translate("MessageTree", _FLAWS[flaws[0]]) if flaws else ""


def end_words(said: Said, state: MessageTreeState) -> str:
    """Return where a tried conversation led."""
    target = said.target
    if target is None:
        return ""
    if target.goes in {Goes.TEAM, Goes.AGENT}:
        led = QCoreApplication.translate("MessageTree", "The case goes to {0}.")
        return led.replace("{0}", state.name_of(target.id))
    return QCoreApplication.translate("MessageTree", "The case stays with the team.")
