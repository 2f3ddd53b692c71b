# ruff: noqa: E501 - made-up rows keep their lines
"""Automations, templates and macros in memory: the shipped ones, a team's, one in trouble; a replay comes at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.automation_checks import Fault, Known, Problem
from app.domain.automation_events import EVENT_FIELDS
from app.domain.automations import Action, Automation, Does, Trigger, When
from app.domain.case_fields import case_fields
from app.domain.conditions import Compare, FieldOf, Group, How, Joined, Kind
from app.services.automations import (
    Ask,
    AutomationDesk,
    AutomationOnPage,
    AutomationVersion,
    CaseRun,
    Macro,
    Replay,
    ReplayedCase,
    SentOne,
    Template,
    Undone,
)
from tests.helpers.sample_data import key

NOW = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
_TEAMS = ("Contact centre", "Atelier Beaune", "Pièces détachées", "Location")
_AGENTS = ("Camille Roy", "Nadia Benali", "Julie Marchand")
REMINDER = Template(
    key("template reminder"), "Do you still need us?", "still",
    "Hello {{ customer.first_name }},\n\nthree days ago we asked about your machine (case {{ case.number }}). Do you still need us?\n\n{{ sender }}",
    "Bonjour {{ customer.first_name }},\n\nil y a trois jours nous vous avons interrogé sur votre machine (dossier {{ case.number }}). Avez-vous encore besoin de nous ?\n\n{{ sender }}",
)  # fmt: skip
TEMPLATES = (
    Template(key("template ack"), "Acknowledgement", "", "Hello, …", "Bonjour, …", shipped="acknowledgement"),
    REMINDER,
    Template(key("template mine"), "Signature of the quote", "quote", "", "Merci de nous renvoyer le devis signé.", agent_id=key("Camille Roy")),
)  # fmt: skip


def known() -> Known:
    """What the sample organisation has."""
    chosen = {
        "case.type": FieldOf(Kind.CHOICE, {str(key("type case")): "Request", str(key("type breakdown")): "Breakdown"}),
        "case.team": FieldOf(Kind.CHOICE, {str(key(name)): name for name in _TEAMS}),
        "case.assignee": FieldOf(Kind.CHOICE, {str(key(name)): name for name in _AGENTS}),
        "case.project": FieldOf(Kind.CHOICE, {}),
    }
    templates = {str(one.id): (one.text_en, one.text_fr) for one in TEMPLATES} | {
        "shipped:acknowledgement": ("Hi", "Salut")
    }
    return Known({**case_fields(chosen, (), somebody_looks=False), **EVENT_FIELDS}, templates)


def _shipped(name: str, shipped: str, at: int, when: Trigger, action: Action, *parts: Compare) -> Automation:
    condition = Group(Joined.ALL, parts)
    return Automation(
        key(shipped), name, (), condition, When(when), (action,), shipped=shipped, active=True, position=at
    )


def _state(category: str) -> Action:
    return Action(Does.SET_FIELD, f"category:{category}", "case.state")


WAITING = Automation(
    key("remind"), "Remind waiting customers",
    (str(key("type case")), str(key("type breakdown"))),
    Group(Joined.ALL, (
        Compare("case.category", How.IS, ("waiting_customer",)),
        Compare("case.activity_at", How.OLDER_THAN, ("3d",)),
        Compare("case.tags", How.IS_NOT, ("no reminder",)),
    )),
    When(Trigger.BUSINESS_HOURS),
    (Action(Does.REPLY, str(REMINDER.id)), Action(Does.ADD_TAG, "reminder sent"),
     Action(Does.MAKE_TASK, "assignee", text="Call back", after="2d")),
    team_id=key("Contact centre"), position=6,
)  # fmt: skip
AUTOMATIONS = (
    _shipped("Acknowledge a new case", "acknowledgement", 1, Trigger.CREATED, Action(Does.REPLY, "shipped:acknowledgement"),
             Compare("event.by", How.IS, ("customer",)), Compare("case.channel", How.IS, ("email",))),
    _shipped("Wait on the customer after our reply", "waiting_customer", 2, Trigger.MESSAGE_OUT, _state("waiting_customer"),
             Compare("event.by_assignee", How.IS, ("true",))),
    _shipped("Wait on the agent after the customer's reply", "waiting_agent", 3, Trigger.MESSAGE_IN, _state("waiting_agent"),
             Compare("case.category", How.IS, ("waiting_customer", "open"))),
    _shipped("Tell the assigned agent that the customer answered", "notify_assignee", 4, Trigger.MESSAGE_IN,
             Action(Does.NOTIFY, "assignee"), Compare("case.assignee", How.NOT_EMPTY)),
    _shipped("Close solved cases after the time of their type", "close_solved", 5, Trigger.HOURLY, _state("closed"),
             Compare("case.category", How.IS, ("solved",)), Compare("case.closes_at", How.PAST)),
    WAITING,
    Automation(
        key("hook"), "Tell the workshop’s planner", (), Group(), When(Trigger.UPDATED, "case.team"),
        (Action(Does.WEB_HOOK, "https://planner.vallon.example/cases"), Action(Does.HAND_OVER, str(key("gone")))),
        active=True, position=7,
    ),
)  # fmt: skip
_FIGURES = {
    "acknowledgement": 412,
    "waiting_customer": 1294,
    "waiting_agent": 1107,
    "notify_assignee": 1020,
    "close_solved": 388,
}
_CUSTOMERS = ("EARL Girard", "GAEC des Tilleuls", "parts@agrobot.example", "CUMA de Nolay", "Domaine Lefèvre",
              "SCEA Val d’Ouche", "Jonas Weber")  # fmt: skip


def replay(one: Automation) -> Replay:
    """A month in which it would have acted on some cases, and begun one loop."""
    lines = tuple(
        ReplayedCase(
            key(f"case {at}"), 48177 - 17 * at, name, NOW - timedelta(days=6 - at // 2, hours=at),
            (("case.category", "solved"),) if at == 3 else (("message_out", ""),) if at == 1 else (),
            one.actions if at != 3 else one.actions[1:2], "", 0 if at == 3 else 3 if at == 2 else 1, loops=at == 2,
            to=f"contact{at}@customer.example", text="" if at == 3 else "Hello, three days ago we asked about your machine.",
        )
        for at, name in enumerate(_CUSTOMERS)
    )  # fmt: skip
    return Replay(48212, 52, 37, 38, 1, 6.1, NOW - timedelta(days=30), lines)


class SampleAutomations:
    """AutomationStore in memory."""

    def __init__(self, hint: Callable[[str], None]) -> None:
        self._hint = hint
        self.kept = {one.id: one for one in AUTOMATIONS}
        self.asks: list[Ask] = [Ask(key("ask"), "Julie Marchand", "Not for machines on lease, please.", NOW)]
        self.kept_templates = {one.id: one for one in TEMPLATES}
        self.kept_macros = {
            key("macro"): Macro(
                key("macro"), "Loan machine", (Action(Does.ADD_TAG, "loan"), _state("waiting_customer"))
            )
        }
        self.asked: dict[UUID, Automation] = {}
        self.locked = False

    async def automations(self) -> tuple[AutomationOnPage, ...]:
        ordered = sorted(self.kept.values(), key=lambda one: one.position)
        trouble = {key("hook"): (Problem(Fault.WEB_HOOK, "500"),)}
        return tuple(
            AutomationOnPage(
                one, trouble.get(one.id, ()), _FIGURES.get(one.shipped, 0), last_at=NOW, may_edit=not self.locked,
                asks=tuple(self.asks) if one.shipped == "acknowledgement" else (),
            )
            for one in ordered
        )  # fmt: skip

    async def known(self) -> Known:
        return known()

    async def save_automation(self, one: Automation) -> None:
        self.kept[one.id] = one
        self._hint("automation")

    async def remove_automation(self, automation_id: UUID) -> None:
        del self.kept[automation_id]
        self._hint("automation")

    async def order_automations(self, ids: tuple[UUID, ...]) -> None:
        self.kept |= {one: replace(self.kept[one], position=at) for at, one in enumerate(ids, 1)}
        self._hint("automation")

    async def versions(self, automation_id: UUID) -> tuple[AutomationVersion, ...]:
        return (AutomationVersion(1, replace(self.kept[automation_id], name="Before"), "Ada", NOW - timedelta(days=3)),)

    async def ask_change(self, automation_id: UUID, words: str) -> None:
        self.asks.append(Ask(key(words), "Camille Roy", words, NOW))

    async def answer_change(self, ask_id: UUID) -> None:
        self.asks = [one for one in self.asks if one.id != ask_id]

    async def ask_replay(self, one: Automation, days: int) -> UUID:
        request = key(f"replay {one.id} {days}")
        self.asked[request] = one
        return request

    async def replay(self, request: UUID) -> Replay | None:
        return replay(self.asked[request])

    async def undo(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]:
        return (Undone(key("case 0"), 48177, "undone"), Undone(key("case 1"), 48160, "touched"))

    async def sent(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]:
        return (SentOne(key("case 0"), 48177, NOW, "reply", "contact0@customer.example"),)

    async def runs_of_case(self, case_id: UUID) -> tuple[CaseRun, ...]:
        reason = Compare("case.category", How.IS, ("waiting_customer",))
        act = {"does": "set_field", "field": "case.state", "value": "category:waiting_agent", "text": ""}
        return (CaseRun(AUTOMATIONS[2].name, "waiting_agent", NOW, "message_in", "done", (act,), (reason,)),)

    async def web_hook_secret(self) -> str:
        return "0" * 64

    async def templates(self) -> tuple[Template, ...]:
        return tuple(self.kept_templates.values())

    async def save_template(self, template: Template) -> None:
        self.kept_templates[template.id] = template
        self._hint("template")

    async def remove_template(self, template_id: UUID) -> None:
        del self.kept_templates[template_id]
        self._hint("template")

    async def macros(self) -> tuple[Macro, ...]:
        return tuple(self.kept_macros.values())

    async def save_macro(self, macro: Macro) -> None:
        self.kept_macros[macro.id] = macro
        self._hint("macro")

    async def remove_macro(self, macro_id: UUID) -> None:
        del self.kept_macros[macro_id]
        self._hint("macro")


def automation_desk(hint: Callable[[str], None]) -> AutomationDesk:
    """The service over the store in memory."""
    return AutomationDesk(SampleAutomations(hint))
