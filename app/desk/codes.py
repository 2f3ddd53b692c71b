"""Manage › Codes: why somebody is not ready, and what a call can end with."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.feed import Feed
from app.services.floor import Code, FloorStore

LABEL_MOST = 40


class CodeKind(StrEnum):
    """What a code is for."""

    DISPOSITION = "disposition"
    NOT_READY = "not_ready"


@dataclass(frozen=True, slots=True)
class CodesState:
    """The codes of one kind, in their order."""

    kind: CodeKind = CodeKind.DISPOSITION
    codes: tuple[Code, ...] = ()
    error: Sentence | None = None


class Codes(Presenter[CodesState]):
    """Adds, orders and removes codes; calls that carry a removed one keep it."""

    def __init__(self, floor: FloorStore, feed: Feed) -> None:
        super().__init__(CodesState())
        self._floor = floor
        self._begun = False
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the codes."""
        self._begun = True
        self.work.latest("codes", self._read())

    def choose(self, kind: CodeKind) -> None:
        """Show the codes of another kind."""
        self.show(kind=kind, error=None)
        self.work.latest("codes", self._read())

    def add(self, label: str) -> bool:
        """Add a code at the end; False when its label cannot be one."""
        label = " ".join(label.split())
        refused = None
        if not label:
            refused = Refused(Refusal.REQUIRED, "label")
        elif len(label) > LABEL_MOST:
            refused = Refused(Refusal.TOO_LONG, "label", length=len(label), most=LABEL_MOST)
        self.show(error=of_refusal(refused) if refused else None)
        if refused is not None:
            return False
        last = max((code.position for code in self.state.codes), default=-1) + 1
        self.work.start(self._save((Code(new_id(), self.state.kind.value, "", label, None, last),)), "add")
        return True

    def move(self, code_id: UUID, by: int) -> None:
        """Move a code up or down."""
        listed = list(self.state.codes)
        at = next(at for at, one in enumerate(listed) if one.id == code_id)
        if 0 <= at + by < len(listed):
            listed.insert(at + by, listed.pop(at))
            moved = tuple(replace(one, position=n) for n, one in enumerate(listed) if one.position != n)
            self.work.latest("order", self._save(moved))

    def remove(self, code_id: UUID) -> None:
        """Offer it no more."""
        self.work.start(self._remove(code_id), "remove")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self._begun and hint.kind == "code":
            self.work.merged("codes", self._read)

    async def _read(self) -> None:
        self.show(codes=await self._floor.codes(self.state.kind.value))

    async def _save(self, codes: tuple[Code, ...]) -> None:
        try:
            for code in codes:
                await self._floor.save_code(code)
        except Refused as refused:
            self.show(error=of_refusal(refused))
        await self._read()

    async def _remove(self, code_id: UUID) -> None:
        try:
            await self._floor.remove_code(code_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
        await self._read()
