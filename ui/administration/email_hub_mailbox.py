"""EmailHub › Mailbox: the three ways, the mailboxes of the team, and the catch-all of the organisation."""

from PySide6.QtWidgets import QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState, Way
from ui.administration.mail_words import steps_of
from ui.administration.mailbox_form import MailboxForm, MailboxState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import RadioCard
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Text

WIDEST = 860


class HubMailboxes(QWidget):
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
