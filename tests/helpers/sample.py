"""The Vallon dealership in memory: a store that answers as the real one does, for views and presenters."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.desk.sign_in import ListFirst, Remembered, ServerProfile
from app.domain import planned_time
from app.domain.agents import Agent, AgentState, Presence
from app.domain.case_types import CaseType
from app.domain.cases import Case, CaseRow, Category, Level, Visibility
from app.domain.customers import Customer
from app.domain.fields import CustomField
from app.domain.follow_ups import FollowUp
from app.domain.history import Change, Hint
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskRow, TaskStatus
from app.domain.teams import Membership, Number, Team
from app.domain.text import fold
from app.domain.views import CONDITIONS, View, place
from app.services.attachments import Attachments
from app.services.automations import AutomationDesk
from app.services.case_types import Types
from app.services.cases import CaseFile, Cases, Cursor, NewCase
from app.services.customers import CustomerFile, CustomerHit, Customers
from app.services.desk import Setup, SignedIn
from app.services.email_hub import TeamMail
from app.services.messages import Messages
from app.services.numbers import Numbers
from app.services.organisation import Administration, Directory
from app.services.practice import Practice
from app.services.routing import RoutingSetup
from app.services.sms import Texts
from app.services.tasks import Tasks
from app.services.views import Views
from tests.helpers.sample_automations import SampleAutomations
from tests.helpers.sample_calls import SampleCalls
from tests.helpers.sample_data import (
    AGENTS,
    CUSTOMERS,
    FIELDS,
    MEMBERSHIPS,
    NOW,
    PRESENCE,
    RESULTS,
    STATES,
    TEAMS,
    TYPES,
    case_rows,
    directory,
    key,
    task_rows,
    timeline_of,
)
from tests.helpers.sample_floor import SampleFloor
from tests.helpers.sample_mail import SampleMail, sample_mails
from tests.helpers.sample_mail_hub import SampleTeamMail
from tests.helpers.sample_practice import SamplePractice
from tests.helpers.sample_texts import SampleMessages, SampleTexts
from tests.helpers.sample_trees import filled_routing
from tests.helpers.sample_types import SampleTypes
from tests.helpers.sample_views import SampleViews

__all__ = [
    "AGENTS",
    "CUSTOMERS",
    "FIELDS",
    "MEMBERSHIPS",
    "NOBODY",
    "NOW",
    "PRESENCE",
    "RESULTS",
    "STATES",
    "TEAMS",
    "TYPES",
    "SampleBlobs",
    "SampleDoor",
    "SampleJournal",
    "SampleStore",
    "case_rows",
    "directory",
    "key",
    "signed_in",
    "task_rows",
    "timeline_of",
]


class SampleStore:
    """Every store port of the services, over the lists above."""

    def __init__(self, me: str = "Camille Roy") -> None:
        self.kept = directory(me)
        self.list = list(case_rows())
        self.handed: dict[UUID, CaseRow] = {}
        self.notes: list[FollowUp] = []
        self.people = {customer.id: customer for customer in CUSTOMERS}
        self.listeners: list[Callable[[Hint], None]] = []
        self.states = {agent.id: Presence(agent.id, AgentState.AVAILABLE, NOW) for agent in AGENTS}
        self.connected = True
        self.calls = SampleCalls()
        self.planned = list(task_rows())
        self.reachable = True
        self.journal = SampleJournal()
        self.blobs = SampleBlobs()
        self.mail = SampleMail()
        self.texts: SampleTexts | None = None
        self.messages = SampleMessages(self.hint)
        self.calls.presence = PRESENCE
        self.team_mail = SampleTeamMail(self.hint)
        self.automations = SampleAutomations(self.hint)
        self.types = SampleTypes()
        self.views = SampleViews(self.kept)
        self.practice = SamplePractice()

    def subscribe(self, listener: Callable[[Hint], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def hint(self, kind: str, record_id: UUID | None = None, parent_id: UUID | None = None) -> None:
        for listener in tuple(self.listeners):
            listener(Hint(kind, record_id, parent_id))

    def _in(self, view: View) -> list[CaseRow]:
        if view.stored is not None:
            stored = view.stored
            found = [row for row in self.list if self.views.holds(stored, row)]
            return sorted(found, key=lambda row: place(view, row))
        wanted = CONDITIONS[view.kind]
        return [
            row
            for row in self.list
            if row.category in wanted.categories
            and (not wanted.mine or row.assignee_id == self.kept.me.id)
            and (not wanted.unassigned or row.assignee_id is None)
            and (view.team_id is None or row.team_id == view.team_id)
        ]

    async def case_page(self, view: View, after: Cursor | None, limit: int) -> tuple[CaseRow, ...]:
        below = [row for row in self._in(view) if after is None or row.activity_at < after.activity_at]
        return tuple(below[:limit])

    async def view_counts(self, views: tuple[View, ...]) -> dict[View, int]:
        return {view: len(self._in(view)) for view in views}

    async def case_rows(self, view: View, ids: tuple[UUID, ...]) -> tuple[CaseRow, ...]:
        return tuple(row for row in self._in(view) if row.id in ids)

    async def find_cases(self, text: str, limit: int) -> tuple[CaseRow, ...]:
        return tuple(row for row in self.list if fold(text) in fold(f"{row.number} {row.subject}"))[:limit]

    async def case_file(self, case_id: UUID) -> CaseFile:
        found = [row for row in self.list if row.id == case_id]
        if not found:
            raise Refused(Refusal.NOT_FOUND)
        row = found[0]
        case = Case(
            row.id,
            row.number,
            row.customer_id,
            key("Request"),
            key(row.category.value),
            row.category,
            row.subject,
            row.team_id,
            key("+33380123450"),
            priority=row.priority,
            assignee_id=row.assignee_id,
        )
        others = tuple(o for o in self.list if o.customer_id == row.customer_id and o.id != row.id)
        timeline = (*timeline_of(row.id), *(note for note in self.notes if note.case_id == row.id))
        return CaseFile(
            case,
            row,
            self.people[row.customer_id],
            "+33380123450",
            key("Contact centre"),
            timeline,
            tuple(t for t in task_rows() if t.task.case_id == row.id),
            others,
            may_edit=True,
        )

    async def case_types(self) -> tuple[CaseType, ...]:
        return TYPES

    async def insert_case(self, case: NewCase) -> Case:
        team = self.kept.team(case.team_id)
        customer = self.people[case.customer_id]
        row = CaseRow(
            case.id,
            48230,
            case.subject,
            customer.id,
            customer.name,
            customer.organisation,
            Category.OPEN,
            "",
            "open",
            team.id,
            team.name,
            None,
            "",
            Level.NORMAL,
            "",
            "note",
            NOW,
        )
        self.list.insert(0, row)
        self.hint("case", case.id)
        return (await self.case_file(case.id)).case

    async def update_case(self, case: Case) -> Case:
        self._replace(case.id, subject=case.subject, category=case.category, state_key=case.category.value)
        return case

    async def assign_case(self, case_id: UUID, agent_id: UUID | None) -> None:
        name = next((agent.name for agent in AGENTS if agent.id == agent_id), "")
        self._replace(case_id, assignee_id=agent_id, assignee_name=name)

    async def hand_over_case(self, case_id: UUID, team_id: UUID, note: str) -> None:
        self.handed[case_id] = next(row for row in self.list if row.id == case_id)
        self._replace(case_id, team_id=team_id, team_name=self.kept.team(team_id).name)

    async def take_back_case(self, case_id: UUID) -> None:
        before = self.handed.pop(case_id)
        self._replace(case_id, team_id=before.team_id, team_name=before.team_name)

    def _replace(self, case_id: UUID, **changes: object) -> None:
        self.list = [replace(row, **changes) if row.id == case_id else row for row in self.list]  # type: ignore[arg-type]
        self.hint("case", case_id)

    async def set_case_visibility(self, case_id: UUID, visibility: Visibility) -> None:
        self.hint("case", case_id)

    async def merge_cases(self, kept_id: UUID, merged_id: UUID) -> None:
        self.list = [row for row in self.list if row.id != merged_id]
        self.hint("case", kept_id)

    async def insert_follow_up(self, follow_up: FollowUp) -> None:
        if not self.reachable:
            raise Refused(Refusal.SERVER_AWAY)
        if all(one.id != follow_up.id for one in self.notes):
            self.notes.append(follow_up)
        self.hint("follow_up", follow_up.id, follow_up.case_id)

    async def redact_follow_up(self, follow_up_id: UUID) -> None:
        self.hint("follow_up", follow_up_id)

    async def history(self, record_id: UUID, limit: int) -> tuple[Change, ...]:
        at = NOW - timedelta(hours=30)
        return (
            Change("customer", record_id, "update", at, "Omar Haddad", {"pinned_note": ("", "Call after 09:00")}),
            Change("customer", record_id, "insert", at - timedelta(days=200), "Nadia Benali", {}),
        )[:limit]

    async def find_customers(self, text: str, limit: int) -> tuple[CustomerHit, ...]:
        return tuple(
            CustomerHit(c.id, c.name, c.organisation, c.account_number, "name", c.phones[0].e164)
            for c in CUSTOMERS
            if fold(text) in fold(f"{c.name} {c.organisation} {c.account_number}")
        )[:limit]

    async def customer(self, customer_id: UUID) -> Customer:
        return self.people[customer_id]

    async def customer_file(self, customer_id: UUID) -> CustomerFile:
        cases = tuple(row for row in self.list if row.customer_id == customer_id)
        return CustomerFile(self.people[customer_id], cases, task_rows() if cases else ())

    async def insert_customer(self, customer: Customer) -> Customer:
        self.people[customer.id] = customer
        return customer

    async def update_customer(self, customer: Customer) -> Customer:
        if self.people[customer.id].version != customer.version:
            raise Refused(Refusal.CHANGED_MEANWHILE)
        self.people[customer.id] = replace(customer, version=customer.version + 1)
        self.hint("customer", customer.id)
        return self.people[customer.id]

    async def merge_customers(self, kept_id: UUID, merged_id: UUID) -> None:
        self.people.pop(merged_id)

    async def directory(self) -> Directory:
        return self.kept

    async def presences(self) -> tuple[Presence, ...]:
        return tuple(self.states.values())

    async def set_my_state(self, state: AgentState, reason: str) -> None:
        self.states[self.kept.me.id] = Presence(self.kept.me.id, state, NOW, reason)

    async def save_team(self, team: Team, members: tuple[Membership, ...]) -> None:
        others = tuple(other for other in self.kept.teams if other.id != team.id)
        if team.name in {other.name for other in others}:
            raise Refused(Refusal.NAME_IN_USE, "name", value=team.name)
        elsewhere = tuple(one for one in self.kept.memberships if one.team_id != team.id)
        self.kept = replace(self.kept, teams=(*others, team), memberships=(*elsewhere, *members))
        self.hint("team", team.id)

    async def save_number(self, number: Number) -> None:
        others = [
            replace(team, numbers=tuple(n for n in team.numbers if n.id != number.id)) for team in self.kept.teams
        ]
        teams = (
            replace(team, numbers=(*team.numbers, number)) if team.id == number.team_id else team for team in others
        )
        self.kept = replace(self.kept, teams=tuple(teams))
        self.hint("number", number.id)

    async def remove_number(self, number_id: UUID) -> None:
        raise Refused(Refusal.TEAM_SPEAKS_FOR_OTHERS, "numbers", teams="Atelier Beaune")

    async def create_agent(self, agent: Agent, verifier: str, team_ids: tuple[UUID, ...]) -> None:
        fresh = tuple(Membership(team_id, agent.id) for team_id in team_ids)
        self.kept = replace(self.kept, agents=(*self.kept.agents, agent), memberships=(*self.kept.memberships, *fresh))

    async def update_agent(self, agent: Agent) -> None:
        others = tuple(other for other in self.kept.agents if other.id != agent.id)
        self.kept = replace(self.kept, agents=(*others, agent))

    async def disable_agent(self, agent_id: UUID) -> None:
        agent = next(agent for agent in self.kept.agents if agent.id == agent_id)
        await self.update_agent(replace(agent, active=False))

    async def enable_agent(self, agent_id: UUID) -> None:
        agent = next(agent for agent in self.kept.agents if agent.id == agent_id)
        await self.update_agent(replace(agent, active=True))

    async def reset_password(self, agent_id: UUID, verifier: str) -> None:
        return None

    async def set_my_password(self, verifier: str) -> None:
        return None

    async def save_field(self, field: CustomField) -> None:
        others = tuple(other for other in self.kept.fields if other.id != field.id)
        self.kept = replace(self.kept, fields=(*others, field))

    async def remove_field(self, field_id: UUID) -> None:
        self.kept = replace(self.kept, fields=tuple(one for one in self.kept.fields if one.id != field_id))

    async def sign_out(self) -> None:
        self.connected = False

    def _planned(self) -> tuple[TaskRow, ...]:
        if not self.reachable:
            raise Refused(Refusal.SERVER_AWAY)
        return tuple(row for row in self.planned if row.task.status is TaskStatus.PLANNED)

    async def my_tasks(self, limit: int) -> tuple[TaskRow, ...]:
        return tuple(row for row in self._planned() if row.task.assignee_id == self.kept.me.id)[:limit]

    async def team_tasks(self, limit: int) -> tuple[TaskRow, ...]:
        return self._planned()[:limit]

    async def tasks_between(self, start_at: datetime, end_at: datetime) -> tuple[TaskRow, ...]:
        return tuple(row for row in self.planned if row.task.due_at and start_at <= row.task.due_at < end_at)

    async def task_row(self, task_id: UUID) -> TaskRow:
        return next(row for row in self.planned if row.task.id == task_id)

    async def reminders_until(self, until_at: datetime) -> tuple[TaskRow, ...]:
        return tuple(row for row in self._planned() if row.task.remind_at and row.task.remind_at <= until_at)

    async def insert_task(self, task: Task) -> Task:
        self._planned()
        kept = _derived(task)
        self.planned.append(TaskRow(kept, assignee_name="Camille Roy", team_name="Contact centre"))
        self.hint("task", task.id)
        return kept

    async def update_task(self, task: Task) -> Task:
        self._planned()
        row = await self.task_row(task.id)
        if row.task.version != task.version:
            raise Refused(Refusal.CHANGED_MEANWHILE, current=row.task, agent="Nadia Benali")
        kept = _derived(replace(task, version=task.version + 1))
        self.planned = [replace(one, task=kept) if one.task.id == task.id else one for one in self.planned]
        self.hint("task", task.id)
        return kept

    async def finish_task(self, task: Task, following: Task | None) -> Task:
        done = await self.update_task(task)
        if following is not None:
            await self.insert_task(following)
        return done

    async def take_task(self, task_id: UUID) -> None:
        row = await self.task_row(task_id)
        if row.task.assignee_id not in (None, self.kept.me.id):
            raise Refused(Refusal.ALREADY_TAKEN, agent="Nadia Benali")
        await self.update_task(replace(row.task, assignee_id=self.kept.me.id))


def _derived(task: Task) -> Task:
    due = planned_time.due_at(task.local_at, task.zone) if task.local_at else task.due_at
    ahead = timedelta(minutes=task.reminder_minutes or 0)
    return replace(task, due_at=due, remind_at=task.snoozed_until or (due - ahead if due else None))


class SampleBlobs:
    """Files in memory, by follow-up and by attachment."""

    def __init__(self) -> None:
        self.of: dict[UUID, list[tuple[str, bytes]]] = {}

    async def keep(self, follow_up_id: UUID, attachment_id: UUID, name: str, kind: str, data: bytes) -> str:
        self.of.setdefault(follow_up_id, []).append((name, data))
        return "0" * 64

    async def read(self, attachment_id: UUID) -> bytes:
        return b"the bytes"


class SampleJournal:
    """The journal in memory."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.held: dict[str, tuple[tuple[str, bytes], ...]] = {}

    async def keep_files(self, key: str, files: Sequence[tuple[str, bytes]]) -> None:
        self.held[key] = tuple(files)

    async def files(self, key: str) -> tuple[tuple[str, bytes], ...]:
        return self.held.get(key, ())

    def keep(self, key: str, value: Any) -> None:
        self.values.pop(key, None)
        if value is not None:
            self.values[key] = value
        else:
            self.held.pop(key, None)

    def kept(self, prefix: str = "") -> dict[str, Any]:
        return {key: value for key, value in self.values.items() if key.startswith(prefix)}

    async def close(self) -> None:
        return None


def signed_in(store: SampleStore) -> SignedIn:
    """What a desk stands on, over the sample store."""
    return SignedIn(
        directory=store.kept,
        customers=Customers(store),
        cases=Cases(store),
        tasks=Tasks(store),
        administration=Administration(store),
        feed=store,
        calls=store.calls,
        floor=SampleFloor(store.kept),
        journal=store.journal,
        attachments=Attachments(store.blobs),
        mails=sample_mails(store.mail),
        texts=Texts(store.texts) if store.texts is not None else None,
        phone=None,
        sign_out=store.sign_out,
        make_setup=lambda: Setup(
            routing=RoutingSetup(filled_routing(store.kept)),
            numbers=Numbers(store, "FR"),
            team_mail=TeamMail(store.team_mail),
            messages=Messages(store.messages),
        ),
        automations=AutomationDesk(store.automations),
        types=Types(store.types),
        views=Views(store.views, store),
        practice=Practice(store.practice),
    )


NOBODY = Remembered("camille.roy", "")


class SampleDoor:
    """Sign-in against nothing: one name and password are right, one server is away."""

    def __init__(self, remembered: Remembered = NOBODY, *, keyring: bool = True) -> None:
        self._remembered = remembered
        self._keyring = keyring
        self.entered: list[tuple[str, str, bool]] = []

    def profiles(self) -> tuple[ServerProfile, ...]:
        return (
            ServerProfile("vallon", "Vallon", "guichet.vallon.example"),
            ServerProfile("away", "Beaune", "beaune.vallon.example"),
        )

    async def keyring_works(self) -> bool:
        return self._keyring

    async def remembered(self, profile: str) -> Remembered:
        return self._remembered

    async def enter(self, profile: str, name: str, password: str, *, keep: bool, first: ListFirst) -> SignedIn:
        if profile == "away":
            raise Refused(Refusal.SERVER_AWAY, server="beaune.vallon.example")
        if (name, password) != ("camille.roy", "le bon mot de passe"):
            raise Refused(Refusal.WRONG_PASSWORD, "password")
        self.entered.append((profile, name, keep))
        return signed_in(SampleStore())
