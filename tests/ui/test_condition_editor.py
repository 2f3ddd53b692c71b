"""The editor of conditions: what is chosen and typed is the condition, and what is gone stays in sight."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.case_fields import case_fields
from app.domain.condition_checks import check
from app.domain.conditions import Compare, Condition, FieldOf, Group, How, Joined, Kind
from tests.helpers.gallery import lay_out
from ui.runtime.application import Application
from ui.widgets.button import Button, IconButton
from ui.widgets.choices import Choices
from ui.widgets.combo import Combo
from ui.widgets.condition_editor import ConditionEditor
from ui.widgets.condition_words import condition_lines
from ui.widgets.inputs import LineEdit

W = TypeVar("W", bound=QWidget)
KNOWN = case_fields({"case.team": FieldOf(Kind.CHOICE, {"t1": "Workshop", "t2": "Parts"})}, ())


class _Held:
    """An editor over a condition, as a presenter would hold it."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self.editor = ConditionEditor("Which cases")
        self.editor.changed.connect(self._take)
        self.editor.resize(640, 400)
        self.editor.show()
        self._take(condition)

    def _take(self, condition: Condition) -> None:
        self.condition = condition
        self.editor.show_condition(condition, KNOWN, check(condition, KNOWN))
        lay_out()

    @property
    def parts(self) -> tuple[Any, ...]:
        assert isinstance(self.condition, Group)
        return self.condition.parts

    def shown(self, kind: type[W], name: str = "") -> list[W]:
        found: list[W] = [one for one in self.editor.findChildren(kind) if one.isVisible()]
        return [one for one in found if not name or one.accessibleName() == name]


async def test_conditions_are_added_compared_typed_and_removed(qapp: Application) -> None:
    held = _Held(Group())
    QTest.mouseClick(held.shown(Button, "Condition")[0], Qt.MouseButton.LeftButton)
    assert len(held.parts) == 1
    held.shown(Combo, "What is compared")[0].picked.emit("case.subject")
    line: LineEdit = held.shown(LineEdit, "Values, between commas")[0]
    QTest.keyClicks(line, "leak, hose")
    assert held.condition == Group(Joined.ALL, (Compare("case.subject", How.CONTAINS, ("leak", "hose")),))
    assert line.text() == "leak, hose"
    QTest.mouseClick(held.shown(IconButton, "Remove the condition")[0], Qt.MouseButton.LeftButton)
    assert held.condition == Group()


async def test_several_choices_by_keys_and_a_group_in_a_group(qapp: Application) -> None:
    held = _Held(Group(Joined.ALL, (Compare("case.team", How.IS, ()),)))
    many: Choices = held.shown(Choices)[0]
    many.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(many, key)
    assert held.parts[0] == Compare("case.team", How.IS, ("t1", "t2"))
    QTest.mouseClick(held.shown(Button, "Group")[0], Qt.MouseButton.LeftButton)
    inner = held.parts[1]
    assert isinstance(inner, Group)
    assert inner.joined is Joined.ANY
    assert len(held.shown(Button, "Group")) == 1  # no deeper from the inner one
    held.shown(Combo, "How it is compared")[0].picked.emit(How.EMPTY)
    assert held.parts[0] == Compare("case.team", How.EMPTY, ())


async def test_a_span_is_typed_as_number_and_unit(qapp: Application) -> None:
    held = _Held(Group(Joined.ALL, (Compare("case.activity_at", How.OLDER_THAN, ("28d",)),)))
    count: LineEdit = held.shown(LineEdit, "How long")[0]
    count.selectAll()
    QTest.keyClicks(count, "4")
    held.shown(Combo, "Unit")[0].setFocus()
    QTest.keyClick(held.shown(Combo, "Unit")[0], Qt.Key.Key_Up)
    assert held.parts[0].values == ("4h",)
    assert condition_lines(held.condition, KNOWN) == ("Last activity older than 4 hours",)


async def test_a_team_that_is_gone_is_named_and_can_be_taken_away(qapp: Application) -> None:
    held = _Held(Group(Joined.ALL, (Compare("case.team", How.IS, ("gone",)),)))
    assert "not there any more" in held.editor._wrong.text()
    assert held.shown(Choices)[0].words == "(removed)"
