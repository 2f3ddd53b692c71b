"""One line of a brought table as the record that it means, or Refused with what is wrong with it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain import customers, fields, phone_numbers, planned_time
from app.domain.cases import Level, Visibility, check_subject
from app.domain.customers import Address, Customer, EmailAddress
from app.domain.fields import FieldOwner
from app.domain.ids import new_id
from app.domain.import_columns import Matched, TableKind
from app.domain.refusals import Refusal, Refused
from app.domain.tables import Line
from app.domain.tasks import Task, TaskKind, TaskStatus
from app.domain.text import fold
from app.services.organisation import Directory

_LEVELS = {"low": "low", "normal": "normal", "high": "high", "urgent": "urgent", "basse": "low", "faible": "low",
           "normale": "normal", "haute": "high", "elevee": "high", "urgente": "urgent"}  # fmt: skip
_VISIBILITIES = {"public": "public", "internal": "internal", "private": "private", "publique": "public",
                 "interne": "internal", "prive": "private", "privee": "private"}  # fmt: skip
_LANGUAGES = {"fr": "fr", "en": "en", "french": "fr", "english": "en", "francais": "fr", "anglais": "en"}
_CHANNELS = {"phone": "phone", "email": "email", "sms": "sms", "chat": "chat", "telephone": "phone",
             "e-mail": "email", "courriel": "email", "mail": "email"}  # fmt: skip
_YES = frozenset({"yes", "true", "1", "x", "oui", "vrai"})
_NO = frozenset({"", "no", "false", "0", "non", "faux"})
_KINDS = {"call": "call", "email": "email", "meeting": "meeting", "chat": "chat", "other": "other", "appel": "call",
          "e-mail": "email", "courriel": "email", "rendez-vous": "meeting", "reunion": "meeting",
          "autre": "other"}  # fmt: skip
_STATUSES = {"planned": "planned", "done": "done", "cancelled": "cancelled", "prevu": "planned", "prevue": "planned",
             "fait": "done", "faite": "done", "annule": "cancelled", "annulee": "cancelled"}  # fmt: skip
_TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M",
          "%d.%m.%Y %H:%M", "%Y-%m-%d", "%d/%m/%Y")  # fmt: skip
_MORNING = 9
_LONGEST = 400
"""No name is as long: what is longer is none of them, and is not folded whole."""
_BETWEEN = re.compile(r"[;|]")
TEXT_MOST = {"description": 200_000, "notes": 20_000, "pinned_note": 4_000, "address": 2_000, "account_number": 40,
             "title": 250}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A case as a table brings it."""

    id: UUID
    customer_id: UUID
    subject: str
    team_id: UUID
    description: str
    assignee_id: UUID | None
    state_id: UUID | None
    severity: Level
    priority: Level
    visibility: Visibility
    tags: tuple[str, ...]
    custom: dict[str, Any]


@dataclass(slots=True)
class LineReader:
    """Reads the lines of one table; what they refer to is looked up before, for a whole batch."""

    kind: TableKind
    columns: tuple[Matched, ...]
    directory: Directory
    customers: dict[str, tuple[UUID, ...]] = field(default_factory=dict)
    cases: dict[int, UUID] = field(default_factory=dict)
    states: dict[str, UUID] = field(default_factory=dict)
    _teams: dict[str, UUID] = field(init=False)
    _agents: dict[str, UUID] = field(init=False)
    _own: tuple[fields.CustomField, ...] = field(init=False)
    _read: "Callable[[Line], Customer | ImportedCase | Task]" = field(init=False)
    _places: dict[str, list[int]] = field(init=False)
    _limits: list[tuple[int, str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._places = {}
        for at, column in enumerate(self.columns):
            self._places.setdefault(column.column, []).append(at)
        self._limits = [(at, name, most) for name, most in TEXT_MOST.items() for at in self._places.get(name, ())]
        owners = {
            TableKind.CUSTOMERS: FieldOwner.CUSTOMER,
            TableKind.CASES: FieldOwner.CASE,
            TableKind.TASKS: FieldOwner.TASK,
        }
        self._own = tuple(one for one in self.directory.fields if one.owner is owners[self.kind])
        readers: dict[TableKind, Callable[[Line], Customer | ImportedCase | Task]] = {
            TableKind.CUSTOMERS: self._customer,
            TableKind.CASES: self._case,
            TableKind.TASKS: self._task,
        }
        self._read = readers[self.kind]
        people = self.directory.agents
        self._teams = {fold(team.name): team.id for team in self.directory.teams}
        self._agents = {fold(name): one.id for one in people for name in (one.role_name, one.name)}

    def read(self, line: Line) -> Customer | ImportedCase | Task:
        """The record of a line."""
        if len(line.values) != len(self.columns):
            raise Refused(Refusal.LINE_TOO_SHORT, found=len(line.values), wanted=len(self.columns))
        for at, name, most in self._limits:
            if len(line.values[at]) > most:
                raise Refused(Refusal.TOO_LONG, name, length=len(line.values[at]), most=most)
        return self._read(line)

    def all(self, line: Line, column: str) -> tuple[str, ...]:
        """What stands in the columns of this meaning."""
        return tuple([value for at in self._places.get(column, ()) if (value := line.values[at])])

    def one(self, line: Line, column: str) -> str:
        """The first of them, or nothing."""
        for at in self._places.get(column, ()):
            if value := line.values[at]:
                return value
        return ""

    def whole(self, lines: Iterable[Line]) -> Iterable[Line]:
        """Those that have as many values as there are columns."""
        return (line for line in lines if len(line.values) == len(self.columns))

    def case_numbers(self, lines: Iterable[Line]) -> tuple[int, ...]:
        """The numbers of cases that the lines refer to."""
        told = (self.one(line, "case").lstrip("#") for line in self.whole(lines))
        return tuple({int(number) for number in told if number.isdecimal() and len(number) < 18})

    def _customer(self, line: Line) -> Customer:
        region = self.directory.organisation.region
        customer = Customer(
            new_id(),
            account_number=self.one(line, "account_number"),
            first_name=self.one(line, "first_name"),
            last_name=self.one(line, "last_name"),
            organisation=self.one(line, "organisation"),
            phones=tuple(phone_numbers.parse(typed, region) for typed in _parts(self.all(line, "phone"))),
            emails=tuple(EmailAddress(address) for address in _parts(self.all(line, "email"))),
            addresses=tuple(Address(lines) for lines in self.all(line, "address")),
            language=self._choice(line, "language", _LANGUAGES, self.directory.organisation.language),
            time_zone=self._zone(line, "time_zone"),
            preferred_channel=self._choice(line, "preferred_channel", _CHANNELS, "phone"),
            do_not_call=self._yes_no(line, "do_not_call"),
            pinned_note=self.one(line, "pinned_note"),
            custom=self._custom(line),
        )
        customers.check(customer)
        return customer

    def _case(self, line: Line) -> ImportedCase:
        team = self._named(line, "team", self._teams)
        customer = self._customer_of(line)
        if team is None or customer is None:
            raise Refused(Refusal.REQUIRED, "team" if team is None else "customer")
        return ImportedCase(
            new_id(),
            customer,
            check_subject(self.one(line, "subject")),
            team,
            self.one(line, "description"),
            self._named(line, "assignee", self._agents),
            self._named(line, "state", self.states),
            Level(self._choice(line, "severity", _LEVELS, "normal")),
            Level(self._choice(line, "priority", _LEVELS, "normal")),
            Visibility(self._choice(line, "visibility", _VISIBILITIES, "public")),
            _parts(self.all(line, "tags")),
            self._custom(line),
        )

    def _task(self, line: Line) -> Task:
        title = " ".join(self.one(line, "title").split())
        if not title:
            raise Refused(Refusal.REQUIRED, "title")
        agent = self._named(line, "assignee", self._agents)
        team = self._named(line, "team", self._teams)
        if team is None and agent is not None:
            team = next(one.default_team_id for one in self.directory.agents if one.id == agent)
        if team is None:
            raise Refused(Refusal.REQUIRED, "team")
        number = self.one(line, "case").lstrip("#")
        case = self.cases.get(int(number)) if number.isdecimal() else None
        if number and case is None:
            raise Refused(Refusal.NOT_A_CHOICE, "case", value=number[:40])
        zone = self._zone(line, "zone")
        local_at = _local(self.one(line, "due"))
        if local_at is not None:
            planned_time.due_at(local_at, zone)
        return Task(
            new_id(),
            team,
            title,
            TaskKind(self._choice(line, "kind", _KINDS, "call")),
            customer_id=self._customer_of(line),
            case_id=case,
            assignee_id=agent,
            notes=self.one(line, "notes"),
            local_at=local_at,
            zone=zone,
            priority=Level(self._choice(line, "priority", _LEVELS, "normal")),
            status=TaskStatus(self._choice(line, "status", _STATUSES, "planned")),
            custom=self._custom(line),
        )

    def _customer_of(self, line: Line) -> UUID | None:
        told = self.one(line, "customer")
        if not told:
            return None
        known = (self.customers.get(sign, ()) for sign in _signs(told, self.directory.organisation.region))
        found = next(filter(None, known), ())
        if len(found) != 1:
            raise Refused(Refusal.NOT_ONE_CUSTOMER, "customer", value=told[:80], count=len(found))
        return found[0]

    def _named(self, line: Line, column: str, known: dict[str, UUID]) -> UUID | None:
        told = self.one(line, column)
        if not told:
            return None
        if (found := known.get(fold(told[:_LONGEST]))) is None:
            raise Refused(Refusal.NOT_A_CHOICE, column, value=told[:80])
        return found

    def _choice(self, line: Line, column: str, known: dict[str, str], default: str) -> str:
        told = self.one(line, column)
        if not told:
            return default
        if (found := known.get(fold(told[:_LONGEST]))) is None:
            raise Refused(Refusal.NOT_A_CHOICE, column, value=told[:80])
        return found

    def _yes_no(self, line: Line, column: str) -> bool:
        told = fold(self.one(line, column)[:80])
        if told not in _YES | _NO:
            raise Refused(Refusal.NOT_A_CHOICE, column, value=told)
        return told in _YES

    def _zone(self, line: Line, column: str) -> str:
        told = self.one(line, column)
        try:
            return ZoneInfo(told).key if told else self.directory.organisation.time_zone
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Refused(Refusal.NOT_A_CHOICE, column, value=told[:80]) from None

    def _custom(self, line: Line) -> dict[str, Any]:
        typed = {
            self.columns[at].field: value for at, value in enumerate(line.values) if value and self.columns[at].field
        }
        for one in self._own:
            if one.default and not typed.get(one.key):
                typed[one.key] = one.default
        return fields.read_values(self._own, typed)


def customer_signs(reader: LineReader, lines: Iterable[Line]) -> tuple[str, ...]:
    """What the lines know their customers by, as the store's keys have it."""
    region = reader.directory.organisation.region
    return tuple({sign for line in reader.whole(lines) for sign in _signs(reader.one(line, "customer"), region)})


def _signs(told: str, region: str) -> tuple[str, ...]:
    """An account number, an e-mail address or a telephone number, as the store keeps it for searching."""
    if not told:
        return ()
    plain = fold(told[:200])
    number = phone_numbers.normalise(told, region) if not any(c.isalpha() for c in told) else None
    return (plain, number) if number else (plain,)


def _local(told: str) -> datetime | None:
    if not told:
        return None
    for form in _TIMES:
        try:
            found = datetime.strptime(told, form)  # noqa: DTZ007 - wall time, its zone stands apart
        except ValueError:
            continue
        return found if "%H" in form else found.replace(hour=_MORNING)
    raise Refused(Refusal.NOT_A_DATE, "due", value=told[:80])


def _parts(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for cell in cells for piece in _BETWEEN.split(cell) if (part := piece.strip()))
