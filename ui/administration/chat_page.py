"""Manage › Chat: which teams chat on web pages, what a page includes, and how chats are offered."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.desk.chat_pages import ChatPages, RecordsState, WidgetOnPage
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import row
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say

_NUMBERS = ("offer_s", "most", "silence_min")


class ChatManagePage(RecordPage[WidgetOnPage]):
    """The teams with a number, each with its chat."""

    def __init__(self, pages: ChatPages) -> None:
        columns = (Column(self.tr("Team"), 2), Column("", 1.2))
        nothing = (self.tr("There is no team with a number."), self.tr("A sub-team is reached by hand-over or tree."))
        super().__init__(pages.widgets, self.tr("Chat"), columns, self._cells, nothing)
        edit = pages.widgets.edit
        self._on = Check(self.tr("Chats on web pages"))
        self._on.clicked.connect(lambda on: edit(active=on))
        self._snippet = LineEdit()
        self._snippet.setReadOnly(True)
        self._copy = Button(self.tr("Copy"), icon="copy", height=32)
        self._copy.clicked.connect(self._copy_snippet)
        self._try = Button(self.tr("Try it"), icon="eye", height=32)
        self._try.clicked.connect(self._open_page)
        self._page = ""
        away = self.tr("Say under Portal where the hub’s pages are reached: then a page can include it.")
        self._none = Text(away, Type.SMALL, "text2", wrap=True)
        line = row(self._snippet, self._copy, self._try, gap=8)
        line.setStretch(0, 1)
        self._sites = TextArea(lines=2)
        self._sites.textChanged.connect(lambda: edit(sites=tuple(self._sites.toPlainText().splitlines())))
        include = Card(self.tr("On a page"), gap=12)
        include.body.addWidget(self._on)
        self._stands = Text(self.tr("This line stands in the page, before </body>:"), Type.SMALL, "text2")
        include.body.addWidget(self._stands)
        include.body.addLayout(line)
        include.body.addWidget(self._none)
        hint = self.tr("One a line: https://www.example.com. Elsewhere the chat does not open.")
        self._fields = {"sites": Field(self.tr("Sites that may show it"), self._sites, hint=hint)}
        include.body.addWidget(self._fields["sites"])
        self._fr, self._en = TextArea(lines=2), TextArea(lines=2)
        self._fr.textChanged.connect(lambda: edit(welcome_fr=self._fr.toPlainText()))
        self._en.textChanged.connect(lambda: edit(welcome_en=self._en.toPlainText()))
        self._email = Check(self.tr("Ask for an e-mail address"))
        self._email.clicked.connect(lambda on: edit(asks_email=on))
        words = Card(self.tr("What visitors read first"), gap=12)
        words.body.addWidget(Field(self.tr("In French"), self._fr))
        words.body.addWidget(Field(self.tr("In English"), self._en))
        words.body.addWidget(self._email)
        self._lines = {name: LineEdit(longest=5) for name in _NUMBERS}
        for name, typed in self._lines.items():
            typed.textEdited.connect(lambda text, name=name: self._type(name, text))
        seconds = self.tr("Seconds; then the next agent is asked, as the team’s strategy has it.")
        self._fields |= {
            "offer_s": Field(self.tr("How long one agent is asked"), self._lines["offer_s"], hint=seconds),
            "most": Field(self.tr("Chats at once, for one agent"), self._lines["most"]),
            "silence_s": Field(
                self.tr("Minutes of silence that end it"), self._lines["silence_min"],
                hint=self.tr("The visitor gets a notice before."),
            ),
        }  # fmt: skip
        offers = Card(self.tr("At the desk"), gap=12)
        for name in ("offer_s", "most", "silence_s"):
            offers.body.addWidget(self._fields[name])
        self.form.addWidget(include)
        self.form.addWidget(words)
        self.form.addWidget(offers)
        self.follow()

    def title_of(self, item: WidgetOnPage, state: RecordsState[WidgetOnPage]) -> str:
        """Name the team."""
        return item.team

    def show_item(self, item: WidgetOnPage, state: RecordsState[WidgetOnPage]) -> None:
        """Show the team's chat."""
        self._on.setChecked(item.active)
        self._email.setChecked(item.asks_email)
        self._page = item.page
        self._snippet.show_text(item.snippet)
        self._snippet.setCursorPosition(0)
        there = bool(item.snippet)
        for widget in (self._stands, self._snippet, self._copy, self._try):
            widget.setVisible(there)
        self._none.setVisible(not item.address)
        for area, text in (
            (self._sites, "\n".join(item.sites)),
            (self._fr, item.welcome_fr),
            (self._en, item.welcome_en),
        ):
            if area.toPlainText() != text:
                area.blockSignals(True)
                area.show_text(text)
                area.blockSignals(False)
        values = {"offer_s": item.offer_s, "most": item.most, "silence_min": item.silence_s // 60}
        for name, line in self._lines.items():
            if line.text() != "" or not line.hasFocus():
                line.show_text(str(values[name]))
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _type(self, name: str, text: str) -> None:
        if text.strip().isdecimal():
            value = int(text)
            self._presenter.edit(**({"silence_s": value * 60} if name == "silence_min" else {name: value}))

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._page))

    def _copy_snippet(self) -> None:
        QGuiApplication.clipboard().setText(self._snippet.text())
        announce(self, self.tr("Copied"))

    def _cells(self, item: WidgetOnPage) -> Cells:
        on = Cell(self.tr("chats"), pill=Tone.OK) if item.active else Cell(self.tr("no chat"), pill=Tone.NEUTRAL)
        return (Cell(item.team, type_=Type.STRONG), on)
