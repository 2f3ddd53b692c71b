"""The composer in the window: by key, by paste and by drop; what comes from outside is made harmless."""

import asyncio
import base64
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.composing import Ending
from app.domain.follow_ups import Channel
from app.domain.rich_text import Block, BlockKind, Run, from_text, images_in
from app.services.compose import Arrived
from tests.helpers import sample
from tests.helpers.gallery import open_desk, settle
from tests.helpers.gallery_mail import CASE, TEXT, answering, store_of
from tests.helpers.mails import bomb_gif, bomb_png, raw_mail
from tests.helpers.sample_mail import AMELIE, CONTACT, TWO_BITS
from ui.administration.profile_dialog import ProfileDialog
from ui.composer.rich_edit import RichEdit
from ui.desk import Desk
from ui.runtime.application import Application
from ui.widgets.button import Button
from ui.widgets.mail_page import MailPage
from ui.widgets.notice import Toast

SIZE = (1640, 980)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PNG = base64.b64decode(TWO_BITS)


async def desk_on_the_case() -> Desk:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    desk.open_case(CASE)
    await settle(desk)
    return desk


@pytest.mark.row("S2-10")
async def test_a_mail_is_answered_and_solved_by_key_alone(qapp: Application) -> None:
    desk = await desk_on_the_case()
    QTest.keyClick(desk.window, Qt.Key.Key_R, CONTROL)
    text = desk.mail.mail.text
    assert QApplication.focusWidget() is text
    QTest.keyClicks(text, "Hello ")
    QTest.keyClick(text, Qt.Key.Key_B, CONTROL)
    QTest.keyClicks(text, "Amy")
    QTest.keyClick(text, Qt.Key.Key_Return, CONTROL | SHIFT)
    await settle(desk)
    ((mail, _),) = store_of(desk).mail.sent
    assert mail.ending is Ending.SOLVE
    assert mail.blocks == (Block((Run("Hello "), Run("Amy", bold=True))),)
    assert desk.mail.undo.isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
    await settle(desk)
    assert store_of(desk).mail.undone == [mail.id]
    assert not desk.mail.undo.isVisible()
    assert text.blocks() == mail.blocks
    await desk.close()


@pytest.mark.parametrize(
    ("key", "modifiers", "ending"),
    [
        (Qt.Key.Key_Return, CONTROL, Ending.SEND),
        (Qt.Key.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier, Ending.SEND),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Ending.WAIT),
    ],
)
async def test_each_way_to_send_has_its_key(
    qapp: Application, key: Qt.Key, modifiers: Qt.KeyboardModifier, ending: Ending
) -> None:
    desk = await desk_on_the_case()
    desk.commands.run("case.reply")
    QTest.keyClicks(desk.mail.mail.text, "Hello")
    QTest.keyClick(desk.mail.mail.text, key, modifiers)
    await settle(desk)
    assert [mail.ending for mail, _ in store_of(desk).mail.sent] == [ending]
    await desk.close()


async def test_the_key_of_sending_is_shown_and_changed_and_other_fields_keep_theirs(qapp: Application) -> None:
    desk = await desk_on_the_case()
    titles = {command.id: desk.commands.key(command.id) for command in desk.commands.bound()}
    assert (titles["mail.send"], titles["mail.send_solve"]) == ("Ctrl+Return", "Ctrl+Shift+Return")
    note = desk.mail._note.text
    note.setFocus()
    QTest.keyClicks(note, "called")
    QTest.keyClick(note, Qt.Key.Key_Return, CONTROL)
    await settle(desk)
    assert note.toPlainText() == ""
    assert desk.commands.change_key("mail.send", "Ctrl+Y") == ""
    desk.commands.run("case.reply")
    text = desk.mail.mail.text
    QTest.keyClicks(text, "Hello")
    QTest.keyClick(text, Qt.Key.Key_Y, CONTROL)
    await settle(desk)
    assert [mail.ending for mail, _ in store_of(desk).mail.sent] == [Ending.SEND]
    await desk.close()


async def test_note_and_mail_are_two_channels_of_one_composer(qapp: Application) -> None:
    desk = await desk_on_the_case()
    menu = desk.mail.mail.channel.menu_of()
    assert [action.isEnabled() for action in menu.actions()] == [True, True, True]
    menu.actions()[1].trigger()
    assert desk.mail.composer.state.channel is Channel.EMAIL
    assert (desk.mail.mail.isVisible(), desk.mail._note.isVisible()) == (True, False)
    desk.commands.run("case.note")
    assert (desk.mail.mail.isVisible(), desk.mail._note.isVisible()) == (False, True)
    assert QApplication.focusWidget() is desk.mail._note.text
    await desk.close()


@pytest.mark.row("S2-03", "S2-06")
async def test_a_barred_channel_is_greyed_with_its_reason(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    row = next(row for row in store.list if row.id == CASE)
    person = store.people[row.customer_id]
    store.people[row.customer_id] = type(person)(person.id, last_name="Roe", emails=person.emails)
    desk.case.refresh()
    await settle(desk)
    by_words = {action.text(): action.isEnabled() for action in desk.mail.mail.channel.menu_of().actions()}
    assert by_words == {"Note": True, "E-mail": True, "Call – no telephone number is saved": False}
    store.people[row.customer_id] = type(person)(person.id, last_name="Roe")
    desk.case.refresh()
    await settle(desk)
    by_words = {action.text(): action.isEnabled() for action in desk.mail.mail.channel.menu_of().actions()}
    assert by_words["E-mail – no e-mail address is saved"] is False
    assert not desk.commands.available("case.reply")
    await desk.close()


@pytest.mark.row("S2-07", "S2-08")
async def test_recipients_are_completed_pasted_and_taken_out(qapp: Application) -> None:
    desk = await desk_on_the_case()
    await answering(desk)
    mail = desk.mail.mail
    assert (mail.cc.isVisible(), mail.bcc.isVisible()) == (True, False)
    mail._openers[1].click()
    assert mail.bcc.isVisible()
    mail.bcc.typing.setText("a@a.example; Bob <b@b.example>")
    QTest.keyClick(mail.bcc.typing, Qt.Key.Key_Return)
    assert [one.address for one in desk.mail.composer.state.draft.recipients.bcc] == ["a@a.example", "b@b.example"]
    QTest.keyClick(mail.bcc.typing, Qt.Key.Key_Backspace)
    assert [one.address for one in desk.mail.composer.state.draft.recipients.bcc] == ["a@a.example"]
    mail.bcc.typing.setText("nobody")
    QTest.keyClick(mail.bcc.typing, Qt.Key.Key_Return)
    assert mail.bcc.typing.text() == "nobody"
    assert mail.notices.wrong.isVisible()
    await desk.close()


@pytest.mark.row("S2-11")
async def test_pictures_are_pasted_into_the_text_and_files_dropped_beside_it(qapp: Application, tmp_path: Path) -> None:
    desk = await desk_on_the_case()
    desk.commands.run("case.reply")
    text = desk.mail.mail.text
    picture = QMimeData()
    picture.setImageData(QImage.fromData(PNG))
    assert text.canInsertFromMimeData(picture)
    text.insertFromMimeData(picture)
    (content_id,) = images_in(text.blocks())
    assert [one.content_id for one in desk.mail.composer.state.files] == [content_id]
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    text.insertFromMimeData(dropped)
    async with asyncio.timeout(10):
        while len(desk.mail.composer.state.files) < 2:
            await asyncio.sleep(0.01)
    desk.mail.mail.send(Ending.SEND)
    await settle(desk)
    ((mail, composed),) = store_of(desk).mail.sent
    assert [(one.name, bool(one.content_id)) for one in mail.files] == [("plan.pdf", False), ("image.png", True)]
    assert content_id.encode() in composed.raw
    await desk.close()


def test_what_is_pasted_brings_looks_along_and_nothing_else(qapp: Application) -> None:
    edit = RichEdit()
    source = QMimeData()
    source.setHtml(
        '<p style="color:red">Hello <b>you</b></p><ul><li>one</li></ul><img src="file:///etc/passwd">'
        '<a href="javascript:x()">go</a><script>alert(1)</script>'
    )
    edit.insertFromMimeData(source)
    assert edit.blocks() == (
        Block((Run("Hello "), Run("you", bold=True))),
        Block((Run("one"),), BlockKind.BULLET),
        Block((Run("go"),)),
    )
    edit.deleteLater()


@pytest.mark.row("S2-12")
def test_the_document_is_read_as_it_was_shown_and_links_are_made(qapp: Application) -> None:
    edit = RichEdit()
    blocks = (
        *TEXT,
        Block((Run("deep"),), BlockKind.NUMBER, 1),
        Block((Run("here", link="https://x.example"),)),
        Block(),
        Block((Run("said"),), BlockKind.QUOTE),
    )
    edit.show_blocks(blocks, {})
    assert edit.blocks() == blocks
    edit.show_blocks(from_text("word"), {})
    edit.selectAll()
    edit.link("x.example/a")
    assert edit.blocks()[0].runs[0] == Run("word", link="https://x.example/a")
    edit.selectAll()
    edit.shape(BlockKind.BULLET)
    assert edit.blocks()[0].kind is BlockKind.BULLET
    edit.shape(BlockKind.BULLET)
    assert edit.blocks()[0].kind is BlockKind.PLAIN
    edit.deleteLater()


def test_a_page_shows_what_the_mail_holds_and_fetches_nothing(qapp: Application) -> None:
    page = MailPage()
    html = (
        '<p>Hello</p><img src="cid:leak"><img src="remote:https://x.example/a.png"><img src="file:///etc/hostname">'
        '<link rel="stylesheet" href="file:///etc/hostname">'
    )
    page.show_page(html, "", {"leak": PNG})
    kind = QTextDocument.ResourceType
    assert isinstance(page.loadResource(kind.ImageResource.value, QUrl("cid:leak")), QImage)
    assert not page.loadResource(kind.ImageResource.value, QUrl("cid:leak")).isNull()  # type: ignore[attr-defined]
    for address in ("remote:https://x.example/a.png", "file:///etc/hostname", "https://x.example/a.png"):
        assert page.loadResource(kind.ImageResource.value, QUrl(address)).isNull()  # type: ignore[attr-defined]
    assert page.loadResource(kind.StyleSheetResource.value, QUrl("file:///etc/hostname")) == b""
    page.show_page(html, "", {}, {"https://x.example/a.png": PNG})
    shown = page.loadResource(kind.ImageResource.value, QUrl("remote:https://x.example/a.png"))
    assert not shown.isNull()  # type: ignore[attr-defined]
    page.show_page(None, "<b>plain</b> & simple", {})
    assert page.toPlainText() == "<b>plain</b> & simple"
    page.deleteLater()


async def test_a_mail_to_ten_thousand_is_answered_to_its_writer_and_says_so(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    many = ", ".join(f"Number {n} <number{n}@some-company.example>" for n in range(9_999))
    desk.open_case(CASE)
    await settle(desk)
    store_of(desk).mail.raws[sample.key("f1")] = raw_mail(From=AMELIE, To=f"{CONTACT.address}, {many}")
    desk.mail.letters.show(mails={})
    await desk.mail.letters._read()
    desk.commands.run("case.reply")
    composer = desk.mail.composer
    assert [one.address for one in composer.state.draft.recipients.everybody] == [AMELIE]
    assert "10000 people" in desk.mail.mail.notices.before.text.text()
    desk.mail.mail.to.typing.setText(many)
    QTest.keyClick(desk.mail.mail.to.typing, Qt.Key.Key_Return)
    assert "200 people at most" in desk.mail.mail.notices.wrong.text.text()
    assert len(composer.state.draft.recipients.everybody) == 1
    await desk.close()


def test_a_picture_that_would_fill_the_memory_is_not_unpacked(qapp: Application) -> None:
    bombs = {"png": bomb_png(30_000, 30_000), "gif": bomb_gif(65_000), "svg": b"<svg width='9' height='9'/>"}
    assert all(len(one) < 200_000 for one in bombs.values())
    code = (
        "import resource, sys\nfrom PySide6.QtGui import QGuiApplication\nfrom ui.widgets.pictures import picture\n"
        "app = QGuiApplication([])\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for name in sys.argv[1:]:\n    assert picture(open(name, 'rb').read()).isNull(), name\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in bombs]
        for file, data in zip(files, bombs.values(), strict=True):
            file.write_bytes(data)
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-c", code, *map(str, files)]
        took = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    assert int(took) < 40, took
    page, told = MailPage(), list[int]()
    page.left_out.connect(told.append)
    page.show_page('<img src="cid:png"><img src="cid:gif"><img src="cid:ok">', "", {**bombs, "ok": PNG})
    page.resize(400, 300)
    page.show()
    deadline = time.monotonic() + 5
    while told[-1:] != [2] and time.monotonic() < deadline:
        QTest.qWait(10)
    assert told[-1:] == [2]
    edit = RichEdit()
    assert not edit.insert_picture("bomb.png", bombs["png"])
    assert edit.insert_picture("ok.png", PNG)
    for widget in (page, edit):
        widget.deleteLater()


@pytest.mark.row("S2-14", "S2-16")
async def test_the_signature_is_set_in_a_profile_that_says_when_it_is_used(qapp: Application) -> None:
    desk = await desk_on_the_case()
    desk.commands.run("profile")
    await settle(desk)
    (dialog,) = desk.window.findChildren(ProfileDialog)
    dialog.signature.setPlainText("Camille Roy\nContact centre")
    assert dialog.primary is not None
    dialog.primary.click()
    await dialog.presenter.work.settle()
    me = next(one for one in store_of(desk).kept.agents if one.name == "Camille Roy")
    assert me.signature == "Camille Roy\nContact centre"
    await desk.close()


@pytest.mark.row("S3-30")
async def test_an_answer_on_my_case_is_said_wherever_i_am(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    news = Arrived(sample.key("news"), CASE, 48213, "Hydraulic leak", "Amélie Fontaine")
    store.mail.news = (news,)
    store.hint("follow_up", news.follow_up_id, CASE)
    await desk.mail.arrivals.work.settle()
    said = [toast.accessibleName() for toast in desk.window.findChildren(Toast)]
    assert "Amélie Fontaine has answered on your case 48213: Hydraulic leak" in said
    await desk.close()


async def test_a_mail_of_another_subject_offers_to_become_a_case(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    store.mail.reason = "changed_subject"
    desk.mail.letters.show(mails={})
    desk.open_case(CASE)
    await settle(desk)
    await desk.mail.letters._read()
    (split,) = [one for one in desk.window.findChildren(Button) if one.label == "Make it a case of its own"]
    split.click()
    await settle(desk)
    ((mail, made),) = store.mail.split
    assert mail == sample.key("f1")
    (toast,) = [one for one in desk.window.findChildren(Toast) if "case of its own" in one.accessibleName()]
    toast.undone.emit()
    await settle(desk)
    assert store.mail.split == []
    assert made != CASE
    await desk.close()


async def test_a_mail_is_forwarded_by_key_with_its_picture(qapp: Application) -> None:
    desk = await desk_on_the_case()
    desk.commands.run("case.forward")
    await settle(desk)
    composer, state = desk.mail.mail, desk.mail.composer.state
    assert composer.isVisible()
    assert composer.to.typing.hasFocus()
    assert not state.draft.recipients.everybody
    words = composer.text.toPlainText()
    assert words.lstrip().startswith("---------- Forwarded message ----------\nFrom: Amélie Fontaine <")
    assert "there is oil" in words
    (shown,) = images_in(composer.text.blocks())
    assert [(one.content_id, one.data) for one in state.files] == [(shown, PNG)]
    await desk.close()
