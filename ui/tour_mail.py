"""The tour's mail: a timeline with mails and their deliveries, the whole of one, the composer, undo, the profile."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.domain.mail import MailAddress
from app.domain.rich_text import Block, BlockKind, Run
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

CASE = {"en": "seed drill", "fr": "semoir"}  # resources/sample/demo.toml
_ANSWER = {
    "en": (
        Block((Run("Hello Bruno,"),)),
        Block((Run("the carrier comes on "), Run("Tuesday at 8:30", bold=True), Run(". Please keep ready:"))),
        Block((Run("the loader, with its forks"),), BlockKind.BULLET),
        Block((Run("the signed order"),), BlockKind.BULLET),
        Block((Run("The delivery note is attached."),)),
    ),
    "fr": (
        Block((Run("Bonjour Bruno,"),)),
        Block((Run("le transporteur passe "), Run("mardi à 8 h 30", bold=True), Run(". Merci de préparer :"))),
        Block((Run("le chargeur, avec ses fourches"),), BlockKind.BULLET),
        Block((Run("le bon de commande signé"),), BlockKind.BULLET),
        Block((Run("Le bon de livraison est joint."),)),
    ),
}


async def mail_timeline(stage: Stage) -> QWidget:
    return (await _on_case(stage)).window


async def whole_mail(stage: Stage) -> QWidget:
    desk = await _on_case(stage)
    desk.mail.show_whole(max(desk.mail.letters.state.mails.values(), key=lambda one: one.follow_up_id).follow_up_id)
    await stage.settle()
    return desk.window


async def composer(stage: Stage) -> QWidget:
    return (await _composing(stage)).window


async def answered_mail(stage: Stage) -> QWidget:
    desk = await _composing(stage)
    presenter = desk.mail.composer
    presenter.attach("bon-de-livraison-5542.pdf", b"%PDF-1.7 " + b"0" * 84_000)
    desk.mail.mail.bar.quote.click()
    await stage.settle()
    return desk.window


async def my_profile(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("profile")
    await stage.settle()
    return desk.window


MAIL: tuple[Scene, ...] = (mail_timeline, whole_mail, composer, answered_mail, my_profile)


async def _on_case(stage: Stage) -> Desk:
    desk = await stage.desk()
    desk.open_case((await stage.lead.cases.find(CASE[stage.language], 1))[0].id)
    await stage.settle()
    return desk


async def _composing(stage: Stage) -> Desk:
    desk = await _on_case(stage)
    desk.commands.run("case.reply")
    await stage.settle()
    text, presenter = desk.mail.mail.text, desk.mail.composer
    text.show_blocks(_ANSWER[stage.language], {})
    presenter.type(text.blocks())
    presenter.add("to", "atelier@cuma-nolay.example")
    presenter.remove(MailAddress("", "tresorier@cuma-nolay.example"))
    text.moveCursor(QTextCursor.MoveOperation.End)
    await stage.settle()
    return desk
