"""Manage › API: a token an integration, what each may, shown once when it is made."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QGuiApplication

from app.desk.web_pages import SCOPES, ApiToken, RecordsState, WebPages
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import ago, say


class ApiPage(RecordPage[ApiToken]):
    """The tokens by name."""

    def __init__(self, pages: WebPages, now: Callable[[], datetime]) -> None:
        columns = (Column(self.tr("Integration"), 2), Column(self.tr("Used"), 1.2))
        nothing = (
            self.tr("No program is let in."),
            self.tr("A token lets one program open, read and change what its scopes say, and nothing else."),
        )
        super().__init__(
            pages.tokens, self.tr("API"), columns, self._cells, nothing,
            new=self.tr("New token"), remove=self.tr("Revoke"),
        )  # fmt: skip
        self._pages, self._now = pages, now
        self._line, self._whose, self._secret = LineEdit(longest=100), Combo(), LineEdit()
        self._secret.setReadOnly(True)
        self._line.textEdited.connect(lambda text: pages.tokens.edit(name=text))
        self._whose.picked.connect(lambda team: pages.tokens.edit(team_id=team or None))
        self._scopes = {scope: Check(words) for scope, words in self._words().items()}
        for scope, check in self._scopes.items():
            check.clicked.connect(lambda on, scope=scope: self._choose(scope, on))
        copy = Button(self.tr("Copy"), icon="copy")
        copy.clicked.connect(self._copy)
        self._once = Banner(Tone.WARN, "lock", INSIDE)
        self._shown = Card(gap=10)
        line = row(self._secret, copy)
        line.setStretch(0, 1)
        self._shown.body.addWidget(self._once)
        self._shown.body.addLayout(line)
        self._fields = {"name": Field(self.tr("Name"), self._line, required=True)}
        team_hint = self.tr("It sees what this team sees, and opens cases with it unless it says otherwise.")
        self._may = Card(self.tr("What it may"), gap=8)
        for check in self._scopes.values():
            self._may.body.addWidget(check)
        self._state = Text("", Type.SMALL, "text2", wrap=True)
        card = Card(gap=12)
        card.body.addWidget(self._fields["name"])
        card.body.addWidget(Field(self.tr("Team"), self._whose, hint=team_hint))
        card.body.addWidget(self._state)
        where = Card(self.tr("Where"), gap=8)
        self._where = Text("", Type.BODY, "text2", wrap=True)
        self._where.setTextInteractionFlags(self._where.textInteractionFlags().TextSelectableByMouse)
        where.body.addWidget(self._where)
        for part in (self._shown, card, self._may, where):
            self.form.addWidget(part)
        self.form.addStretch(1)
        self.follow()

    def title_of(self, item: ApiToken, state: RecordsState[ApiToken]) -> str:
        """Name the integration."""
        return item.name or self.tr("New token")

    def show_item(self, item: ApiToken, state: RecordsState[ApiToken]) -> None:
        """Show the token: one that was made stays as it is, to be revoked and made anew."""
        fresh = item.made_at is None
        secret = self._pages.secrets.get(item.id, "")
        self._shown.setVisible(bool(secret))
        self._secret.show_text(secret)
        words = self.tr("Copy it now. Only its fingerprint is kept: it is never shown again.")
        self._once.show_text(words if secret else "")
        self._line.show_text(item.name)
        teams = sorted(state.directory.teams, key=lambda team: team.name.casefold()) if state.directory else ()
        everything = Option("", self.tr("The whole organisation"), "", "building-2")
        self._whose.show_options(
            (everything, *(Option(team.id, team.name, "", team.icon) for team in teams)), item.team_id or ""
        )
        for scope, check in self._scopes.items():
            check.setChecked(scope in item.scopes)
            check.setEnabled(fresh)
        for widget in (self._line, self._whose):
            widget.setEnabled(fresh)
        self._state.setText("" if fresh else self._since(item))
        self._state.setVisible(not fresh)
        root = f"{self._pages.settings.address or 'http://127.0.0.1:8466'}/api/v1"
        told = self.tr("Calls go to {root} with the token as “Authorization: Bearer …”. The document: {document}")
        self._where.setText(told.replace("{root}", root).replace("{document}", f"{root}/openapi.json"))
        self._fields["name"].show_error(say(state.errors["name"]) if "name" in state.errors else "")

    def _since(self, item: ApiToken) -> str:
        begins = self.tr("Begins with {shown}….").replace("{shown}", item.shown)
        if item.used_at is None:
            return f"{begins} {self.tr('Not used yet.')}"
        used = self.tr("Last used {when}.").replace("{when}", ago(item.used_at, self._now()))
        return f"{begins} {used}"

    def _choose(self, scope: str, on: bool) -> None:
        edited = self._pages.tokens.state.edited
        if edited is not None:
            kept = {*edited.scopes, scope} if on else set(edited.scopes) - {scope}
            self._pages.tokens.edit(scopes=tuple(one for one in SCOPES if one in kept))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._secret.text())
        announce(self, self.tr("Copied"))

    def _words(self) -> dict[str, str]:
        words = (
            self.tr("Read cases, follow-ups and teams"),
            self.tr("Open and change cases, add follow-ups"),
            self.tr("Read customers"),
            self.tr("Make and change customers"),
            self.tr("Raise events: an alarm opens a case with a team or sub-team"),
        )
        return dict(zip(SCOPES, words, strict=True))

    def _cells(self, item: ApiToken) -> Cells:
        used = ago(item.used_at, self._now()) if item.used_at is not None else self.tr("never")
        return (Cell(item.name, type_=Type.STRONG), Cell(used, "text2"))
