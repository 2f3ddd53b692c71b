"""One task in its dialog: made, edited, cloned, or planned in two keys as a reminder call."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.desk.clash import Clash, clash_of
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain import planned_time
from app.domain.case_types import CaseState, CaseType
from app.domain.cases import Category
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskKind, TaskRow, TaskStatus
from app.services.customers import CustomerHit, Customers
from app.services.organisation import Directory
from app.services.tasks import Tasks

QUARTER_MIN = 15
PLANNED_BY = ("local_at", "zone", "reminder_minutes")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and what a task is about, as the dialog shows it."""

    customer_id: UUID | None = None
    customer: str = ""
    case_id: UUID | None = None
    case: str = ""
    zone: str = "Europe/Paris"
    call_from: str = ""
    call_until: str = ""
    do_not_call: bool = False


@dataclass(frozen=True, slots=True)
class TaskFormState:
    """What the dialog shows: `task` as it is edited."""

    directory: Directory
    task: Task
    about: Subject
    stored: Task | None = None
    hits: tuple[CustomerHit, ...] = ()
    clash: Clash[Task] | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: bool = False
    types: tuple[CaseType, ...] = ()
    """The enabled types of tasks."""

    @property
    def states(self) -> tuple[CaseState, ...]:
        """The states that a task of the chosen type may be in."""
        return next((one.states for one in self.types if one.id == self.task.type_id), ())

    @property
    def changed(self) -> bool:
        """Whether closing would lose something."""
        return self.stored is not None and self.task != self.stored


class TaskForm(Presenter[TaskFormState]):
    """Fills one task; saved once, however often the key is pressed."""

    def __init__(
        self,
        tasks: Tasks,
        customers: Customers,
        state: TaskFormState,
        now: Callable[[], datetime],
        saved: Callable[[Task], None] = lambda _: None,
    ) -> None:
        super().__init__(state)
        self._tasks, self._customers, self._now, self._saved = tasks, customers, now, saved

    def fill(self, **values: object) -> None:
        """Change what was typed or chosen; its error goes."""
        errors = {name: said for name, said in self.state.errors.items() if name not in values}
        task = replace(self.state.task, **values)  # type: ignore[arg-type]
        self.show(task=task, errors=errors, error=None)

    def choose_type(self, type_id: UUID | None) -> None:
        """Make it a task of a type, which begins in that type's first state, or of none."""
        kind = next((one for one in self.state.types if one.id == type_id), None)
        self.fill(type_id=type_id, state_id=kind.default_state_id if kind is not None else None)

    def choose_zone(self, zone_of: str) -> None:
        """Plan in the agent's hours or in the customer's; the hour that was typed stays."""
        zone = self.state.about.zone if zone_of == "customer" else self.state.directory.me.time_zone
        self.fill(zone=zone, zone_of=zone_of)

    def plan(self, at: datetime) -> None:
        """Plan at an instant, in the zone in force."""
        self.fill(local_at=planned_time.wall_time(at, self.state.task.zone))

    def plan_in(self, hours: int) -> None:
        """Plan in so many hours, at a quarter."""
        self.plan(quarter(self._now() + timedelta(hours=hours)))

    def plan_in_a_week(self) -> None:
        """Plan in seven days at this hour, also where a night between shifts the clocks."""
        local = planned_time.wall_time(quarter(self._now()), self.state.task.zone) + timedelta(days=7)
        self.fill(local_at=planned_time.existing(local, self.state.task.zone))

    def plan_tomorrow(self) -> None:
        """Plan tomorrow at nine."""
        self.plan(planned_time.tomorrow_morning(self._now(), self.state.task.zone))

    def give_to_team(self, team_id: UUID) -> None:
        """Let the team have it: it rings everybody there, the first to take it has it."""
        mine = {agent.id for agent in self.state.directory.members(team_id)}
        still = self.state.task.assignee_id if self.state.task.assignee_id in mine else None
        self.fill(team_id=team_id, assignee_id=still)

    def search(self, typed: str) -> None:
        """Look for the customer."""
        self.work.latest("search", self._search(typed))

    def choose_customer(self, hit: CustomerHit | None) -> None:
        """Take a customer, or none; the case of another customer goes."""
        if hit is None:
            self.show(hits=())
            self._show_about(Subject())
            return
        self.show(hits=())
        self.work.latest("customer", self._take_customer(hit))

    def permitted(self) -> bool:
        """Whether the planned time lies in the hours in which the customer may be called."""
        task, about = self.state.task, self.state.about
        if task.local_at is None or task.kind is not TaskKind.CALL:
            return True
        at = task.local_at.replace(tzinfo=ZoneInfo(task.zone), fold=1)
        return planned_time.may_call(at, about.zone, about.call_from, about.call_until)

    def keep_mine(self) -> None:
        """Save what I wrote over what a colleague wrote in the same fields."""
        if self.state.clash is not None:
            self.show(task=self.state.clash.merged, stored=self.state.clash.theirs, clash=None)
            self.save()

    def take_theirs(self) -> None:
        """Show her text where both of us wrote; the rest of mine stays."""
        if self.state.clash is not None:
            self.show(task=self.state.clash.with_theirs(), stored=self.state.clash.theirs, clash=None)

    def cancel_task(self) -> None:
        """Call the whole task off; it stays in the history."""
        if self.state.stored is not None and not self.state.saving:
            self.fill(status=TaskStatus.CANCELLED)
            self.save()

    def save(self) -> None:
        """Store it, or show what is missing."""
        if not self.state.saving and not self.state.saved:
            self.show(saving=True)
            self.work.start(self._save(), "save task")

    async def _save(self) -> None:
        state = self.state
        try:
            if state.stored is None:
                done = await self._tasks.create(state.task)
            else:
                done = await self._change(state.task, state.stored)
        except Refused as refused:
            clash = None
            if refused.reason is Refusal.CHANGED_MEANWHILE and state.stored is not None:
                clash = clash_of(refused, state.stored, state.task)
            sentence = of_refusal(refused)
            errors = {refused.field: sentence} if refused.field in {"title", "local_at"} else {}
            self.show(saving=False, clash=clash, errors=errors, error=None if errors or clash else sentence)
            return
        self.show(saving=False, saved=True)
        self._saved(done)

    async def _change(self, task: Task, stored: Task) -> Task:
        if any(getattr(task, name) != getattr(stored, name) for name in PLANNED_BY):
            task = replace(task, snoozed_until=None)  # planned anew, it rings by the new plan
        if task.local_at != stored.local_at:
            task = replace(task, month_day=0)
        meant = next((one.category for one in self.state.states if one.id == task.state_id), None)
        if task.state_id != stored.state_id and meant is Category.SOLVED and stored.status is TaskStatus.PLANNED:
            return await self._tasks.done(task, task.outcome, new_id(), self._now())
        return await self._tasks.save(task)

    async def _search(self, typed: str) -> None:
        self.show(hits=await self._customers.find(typed, 8) if typed else ())

    async def _take_customer(self, hit: CustomerHit) -> None:
        customer = await self._customers.get(hit.id)
        about = Subject(
            customer.id, customer.name, None, "", customer.time_zone, customer.call_from, customer.call_until,
            customer.do_not_call,
        )  # fmt: skip
        self._show_about(about)

    def _show_about(self, about: Subject) -> None:
        self.show(about=about, task=replace(self.state.task, customer_id=about.customer_id, case_id=None))
        if self.state.task.zone_of == "customer":  # her hours, not those of who was chosen before
            self.choose_zone("customer" if about.customer_id is not None else "agent")


def new_task(directory: Directory, about: Subject, now: datetime, title: str, *, team_id: UUID | None = None) -> Task:
    """A call for me in an hour, or when the customer may be called: what most tasks are."""
    me = directory.me
    mine = directory.my_teams()
    team = team_id or me.default_team_id or (mine[0] if mine else directory.teams[0]).id
    at = planned_time.permitted(quarter(now + timedelta(hours=1)), about.zone, about.call_from, about.call_until)
    return Task(
        new_id(),
        team,
        title,
        customer_id=about.customer_id,
        case_id=about.case_id,
        assignee_id=me.id,
        local_at=planned_time.wall_time(at, me.time_zone),
        zone=me.time_zone,
        created_by_id=me.id,
    )


def clone_of(task: Task) -> Task:
    """The same task once more, to be planned anew."""
    return replace(
        task, id=new_id(), status=TaskStatus.PLANNED, outcome="", attempts=0, snoozed_until=None, month_day=0,
        cloned_from_id=task.id, version=1,
    )  # fmt: skip


def about_row(row: TaskRow) -> Subject:
    """Whom and what a listed task is about."""
    case = f"{row.case_number} {row.case_subject}" if row.case_number is not None else ""
    task = row.task
    return Subject(
        task.customer_id, row.customer_name, task.case_id, case, row.customer_zone, row.call_from, row.call_until,
        row.do_not_call,
    )  # fmt: skip


def quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    rest = at.minute % QUARTER_MIN
    whole = at.replace(second=0, microsecond=0)
    return whole if not rest else whole + timedelta(minutes=QUARTER_MIN - rest)
