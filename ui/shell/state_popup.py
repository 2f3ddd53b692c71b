"""Choosing my state with its reason: type how it begins, Enter takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.domain.agents import AgentState
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.wording import agent_state_words, reason_words

if TYPE_CHECKING:
    from app.desk.shell import Code


class StatePopup(PickPopup):
    """The states with their reasons, under the state button."""

    picked = Signal(object, str)

    def __init__(self, beside: QWidget, reasons: tuple[Code, ...]) -> None:
        what = QCoreApplication.translate("StatePopup", "State or reason")
        super().__init__(beside, what, _options(reasons), icon="circle-dot")
        self.line.setAccessibleName(self.tr("My state"))
        self.chosen.connect(lambda key: self.picked.emit(*key))


def _options(reasons: tuple[Code, ...]) -> tuple[Option, ...]:
    available, not_ready, offline = (
        agent_state_words(state)[0] for state in (AgentState.AVAILABLE, AgentState.NOT_READY, AgentState.OFFLINE)
    )
    whys = [
        Option((AgentState.NOT_READY, code.key or code.label), reason_words(code.key or code.label), not_ready, "pause")
        for code in reasons
    ]
    return (
        Option((AgentState.AVAILABLE, ""), available, "", "phone"),
        *whys,
        Option((AgentState.NOT_READY, ""), not_ready, "", "pause"),
        Option((AgentState.OFFLINE, ""), offline, "", "log-out"),
    )
