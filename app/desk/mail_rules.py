"""Manage › Mail rules: a team's rules in their order, one open with its edits, and what its time machine says."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.email_hub import first_numbered
from app.desk.mail_rule_state import DAYS, MailRulesState
from app.desk.presenter import Presenter
from app.desk.wording import desk, of_refusal
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.mail_replay import Would
from app.domain.mail_rules import COMPARISONS, Action, Condition, How, MailRule, On
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.email_hub import RuleOnPage, TeamMail
from app.services.feed import Feed
from app.services.mail_requests import DryRun, DryRunLine
from app.services.organisation import Directory

__all__ = [
    "COMPARISONS", "DAYS", "Action", "Condition", "Directory", "DryRun", "DryRunLine", "How", "MailRule", "MailRules",
    "MailRulesState", "On", "RuleOnPage", "Would",
]  # fmt: skip


class MailRules(Presenter[MailRulesState]):
    """Shows, orders, edits, replays and undoes rules."""

    def __init__(
        self, mail: TeamMail, directory: Callable[[], Awaitable[Directory]], feed: Feed, now: Callable[[], datetime]
    ) -> None:
        super().__init__(MailRulesState())
        self._mail, self._directory, self._now = mail, directory, now
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the rules."""
        self.work.latest("mail rules", self._read())

    def choose_team(self, team_id: UUID) -> None:
        """Show the rules of another team."""
        if not self._holds():
            self._show_one(None)
            self.show(team=team_id, rules=())
            self.begin()

    def open(self, rule_id: UUID) -> None:
        """Open a rule, unless edits of another one wait."""
        if self.state.edited is not None and self.state.edited.id == rule_id:
            return
        found = next((one.rule for one in self.state.rules if one.rule.id == rule_id), None)
        if found is not None and not self._holds():
            self._show_one(found)

    def new(self) -> None:
        """Begin a rule behind the others; it is off until it is switched on."""
        team = self.state.team
        if team is not None and self.state.may_edit and not self._holds():
            last = max((one.rule.position for one in self.state.rules), default=0)
            fresh = MailRule(new_id(), team, "", (Condition(),), Action.IGNORE, position=last + 1)
            self._show_one(None)
            self.show(edited=fresh)

    def edit(self, **changes: object) -> None:
        """Change the open rule; an earlier replay does not hold for it any more."""
        if self.state.edited is not None:
            edited = replace(self.state.edited, **changes)  # type: ignore[arg-type]
            self.show(edited=edited, request=None, run=None, undone=None, errors={}, error=None)

    def choose_action(self, action: Action) -> None:
        """Choose what becomes of a mail; a target that does not belong to it goes."""
        edited = self.state.edited
        if edited is not None:
            team = edited.to_team_id if action is Action.ROUTE_TO_TEAM else None
            agent = edited.to_agent_id if action is Action.ROUTE_TO_AGENT else None
            self.edit(action=action, to_team_id=team, to_agent_id=agent)

    def add_condition(self) -> None:
        """One more condition."""
        if self.state.edited is not None:
            self.edit(conditions=(*self.state.edited.conditions, Condition()))

    def edit_condition(self, at: int, **changes: object) -> None:
        """Change one condition; a comparison that makes no sense there becomes the first that does."""
        edited = self.state.edited
        if edited is not None and at < len(edited.conditions):
            one = replace(edited.conditions[at], **changes)  # type: ignore[arg-type]
            offered = COMPARISONS.get(one.on, tuple(How))
            one = one if one.how in offered else replace(one, how=offered[0])
            self.edit(conditions=(*edited.conditions[:at], one, *edited.conditions[at + 1 :]))

    def remove_condition(self, at: int) -> None:
        """One condition less."""
        edited = self.state.edited
        if edited is not None:
            self.edit(conditions=(*edited.conditions[:at], *edited.conditions[at + 1 :]))

    def discard(self) -> None:
        """Go back to what is kept."""
        self._show_one(self.state.stored or next((one.rule for one in self.state.rules), None))

    def save(self, *, active: bool | None = None) -> None:
        """Keep the open rule, switched on or off where that is said."""
        edited = self.state.edited
        if edited is not None and not self.state.saving:
            rule = edited if active is None else replace(edited, active=active)
            if rule != self.state.stored:
                self.work.start(self._done(self._mail.save_rule(rule), rule), "mail rules")

    def switch(self, rule_id: UUID) -> None:
        """Switch a kept rule on or off, in the list."""
        found = next((one.rule for one in self.state.rules if one.rule.id == rule_id), None)
        if found is not None and self.state.may_edit and not self._holds():
            rule = replace(found, active=not found.active)
            self.work.start(self._done(self._mail.save_rule(rule), rule), "mail rules")

    def remove(self) -> None:
        """Remove the open rule; a new one is just given up."""
        if self.state.stored is None:
            self.discard()
        else:
            self.work.start(self._done(self._mail.remove_rule(self.state.stored.id), None), "mail rules")

    def move(self, by: int) -> None:
        """Move the open rule up or down in the order."""
        ids = [one.rule.id for one in self.state.rules]
        if self.state.stored is None or self.state.team is None or self._holds():
            return
        at = ids.index(self.state.stored.id)
        to = min(max(at + by, 0), len(ids) - 1)
        if to != at:
            ids.insert(to, ids.pop(at))
            act = self._mail.order_rules(self.state.team, tuple(ids))
            self.work.start(self._done(act, self.state.stored), "mail rules")

    def choose_days(self, days: int) -> None:
        """How far back the time machine goes."""
        self.show(days=days, request=None, run=None, undone=None)

    def try_out(self) -> None:
        """Have the hub replay the rule, as it stands in the fields, over the mail of the chosen days."""
        if self.state.edited is not None and self.state.may_edit:
            self.show(request=None, run=None, undone=None, errors={}, error=None)
            self.work.latest("dry run", self._ask(self.state.edited))

    def look(self) -> None:
        """Whether the replay has come."""
        self.work.merged("answer", self._look)

    def undo(self) -> None:
        """Give back what it did over the chosen days, where nobody has touched it since; what was sent is listed."""
        if self.state.stored is not None and self.state.may_edit:
            self.work.start(self._undo(self.state.stored.id), "undo")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _holds(self) -> bool:
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
        return self.state.changed

    def _hear(self, hint: Hint) -> None:
        if hint.kind not in {"email_hub", "team", "agent", "all"} or self.state.directory is None:
            return
        if self.state.running:
            self.work.merged("answer", self._look)
        self.work.merged("mail rules", self._read)

    def _show_one(self, rule: MailRule | None) -> None:
        self.show(
            stored=rule, edited=rule, request=None, run=None, undone=None, sent=(), errors={}, error=None, saving=False
        )  # fmt: skip

    async def _ask(self, rule: MailRule) -> None:
        try:
            self.show(request=await self._mail.ask_dry_run(rule, self.state.days))
            await self._look()
        except Refused as refused:
            self._refuse(refused)

    async def _look(self) -> None:
        if self.state.request is not None:
            self.show(run=await self._mail.dry_run(self.state.request))

    async def _undo(self, rule_id: UUID) -> None:
        until = self._now() + timedelta(minutes=1)
        since = until - timedelta(days=self.state.days)
        try:
            undone = await self._mail.undo_rule(rule_id, since, until)
            self.show(undone=undone, sent=await self._mail.sent_by_rule(rule_id, since, until))
        except Refused as refused:
            self._refuse(refused)

    async def _done(self, act: Awaitable[None], rule: MailRule | None) -> None:
        self.show(saving=True, errors={}, error=None)
        try:
            await act
        except Refused as refused:
            self._refuse(refused)
            return
        self.show(saving=False, stored=rule, edited=rule)
        await self._read()

    def _refuse(self, refused: Refused) -> None:
        said = of_refusal(refused)
        self.show(saving=False, errors={refused.field: said} if refused.field else {}, error=said)

    async def _read(self) -> None:
        directory = await self._directory()
        team = self.state.team or first_numbered(directory)
        rules = await self._mail.rules(team) if team is not None else ()
        self.show(directory=directory, team=team, rules=rules)
        if self.state.changed:
            return  # the fields in hand stay
        open_id = self.state.stored.id if self.state.stored is not None else None
        found = next((one.rule for one in rules if one.rule.id == open_id), next((one.rule for one in rules), None))
        self.show(stored=found, edited=found)
