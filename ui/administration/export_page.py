"""Manage › Export feed: where everything that changes is sent, and whether it arrives."""

from collections.abc import Callable
from datetime import datetime

from app.desk.outside_pages import ExportTarget, OutsidePages, RecordsState
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import ago, say


class ExportPage(RecordPage[ExportTarget]):
    """The targets by name."""

    def __init__(self, pages: OutsidePages, now: Callable[[], datetime]) -> None:
        columns = (Column(self.tr("Target"), 2), Column("", 1.2))
        nothing = (
            self.tr("Nothing is sent anywhere."),
            self.tr("A target gets every change of cases, customers, calls and tasks, and what was there before."),
        )
        super().__init__(
            pages.targets, self.tr("Export feed"), columns, self._cells, nothing,
            new=self.tr("New target"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._now = now
        edit = pages.targets.edit
        self._line, self._url, self._folder = LineEdit(longest=100), LineEdit("https://…", longest=500), LineEdit()
        self._secret, self._kind = LineEdit(longest=500), Combo()
        self._secret.setEchoMode(LineEdit.EchoMode.Password)
        self._active = Check(self.tr("Send"))
        self._line.textEdited.connect(lambda text: edit(name=text))
        self._url.textEdited.connect(lambda text: edit(url=text))
        self._folder.textEdited.connect(lambda text: edit(folder=text))
        self._secret.textEdited.connect(lambda text: edit(secret=text))
        self._kind.picked.connect(lambda kind: edit(kind=kind))
        self._active.clicked.connect(lambda on: edit(active=on))
        below = self.tr("A name; the folder is made below “exports” in the hub’s own.")
        kept = self.tr("Signs each batch (HMAC-SHA256). It is never shown again; empty keeps the one there is.")
        self._fields = {
            "name": Field(self.tr("Name"), self._line, required=True),
            "url": Field(self.tr("Web address"), self._url, required=True),
            "folder": Field(self.tr("Folder"), self._folder, hint=below, required=True),
            "secret": Field(self.tr("Secret"), self._secret, hint=kept),
        }
        self._away = Banner(Tone.WARN, "triangle-alert", INSIDE)
        self._state = Text("", Type.SMALL, "text2", wrap=True)
        card = Card(gap=12)
        card.body.addWidget(self._away)
        card.body.addWidget(self._fields["name"])
        card.body.addWidget(Field(self.tr("Way"), self._kind))
        for name in ("url", "folder", "secret"):
            card.body.addWidget(self._fields[name])
        card.body.addWidget(self._active)
        card.body.addWidget(self._state)
        self.form.addWidget(card)
        self.follow()

    def title_of(self, item: ExportTarget, state: RecordsState[ExportTarget]) -> str:
        """Name the target."""
        return item.name or self.tr("New target")

    def show_item(self, item: ExportTarget, state: RecordsState[ExportTarget]) -> None:
        """Show the target and how it goes."""
        self._line.show_text(item.name)
        self._url.show_text(item.url)
        self._folder.show_text(item.folder)
        self._secret.show_text(item.secret)
        kinds = (("https", self.tr("JSON lines by HTTPS")), ("folder", self.tr("Files in a folder")))
        self._kind.show_options(tuple(Option(*kind) for kind in kinds), item.kind)
        self._active.setChecked(item.active)
        for name in ("url", "secret"):
            self._fields[name].setVisible(item.kind == "https")
        self._fields["folder"].setVisible(item.kind == "folder")
        away = self.tr("It does not answer ({said}). It is tried again and nothing is left out.")
        self._away.show_text(away.replace("{said}", item.said) if item.failures else "")
        sent = self.tr("{n} line(s) sent, the last {when}", "", item.sent).replace("{n}", str(item.sent))
        when = ago(item.sent_at, self._now()) if item.sent_at is not None else ""
        self._state.setText(sent.replace("{when}", when) if when else self.tr("Nothing was sent yet."))
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _cells(self, item: ExportTarget) -> Cells:
        if not item.active:
            return (Cell(item.name, type_=Type.STRONG), Cell(self.tr("off"), pill=Tone.NEUTRAL))
        state = Cell(self.tr("away"), pill=Tone.WARN) if item.failures else Cell(self.tr("sends"), pill=Tone.OK)
        return (Cell(item.name, type_=Type.STRONG), state)
