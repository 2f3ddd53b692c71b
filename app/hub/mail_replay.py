"""The time machine of mail rules: a rule over the mail of the last days, played forward; nothing of it is done."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.domain.mail_consequences import Begun, Consequences, Followed, MailHouse
from app.domain.mail_replay import Became, PastMail, would_become
from app.domain.mail_rules import MailRule, Seen
from app.services.mail_requests import DryRun, DryRunLine, KeptMail

MOST_LINES = 200


class PastMails(Protocol):
    """What came to a team, and what acts on it."""

    most: int
    """So many mails are looked at, the newest ones."""

    async def rules(self, team: UUID) -> list[MailRule]: ...
    async def house(self, team: UUID) -> MailHouse: ...
    def past(self, team: UUID, days: int) -> AsyncIterator[KeptMail]: ...
    async def begun(self, team: UUID, kept: KeptMail, mail: Mail, became: Became) -> Begun | None: ...


@dataclass(slots=True)
class _Count:
    looked_at: int = 0
    matched: int = 0
    changed: int = 0
    replies: int = 0
    loops: int = 0


async def replay_rule(past: PastMails, read: Callable[[bytes], Mail], rule: MailRule, days: int) -> DryRun:
    """What a rule, kept or not, would have made of each mail, and what would have followed."""
    began, count, lines = time.monotonic(), _Count(), deque[DryRunLine](maxlen=MOST_LINES)
    others, follows = await past.rules(rule.team_id), Consequences(await past.house(rule.team_id))
    async for kept in past.past(rule.team_id, days):
        count.looked_at += 1
        mail = await asyncio.to_thread(read, kept.raw)
        seen = Seen(mail, kept.recipients, kept.segment, kept.fate is Fate.FOLLOW_UP)
        one = PastMail(seen, kept.arrived_at, kept.fate, kept.rule_id, kept.replied)
        became = would_become(rule, others, one)
        begins = became is not None and became.begins
        begun = await past.begun(rule.team_id, kept, mail, became) if became is not None and begins else None
        followed = follows.follow(one, became, begun)
        if became is not None:
            _add(count, became, followed)
            lines.append(_line(kept, mail, became, followed))
    took = round(time.monotonic() - began, 2)
    return DryRun(
        count.looked_at, count.matched, count.changed, tuple(reversed(lines)), count.replies, count.loops, took,
        count.looked_at >= past.most,
    )  # fmt: skip


def _add(count: _Count, became: Became, followed: Followed) -> None:
    count.matched += 1
    count.changed += became.differs
    count.replies += len(followed.replies)
    count.loops += followed.loops


def _line(kept: KeptMail, mail: Mail, became: Became, followed: Followed) -> DryRunLine:
    shown = mail.sender.name or mail.sender.address if mail.sender else kept.sender
    return DryRunLine(
        kept.id, kept.arrived_at, shown, kept.subject, kept.fate.value, kept.case_number, became.would,
        followed.replies, followed.loops,
    )  # fmt: skip
