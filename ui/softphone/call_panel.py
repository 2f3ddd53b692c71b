"""The panel beside the work while a call moves: transfer, on its way, consultation, and at its end the wrap-up."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.desk.transfer import Transfer
from app.desk.wrap_up import WrapUp
from app.services.organisation import Directory
from ui.softphone.caller_page import CallerPage
from ui.softphone.consultation_page import ConsultationPage
from ui.softphone.moving_page import MovingPage
from ui.softphone.transfer_page import TransferPage
from ui.softphone.wrap_up_page import WrapUpPage
from ui.theme.theme import theme
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row

WIDTH = 424


class CallPanel(Surface):
    """Decides which page is due; without one it is hidden and the work has the whole width."""

    def __init__(
        self,
        calls: LiveCalls,
        transfer: Transfer,
        wrap_up: WrapUp,
        caller: Caller,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__("surface")
        self._calls, self._transfer, self._wrap_up, self._caller = calls, transfer, wrap_up, caller
        self.transfer_page = TransferPage(transfer, calls, commands, directory, now)
        self._moving = MovingPage(calls, commands, directory, now)
        self._consultation = ConsultationPage(commands, directory, now)
        self.wrap_up_page = WrapUpPage(wrap_up, calls, commands, now)
        self.caller_page = CallerPage(caller, calls, commands, lambda: commands.available("customer.new"))
        self._stack = QStackedWidget()
        pages = (self.transfer_page, self._moving, self._consultation, self.wrap_up_page, self.caller_page)
        for page in pages:
            self._stack.addWidget(page)
        layout = row(hairline("hairline", vertical=True), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.setFixedWidth(theme().px(WIDTH))
        self.hide()
        self._beat = QTimer(self, interval=500)
        self._beat.timeout.connect(self._tick)
        self.destroyed.connect(calls.subscribe(lambda _: self._render()))
        self.destroyed.connect(transfer.subscribe(lambda _: self._render()))
        self.destroyed.connect(wrap_up.subscribe(lambda _: self._render()))
        self.destroyed.connect(caller.subscribe(lambda _: self._render()))

    def _render(self) -> None:
        state = self._calls.state
        page = self._due(state)
        if page is None:
            self._beat.stop()
            self.hide()
            return
        if page is self.transfer_page:
            self.transfer_page.render_state(self._transfer.state, state)
        elif page is self._moving:
            self._moving.render_state(state)
        elif page is self.caller_page:
            self.caller_page.render_state(self._caller.state, state)
        elif page is self.wrap_up_page:
            self.wrap_up_page.render_state(self._wrap_up.state, state)
        else:
            self._consultation.render_state(state)
        came = self.isHidden() or self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        self.show()
        if came and page is self.transfer_page:
            self.transfer_page.search.setFocus()
        if not self._beat.isActive():
            self._beat.start()

    def _due(self, state: LiveCallsState) -> QWidget | None:
        if state.consulting:
            return self._consultation
        if self._transfer.state.open:
            return self.transfer_page
        if state.front is not None:
            return self.caller_page if self._caller.state.asks else None
        if state.handed_on is not None:
            return self._moving
        return self.wrap_up_page if self._wrap_up.state.call is not None else None

    def _tick(self) -> None:
        self._moving.tick()
        self._consultation.tick()
        self.wrap_up_page.tick()
