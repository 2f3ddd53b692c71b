"""Manage › EmailHub: a team's addresses and sender, its mailbox, its automatic replies."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState, HubAddress, Way
from ui.administration.mail_words import steps_of
from ui.administration.mailbox_form import MailboxForm, MailboxState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Check, RadioCard, Segmented
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner, EmptyState, Notice
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import say

TEAM_WIDTH, ROWS_HEIGHT, WIDEST = 260, 190, 860


class EmailHubView(Surface):
    """The page: which team, on or off, and its three parts."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._team = Combo()
        self._team.setAccessibleName(self.tr("Team"))
        self._team.setFixedWidth(theme().px(TEAM_WIDTH))
        self._team.picked.connect(self._choose_team)
        self._on = Check(self.tr("This team receives and sends mail"))
        self._on.clicked.connect(lambda on: presenter.edit(enabled=on))
        parts = (
            ("addresses", self.tr("Addresses and sender"), ""),
            ("mailbox", self.tr("Mailbox"), ""),
            ("replies", self.tr("Automatic replies"), ""),
        )
        self._parts = Segmented(parts, self.tr("Parts of the page"))
        self._stack = QStackedWidget()
        self._addresses, self._mailbox, self._replies = _Addresses(presenter), _Mailbox(presenter), _Replies(presenter)
        for part in (self._addresses, self._mailbox, self._replies):
            self._stack.addWidget(Scroll(part, STRETCH))
        self._parts.picked.connect(self.show_part)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._none = EmptyState(
            "mail",
            self.tr("A sub-team has no EmailHub."),
            self.tr("Its mail leaves from the communication team of the case, and comes back to it."),
        )
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        head = row(Text("EmailHub", Type.TITLE), self._team, self._on, STRETCH, gap=16, margins=(24, 12, 24, 8))
        self._body = QWidget()
        body = column(row(self._parts, STRETCH, margins=(24, 12, 24, 0)), gap=0)
        body.addWidget(self._stack, 1)
        self._body.setLayout(body)
        whole = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self._none, 1)
        whole.addWidget(self._bar)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the edits, of the open set-up first."""
        presenter = self._presenter
        presenter.save_box() if presenter.state.box is not None else presenter.save()

    def show_part(self, part: str) -> None:
        """Show one part of the page."""
        self._parts.show_choice(part)
        self._stack.setCurrentIndex(["addresses", "mailbox", "replies"].index(part))

    def render_state(self, state: EmailHubState) -> None:
        """Show the team's mail."""
        team = state.open_team
        if state.directory is None or team is None:
            return
        teams = sorted(state.directory.teams, key=lambda one: (one.is_sub_team, one.name.casefold()))
        self._team.show_options(tuple(Option(one.id, one.name, "", one.icon) for one in teams), state.team)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._body.setVisible(not team.is_sub_team)
        self._none.setVisible(team.is_sub_team)
        self._on.setVisible(not team.is_sub_team)
        self._bar.show_changes(int(state.changed), saving=state.saving)
        if state.hub is None or state.edited is None or team.is_sub_team:
            return
        self._on.setChecked(state.edited.enabled)
        self._on.setEnabled(state.may_edit)
        for part in (self._addresses, self._mailbox, self._replies):
            part.show_state(state)

    def _choose_team(self, team_id: object) -> None:
        self._presenter.choose_team(team_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)


class _Addresses(QWidget):
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


class _Mailbox(QWidget):
    """The three ways, the mailbox of the team, and the catch-all of the organisation."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__()
        self._presenter = presenter
        self.setMaximumWidth(theme().px(WIDEST))
        own = self.tr("Mail leaves from your own domain. Needs a mailbox that works.")
        strange = self.tr("The easiest, but customers see an address they do not know.")
        ways = (
            (Way.MICROSOFT, self.tr("Microsoft 365"), self.tr("Recommended: the simplest and fastest.")),
            (Way.COMPANY, self.tr("Company address"), own),
            (Way.GENERATED, self.tr("Generated address"), strange),
        )  # fmt: skip
        self._cards = {way: RadioCard(title, meaning) for way, title, meaning in ways}
        choice = row(gap=10)
        for way, one in self._cards.items():
            one.clicked.connect(lambda _, way=way: presenter.edit(way=way))
            choice.addWidget(one, 1)
        self._steps = column(gap=4)
        how = Card(self.tr("How the team’s mail is set up"), gap=10)
        how.body.addLayout(choice)
        how.body.addLayout(self._steps)
        self._new = Button(self.tr("Add a mailbox"), icon="plus")
        self._new.clicked.connect(lambda _: presenter.set_up())
        self._boxes = column(gap=12)
        self._own = Card(self.tr("Mailboxes of the team"), self._new, gap=10)
        self._own.body.addLayout(self._boxes)
        self._change = Button(self.tr("Set up"), icon="settings")
        self._change.clicked.connect(lambda _: presenter.set_up_catch_all())
        self._caught = column(gap=8)
        told = self.tr(
            "Takes the mail of every generated address of the organisation, directly or forwarded. It is set up once."
        )
        self._all = Card(self.tr("Catch-all of the organisation"), self._change, gap=10)
        self._all.body.addWidget(Text(told, Type.SMALL, "text2", wrap=True))
        self._all.body.addLayout(self._caught)
        self._form = MailboxForm(presenter)
        self._shown: tuple[object, ...] = ()
        self.setLayout(column(how, self._form, self._own, self._all, gap=16))

    def show_state(self, state: EmailHubState) -> None:
        """Show the way, its steps and the mailboxes."""
        assert state.hub is not None
        assert state.edited is not None
        hub, may = state.hub, state.may_edit
        for way, card in self._cards.items():
            card.setChecked(state.edited.way is way)
            card.setEnabled(may)
        self._form.setVisible(state.box is not None)
        self._own.setVisible(state.box is None)
        self._all.setVisible(state.box is None)
        self._new.setVisible(may)
        self._change.setVisible(state.may_set_catch_all)
        if state.box is not None:
            self._form.show_state(state, state.box)
        shown = (hub, state.edited.way, may)
        if shown == self._shown:
            return  # nothing is made anew under the pointer
        self._shown = shown
        clear(self._steps)
        for number, step in enumerate(steps_of(state.edited.way) if state.edited.way is not None else (), 1):
            self._steps.addWidget(Text(f"{number}. {step}", Type.BODY, "text2", wrap=True))
        self._show_boxes(state)

    def _show_boxes(self, state: EmailHubState) -> None:
        assert state.hub is not None
        clear(self._boxes)
        clear(self._caught)
        for box in state.hub.mailboxes:
            line = MailboxState()
            line.test_asked.connect(lambda id_=box.id: self._presenter.test(id_))
            line.edit_asked.connect(lambda id_=box.id: self._presenter.set_up(id_))
            line.sign_in_asked.connect(lambda id_=box.id: self._presenter.sign_in(id_))
            line.show_box(box, state)
            self._boxes.addWidget(line)
        if not state.hub.mailboxes:
            self._boxes.addWidget(Text(self.tr("The team has no mailbox of its own."), Type.BODY, "text2"))
        caught, box_of_all = state.hub.catch_all, state.hub.catch_all_box
        if caught is None or box_of_all is None:
            nothing = self.tr("It is not set up yet, so no address can be generated. An administrator does this once.")
            self._caught.addWidget(Text(nothing, Type.BODY, "text2", wrap=True))
            return
        line = MailboxState()
        line.test_asked.connect(lambda: self._presenter.test(box_of_all.id))
        line.edit_asked.connect(self._set_up_catch_all)
        line.sign_in_asked.connect(lambda: self._presenter.sign_in(box_of_all.id))
        line.show_box(box_of_all, state)
        self._caught.addWidget(line)

    def _set_up_catch_all(self) -> None:
        self._presenter.set_up_catch_all()


class _Replies(QWidget):
    """Whether a new case's sender is answered by itself, in whose name and in which words."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__()
        self.setMaximumWidth(theme().px(WIDEST))
        self._on = Check(self.tr("Automatic replies to this team’s customers"))
        self._named = Check(self.tr("Display name in automatic replies"))
        self._on.clicked.connect(lambda on: presenter.edit(auto_reply=on))
        self._named.clicked.connect(lambda on: presenter.edit(uses_display_name=on))
        shipped = self.tr("Empty: the shipped words.")
        self._english, self._french = (TextArea(shipped, lines=4, most_lines=10) for _ in range(2))
        self._english.textChanged.connect(lambda: presenter.edit(reply_en=self._english.toPlainText()))
        self._french.textChanged.connect(lambda: presenter.edit(reply_fr=self._french.toPlainText()))
        self._name = Text("", Type.SMALL, "text2", wrap=True)
        limits = self.tr(
            "A new case is acknowledged, and automations may reply. Off: nothing is answered by itself, whatever an "
            "automation says. One answer a sender and day, at most 60 an hour; lists, robots and reports are never "
            "answered."
        )
        first = Card(gap=6)
        for part in (self._on, Text(limits, Type.SMALL, "text2", wrap=True), self._named, self._name):
            first.body.addWidget(part)
        words = Card(self.tr("Words"), gap=10)
        hint = self.tr("{number} becomes the number of the case, {name} the name above.")
        words.body.addWidget(Field(self.tr("In English"), self._english))
        words.body.addWidget(Field(self.tr("In French"), self._french, hint=hint))
        self.setLayout(column(first, words, gap=16))

    def show_state(self, state: EmailHubState) -> None:
        """Show the settings of replies."""
        assert state.edited is not None
        edited = state.edited
        self._on.setChecked(edited.auto_reply)
        self._named.setChecked(edited.uses_display_name)
        company = state.directory.organisation.name if state.directory is not None else ""
        off = self.tr("Off: the company’s name, “{name}”, is used.").format(name=company)
        team = state.open_team
        own = edited.display_name.strip() or (team.display_name or team.name if team is not None else "")
        on = self.tr("On: “{name}” is used.").format(name=own)
        self._name.setText(on if edited.uses_display_name else off)
        for area, text in ((self._english, edited.reply_en), (self._french, edited.reply_fr)):
            if area.toPlainText() != text:
                area.blockSignals(True)
                area.show_text(text)
                area.blockSignals(False)
        for part in (self._on, self._named, self._english, self._french):
            part.setEnabled(state.may_edit)
