"""Over the composer: a chat goes on in this case, and somebody else is in it, or nobody is."""

from PySide6.QtWidgets import QWidget

from app.desk.chatting import Chatting, ChattingState
from app.domain.chats import ChatState
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.layout import column
from ui.widgets.notice import Notice


class ChatNotice(QWidget):
    """Says who is in the chat; who leads may take it over, anybody of the team one that waits."""

    def __init__(self, presenter: Chatting) -> None:
        super().__init__()
        self._take = Button("", icon="message-circle", height=28)
        self._take.clicked.connect(presenter.take)
        self._notice = Notice("", Tone.NEUTRAL, "message-circle", self._take)
        self.setLayout(column(self._notice, margins=(0, 0, 0, 8)))
        self.hide()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: ChattingState) -> None:
        """Show it while the chat is not mine."""
        chat = state.chat
        if chat is None or not chat.live or state.live:
            self.hide()
            return
        if chat.state is ChatState.TALKING:
            said = self.tr("{0} is chatting with the visitor.").replace("{0}", chat.agent_name)
        elif chat.state is ChatState.WAITING and chat.handed_by_name:
            said = self.tr("The chat is handed over to {0}: nobody has taken it yet.").replace("{0}", chat.team_name)
        elif chat.state is ChatState.WAITING:
            said = self.tr("The visitor waits in the chat.")
        else:
            said = self.tr("The visitor is in the message tree.")
        self._notice.text.setText(said)
        self._take.set_label(self.tr("Take over") if chat.state is ChatState.TALKING else self.tr("Take"))
        self._take.setVisible(chat.may_lead or chat.state is ChatState.WAITING)
        self.show()
