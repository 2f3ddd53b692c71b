"""The rows of an invented population as lines of PostgreSQL's COPY text format."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from app.domain.text import fold
from app.store.sample_words import Vocabulary

YEARS_BACK = 3
NOTHING = "\\N"

CUSTOMERS = ("id", "organisation_id", "account_number", "first_name", "last_name", "organisation", "phones", "emails",
             "addresses", "language", "created_at", "updated_at")  # fmt: skip
CASES = ("id", "organisation_id", "audience_id", "number", "customer_id", "type_id", "state_id", "category",
         "visibility", "severity", "priority", "subject", "description", "team_id", "assignee_id", "number_id",
         "language", "preview", "channel", "created_at", "activity_at", "updated_at")  # fmt: skip
FOLLOW_UPS = ("id", "organisation_id", "audience_id", "case_id", "channel", "direction", "public", "author_id",
              "author_name", "body", "at", "language")  # fmt: skip
CASE_TEAMS = ("case_id", "team_id", "organisation_id", "reason")

_CHANNELS = (("note", "none"), ("call", "in"), ("call", "out"), ("email", "in"), ("email", "out"), ("sms", "out"))
_CHANNEL_WEIGHTS = (30, 22, 15, 14, 15, 4)
_LEVELS, _LEVEL_WEIGHTS = ("normal", "high", "low", "urgent"), (70, 15, 12, 3)
_LIVE, _LIVE_WEIGHTS = ("open", "waiting_customer", "waiting_agent"), (60, 25, 15)
LIVE_SHARE = 0.03
HANDED_OVER = 0.1
PRIVATE, INTERNAL = 0.01, 0.05


@dataclass(frozen=True, slots=True)
class Member:
    """An agent of a team."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SampleTeam:
    """A team that cases are given to, and the audiences of its cases."""

    id: UUID
    number_id: UUID
    members: tuple[Member, ...]
    public: int
    internal: int
    private: dict[UUID, int]
    handed_over: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there already: the organisation that the population is made for."""

    organisation_id: UUID
    everyone: int
    type_id: UUID
    states: dict[str, UUID]
    teams: tuple[SampleTeam, ...]
    account_format: str
    first_account: int
    first_case: int


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each."""

    customers: int
    cases: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Told:
    """One case with what belongs to it, as lines."""

    case: str
    follow_ups: list[str]
    former: str


class Population:
    """Makes the lines in the order in which they happened; the same seed makes the same ones."""

    def __init__(self, ground: Ground, size: Size, words: Path, now: datetime, seed: int) -> None:
        self._ground, self._size, self._now = ground, size, now
        self._random = Random(seed)  # noqa: S311 - nothing secret
        self._run = f"{self._random.getrandbits(28):07x}"
        self._words = {language: Vocabulary(words, language, self._random) for language in ("fr", "en")}
        self._begin = now - timedelta(days=365 * YEARS_BACK)
        # Nobody would work on the cases of a team without members.
        self._teams = [team for team in ground.teams if team.members] or list(ground.teams)
        self._team_weights = range(len(self._teams) + 2, 2, -1)

    def customers(self) -> Iterator[str]:
        """Each customer's line."""
        for at in range(self._size.customers):
            yield self._customer(at)

    def cases(self) -> Iterator[Told]:
        """Each case with its follow-ups."""
        made = 0
        for at in range(self._size.cases):
            # Spread evenly in sum, unevenly one by one: some cases take many words, some none.
            due = (at + 1) * self._size.follow_ups / self._size.cases - made
            count = max(0, round(due * self._random.choice((0, 1, 1, 2)))) if at + 1 < self._size.cases else round(due)
            made += count
            yield self._case(at, max(0, count))

    def _customer(self, at: int) -> str:
        language = "fr" if at % 4 else "en"
        words = self._words[language]
        first, last = words.person()
        firm = words.organisation(last) if self._random.random() < 0.35 else ""
        created = self._begin + (self._now - self._begin) * (at / self._size.customers)
        local = f"{self._random.randrange(10**6):06}"
        # Number ranges that no network gives to anybody: 01 99 in France, 01632 in Britain.
        e164, typed = (
            (f"+33199{local}", f"01 99 {local[:2]} {local[2:4]} {local[4:]}")
            if language == "fr"
            else (f"+441632{local}", f"+44 1632 {local}")
        )
        mail = fold(f"{first}.{last}{at}@{'campagne' if language == 'fr' else 'farms'}.example").replace(" ", "")
        place = f"{self._random.randint(1, 90)} {words.street()}\n{words.towns.draw()}"
        return _line(
            self._id(1, at, created),
            self._ground.organisation_id,
            self._account(at),
            first,
            last,
            firm,
            _json([{"e164": e164, "typed": typed, "label": ""}]),
            _json([{"address": mail, "label": ""}] if self._random.random() < 0.8 else []),
            _json([{"lines": place, "label": ""}]),
            language,
            created,
            created,
        )

    def _case(self, at: int, count: int) -> Told:
        random = self._random
        team = random.choices(self._teams, weights=self._team_weights)[0]
        share = at / self._size.cases
        created = self._begin + (self._now - self._begin) * share
        live = share > 1 - 2 * LIVE_SHARE and random.random() < 0.5
        category = random.choices(_LIVE, _LIVE_WEIGHTS)[0] if live else "closed" if random.random() < 0.9 else "solved"
        worker = random.choice(team.members) if team.members and (not live or random.random() < 0.7) else None
        if worker is None and not live:
            category = "open"  # solved needs an assignee
        audience, visibility, former = self._audience(team, worker)
        # The customers that call often have most of the cases.
        customer = int(self._size.customers * random.random() ** 2)
        language = "fr" if customer % 4 else "en"
        case_id = self._id(2, at, created)
        words = self._words[language]
        bodies = [(words.text(3), random.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]) for _ in range(count)]
        lasted = min(timedelta(days=random.expovariate(0.25)), (self._now - created) * random.random())
        times = [created + lasted * ((n + 1) / count) for n in range(count)]
        author = worker or (team.members[0] if team.members else None)
        follow_ups = [
            _line(
                self._id(3, at * 64 + n, when),
                self._ground.organisation_id,
                audience,
                case_id,
                channel,
                direction,
                channel in {"email", "sms"},
                author.id if author else NOTHING,
                author.name if author else "",
                body,
                when,
                language,
            )
            for n, ((body, (channel, direction)), when) in enumerate(zip(bodies, times, strict=True))
        ]
        last_at = times[-1] if times else created
        case = _line(
            case_id,
            self._ground.organisation_id,
            audience,
            self._ground.first_case + at,
            self._customer_id(customer),
            self._ground.type_id,
            self._ground.states[category],
            category,
            visibility,
            random.choices(_LEVELS, _LEVEL_WEIGHTS)[0],
            random.choices(_LEVELS, _LEVEL_WEIGHTS)[0],
            words.subject(),
            words.text(2),
            team.id,
            worker.id if worker else NOTHING,
            team.number_id,
            language,
            bodies[-1][0][:160] if bodies else "",
            bodies[-1][1][0] if bodies else "note",
            created,
            last_at,
            last_at,
        )
        return Told(case, follow_ups, _line(case_id, former, self._ground.organisation_id, "former") if former else "")

    def _audience(self, team: SampleTeam, worker: Member | None) -> tuple[int, str, UUID | None]:
        chance = self._random.random()
        if chance < PRIVATE and worker is not None:
            return team.private[worker.id], "private", None
        if chance < PRIVATE + INTERNAL:
            return team.internal, "internal", None
        if team.handed_over and chance > 1 - HANDED_OVER:
            former = self._random.choice(list(team.handed_over))
            return team.handed_over[former], "public", former
        return team.public, "public", None

    def _customer_id(self, at: int) -> str:
        return self._id(1, at, self._begin + (self._now - self._begin) * (at / self._size.customers))

    def _id(self, kind: int, at: int, made: datetime) -> str:
        """A UUIDv7 by its time, its kind, this run and its place: nothing has to be remembered."""
        return f"{int(made.timestamp() * 1000):012x}7{kind:03x}8{self._run}{at:08x}"

    def _account(self, at: int) -> str:
        before, _, after = self._ground.account_format.partition("#")
        return f"{before}{self._ground.first_account + at:0{1 + after.count('#')}}{after.lstrip('#')}"


def _line(*values: object) -> str:
    return "\t".join(map(_value, values)) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
