"""The composer of a mail: whom it goes to, the text, what goes along, what to look at, and three ways to send."""

from PySide6.QtCore import QDateTime, QEvent, QKeyCombination, QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.desk.commands import CommandRegistry
from app.desk.composer import Composer, ComposerState
from app.domain.composing import Ending, Signing
from app.domain.rich_text import images_in, is_blank
from ui.composer.channel_button import ChannelButton, bar_words
from ui.composer.format_bar import FormatBar
from ui.composer.mail_notices import MailNotices
from ui.composer.recipient_line import RecipientLine
from ui.composer.rich_edit import RichEdit
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.wording import clock

ENDINGS = {"mail.send": Ending.SEND, "mail.send_wait": Ending.WAIT, "mail.send_solve": Ending.SOLVE}
"""The command of each way to send."""


class MailComposer(Surface):
    """Shows the answer of the open case; every intent is the presenter's."""

    files_asked = Signal()
    picture_asked = Signal()
    files_dropped = Signal(list)
    profile_asked = Signal()

    def __init__(self, presenter: Composer, commands: CommandRegistry) -> None:
        super().__init__("card")
        self._presenter, self._commands = presenter, commands
        self._loads = -1
        self._files_shown: object = None
        self.channel = ChannelButton()
        self.channel.chosen.connect(presenter.choose)
        self._from = Elided("", Type.SMALL, "text2")
        self._saved = Text("", Type.SMALL, "text2")
        self._other = Pill("", Tone.WARN)
        self._discard = Button(self.tr("Discard"), role=Role.LINK, height=28)
        self._discard.clicked.connect(presenter.discard)
        head = row(self.channel, self._from, self._saved, self._other, self._discard, gap=10)
        head.setStretch(1, 1)
        self.to = RecipientLine(self.tr("To"), lambda typed: presenter.add("to", typed))
        self.cc = RecipientLine(self.tr("Cc"), lambda typed: presenter.add("cc", typed))
        self.bcc = RecipientLine(self.tr("Bcc"), lambda typed: presenter.add("bcc", typed))
        for line in self._lines:
            line.searched.connect(presenter.look_up)
            line.removed.connect(presenter.remove)
            line.put_back.connect(presenter.put_back)
        self.subject = LineEdit(self.tr("Subject"), quiet=True, height=28)
        self.subject.setAccessibleName(self.tr("Subject"))
        self.subject.textEdited.connect(presenter.name)
        subject = Text(self.tr("Subject"), Type.BODY, "text2")
        self._subject = QWidget()
        self._subject.setLayout(row(subject, self.subject, gap=8))
        self._openers = self._more_lines()
        self.text = RichEdit()
        self.text.setAccessibleName(self.tr("Text of the mail"))
        self.text.setPlaceholderText(self.tr("Write your answer…"))
        self.text.typed.connect(presenter.type)
        self.text.image_pasted.connect(presenter.attach)
        self.text.files_dropped.connect(self.files_dropped)
        self.text.focused.connect(self._focus)
        self.bar = FormatBar(self.text)
        self.bar.file_asked.connect(self.files_asked)
        self.bar.picture_asked.connect(self.picture_asked)
        self.bar.quote_asked.connect(self._quote)
        self._signature = Text("", Type.SMALL, "text3", wrap=True)
        self._signature.setAccessibleName(self.tr("Your signature, added when it is sent"))
        self._signature.setContentsMargins(2, 0, 0, 0)  # where the words above begin
        self._attached = row(gap=6)
        self.notices = MailNotices(presenter)
        self.notices.profile_asked.connect(self.profile_asked)
        self._send_later = Button(self.tr("Send and wait"), icon="clock", key=commands.key("mail.send_wait"))
        self._send_solve = Button(self.tr("Send and solve"), icon="check", key=commands.key("mail.send_solve"))
        self._send = Button(self.tr("Send"), icon="send", key=commands.key("mail.send"))
        for button, ending in (
            (self._send_later, Ending.WAIT),
            (self._send_solve, Ending.SOLVE),
            (self._send, Ending.SEND),
        ):
            button.clicked.connect(lambda _=False, ending=ending: self.send(ending))
        foot = row(STRETCH, self._send_later, self._send_solve, self._send)
        self.setLayout(
            column(
                head, hairline(), self.to, self.cc, self.bcc, self._subject, hairline(), self.bar, self.text,
                self._signature, self._attached, self.notices, foot, gap=6, margins=(12, 8, 12, 10),
            )
        )  # fmt: skip
        self.setAcceptDrops(True)
        for widget in (self.text, self.subject, *(line.typing for line in self._lines)):
            widget.installEventFilter(self)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    @property
    def _lines(self) -> tuple[RecipientLine, RecipientLine, RecipientLine]:
        return self.to, self.cc, self.bcc

    def send(self, ending: Ending) -> None:
        """Send what stands in the fields now."""
        self.text.flush()
        if all(line.finish() for line in self._lines):
            self._presenter.send(ending)

    def render_state(self, state: ComposerState) -> None:
        """Show the answer, and what there is to say about it."""
        self.channel.show_channels(state.channel, state.channels)
        if state.sender is not None:
            self._from.setText(self.tr("from {0}").replace("{0}", state.sender.address))
        else:
            self._from.setText(bar_words(state.bar))
        saved = clock(state.saved_at) if state.saved_at else ""
        self._saved.setText(self.tr("draft saved {0}").replace("{0}", saved) if saved else "")
        self._show_others(state)
        self._show_lines(state)
        if state.loads != self._loads:
            self._loads = state.loads
            self.text.show_blocks(
                state.draft.blocks, {one.content_id: one.data for one in state.files if one.content_id}
            )
            for line in self._lines:
                line.typing.clear()
        signs = state.signing in (Signing.SIGNED, Signing.TAKES)
        self._signature.setVisible(signs)
        self._show_files(state)
        self.notices.render_state(state)
        self.bar.quote.setVisible(state.draft.answers is not None)
        ready = state.sender is not None and not state.sending and state.bar is None
        written = bool(state.draft.recipients.everybody) and (not is_blank(state.draft.blocks) or bool(state.files))
        for button in (self._send, self._send_solve, self._send_later):
            button.setEnabled(ready and written)
        label = self.tr("Send anyway") if state.asked and state.worries else self.tr("Send")
        if label != self._send.label:
            self._send.set_label(label)

    def show_signature(self, signature: str) -> None:
        """Show what is added under the text."""
        self._signature.setText(f"-- \n{signature.strip()}")

    def minimumSizeHint(self) -> QSize:
        """As tall as it is in the width it has: what wraps would else ask for the height of its narrowest form."""
        layout = self.layout()
        wide = max(self.width(), theme().px(760))
        return QSize(super().minimumSizeHint().width(), layout.minimumHeightForWidth(wide) if layout else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
            pressed = QKeySequence(QKeyCombination(modifiers, key)).toString()
            ending = next((ENDINGS[id_] for id_ in ENDINGS if pressed and self._commands.key(id_) == pressed), None)
            if ending is not None:
                self.send(ending)
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
            event.acceptProposedAction()

    def _more_lines(self) -> tuple[Button, Button, Button]:
        made = []
        lines = ((self.tr("Cc"), self.cc), (self.tr("Bcc"), self.bcc), (self.tr("Subject"), self._subject))
        for words, line in lines:
            button = Button(words, role=Role.LINK, height=25)
            button.setMinimumWidth(theme().px(26))
            button.clicked.connect(lambda _=False, line=line: self._open_line(line))
            self.to.ends.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            made.append(button)
        return made[0], made[1], made[2]

    def _open_line(self, line: QWidget) -> None:
        line.show()
        (line.typing if isinstance(line, RecipientLine) else self.subject).setFocus()
        self._show_openers()

    def _show_openers(self) -> None:
        for button, line in zip(self._openers, (self.cc, self.bcc, self._subject), strict=True):
            button.setVisible(line.isHidden())

    def _show_lines(self, state: ComposerState) -> None:
        now = state.draft.recipients
        lost_to = tuple(one for one in state.dropped if one in state.draft.proposed.to)
        lost_cc = tuple(one for one in state.dropped if one not in state.draft.proposed.to)
        self.to.show_parties(now.to, state.added, lost_to)
        self.cc.show_parties(now.cc, state.added, lost_cc)
        self.bcc.show_parties(now.bcc, state.added)
        fresh = state.loads != self._loads
        for line, filled in ((self.cc, bool(now.cc or lost_cc)), (self.bcc, bool(now.bcc))):
            if filled or fresh:
                line.setVisible(filled)
        self.subject.show_text(state.draft.subject)
        if fresh:
            self._subject.setVisible(state.draft.answers is None)
        self._show_openers()
        for line in self._lines:
            if line.typing.hasFocus():
                line.offer(state.found)

    def _show_others(self, state: ComposerState) -> None:
        self._other.setVisible(bool(state.answering))
        if state.answering:
            first = state.answering[0]
            said = self.tr("{0} is answering too").replace("{0}", first.name.split(" ")[0])
            if said != self._other.accessibleName():
                announce(self, said)
            self._other.show_state(said, Tone.WARN)
            self._other.setAccessibleName(said)
            self._other.setToolTip(f"{first.name}, {clock(first.at)}\n{first.said}".strip())

    def _show_files(self, state: ComposerState) -> None:
        placed = images_in(state.draft.blocks)
        files = tuple(
            (at, one) for at, one in enumerate(state.files) if not one.content_id or one.content_id not in placed
        )
        shown = tuple((at, one.name) for at, one in files if not one.content_id)
        if shown == self._files_shown:
            return
        self._files_shown = shown
        clear(self._attached)
        for at, file in files:
            if file.content_id:
                continue
            size = QLocale().formattedDataSize(len(file.data), 1, QLocale.DataSizeFormat.DataSizeSIFormat)
            name = file.name if len(file.name) <= 32 else f"{file.name[:20]}…{file.name[-10:]}"
            button = Button(f"{name} · {size}", icon="x", height=28)
            button.setAccessibleName(self.tr("Take {0} away").replace("{0}", file.name))
            button.clicked.connect(lambda _=False, at=at: self._presenter.detach(at))
            self._attached.addWidget(button)
        if shown:
            self._attached.addStretch(1)

    def _quote(self) -> None:
        answered = self._presenter.answered()
        if answered is not None:
            when = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(answered.at.timestamp())), QLocale.FormatType.ShortFormat
            )
            line = self.tr("On {0}, {1} wrote:").replace("{0}", when).replace("{1}", answered.author_name)
            self._presenter.quote(line)

    def _focus(self, focused: bool) -> None:
        self._send.set_role(Role.PRIMARY if focused else Role.PLAIN)
        self.setProperty("focused", "true" if focused else "false")
        self.style().unpolish(self)
        self.style().polish(self)
