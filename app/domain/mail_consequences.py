"""What follows of a mail that would have become a case of its own: every automatic reply, and the loops that begin."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.automation_decisions import Outcome, Verdict, decide
from app.domain.automation_deeds import World
from app.domain.automation_events import Event
from app.domain.automations import Action, Automation, Does, Trigger
from app.domain.judging import Facts
from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.domain.mail_answers import MOST_AN_HOUR, WINDOW, Answering, answered_to, answers
from app.domain.mail_replay import Became, PastMail
from app.domain.templating import TemplateError, fill_in
from app.domain.time_machine import brought_about

LOOP_AFTER = 3
"""So many cases of its own for one sender within an hour is two machines that write to each other."""
HOUR = timedelta(hours=1)
MOST_EVENTS = 60
"""So much is followed of one mail; what is still going on then is a loop."""
ACKNOWLEDGEMENT = "shipped:acknowledgement"
_CASE = UUID(int=0)  # one that never was has no id
_TO_MAIL = frozenset({Trigger.CREATED, Trigger.MESSAGE_IN})


@dataclass(frozen=True, slots=True)
class Speaker:
    """The team through whose mail a case is answered: whether it answers by itself, in its own words, as whom."""

    answers: bool = False
    name: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailHouse:
    """What acts by itself on a team's mail; `acknowledges` is carried out with the mail, before all others."""

    automations: Mapping[Trigger, Sequence[Automation]]
    world: World
    templates: Mapping[str, tuple[str, ...]]
    speaker: Speaker
    acknowledges: Automation | None = None
    own_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Begun:
    """A case as a mail would have begun it: what automations know of it, what templates name, who speaks for it."""

    facts: Facts
    names: Mapping[str, Any]
    speaker: Speaker
    language: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One automatic reply: by which automation, to whom, and what it would have said."""

    automation: str
    shipped: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed of one mail."""

    replies: tuple[Reply, ...] = ()
    loops: bool = False


@dataclass(slots=True)
class _Course:
    """What automations make of one new case, one after the other."""

    past: PastMail
    begun: Begun
    facts: Mapping[str, object]
    waiting: deque[Event] = field(default_factory=deque)
    runs: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    replies: list[tuple[UUID, Reply]] = field(default_factory=list)
    loops: bool = False


@dataclass(slots=True)
class Consequences:
    """Follows a team's mail in the order of time; what really left counts like what would have left."""

    house: MailHouse
    cases: dict[str, list[datetime]] = field(default_factory=dict)
    answered: dict[str, list[datetime]] = field(default_factory=dict)
    lately: list[datetime] = field(default_factory=list)

    def follow(self, past: PastMail, became: Became | None, begun: Begun | None) -> Followed:
        """The replies that did not go out and would have, and whether a loop would have begun."""
        if became is None or not became.differs:
            if past.replied:
                self._count(answered_to(past.seen.mail).lower(), past.at)
            return Followed()
        if begun is None:
            return Followed()
        course = _Course(past, begun, begun.facts)
        self._run(course)
        again = past.fate is not Fate.CASE and self._again(past)
        told = tuple(reply for automation, reply in course.replies if automation not in past.replied)
        return Followed(told, course.loops or again)

    def _again(self, past: PastMail) -> bool:
        sender = past.seen.mail.sender
        if sender is None:
            return False
        times = self.cases.setdefault(sender.address.lower(), [])
        times.append(past.at)
        return sum(1 for at in times if past.at - at < HOUR) >= LOOP_AFTER

    def _run(self, course: _Course) -> None:
        mail, at = course.past.seen.mail, course.past.at
        created = Event("created", Trigger.CREATED, _CASE, at)
        if self.house.acknowledges is not None:
            action = Action(Does.REPLY, ACKNOWLEDGEMENT)
            self._reply(course, self.house.acknowledges, action, created, self.house.speaker)
        said = {"event.channel": "email", "event.text": mail.text[:5000]}
        course.waiting += (created, Event("message", Trigger.MESSAGE_IN, _CASE, at, said=said))
        for _ in range(MOST_EVENTS):
            if not course.waiting:
                return
            self._settle(course, course.waiting.popleft())
        course.loops = True

    def _settle(self, course: _Course, event: Event) -> None:
        chosen = self.house.automations.get(event.trigger, ())
        if event.trigger is Trigger.CREATED:  # the acknowledgement has had its turn
            chosen = [one for one in chosen if one is not self.house.acknowledges]
        verdicts, course.facts = decide(chosen, event, course.facts, event.at, self.house.world, course.runs)
        for verdict in verdicts:
            if verdict.outcome is Outcome.DONE:
                self._carry_out(course, verdict)
            course.loops = course.loops or verdict.outcome in {Outcome.TOO_DEEP, Outcome.TOO_OFTEN}

    def _carry_out(self, course: _Course, verdict: Verdict) -> None:
        key = (verdict.automation.id, _CASE)
        course.runs[key] = course.runs.get(key, 0) + 1
        for deed in verdict.deeds:
            if deed.action.does is Does.REPLY and not deed.problem:
                self._reply(course, verdict.automation, deed.action, verdict.event, course.begun.speaker)
        if (brought := brought_about(verdict)) is not None:
            course.waiting.append(brought)

    def _reply(self, course: _Course, by: Automation, action: Action, event: Event, speaker: Speaker) -> None:
        """A reply as it would have left, and the message that it is to automations."""
        mail = course.past.seen.mail
        to = answered_to(mail) if event.trigger in _TO_MAIL else mail.sender.address if mail.sender else ""
        if not speaker.answers or not self._leaves(mail, to.lower(), event):
            return
        try:
            text = self._text(action.value, course.begun, speaker)
        except TemplateError:
            return  # the automation's page says so; nothing would have left
        if event.trigger in _TO_MAIL:
            self._count(to.lower(), event.at)
        elif not mail.may_answer:
            course.loops = True  # nothing keeps a machine from answering it
        course.replies.append((by.id, Reply(by.name, by.shipped, to, text)))
        said = {"event.channel": "email", "event.text": text[:5000]}
        course.waiting.append(
            Event(f"{event.key}>", Trigger.MESSAGE_OUT, _CASE, event.at, None, by.id, event.depth + 1, said=said)
        )

    def _leaves(self, mail: Mail, to: str, event: Event) -> bool:
        """What answers a mail keeps to RFC 3834 and to one a sender and day; all of it to what may leave in an hour."""
        if not to or to in self.house.own_addresses:
            return False
        lately = sum(1 for at in self.lately[-MOST_AN_HOUR:] if event.at - at < HOUR)
        if event.trigger not in _TO_MAIL:
            return lately < MOST_AN_HOUR
        before = sum(1 for at in self.answered.get(to, ()) if event.at - at < WINDOW)
        return answers(mail, Fate.CASE, Answering(True, before, lately))

    def _count(self, to: str, at: datetime) -> None:
        self.answered.setdefault(to, []).append(at)
        self.lately.append(at)

    def _text(self, template: str, begun: Begun, speaker: Speaker) -> str:
        texts = self.house.templates.get(template, ("", ""))
        own = speaker.own_words.get(begun.language, "").strip()
        if own and texts == self.house.templates.get(ACKNOWLEDGEMENT):
            return own.replace("{number}", str(begun.names["case"]["number"])).replace("{name}", speaker.name)
        first, other = texts if begun.language == "en" else texts[::-1]
        return fill_in(first or other, {**begun.names, "sender": speaker.name})
