"""Automations, templates and macros as their owners and agents see them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from app.domain.automation_checks import Known, Problem
from app.domain.automations import SPREADS, Action, Automation, Does
from app.domain.conditions import Compare
from app.domain.refusals import Refusal, Refused
from app.domain.templating import error_in


@dataclass(frozen=True, slots=True)
class Ask:
    """A change that somebody asks an automation's owners for."""

    id: UUID
    by: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AutomationOnPage:
    """An automation with what is wrong with it and what it did in the last 30 days."""

    automation: Automation
    trouble: tuple[Problem, ...] = ()
    done: int = 0
    stopped: int = 0
    failed: int = 0
    last_at: datetime | None = None
    asks: tuple[Ask, ...] = ()
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class AutomationVersion:
    """An automation as it was before a change."""

    version: int
    automation: Automation
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplayedCase:
    """A case that would have gone otherwise: what really became of it afterwards, and what would have been done."""

    case_id: UUID
    number: int
    customer: str
    at: datetime
    really: tuple[tuple[str, str], ...] = ()
    would: tuple[Action, ...] = ()
    problem: str = ""
    messages: int = 0
    loops: bool = False
    to: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """What an automation would have done over past days; nothing of it was done."""

    events: int
    matched: int
    different: int
    replies: int
    loops: int
    took_s: float
    since: datetime
    lines: tuple[ReplayedCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one run when it was undone."""

    case_id: UUID
    number: int
    said: str


@dataclass(frozen=True, slots=True)
class SentOne:
    """Something that was sent and cannot be taken back."""

    case_id: UUID
    number: int
    at: datetime
    what: str
    told: str


@dataclass(frozen=True, slots=True)
class CaseRun:
    """Why something happened to a case."""

    automation: str
    shipped: str
    at: datetime
    trigger: str
    outcome: str
    acts: tuple[Mapping[str, Any], ...] = ()
    reasons: tuple[Compare, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """Words that are sent again and again; for all, for a team or for oneself."""

    id: UUID
    name: str = ""
    shortcut: str = ""
    text_en: str = ""
    text_fr: str = ""
    team_id: UUID | None = None
    agent_id: UUID | None = None
    shipped: str = ""
    may_edit: bool = True

    def text(self, language: str) -> str:
        """Its words in a language, or in the one it has."""
        own, other = (self.text_en, self.text_fr) if language == "en" else (self.text_fr, self.text_en)
        return own or other


@dataclass(frozen=True, slots=True)
class Macro:
    """Several acts by one key, on the case that is open."""

    id: UUID
    name: str = ""
    actions: tuple[Action, ...] = ()
    team_id: UUID | None = None
    agent_id: UUID | None = None
    position: int = 0
    may_edit: bool = True


class AutomationStore(Protocol):
    """Where automations, templates and macros are kept; who may change them is decided there."""

    async def automations(self) -> tuple[AutomationOnPage, ...]: ...
    async def known(self) -> Known: ...
    async def save_automation(self, one: Automation) -> None: ...
    async def remove_automation(self, automation_id: UUID) -> None: ...
    async def order_automations(self, ids: tuple[UUID, ...]) -> None: ...
    async def versions(self, automation_id: UUID) -> tuple[AutomationVersion, ...]: ...
    async def ask_change(self, automation_id: UUID, words: str) -> None: ...
    async def answer_change(self, ask_id: UUID) -> None: ...
    async def ask_replay(self, one: Automation, days: int) -> UUID: ...
    async def replay(self, request: UUID) -> Replay | None: ...
    async def undo(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]: ...
    async def sent(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]: ...
    async def runs_of_case(self, case_id: UUID) -> tuple[CaseRun, ...]: ...
    async def web_hook_secret(self) -> str: ...
    async def templates(self) -> tuple[Template, ...]: ...
    async def save_template(self, template: Template) -> None: ...
    async def remove_template(self, template_id: UUID) -> None: ...
    async def macros(self) -> tuple[Macro, ...]: ...
    async def save_macro(self, macro: Macro) -> None: ...
    async def remove_macro(self, macro_id: UUID) -> None: ...


class AutomationDesk:
    """What owners and agents do with automations; what cannot be kept is refused before it travels."""

    def __init__(self, store: AutomationStore) -> None:
        self._store = store
        self.automations, self.known, self.versions = store.automations, store.known, store.versions
        self.remove, self.order = store.remove_automation, store.order_automations
        self.answer_change, self.replay = store.answer_change, store.replay
        self.undo, self.sent, self.runs_of_case = store.undo, store.sent, store.runs_of_case
        self.web_hook_secret = store.web_hook_secret
        self.templates, self.remove_template = store.templates, store.remove_template
        self.macros, self.remove_macro = store.macros, store.remove_macro

    async def save(self, one: Automation) -> None:
        """Keep an automation; one that is switched on has to be sound."""
        if not one.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        await self._store.save_automation(replace(one, name=one.name.strip()))

    async def ask_change(self, automation_id: UUID, words: str) -> None:
        """Ask its owners for a change."""
        if not words.strip():
            raise Refused(Refusal.REQUIRED, "said")
        await self._store.ask_change(automation_id, words.strip())

    async def ask_replay(self, one: Automation, days: int) -> UUID:
        """Have the hub replay an automation as it stands in the fields."""
        return await self._store.ask_replay(one, days)

    async def save_template(self, template: Template) -> None:
        """Keep a template that can be filled in."""
        if not template.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if not (template.text_en.strip() or template.text_fr.strip()):
            raise Refused(Refusal.REQUIRED, "text")
        for text in (template.text_en, template.text_fr):
            if error := error_in(text):
                raise Refused(Refusal.NOT_A_TEMPLATE, "text", error=error)
        await self._store.save_template(template)

    async def save_macro(self, macro: Macro) -> None:
        """Keep a macro that does something."""
        if not macro.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if not macro.actions:
            raise Refused(Refusal.REQUIRED, "actions")
        if any(action.does is Does.ASSIGN and action.value in SPREADS for action in macro.actions):
            raise Refused(Refusal.MACRO_SPREADS, "actions")
        await self._store.save_macro(macro)
