"""The tour's chats: the widget in a browser, one that asks, one that goes on, one of a colleague's, Manage's page."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.bootstrap.tour_chat import TourVisitor
from app.desk.shell import Screen
from app.domain.ids import new_id
from ui.desk import Desk
from ui.theme.theme import theme
from ui.tour_scenes import Scene, Stage

PROFILE = "tour-{0}"
_ANSWER = {
    "en": "Hello Paul, yes: one is free from Tuesday to Friday. For how many days, and where do you need it?",
    "fr": "Bonjour Paul, oui : une est libre de mardi à vendredi. Pour combien de jours, et à quel endroit ?",
}
_NO_BROWSER = {
    "en": "No browser (Chromium) is installed here: build/run shows the widget, and so does the hub’s own page.",
    "fr": "Aucun navigateur (Chromium) n’est installé ici : build/run montre le widget, la page du serveur aussi.",
}
_NOTE = {
    "en": "Wants the 1.8 t excavator from Tuesday on, three days, Nolay. Collects it himself.",
    "fr": "Veut la mini-pelle 1,8 t dès mardi, trois jours, Nolay. Vient la chercher.",
}


async def chat_widget(stage: Stage) -> QWidget:
    """A real browser's picture of the hub's page; where there is none, the page says so."""
    width, height = stage.size
    # Another agent's, so that it does not stand among the lead's cases in the pictures that follow.
    visitor, chats = _visitor(stage), stage.administrator.chats
    assert chats is not None
    chat = await visitor.begin(stage.administrator.directory.me.id)
    stage.end_with(visitor.leave)
    await chats.store.accept(chat)
    await chats.say(chat, new_id(), _ANSWER[stage.language])
    await visitor.answer()
    drawn = await visitor.picture(stage.size, dark=theme().dark)
    shown = QLabel()
    shown.resize(width, height)
    picture = QPixmap()
    if drawn is not None and picture.loadFromData(drawn):
        shown.setPixmap(picture)
    else:
        shown.setText(_NO_BROWSER[stage.language])
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setWordWrap(True)
    shown.show()
    return shown


async def chat_offer(stage: Stage) -> QWidget:
    desk, _ = await _offered(stage)
    return desk.window


async def chat_at_desk(stage: Stage) -> QWidget:
    desk, visitor = await _talking(stage)
    desk.chats.composer.text.insertPlainText(_NOTE[stage.language][:24])
    await visitor.type()
    await stage.settle()

    async def solve() -> None:
        await visitor.leave()
        desk.case.refresh()
        await stage.settle()
        desk.case.solve()
        await stage.settle()

    stage.end_with(solve)
    return desk.window


async def chat_handed_over(stage: Stage) -> QWidget:
    desk, _ = await _talking(stage)
    chatting, directory = desk.chats.chatting, stage.lead.directory
    assert chatting is not None
    desk.case.type_note(_NOTE[stage.language])
    rental = next(team for team in directory.teams if team.communication_team_id is not None)
    chatting.hand_over("team", rental.id)
    await stage.settle()
    return desk.window


async def chat_settings(stage: Stage) -> QWidget:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page("chat")
    await stage.settle()
    return desk.window


def _visitor(stage: Stage) -> TourVisitor:
    return TourVisitor(PROFILE.replace("{0}", stage.language), stage.language)


async def _offered(stage: Stage) -> tuple[Desk, TourVisitor]:
    desk, visitor = await stage.desk(), _visitor(stage)
    await visitor.begin(stage.lead.directory.me.id)
    stage.end_with(visitor.leave)
    assert desk.chats.desk is not None
    desk.chats.desk.begin()
    await stage.settle()
    return desk, visitor


async def _talking(stage: Stage) -> tuple[Desk, TourVisitor]:
    desk, visitor = await _offered(stage)
    desk.commands.run("chat.accept")
    await stage.settle()
    chatting = desk.chats.chatting
    assert chatting is not None
    chatting.type(_ANSWER[stage.language])
    chatting.say()
    await stage.settle()
    await visitor.answer()
    QCoreApplication.processEvents()
    desk.case.refresh()
    await stage.settle()
    return desk, visitor


CHATS: tuple[Scene, ...] = (chat_widget, chat_offer, chat_at_desk, chat_handed_over, chat_settings)
