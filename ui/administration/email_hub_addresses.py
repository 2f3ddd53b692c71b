"""EmailHub › Addresses and sender: every address ever made, and what customers see."""

from PySide6.QtWidgets import QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState, HubAddress
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import column, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import say

WIDEST, ROWS_HEIGHT = 860, 190


class HubAddresses(QWidget):
    """Every address ever made, and what customers see."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__()
        self._presenter = presenter
        self.setMaximumWidth(theme().px(WIDEST))
        columns = (
            Column(self.tr("Address"), 2.6),
            Column("", 0.8),
            Column("", 1),
            Column(self.tr("30 days"), 0.6, figures=True),
        )
        nothing = self.tr("This team has no address yet.")
        self._table: Table[HubAddress] = Table(
            self.tr("Addresses"), columns, lambda one: one.address, self._cells, nothing
        )  # fmt: skip
        self._table.setFixedHeight(theme().px(ROWS_HEIGHT))
        self._line, self._add = LineEdit("service@example.com", longest=254), Button(self.tr("Add"), icon="plus")
        self._line.setAccessibleName(self.tr("One more address of the team"))
        self._line.textEdited.connect(presenter.type_address)
        self._line.returnPressed.connect(presenter.add_address)
        self._add.clicked.connect(presenter.add_address)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        self._adds = QWidget()
        self._adds.setLayout(row(self._line, self._add))
        told = self.tr("Every address ever made for the team keeps leading to it. One of them is the sender.")
        card = Card(self.tr("Addresses"), gap=10)
        for part in (self._table, self._adds, self._wrong, Text(told, Type.SMALL, "text2", wrap=True)):
            card.body.addWidget(part)
        self._sender, self._name = Combo(), LineEdit(longest=200)
        self._sender.picked.connect(lambda address: presenter.choose_sender(str(address)))
        self._name.textEdited.connect(lambda text: presenter.edit(display_name=text))
        self._seen = Text("", Type.BODY, "text2", wrap=True)
        self._known = Check(self.tr("Known contacts only"))
        self._known.clicked.connect(lambda on: presenter.edit(known_contacts_only=on))
        self._waits = Text("", Type.SMALL, "text2", wrap=True)
        self._of_sender, self._of_name = (
            Field(self.tr("Sender address"), self._sender),
            Field(self.tr("Display name"), self._name),
        )
        sender = Card(self.tr("Sender"), gap=10)
        pair = row(self._of_sender, self._of_name, gap=16)
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        sender.body.addLayout(pair)
        sender.body.addWidget(self._seen)
        self._strange = Notice(
            self.tr("Customers get mail from an address that they do not know. Some will not trust it."),
            Tone.WARN,
            "triangle-alert",
        )
        sender.body.addWidget(self._strange)
        contacts = Card(gap=4)
        contacts.body.addWidget(self._known)
        contacts.body.addWidget(self._waits)
        self.setLayout(column(card, sender, contacts, gap=16))

    def show_state(self, state: EmailHubState) -> None:
        """Show addresses, sender and contacts."""
        assert state.hub is not None
        assert state.edited is not None
        hub, may = state.hub, state.may_edit
        sender = next((one for one in hub.addresses if one.sends), None)
        self._table.show_rows(hub.addresses, sender.address if sender else None)
        self._adds.setVisible(may and bool(hub.mailboxes or hub.catch_all))
        self._line.show_text(state.new_address)
        self._wrong.setText(say(state.errors["address"]) if "address" in state.errors and state.box is None else "")
        self._wrong.setVisible(bool(self._wrong.text()))
        options = tuple(Option(one.address, one.address) for one in hub.addresses)
        self._sender.show_options(options, sender.address if sender else None)
        self._name.show_text(state.edited.display_name)
        team = state.open_team
        shown = state.edited.display_name.strip() or (team.display_name or team.name if team is not None else "")
        address = sender.address if sender else self.tr("no address yet")
        self._seen.setText(self.tr("Customers see: {name} <{address}>").format(name=shown, address=address))
        self._strange.setVisible(sender is not None and sender.generated)
        self._known.setChecked(state.edited.known_contacts_only)
        waits = self.tr("%n mail(s) wait in quarantine.", "", hub.quarantined)
        told = self.tr("A stranger’s mail waits in quarantine and makes no case. Answers on a case always pass.")
        self._waits.setText(f"{told} {waits}")
        for part in (self._sender, self._name, self._known):
            part.setEnabled(may)

    def _cells(self, one: HubAddress) -> Cells:
        return (
            Cell(one.address, type_=Type.STRONG if one.sends else Type.BODY),
            Cell(self.tr("generated") if one.generated else self.tr("own"), "text2"),
            Cell(self.tr("sender") if one.sends else self.tr("leads here"), pill=Tone.ACCENT if one.sends else Tone.OK),
            Cell(str(one.lately), "text2"),
        )
