"""The agent sits down: once her phone is connected she is available, and never again by itself."""

from app.desk.calls import LiveCalls
from app.desk.shell import Shell
from app.domain.agents import AgentState


class Arrival:
    """Waits for the phone and for her present state; a state that she has already (another desk, a crash) stays."""

    def __init__(self, calls: LiveCalls, shell: Shell) -> None:
        self._calls, self._shell = calls, shell
        self._done = False
        calls.subscribe(lambda _: self._look())
        shell.subscribe(lambda _: self._look())

    def _look(self) -> None:
        presence = self._shell.state.presence
        if self._done or presence is None or not self._calls.state.registered:
            return
        self._done = True
        if presence.state is AgentState.OFFLINE:
            self._shell.set_state(AgentState.AVAILABLE)
