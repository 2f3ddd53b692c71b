"""Whose phone is there, by what the switch tells of its contacts."""

from collections.abc import Iterable
from uuid import UUID

from app.services.switch import PhoneCameOrWent


class Phones:
    """The phones that can be rung; what is told of an earlier start of a phone does not count against its newest.

    The switch asks a contact that is gone for some seconds more, and then says that it does not answer.
    """

    def __init__(self) -> None:
        self._there: set[UUID] = set()
        self._newest: dict[UUID, str] = {}
        self._answered: dict[UUID, str] = {}

    def __contains__(self, agent_id: UUID) -> bool:
        return agent_id in self._there

    def found(self, agents: Iterable[UUID]) -> None:
        """The switch was asked: these are there."""
        self._there.update(agents)

    def hear(self, phone: PhoneCameOrWent) -> bool:
        """One happening; True when a phone died and came back, so that what it had is lost."""
        if not phone.online:
            if phone.run in {"", self._newest.get(phone.agent_id, phone.run)}:
                self._there.discard(phone.agent_id)
            return False
        self._there.add(phone.agent_id)
        if phone.run:
            self._newest[phone.agent_id] = phone.run
        if not phone.answers:
            return False  # it has just come: the one before may still be there
        before = self._answered.get(phone.agent_id, phone.run)
        self._answered[phone.agent_id] = phone.run
        return before != phone.run
