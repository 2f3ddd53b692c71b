"""The set-up of one mailbox: three ways with their steps, the fields, and what its test found."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState, MailboxSetup
from ui.administration.code_sign_in import CodeSignInLine
from ui.administration.mail_words import step_help, step_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.typed_lines import NumberLine
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop


class MailboxForm(Card):
    """The fields of a mailbox; its password is written, never read."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__(gap=12)
        self._presenter = presenter
        self._title = Text("", Type.HEADING)
        edit = presenter.edit_box
        self._form = Combo()
        self._form.picked.connect(lambda form: presenter.set_up_catch_all(str(form)))
        self._kind = Combo()
        self._kind.picked.connect(lambda kind: presenter.choose_kind(str(kind)))
        self._sign_in = Combo()
        self._sign_in.picked.connect(lambda how: edit(sign_in=how))
        self._tenant, self._client = LineEdit(longest=253), LineEdit(longest=100)
        self._tenant.textEdited.connect(lambda text: edit(tenant=text))
        self._client.textEdited.connect(lambda text: edit(client_id=text))
        self._address, self._username = LineEdit("support@example.com", longest=254), LineEdit(longest=254)
        self._password, self._folder = LineEdit(longest=2000), LineEdit(longest=200)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._host, self._smtp = LineEdit("imap.example.com", longest=253), LineEdit("smtp.example.com", longest=253)
        self._port, self._smtp_port, self._security = NumberLine(1, 65535), NumberLine(1, 65535), Combo()
        self._address.textEdited.connect(lambda text: edit(address=text))
        self._username.textEdited.connect(lambda text: edit(username=text))
        self._password.textEdited.connect(lambda text: edit(secret=text))
        self._folder.textEdited.connect(lambda text: edit(folder=text))
        self._host.textEdited.connect(lambda text: edit(host=text))
        self._smtp.textEdited.connect(lambda text: edit(smtp_host=text))
        self._port.changed.connect(lambda port: edit(port=port))
        self._smtp_port.changed.connect(lambda port: edit(smtp_port=port))
        self._per_minute = NumberLine(1, 10_000)
        self._per_minute.changed.connect(lambda most: edit(per_minute=most))
        self._security.picked.connect(lambda security: edit(security=security))
        kept = self.tr("Only the hub reads it. Left empty, the one that is kept stays.")
        self._fields = {
            "kind": Field(self.tr("Where the mailbox is"), self._kind),
            "address": Field(self.tr("E-mail address"), self._address, required=True),
            "sign_in": Field(self.tr("Who signs in"), self._sign_in),
            "tenant": Field(self.tr("Tenant"), self._tenant, required=True),
            "client_id": Field(self.tr("Application (client) ID"), self._client, required=True),
            "username": Field(self.tr("Name of the account"), self._username, hint=self.tr("Empty: the address.")),
            "password": Field(self.tr("Password"), self._password, hint=kept),
            "folder": Field(self.tr("Folder"), self._folder),
            "host": Field(self.tr("Server"), self._host, required=True),
            "port": Field(self.tr("Port"), self._port),
            "smtp_host": Field(self.tr("Server that sends (SMTP)"), self._smtp, required=True),
            "smtp_port": Field(self.tr("Port"), self._smtp_port),
            "security": Field(self.tr("Encryption"), self._security),
            "per_minute": Field(
                self.tr("Mails a minute, at most"), self._per_minute, hint=self.tr("What is more waits its turn.")
            ),
        }
        self._of_form = Field(self.tr("Generated addresses look like"), self._form)
        self.body.addWidget(self._title)
        self.body.addWidget(self._of_form)
        self.body.addLayout(self._grid())
        self._save = Button(self.tr("Save and test"), role=Role.PRIMARY)
        self._save.clicked.connect(presenter.save_box)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(presenter.close_box)
        self.body.addLayout(row(STRETCH, cancel, self._save))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, names in enumerate(
            (
                ("kind", "address"),
                ("sign_in", ""),
                ("tenant", "client_id"),
                ("username", "password"),
                ("host", "port"),
                ("smtp_host", "smtp_port"),
                ("security", "folder"),
                ("per_minute", ""),
            )
        ):
            for place, name in enumerate(names):
                if name:
                    grid.addWidget(self._fields[name], at, place, 1, 1 if names[1] else 2, _TOP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def show_state(self, state: EmailHubState, box: MailboxSetup) -> None:
        """Show the open set-up."""
        catch_all = bool(state.catch_all)
        own = self.tr("The team’s mailbox") if box.kept else self.tr("A new mailbox")
        self._title.setText(self.tr("The organisation’s catch-all mailbox") if catch_all else own)
        self._of_form.setVisible(catch_all)
        self._form.show_options(
            (
                Option("domain", self.tr("any name of the domain"), "team-7f3a@in.example.com"),
                Option("plus", self.tr("one mailbox with a plus"), "mail+team-7f3a@example.com"),
            ),
            state.catch_all,
        )
        self._kind.show_options(
            (
                Option("graph", "Microsoft 365"),
                Option("ews", self.tr("an Exchange server of one’s own")),
                Option("imap", self.tr("another server (IMAP and SMTP)")),
            ),
            box.kind,
        )
        self._sign_in.show_options(
            (
                Option("client", self.tr("the application itself, with its secret")),
                Option("device", self.tr("a person, who types a code once")),
            ),
            box.sign_in,
        )
        self._show_kind(box.kind, box.sign_in)
        self._security.show_options(
            (
                Option("tls", self.tr("TLS from the start")),
                Option("starttls", "STARTTLS"),
                Option("none", self.tr("none (this computer only)")),
            ),
            box.security,
        )
        for line, text in (
            (self._address, box.address), (self._username, box.username), (self._password, box.secret),
            (self._folder, box.folder), (self._host, box.host), (self._smtp, box.smtp_host),
            (self._tenant, box.tenant), (self._client, box.client_id),
        ):  # fmt: skip
            line.show_text(text)
        self._port.show_number(box.port)
        self._smtp_port.show_number(box.smtp_port)
        self._per_minute.show_number(box.per_minute)
        # Messages are known by the mailbox's address: another address is another mailbox.
        self._address.setEnabled(not box.kept)
        self._save.setEnabled(not state.saving)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _show_kind(self, kind: str, sign_in: str) -> None:
        shown = {
            "imap": {"username", "host", "port", "smtp_host", "smtp_port", "security"},
            "ews": {"username", "host", "port"},
            "graph": {"sign_in", "tenant", "client_id"},
        }[kind] | {"kind", "address", "password", "folder", "per_minute"}
        if sign_in == "device":
            shown.remove("password")
        for name, field in self._fields.items():
            field.setVisible(name in shown)
        self._fields["password"].show_label(self.tr("Client secret") if kind == "graph" else self.tr("Password"))


class MailboxState(QWidget):
    """A kept mailbox in one line, its last test under it."""

    test_asked = Signal()
    edit_asked = Signal()
    sign_in_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pill, self._said = Pill(""), Elided("", Type.SMALL, "text2")
        self._name = Elided("", Type.STRONG)
        self._test = Button(self.tr("Test"), icon="rotate-cw")
        self._edit = Button(self.tr("Edit"), icon="pencil")
        self._test.clicked.connect(self.test_asked)
        self._edit.clicked.connect(self.edit_asked)
        self._steps = column(gap=4)
        names = column(self._name, self._said, gap=2)
        line = row(self._pill, names, self._edit, self._test, gap=10)
        line.setStretch(1, 1)
        self._code = CodeSignInLine()
        self._code.asked.connect(self.sign_in_asked)
        self.setLayout(column(line, self._code, self._steps, gap=8))

    def show_box(self, box: MailboxSetup, state: EmailHubState) -> None:
        """Show what the hub found of it."""
        hub = state.hub
        assert hub is not None
        words, tone = self._found(box.state)
        waits = box.id in hub.waiting
        self._pill.show_state(self.tr("being tested") if waits else words, Tone.NEUTRAL if waits else tone)
        self._name.setText(box.address)
        self._said.setText(box.said or (f"{box.host} · {box.smtp_host}" if box.kind == "imap" else box.host))
        for button in (self._test, self._edit):
            button.setVisible(state.may_edit)
        self._test.setEnabled(not waits)
        self._code.setVisible(box.sign_in == "device")
        self._code.show_step(hub.sign_ins.get(box.id), may_act=state.may_edit)
        clear(self._steps)
        for step in () if waits else hub.tests.get(box.id, ()):
            icon = Icon("circle-check" if step.ok else "triangle-alert", "ok" if step.ok else "bad")
            self._steps.addLayout(row(icon, Text(step_words(step.step.value), Type.SMALL), STRETCH, gap=8))
            if not step.ok:
                told = f"{step_help(step.step.value)}\n{step.said}".strip()
                self._steps.addLayout(row(24, Text(told, Type.SMALL, "bad", wrap=True), gap=0))

    def _found(self, state: str) -> tuple[str, Tone]:
        known = {
            "reachable": (self.tr("Connected"), Tone.OK),
            "unreachable": (self.tr("Unreachable"), Tone.BAD),
            "rejected": (self.tr("Refused"), Tone.BAD),
        }
        return known.get(state, (self.tr("not read yet"), Tone.NEUTRAL))
