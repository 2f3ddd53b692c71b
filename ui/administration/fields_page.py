"""Manage › Fields: the organisation's own fields of customers, cases, follow-ups and tasks."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.desk.field_form import Fields, FieldsState
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Segmented
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

KINDS = {
    FieldKind.TEXT: QT_TRANSLATE_NOOP("FieldsPage", "Text"),
    FieldKind.URL: QT_TRANSLATE_NOOP("FieldsPage", "Web address"),
    FieldKind.NUMBER: QT_TRANSLATE_NOOP("FieldsPage", "Number"),
    FieldKind.DATE: QT_TRANSLATE_NOOP("FieldsPage", "Date"),
    FieldKind.PICK_LIST: QT_TRANSLATE_NOOP("FieldsPage", "Pick list"),
    FieldKind.YES_NO: QT_TRANSLATE_NOOP("FieldsPage", "Yes or no"),
}


def kind_name(kind: FieldKind) -> str:
    """What a field holds, in words."""
    return QCoreApplication.translate("FieldsPage", KINDS[kind])


class FieldsPage(Surface):
    """A line for each field, in the order in which forms show them."""

    create_asked = Signal()
    edited = Signal(object)

    def __init__(self, presenter: Fields) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._create = Button(self.tr("New field"), icon="plus", role=Role.PRIMARY)
        self._create.clicked.connect(self.create_asked)
        self._owners = Segmented(
            (
                (FieldOwner.CUSTOMER, self.tr("Customers"), ""),
                (FieldOwner.CASE, self.tr("Cases"), ""),
                (FieldOwner.FOLLOW_UP, self.tr("Follow-ups"), ""),
                (FieldOwner.TASK, self.tr("Tasks"), ""),
            ),
            self.tr("Fields of"),
        )
        self._owners.picked.connect(presenter.choose)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._card = Card()
        head = row(Text(self.tr("Fields"), Type.TITLE), STRETCH, self._owners, self._create, gap=12)
        head.setContentsMargins(24, 14, 24, 12)
        layout = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        layout.addWidget(Scroll(self._card, STRETCH), 1)
        self.setLayout(layout)
        self._shown: tuple[object, ...] = ()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: FieldsState) -> None:
        """Show the fields of the chosen record."""
        self._create.setVisible(state.may_edit)
        self._owners.show_choice(state.owner)
        self._error.show_text(say(state.error) if state.error else "")
        shown = (state.listed(), state.may_edit)
        if shown == self._shown and self._card.body.count():
            return
        self._shown = shown
        clear(self._card.body)
        listed = state.listed()
        for one in listed:
            line = self._line(one, editable=state.may_edit, first=one is listed[0], last=one is listed[-1])
            self._card.body.addWidget(line)
        if not listed:
            nothing = self.tr("No field of your own yet. A field added here is asked in every form.")
            self._card.body.addWidget(Text(nothing, Type.BODY, "text2", wrap=True))

    def _line(self, one: CustomField, *, editable: bool, first: bool, last: bool) -> QWidget:
        detail = ", ".join(one.choices) if one.choices else one.default
        words = " · ".join(part for part in (kind_name(one.kind), detail) if part)
        names = column(Elided(one.label, Type.STRONG), Elided(words, Type.SMALL, "text2"), gap=1)
        parts: list[QWidget] = [Pill(self.tr("required"), Tone.WARN)] if one.required else []
        if editable:
            up, down = IconButton(self.tr("Move up"), "chevron-up"), IconButton(self.tr("Move down"), "chevron-down")
            edit, away = IconButton(self.tr("Edit"), "pencil"), IconButton(self.tr("Remove"), "x")
            up.clicked.connect(lambda: self._presenter.move(one.id, -1))
            down.clicked.connect(lambda: self._presenter.move(one.id, 1))
            up.setEnabled(not first)
            down.setEnabled(not last)
            edit.clicked.connect(lambda: self.edited.emit(one))
            away.clicked.connect(lambda: self._presenter.remove(one.id))
            parts += [up, down, edit, away]
        line = QWidget()
        layout = row(names, *parts, gap=8, margins=(0, 4, 0, 4))
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line
