"""Wrong words wear a wave in the mail and in the note, and the menu says what may have been meant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.desk.spelling import Spelling
from app.domain.rich_text import BlockKind, from_text
from tests.helpers import sample
from tests.helpers.gallery import open_desk, settle
from tests.helpers.gallery_mail import CASE
from ui.composer.rich_edit import RichEdit
from ui.composer.spell_check import SpellCheck
from ui.runtime.application import Application


class WordList:
    """A dictionary of a few words."""

    def __init__(self, *languages: str) -> None:
        self.there, self.learnt, self.asked = frozenset(languages), list[str](), list[tuple[str, str]]()

    async def languages(self) -> frozenset[str]:
        return self.there

    async def check(self, language: str, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        self.asked += [(language, word) for word in words]
        return {word: ("huile", "houle") for word in words if word in {"huille", "recieve"}}

    async def learn(self, word: str) -> None:
        self.learnt.append(word)

    async def close(self) -> None: ...


def marked(field: QTextEdit | QPlainTextEdit) -> list[str]:
    return [one.cursor.selectedText() for one in field.extraSelections()]


async def test_wrong_words_wear_a_wave_and_are_mended_by_the_menu(qapp: Application) -> None:
    desk = await open_desk((1280, 800))
    desk.open_case(CASE)
    await settle(desk)
    words = WordList("fr", "en")
    spelling = Spelling(words, desk.case, lambda: desk.mail._services.directory)
    await spelling.work.settle()
    for field in (RichEdit(), QPlainTextEdit()):
        check = SpellCheck(field, spelling)
        if isinstance(field, RichEdit):
            field.show_blocks((*from_text("une huille ici"), *from_text("huille", BlockKind.QUOTE)), {})
        else:
            field.setPlainText("une huille ici")
        check.look()
        await spelling.work.settle()
        assert marked(field) == ["huille"]
        cursor = QTextCursor(field.document())
        cursor.setPosition(6)
        menu = check.menu_at(cursor)
        assert [action.text() for action in menu.actions()[:3]] == ["huile", "houle", "Add to my words"]
        menu.actions()[0].trigger()
        assert field.toPlainText().startswith("une huile ici")
        check.look()
        assert marked(field) == []
        field.deleteLater()
    await spelling.close()
    await desk.close()


async def test_my_words_are_learnt_and_what_is_typed_is_judged_when_it_is_finished(qapp: Application) -> None:
    desk = await open_desk((1280, 800))
    words = WordList("fr", "en")
    spelling = Spelling(words, desk.case, lambda: desk.mail._services.directory)
    await spelling.work.settle()
    field = RichEdit()
    check = SpellCheck(field, spelling)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "huille")
    check.look()
    await spelling.work.settle()
    if field.hasFocus():
        assert marked(field) == []
    QTest.keyClicks(field, " ")
    check.look()
    assert marked(field) == ["huille"]
    assert len(field.blocks()[0].runs) == 1
    spelling.learn("huille")
    await spelling.work.settle()
    assert (marked(field), words.learnt) == ([], ["huille"])
    field.deleteLater()
    await spelling.close()
    await desk.close()


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_language_is_the_customers_or_the_agents(qapp: Application, language: str) -> None:
    desk = await open_desk((1280, 800))
    directory = desk.mail._services.directory
    mine = replace(directory, me=replace(directory.me, language=language))
    nothing = Spelling(WordList(), desk.case, lambda: mine)
    spelling = Spelling(WordList("fr", "en"), desk.case, lambda: mine)
    await spelling.work.settle()
    assert spelling.state.language == "en"  # as the customer of the open case writes
    spelling._follow(replace(desk.case.state, file=None))
    await spelling.work.settle()
    await nothing.work.settle()
    assert (spelling.state.language, nothing.state.language) == (language, "")
    file = await sample.SampleStore().case_file(CASE)
    body = "Bonjour, le tracteur que vous avez vendu ne démarre pas. Merci."
    mails = tuple(replace(one, body=body) for one in file.timeline)
    spelling._follow(replace(desk.case.state, file=replace(file, timeline=mails)))
    await spelling.work.settle()
    assert spelling.state.language == "fr"
    for one in (spelling, nothing):
        await one.close()
    await desk.close()
