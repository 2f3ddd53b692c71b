"""Manage › Getting started: ways in with their addresses, ten minutes of steps, the organisation's own help."""

from collections.abc import Callable, Hashable
from functools import partial
from html import escape

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from app.desk.web_pages import STEPS, HouseHelp, RecordsState, Start, TrialsState, Way, WebPages, edit_help
from app.domain.phone_numbers import display
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

ICONS = {
    "email": "mail",
    "phone": "phone",
    "sms": "smartphone",
    "form": "clipboard-check",
    "chat": "message-circle",
    "portal": "globe",
    "api": "unplug",
}
NUMBERS = frozenset({"phone", "sms"})
WAY_WIDTH = 240
PAGES = {
    "colleague": "agents", "sub_team": "teams", "mailbox": "email_hub", "acknowledgement": "email_hub",
    "call": "numbers", "form": "web_forms",
}  # fmt: skip


class StartPage(Surface):
    """One page, no list: what is there at the top, what the organisation writes below."""

    def __init__(self, pages: WebPages, go: Callable[[Hashable], None]) -> None:
        super().__init__("bg")
        self._pages, self._go = pages, go
        self._presenter = pages.start
        self._shown: tuple[object, ...] = ()
        self._found: list[tuple[Way, Button, Text]] = []
        self._error = Banner(Tone.BAD, "triangle-alert")
        steps, ways = Card(gap=6), Card(self.tr("Ways in"), gap=6)
        self._steps, self._ways = column(gap=6), column(gap=6)
        steps.body.addLayout(self._steps)
        ways.body.addLayout(self._ways)
        self._films = column(gap=6)
        self._lines = {name: LineEdit() for name in ("contact_name", "contact_email", "contact_phone")}
        self._areas = {"instructions": TextArea(lines=5, most_lines=16), "videos": TextArea(lines=2)}
        for name, line in self._lines.items():
            line.textEdited.connect(lambda text, name=name: edit_help(self._presenter, **{name: text}))
        for name, area in self._areas.items():
            area.textChanged.connect(lambda name=name, area=area: self._type(name, area))
        film_hint = self.tr("One a line: title | https://…")
        self._fields = {
            "contact_name": Field(self.tr("Who helps"), self._lines["contact_name"]),
            "contact_email": Field(self.tr("E-mail"), self._lines["contact_email"]),
            "contact_phone": Field(self.tr("Telephone"), self._lines["contact_phone"]),
            "videos": Field(self.tr("Films"), self._areas["videos"], hint=film_hint),
        }
        own = Card(self.tr("Our own instructions"), gap=12)
        own.body.addLayout(self._films)
        own.body.addWidget(Field(self.tr("What colleagues should know"), self._areas["instructions"]))
        own.body.addWidget(self._fields["videos"])
        ask = Card(self.tr("Whom to ask"), gap=12)
        ask.body.addWidget(Text(self.tr("Everybody finds this under F1."), Type.SMALL, "text2"))
        contact = row(*(self._fields[name] for name in self._lines), gap=16)
        for at in range(3):
            contact.setStretch(at, 1)
        ask.body.addLayout(contact)
        self._bar = SaveBar()
        self._bar.saved.connect(self._presenter.save)
        self._bar.discarded.connect(self._presenter.discard)
        title = row(Text(self.tr("Getting started"), Type.TITLE), STRETCH, margins=(24, 14, 24, 12))
        title.addStrut(theme().px(32))  # as high as where a button stands in it
        self._body = Scroll(steps, ways, own, ask, STRETCH)
        whole = column(Surface("surface", title), hairline("hairline"), self._error, gap=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self._bar)
        self.setLayout(whole)
        self.destroyed.connect(self._presenter.subscribe(self.render_state))
        self.destroyed.connect(pages.trials.subscribe(self._show_trials))

    def save(self) -> None:
        """Keep the edits."""
        self._presenter.save()

    def render_state(self, state: RecordsState[Start]) -> None:
        """Show what is there, and what the organisation wrote."""
        start = state.edited
        if start is None:
            return
        shown = (tuple(start.steps.items()), start.ways, start.help.films())
        if shown != self._shown:
            self._shown = shown
            self._show_steps(start)
            self._show_ways(start)
            self._show_films(start.help)
        for name, line in self._lines.items():
            line.show_text(getattr(start.help, name))
            line.setReadOnly(not state.may_edit)
        for name, area in self._areas.items():
            area.setReadOnly(not state.may_edit)
            if area.toPlainText() != getattr(start.help, name):
                area.blockSignals(True)
                area.setPlainText(getattr(start.help, name))
                area.blockSignals(False)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._bar.show_changes(int(state.changed), saving=state.saving)

    def _show_steps(self, start: Start) -> None:
        _empty(self._steps)
        done = sum(start.steps.values())
        told = self.tr("Ten minutes: {done} of {all} steps are done").replace("{done}", str(done))
        self._steps.addWidget(Text(told.replace("{all}", str(len(STEPS))), Type.STRONG))
        for step, words in self._step_words().items():
            ticked = start.steps.get(step, False)
            icon = Icon("circle-check" if ticked else "circle", "ok" if ticked else "text3")
            text = Elided(words, Type.BODY, "text2" if ticked else "")
            text.setAccessibleName(f"{words}: {self.tr('done') if ticked else self.tr('to do')}")
            parts: list[QWidget] = [icon, text]
            if not ticked and step in PAGES:
                button = Button(self.tr("Show"), role=Role.LINK, height=26)
                button.setAccessibleName(f"{self.tr('Show')}: {words}")
                button.clicked.connect(lambda _, step=step: self._go(PAGES[step]))
                parts.append(button)
            line = row(*parts, gap=10)
            line.setStretch(1, 1)
            self._steps.addWidget(_widget(line, 26))

    def _show_ways(self, start: Start) -> None:
        _empty(self._ways)
        self._found = []
        if not start.ways:
            self._ways.addWidget(Text(self.tr("Nothing leads in yet."), Type.BODY, "text2"))
        for way in start.ways:
            test = self._button(self.tr("Test"), "rotate-cw", way.address, partial(self._pages.trials.test, way))
            self._ways.addWidget(self._way(way, test))
            said = Text("", Type.SMALL, wrap=True)
            said.setContentsMargins(theme().px(WAY_WIDTH + 36), 0, 0, 0)
            self._ways.addWidget(said)
            self._found.append((way, test, said))
        self._show_trials(self._pages.trials.state)

    def _way(self, way: Way, test: Button) -> QWidget:
        name = {
            "email": self.tr("E-mails"), "phone": self.tr("Calls"), "form": self.tr("Form"),
            "portal": self.tr("Portal"), "api": self.tr("API"), "chat": self.tr("Chat"), "sms": self.tr("SMS"),
        }[way.kind]  # fmt: skip
        address = way.address or self.tr("no address yet: Portal")
        title = Elided(f"{name} · {way.team}" if way.team else name, Type.BODY, "text2")
        # Read as people write it, copied as every telephone and provider takes it.
        shown = Elided(self._number(address) if way.kind in NUMBERS else address, Type.STRONG)
        parts: list[QWidget] = [Icon(ICONS[way.kind], "text2"), title, shown]
        if way.snippet:
            parts.append(self._button(self.tr("For a page"), "globe", address, lambda: self._copy(way.snippet)))
        copy = self._button(self.tr("Copy"), "copy", address, lambda: self._copy(address))
        line = row(*parts, test, copy, gap=10)  # last, so that they stand in a column
        title.setFixedWidth(theme().px(WAY_WIDTH))
        line.setStretch(2, 1)
        return _widget(line, 30)

    def _button(self, words: str, icon: str, address: str, act: Callable[[], None]) -> Button:
        button = Button(words, icon=icon, role=Role.GHOST, height=28)
        button.setAccessibleName(f"{words}: {address}")
        button.clicked.connect(act)
        return button

    def _show_trials(self, state: TrialsState) -> None:
        for way, button, said in self._found:
            key = (way.kind, way.address)
            found, runs = state.found.get(key), key in state.found and state.found[key] is None
            fails = found is None and not runs and way.state in {"unreachable", "rejected"}
            words = self.tr("Being tested…") if runs else ""
            if fails:
                words = self.tr("The hub did not get in when it last looked.")
            elif found is not None:
                words = f"{say(found.said)} ({found.word})" if found.word else say(found.said)
                if not button.isEnabled():
                    announce(self, words)
            button.setEnabled(not runs)
            said.setText(words)
            said.set_tone("bad" if fails or (found is not None and not found.good) else "ok" if found else "text2")
            said.setVisible(bool(words))

    def _number(self, e164: str) -> str:
        directory = self._presenter.state.directory
        return display(e164, directory.organisation.region) if directory is not None else e164

    def _show_films(self, told: HouseHelp) -> None:
        _empty(self._films)
        for title, url in told.films():
            link = Text(f'<a href="{escape(url)}">{escape(title)}</a>', Type.BODY, rich=True)
            link.setOpenExternalLinks(True)
            self._films.addWidget(link)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        announce(self, self.tr("Copied"))

    def _type(self, name: str, area: TextArea) -> None:
        edit_help(self._presenter, **{name: area.toPlainText()})

    def _step_words(self) -> dict[str, str]:
        words = (
            self.tr("A colleague has a sign-in"),
            self.tr("A sub-team speaks through a numbered team"),
            self.tr("A mailbox is connected"),
            self.tr("A mail has become a case"),
            self.tr("Customers get an acknowledgement"),
            self.tr("A call was made or taken"),
            self.tr("A form stands on a page"),
            self.tr("A case was solved"),
            self.tr("Colleagues know whom to ask"),
        )
        return dict(zip(STEPS, words, strict=True))


def _empty(lines: QBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _widget(layout: QLayout, height: int) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    made.setFixedHeight(theme().px(height))
    return made
