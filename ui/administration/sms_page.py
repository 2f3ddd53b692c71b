"""Manage › SMS: which number takes and sends SMS, and by which provider or trunk."""

from uuid import UUID

from app.desk.message_pages import LineOnPage, MessagePages, RecordsState
from app.domain.phone_numbers import display
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say

BY_PROVIDER = "provider"


class SmsPage(RecordPage[LineOnPage]):
    """The numbers of the organisation, each with its line."""

    def __init__(self, pages: MessagePages) -> None:
        columns = (Column(self.tr("Number"), 2), Column("", 1.2))
        nothing = (self.tr("There is no number."), self.tr("SMS come and go by a team’s number."))
        super().__init__(pages.lines, self.tr("SMS"), columns, self._cells, nothing)
        edit = pages.lines.edit
        self._pages = pages
        self._by = Combo()
        self._by.picked.connect(lambda by: edit(trunk_id=by if isinstance(by, UUID) else None))
        self._url = LineEdit("https://…/Messages.json", longest=500)
        self._account, self._secret = LineEdit(longest=200), LineEdit(longest=500)
        self._secret.setEchoMode(LineEdit.EchoMode.Password)
        self._hooks_at = LineEdit("https://…", longest=500)
        self._reply, self._fr, self._en = Check(self.tr("Acknowledge a new case")), TextArea(), TextArea()
        for name, line in (("url", self._url), ("account", self._account), ("secret", self._secret)):
            line.textEdited.connect(lambda text, name=name: edit(**{name: text}))
        self._hooks_at.textEdited.connect(lambda text: edit(hooks_at=text.rstrip("/")))
        self._reply.clicked.connect(lambda on: edit(auto_reply=on))
        self._fr.textChanged.connect(lambda: edit(reply_fr=self._fr.toPlainText()))
        self._en.textChanged.connect(lambda: edit(reply_en=self._en.toPlainText()))
        public = self.tr("Where the provider reaches this hub from outside; it signs its calls with this address.")
        kept = self.tr("Signs the provider’s calls. It is never shown again; empty keeps the one there is.")
        self._fields = {
            "url": Field(self.tr("Web address of the provider"), self._url, required=True),
            "account": Field(self.tr("Account"), self._account),
            "secret": Field(self.tr("Secret"), self._secret, hint=kept),
            "hooks_at": Field(self.tr("Address of this hub"), self._hooks_at, hint=public),
        }
        self._hook = Text("", Type.SMALL, "text2", wrap=True)
        card = Card(gap=12)
        trunk_hint = self.tr("A trunk carries SMS as SIP MESSAGE, where its operator takes them.")
        card.body.addWidget(Field(self.tr("Goes by"), self._by, hint=trunk_hint))
        for field in self._fields.values():
            card.body.addWidget(field)
        card.body.addWidget(self._hook)
        words = self.tr("{number} becomes the number of the case. A message tree answers instead where there is one.")
        answers = Card(gap=12)
        answers.body.addWidget(self._reply)
        answers.body.addWidget(Field(self.tr("In French"), self._fr, hint=words))
        answers.body.addWidget(Field(self.tr("In English"), self._en))
        self.form.addWidget(card)
        self.form.addWidget(answers)
        self.follow()

    def title_of(self, item: LineOnPage, state: RecordsState[LineOnPage]) -> str:
        """Name the number."""
        return _shown(item, state)

    def show_item(self, item: LineOnPage, state: RecordsState[LineOnPage]) -> None:
        """Show the line of the number."""
        ways: tuple[Option, ...] = (Option(BY_PROVIDER, self.tr("Provider on the web"), "", "globe"),)
        ways += tuple(Option(id_, name, "", "phone") for id_, name in self._pages.trunks.items())
        self._by.show_options(ways, item.trunk_id or BY_PROVIDER)
        for field in self._fields.values():
            field.setVisible(item.trunk_id is None)
        for line, text in (
            (self._url, item.url),
            (self._account, item.account),
            (self._secret, item.secret),
            (self._hooks_at, item.hooks_at),
        ):
            line.show_text(text)
        self._reply.setChecked(item.auto_reply)
        for area, text in ((self._fr, item.reply_fr), (self._en, item.reply_en)):
            area.blockSignals(True)
            area.show_text(text)
            area.blockSignals(False)
        said = self.tr("Give this address to the provider for incoming messages: {0}")
        self._hook.setText(said.replace("{0}", item.hook) if item.hook and item.trunk_id is None else "")
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _cells(self, item: LineOnPage) -> Cells:
        on = Cell(self.tr("sends"), pill=Tone.OK) if item.active else Cell(self.tr("no SMS"), pill=Tone.NEUTRAL)
        return (Cell(_shown(item, self._pages.lines.state), type_=Type.STRONG), on)


def _shown(item: LineOnPage, state: RecordsState[LineOnPage]) -> str:
    directory = state.directory
    return display(item.number, directory.organisation.region) if directory is not None else item.number
