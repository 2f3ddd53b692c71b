"""Manage › Automations: all of them in their order, one open with its edits, and what the time machine says of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.automation_state import AutomationsState
from app.desk.presenter import Presenter
from app.desk.wording import desk, of_refusal
from app.domain.automation_checks import Fault, Known, Problem, problems_of
from app.domain.automations import BY_CLOCK, Action, Automation, Does, Trigger, When
from app.domain.conditions import Condition
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.automations import (
    AutomationDesk,
    AutomationOnPage,
    AutomationVersion,
    CaseRun,
    Replay,
    ReplayedCase,
    SentOne,
    Template,
    Undone,
)
from app.services.feed import Feed
from app.services.organisation import Directory

__all__ = [
    "BY_CLOCK", "Action", "Automation", "AutomationOnPage", "AutomationVersion", "Automations", "AutomationsState",
    "CaseRun", "Directory", "Does", "Fault", "Known", "Problem", "Replay", "ReplayedCase", "SentOne", "Template",
    "Trigger", "Undone", "When",
]  # fmt: skip


class Automations(Presenter[AutomationsState]):
    """Shows, orders, edits, replays, switches and undoes automations."""

    def __init__(
        self, automations: AutomationDesk, directory: Callable[[], Awaitable[Directory]], feed: Feed,
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        super().__init__(AutomationsState())
        self._automations, self._directory, self._now = automations, directory, now
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the automations."""
        self.work.latest("automations", self._read())

    def open(self, automation_id: UUID) -> None:
        """Open one, unless edits of another one wait."""
        if self.state.edited is not None and self.state.edited.id == automation_id:
            return
        found = next((one.automation for one in self.state.rows if one.automation.id == automation_id), None)
        if found is not None and not self._holds():
            self._show_one(found)

    def new(self, team_id: UUID | None = None) -> None:
        """Begin one behind the others; it is off until it is switched on."""
        state = self.state
        if state.directory is None or self._holds():
            return
        if team_id is None and not state.may_make_global:
            team_id = min(state.led_teams, key=str, default=None)
            if team_id is None:
                return
        last = max((one.automation.position for one in state.rows), default=0)
        fresh = Automation(new_id(), "", team_id=team_id, position=last + 1)
        self._show_one(None)
        self.show(edited=fresh)

    def copy(self) -> None:
        """The open one again, off, as one of my own."""
        edited, state = self.state.edited, self.state
        if edited is not None and not self._holds():
            team = (
                edited.team_id if edited.team_id is not None or state.may_make_global else min(state.led_teams, key=str)
            )
            last = max((one.automation.position for one in state.rows), default=0)
            again = replace(edited, id=new_id(), shipped="", active=False, team_id=team, position=last + 1, version=1)
            self._show_one(None)
            self.show(edited=again)

    def edit(self, **changes: object) -> None:
        """Change the open one; an earlier replay does not hold for it any more."""
        if self.state.edited is not None:
            edited = replace(self.state.edited, **changes)  # type: ignore[arg-type]
            self.show(edited=edited, request=None, replay=None, undone=None, errors={}, error=None, told=None)

    def edit_condition(self, condition: Condition) -> None:
        """Narrow the objects concerned."""
        self.edit(condition=condition)

    def edit_when(self, **changes: object) -> None:
        """Change the trigger."""
        if self.state.edited is not None:
            when = replace(self.state.edited.when, **changes)  # type: ignore[arg-type]
            self.edit(when=when if when.trigger is Trigger.UPDATED else When(when.trigger))

    def edit_action(self, at: int, action: Action) -> None:
        """Change one action."""
        self._edit_actions(lambda actions: (*actions[:at], action, *actions[at + 1 :]))

    def add_action(self, does: Does) -> None:
        """One more action, at the end."""
        self._edit_actions(lambda actions: (*actions, first_action(does)))

    def remove_action(self, at: int) -> None:
        """One action less."""
        self._edit_actions(lambda actions: (*actions[:at], *actions[at + 1 :]))

    def move_action(self, at: int, by: int) -> None:
        """Move an action up or down."""

        def moved(actions: tuple[Action, ...]) -> tuple[Action, ...]:
            order = list(actions)
            order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
            return tuple(order)

        self._edit_actions(moved)

    def _edit_actions(self, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]) -> None:
        if self.state.edited is not None:
            self.edit(actions=change(self.state.edited.actions))

    def discard(self) -> None:
        """Go back to what is kept."""
        self._show_one(self.state.stored or next((one.automation for one in self.state.rows), None))

    def save(self, *, active: bool | None = None) -> None:
        """Keep the open one, switched on or off where that is said; one in trouble is not switched on."""
        edited = self.state.edited
        if edited is None or self.state.saving or not self.state.may_edit:
            return
        one = edited if active is None else replace(edited, active=active)
        sound = not [problem for problem in problems_of(one, self.state.known) if problem.fault is not Fault.NO_NAME]
        if one.active and not sound and active:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Mend what is marked, then switch the automation on.")))
            return
        if one != self.state.stored:
            self.work.start(self._done(self._automations.save(one), one), "automations")

    def switch(self) -> None:
        """Switch the open one on or off as it is kept."""
        stored = self.state.stored
        if stored is not None and self.state.may_edit and not self._holds():
            one = replace(stored, active=not stored.active)
            self.work.start(self._done(self._automations.save(one), one), "automations")

    def remove(self) -> None:
        """Remove the open one; a new one is just given up."""
        if self.state.stored is None:
            self.discard()
        elif self.state.may_edit:
            self.work.start(self._done(self._automations.remove(self.state.stored.id), None), "automations")

    def move(self, by: int) -> None:
        """Move the open one up or down in the order."""
        ids = [one.automation.id for one in self.state.rows]
        if self.state.stored is None or self._holds():
            return
        at = ids.index(self.state.stored.id)
        to = min(max(at + by, 0), len(ids) - 1)
        if to != at:
            ids.insert(to, ids.pop(at))
            self.work.start(self._done(self._automations.order(tuple(ids)), self.state.stored), "automations")

    def choose_days(self, days: int) -> None:
        """How far back the time machine goes."""
        self.show(days=days, request=None, replay=None)

    def run_replay(self) -> None:
        """Have the hub replay the automation as it stands in the fields."""
        if self.state.edited is not None and self.state.may_edit:
            self.show(request=None, replay=None, undone=None, errors={}, error=None)
            self.work.latest("replay", self._ask_replay(self.state.edited))

    def look(self) -> None:
        """Whether the replay has come."""
        self.work.merged("answer", self._look)

    def undo(self) -> None:
        """Give back what it set over the chosen days, where nobody has touched it since; what it sent is listed."""
        if self.state.stored is not None and self.state.may_edit:
            self.work.start(self._undo(self.state.stored.id), "undo")

    def ask_change(self, words: str) -> None:
        """Ask the owners of a locked one for a change."""
        if self.state.stored is not None:
            self.work.start(self._ask_change(self.state.stored.id, words), "ask")

    def answer_change(self, ask_id: UUID) -> None:
        """Mark what was asked as done."""
        self.work.start(self._done(self._automations.answer_change(ask_id), self.state.stored), "automations")

    def show_secret(self) -> None:
        """Read what web hooks are signed with; told to who manages automations."""
        self.work.latest("secret", self._secret())

    def show_versions(self) -> None:
        """Read how it was before."""
        if self.state.stored is not None:
            self.work.latest("versions", self._versions(self.state.stored.id))

    def go_back_to(self, version: int) -> None:
        """Put an earlier version into the fields; it is kept when it is saved."""
        found = next((one for one in self.state.versions or () if one.version == version), None)
        if found is not None and self.state.stored is not None:
            old = found.automation
            self.edit(name=old.name, types=old.types, condition=old.condition, when=old.when, actions=old.actions)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _holds(self) -> bool:
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
        return self.state.changed

    def _hear(self, hint: Hint) -> None:
        if self.state.directory is None:
            return
        if hint.kind == "replay" and self.state.running:
            self.work.merged("answer", self._look)
        if hint.kind in {"automation", "template", "team", "agent", "field", "case_type", "all"}:
            self.work.merged("automations", self._read, pause_s=0.3)

    def _show_one(self, one: Automation | None) -> None:
        self.show(
            stored=one, edited=one, request=None, replay=None, versions=None, undone=None, sent=(), errors={},
            error=None, told=None, saving=False,
        )  # fmt: skip

    async def _ask_replay(self, one: Automation) -> None:
        try:
            self.show(request=await self._automations.ask_replay(one, self.state.days))
            await self._look()
        except Refused as refused:
            self._refuse(refused)

    async def _look(self) -> None:
        if self.state.request is not None:
            self.show(replay=await self._automations.replay(self.state.request))

    async def _undo(self, automation_id: UUID) -> None:
        until = self._now() + timedelta(minutes=1)
        since = until - timedelta(days=self.state.days)
        try:
            undone = await self._automations.undo(automation_id, since, until)
            self.show(undone=undone, sent=await self._automations.sent(automation_id, since, until))
        except Refused as refused:
            self._refuse(refused)

    async def _ask_change(self, automation_id: UUID, words: str) -> None:
        try:
            await self._automations.ask_change(automation_id, words)
            self.show(told=desk(QT_TRANSLATE_NOOP("Desk", "Your request is with those who manage automations.")))
        except Refused as refused:
            self._refuse(refused)

    async def _secret(self) -> None:
        try:
            self.show(secret=await self._automations.web_hook_secret())
        except Refused as refused:
            self._refuse(refused)

    async def _versions(self, automation_id: UUID) -> None:
        self.show(versions=await self._automations.versions(automation_id))

    async def _done(self, act: Awaitable[None], one: Automation | None) -> None:
        self.show(saving=True, errors={}, error=None)
        try:
            await act
        except Refused as refused:
            self._refuse(refused)
            return
        self.show(saving=False, stored=one, edited=one, versions=None)
        await self._read()

    def _refuse(self, refused: Refused) -> None:
        told = of_refusal(refused)
        self.show(saving=False, errors={refused.field: told} if refused.field else {}, error=told)

    async def _read(self) -> None:
        directory = await self._directory()
        rows, known = await self._automations.automations(), await self._automations.known()
        self.show(directory=directory, rows=rows, known=known, templates=await self._automations.templates())
        if self.state.changed:
            return  # the fields in hand stay
        open_id = self.state.stored.id if self.state.stored is not None else None
        kept = [one.automation for one in rows]
        found = next((one for one in kept if one.id == open_id), next(iter(kept), None))
        self.show(stored=found, edited=found)


def first_action(does: Does) -> Action:
    """An action that was just chosen."""
    fresh = {
        Does.SET_FIELD: Action(does, "high", "case.priority"),
        Does.ASSIGN: Action(does, "load"),
        Does.NOTIFY: Action(does, "assignee"),
        Does.MAKE_TASK: Action(does, "assignee", after="1d"),
        Does.REPLY: Action(does, "shipped:acknowledgement"),
        Does.WEB_HOOK: Action(does, "https://"),
    }
    return fresh.get(does, Action(does))
