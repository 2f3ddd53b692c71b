"""A team's rules about mail: conditions that a message meets or not, and what becomes of it then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.mail import Mail
from app.domain.refusals import Refusal, Refused
from app.domain.text import fold

MOST_CONDITIONS, LONGEST_VALUE = 20, 500


class On(StrEnum):
    """What a condition looks at."""

    SENDER = "sender"
    DOMAIN = "domain"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    BODY = "body"
    HEADER = "header"
    ATTACHMENT = "attachment"
    SEGMENT = "segment"
    OPEN_CASE = "open_case"


class How(StrEnum):
    """How it is compared; several values stand between commas, one that fits is enough."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"


class Action(StrEnum):
    """What becomes of a message that a rule matches."""

    IGNORE = "ignore"
    ROUTE_TO_TEAM = "route_to_team"
    ROUTE_TO_AGENT = "route_to_agent"
    CREATE_CASE = "create_case"


COMPARISONS: dict[On, tuple[How, ...]] = {
    On.DOMAIN: (How.IS, How.IS_NOT),
    On.SEGMENT: (How.IS, How.IS_NOT),
    On.OPEN_CASE: (How.IS, How.IS_NOT),
}
"""Where not every comparison makes sense."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; a header is written `Name: value`, an attachment by its ending or a part of its name."""

    on: On = On.SENDER
    how: How = How.CONTAINS
    value: str = ""


@dataclass(frozen=True, slots=True)
class MailRule:
    """Conditions in front of an action; `matches_all` asks for all of them, else one is enough."""

    id: UUID
    team_id: UUID
    name: str
    conditions: tuple[Condition, ...]
    action: Action
    to_team_id: UUID | None = None
    to_agent_id: UUID | None = None
    matches_all: bool = True
    active: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as rules see it, with what the store knows of its sender."""

    mail: Mail
    recipients: tuple[str, ...] = ()
    segment: str = ""
    has_open_case: bool = False


def check(rule: MailRule) -> None:
    """Refuse a rule that cannot be kept, with its place."""
    if not rule.name.strip():
        raise Refused(Refusal.REQUIRED, "name")
    if not rule.conditions:
        raise Refused(Refusal.REQUIRED, "conditions")
    if len(rule.conditions) > MOST_CONDITIONS:
        raise Refused(Refusal.TOO_MANY, "conditions", most=MOST_CONDITIONS)
    for condition in rule.conditions:
        _check_condition(condition)
    if rule.action is Action.ROUTE_TO_TEAM and rule.to_team_id is None:
        raise Refused(Refusal.REQUIRED, "goes_to")
    if rule.action is Action.ROUTE_TO_AGENT and rule.to_agent_id is None:
        raise Refused(Refusal.REQUIRED, "goes_to")


def _check_condition(condition: Condition) -> None:
    if condition.on is not On.OPEN_CASE and not values_of(condition):
        raise Refused(Refusal.REQUIRED, "compared")
    if len(condition.value) > LONGEST_VALUE:
        raise Refused(Refusal.TOO_LONG, "compared", length=len(condition.value), most=LONGEST_VALUE)
    if condition.on is On.HEADER and ":" not in condition.value:
        raise Refused(Refusal.NOT_A_HEADER, "compared", value=condition.value[:40])


def first_match(rules: Sequence[MailRule], seen: Seen) -> MailRule | None:
    """The rule that decides: the first one, in their order, that is on and matches."""
    ordered = sorted(rules, key=lambda rule: rule.position)
    return next((rule for rule in ordered if rule.active and matches(rule, seen)), None)


def matches(rule: MailRule, seen: Seen) -> bool:
    """Whether a message meets a rule's conditions; a rule without any meets nothing."""
    met = [meets(condition, seen) for condition in rule.conditions]
    return bool(met) and (all(met) if rule.matches_all else any(met))


def meets(condition: Condition, seen: Seen) -> bool:
    """Whether one comparison holds."""
    denies = condition.how in {How.IS_NOT, How.CONTAINS_NOT}
    if condition.on is On.OPEN_CASE:
        return seen.has_open_case is not denies
    wanted = values_of(condition)
    if condition.on is On.HEADER:
        return _header(condition, seen) is not denies
    whole = condition.how in {How.IS, How.IS_NOT}
    found = _found(condition.on, seen)
    fits = any(_fits(condition.on, value, one, whole=whole) for value in wanted for one in found)
    return fits is not denies


def values_of(condition: Condition) -> tuple[str, ...]:
    """The values of a condition, folded; a header's value is one, commas included."""
    parts = [condition.value] if condition.on is On.HEADER else re.split(r"[,;\n]", condition.value)
    return tuple(fold(part) for part in parts if part.strip())


def _found(on: On, seen: Seen) -> tuple[str, ...]:
    mail = seen.mail
    sender = mail.sender.address if mail.sender else ""
    if on is On.SENDER:
        return (sender.lower(), fold(mail.sender.name)) if mail.sender else ()
    if on is On.DOMAIN:
        return (sender.rpartition("@")[2].lower(),)
    if on is On.RECIPIENT:
        written = (party.address for party in (*mail.to, *mail.cc))
        return tuple(address.lower() for address in (*written, *seen.recipients))
    if on is On.ATTACHMENT:
        return tuple(fold(part.name or "") for part in mail.parts if not part.inline)
    return (fold({On.SUBJECT: mail.subject, On.BODY: mail.text}.get(on, seen.segment)),)


def _fits(on: On, value: str, one: str, *, whole: bool) -> bool:
    if on is On.DOMAIN:
        bare = value.lstrip("@")
        return one == bare or one.endswith(f".{bare}")
    if on is On.ATTACHMENT:
        # "PDF" is the kind of file, "invoice" a part of its name.
        return one.endswith(f".{value.lstrip('*.')}") or (value in one and not whole)
    return one == value if whole else value in one


def _header(condition: Condition, seen: Seen) -> bool:
    name, _, value = condition.value.partition(":")
    wanted = fold(value)
    whole = condition.how in {How.IS, How.IS_NOT}
    texts = [fold(text) for head, text in seen.mail.headers if head.lower() == name.strip().lower()]
    return any(text == wanted if whole and wanted else wanted in text for text in texts)
