"""Every way in tried from Getting started: what is wrong in a sentence, or that all is well."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.email_hub import TeamMail
from app.services.getting_started import Pages, Way
from app.services.messages import LineOnPage, Messages
from app.services.routing import RoutingSetup, TrunkLine

T = TypeVar("T")
LOOK_EVERY_S, PATIENCE_S = 0.4, 25.0
GOOD_STATES = frozenset({"reachable", "registered"})
_SILENT = QT_TRANSLATE_NOOP("Desk", "The hub has not answered: is it running?")
_NO_LINE_WORKS = QT_TRANSLATE_NOOP("Desk", "No line works ({names}): Trunks says why.")
_NO_ACCOUNT = QT_TRANSLATE_NOOP("Desk", "The provider refuses the account or its secret: check them under SMS.")
_NO_PROVIDER = QT_TRANSLATE_NOOP("Desk", "The provider does not answer: check its web address under SMS.")
_NO_WAY_IN = QT_TRANSLATE_NOOP(
    "Desk", "SMS go out and none comes in: say under SMS where the provider reaches this hub."
)
_NO_ADDRESS = QT_TRANSLATE_NOOP("Desk", "It has no address yet: say under Portal where customers reach the hub.")
_NO_PAGE = QT_TRANSLATE_NOOP(
    "Desk", "Nothing answers there as it should: is the hub running, and does the address lead to it?"
)
_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "server": QT_TRANSLATE_NOOP("Desk", "The mail server is not reached: check its name and port in EmailHub."),
        "sign_in": QT_TRANSLATE_NOOP("Desk", "The mail server refuses the account: check the password in EmailHub."),
        "folder": QT_TRANSLATE_NOOP("Desk", "There is no such folder in the mailbox: check its name in EmailHub."),
        "sending": QT_TRANSLATE_NOOP("Desk", "Mail comes in, the server that sends does not answer: see EmailHub."),
        "sender": QT_TRANSLATE_NOOP("Desk", "Mail comes in, the address may not send: ask whoever runs the server."),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test found; `word` is what the other side said of it itself."""

    good: bool
    said: Sentence
    word: str = ""


@dataclass(frozen=True, slots=True)
class TrialsState:
    """The last test of each way by kind and address; None while one is being made."""

    found: Mapping[tuple[str, str], Trial | None] = field(default_factory=lambda: MappingProxyType({}))


def good(text: str, **details: object) -> Trial:
    """All is well."""
    return Trial(True, desk(text, **details))


def bad(text: str, word: str = "", **details: object) -> Trial:
    """What is wrong, and where it is mended."""
    return Trial(False, desk(text, **details), word)


class WayTrials(Presenter[TrialsState]):
    """Tests one way at a time each; what only the hub can do it is asked for."""

    def __init__(
        self,
        mail: TeamMail | None,
        routing: RoutingSetup | None,
        messages: Messages | None,
        pages: Pages | None,
        now: Callable[[], datetime],
        patience_s: float = PATIENCE_S,
    ) -> None:
        super().__init__(TrialsState())
        self._mail, self._routing, self._messages, self._pages = mail, routing, messages, pages
        self._now, self._patience_s = now, patience_s
        self.opens: Callable[[str], None] = lambda _: None
        """Shows a page that is there."""

    def test(self, way: Way) -> None:
        """Begin a test, unless it is being made."""
        key = (way.kind, way.address)
        if self.state.found.get(key, ...) is not None:
            self._put(way, None)
            self.work.start(self._run(way), "test")

    async def _run(self, way: Way) -> None:
        tests = {"email": self._test_mail, "phone": self._test_number, "sms": self._test_sms}
        try:
            found = await tests.get(way.kind, self._test_page)(way)
        except Refused as refused:
            found = Trial(False, of_refusal(refused))
        self._put(way, found)

    def _put(self, way: Way, found: Trial | None) -> None:
        self.show(found=MappingProxyType({**self.state.found, (way.kind, way.address): found}))

    async def _test_mail(self, way: Way) -> Trial:
        mail, team, box = self._mail, way.team_id, way.mailbox_id
        assert mail is not None
        assert team is not None
        assert box is not None
        await mail.test_mailbox(team, box)
        hub = await self._until(lambda: mail.email_hub(team), lambda hub: box not in hub.waiting)
        if hub is None:
            return bad(_SILENT)
        failed = next((one for one in hub.tests.get(box, ()) if not one.ok), None)
        if failed is not None:
            return bad(_STEPS[failed.step.value], failed.said)
        return good(QT_TRANSLATE_NOOP("Desk", "Mail comes in and goes out."))

    async def _test_number(self, way: Way) -> Trial:
        routing = self._routing
        assert routing is not None
        plan = await routing.explain(way.address, "", self._now())
        before = await routing.trunks()
        if not before:
            return bad(QT_TRANSLATE_NOOP("Desk", "No line brings calls from outside: add one under Trunks."))
        for trunk in before:
            await routing.look_at_trunk(trunk.id)
        lines = await self._until(routing.trunks, lambda now: _looked_at(before, now))
        if lines is None:
            return bad(_SILENT)
        if not any(one.state in GOOD_STATES for one in lines):
            names = ", ".join(one.name for one in lines)
            return bad(_NO_LINE_WORKS, names=names)
        if any(reason == "closed" for reason, _ in plan.reasons):
            return good(
                QT_TRANSLATE_NOOP("Desk", "The line works. {team} is closed now: callers hear so."), team=plan.team
            )
        who = plan.steps[0].who or plan.team
        return good(QT_TRANSLATE_NOOP("Desk", "The line works. A call now goes to {who}."), who=who)

    async def _test_sms(self, way: Way) -> Trial:
        messages = self._messages
        assert messages is not None
        line = next((one for one in await messages.lines() if one.number == way.address and one.active), None)
        if line is None or line.id is None:
            return bad(QT_TRANSLATE_NOOP("Desk", "This number takes no SMS: set it up under SMS."))
        if line.trunk_id is not None:
            return await self._test_sms_trunk(line)
        id_ = line.id
        before = await messages.line_found(id_)
        await messages.look_at_line(id_)
        found = await self._until(lambda: messages.line_found(id_), lambda now: now.looked_at != before.looked_at)
        if found is None:
            return bad(_SILENT)
        if found.state == "rejected":
            return bad(_NO_ACCOUNT, found.said)
        if found.state != "reachable":
            return bad(_NO_PROVIDER, found.said)
        if not line.hooks_at:
            return bad(_NO_WAY_IN)
        return good(QT_TRANSLATE_NOOP("Desk", "The provider answers and knows the account."))

    async def _test_sms_trunk(self, line: LineOnPage) -> Trial:
        routing, trunk = self._routing, line.trunk_id
        assert routing is not None
        assert trunk is not None
        before = await routing.trunks()
        await routing.look_at_trunk(trunk)
        lines = await self._until(routing.trunks, lambda now: _looked_at(before, now))
        found = next((one for one in lines or () if one.id == trunk), None)
        if found is None:
            return bad(_SILENT)
        if found.state not in GOOD_STATES:
            return bad(_NO_LINE_WORKS, names=found.name)
        return good(QT_TRANSLATE_NOOP("Desk", "The line that carries SMS works."))

    async def _test_page(self, way: Way) -> Trial:
        if not way.address:
            return bad(_NO_ADDRESS)
        assert self._pages is not None
        if fault := await self._pages.fault(way.address):
            return bad(_NO_PAGE, fault)
        self.opens(way.address)
        return good(QT_TRANSLATE_NOOP("Desk", "The page is there."))

    async def _until(self, read: Callable[[], Awaitable[T]], fits: Callable[[T], bool]) -> T | None:
        """What is read once it fits; None where that takes too long."""
        clock = asyncio.get_running_loop().time
        until = clock() + self._patience_s
        while not fits(found := await read()):
            if clock() >= until:
                return None
            await asyncio.sleep(LOOK_EVERY_S)
        return found


def _looked_at(before: tuple[TrunkLine, ...], now: tuple[TrunkLine, ...]) -> bool:
    """Whether one of the lines was looked at since: the hub has heard."""
    known = {one.id: one.looked_at for one in before}
    return any(one.looked_at != known.get(one.id) for one in now)
