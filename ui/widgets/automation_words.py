"""Words for automations: triggers, actions, what is wrong, what was or would have been done."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.desk.automations import Action, Automation, Directory, Does, Fault, Known, Problem, Template, Trigger, When
from app.domain.refusals import QT_TRANSLATE_NOOP, SENTENCES, Refusal, sentence
from app.domain.templating import VARIABLES
from ui.widgets.condition_words import choice_words, field_words, trouble_words, unit_words
from ui.widgets.typography import named
from ui.widgets.wording import category_words

_TRIGGERS = {
    Trigger.CREATED: (QT_TRANSLATE_NOOP("Automation", "A case is opened"), "plus"),
    Trigger.UPDATED: (QT_TRANSLATE_NOOP("Automation", "A case is changed"), "pencil"),
    Trigger.MESSAGE_IN: (QT_TRANSLATE_NOOP("Automation", "The customer writes"), "inbox"),
    Trigger.MESSAGE_OUT: (QT_TRANSLATE_NOOP("Automation", "We write to the customer"), "send"),
    Trigger.CALL_ENDED: (QT_TRANSLATE_NOOP("Automation", "A call ends"), "phone-off"),
    Trigger.TASK_DUE: (QT_TRANSLATE_NOOP("Automation", "A task comes due"), "alarm-clock"),
    Trigger.SERVICE_NEAR: (QT_TRANSLATE_NOOP("Automation", "A service level is near its end"), "hourglass"),
    Trigger.SERVICE_BROKEN: (QT_TRANSLATE_NOOP("Automation", "A service level is broken"), "triangle-alert"),
    Trigger.HOURLY: (QT_TRANSLATE_NOOP("Automation", "Time, every hour"), "clock"),
    Trigger.BUSINESS_HOURS: (QT_TRANSLATE_NOOP("Automation", "Time, in business hours"), "briefcase"),
}
_DOES = {
    Does.SET_FIELD: (QT_TRANSLATE_NOOP("Automation", "Set a field"), "pencil"),
    Does.ASSIGN: (QT_TRANSLATE_NOOP("Automation", "Assign"), "user-plus"),
    Does.HAND_OVER: (QT_TRANSLATE_NOOP("Automation", "Hand over to a team"), "users"),
    Does.ADD_TAG: (QT_TRANSLATE_NOOP("Automation", "Add a tag"), "tags"),
    Does.REMOVE_TAG: (QT_TRANSLATE_NOOP("Automation", "Take a tag away"), "tags"),
    Does.REPLY: (QT_TRANSLATE_NOOP("Automation", "Reply from a template"), "mail"),
    Does.NOTIFY: (QT_TRANSLATE_NOOP("Automation", "Tell a colleague"), "bell"),
    Does.MAKE_TASK: (QT_TRANSLATE_NOOP("Automation", "Make a task"), "clipboard-check"),
    Does.ADD_NOTE: (QT_TRANSLATE_NOOP("Automation", "Add a note"), "flag"),
    Does.PROJECT: (QT_TRANSLATE_NOOP("Automation", "Move to a project"), "briefcase"),
    Does.WEB_HOOK: (QT_TRANSLATE_NOOP("Automation", "Call a web hook"), "link"),
}
_SHORT = {
    Does.SET_FIELD: QT_TRANSLATE_NOOP("Automation", "field"),
    Does.ASSIGN: QT_TRANSLATE_NOOP("Automation", "assignment"),
    Does.HAND_OVER: QT_TRANSLATE_NOOP("Automation", "hand-over"),
    Does.ADD_TAG: QT_TRANSLATE_NOOP("Automation", "tag"),
    Does.REMOVE_TAG: QT_TRANSLATE_NOOP("Automation", "tag taken away"),
    Does.REPLY: QT_TRANSLATE_NOOP("Automation", "reply"),
    Does.NOTIFY: QT_TRANSLATE_NOOP("Automation", "notice"),
    Does.MAKE_TASK: QT_TRANSLATE_NOOP("Automation", "task"),
    Does.ADD_NOTE: QT_TRANSLATE_NOOP("Automation", "note"),
    Does.PROJECT: QT_TRANSLATE_NOOP("Automation", "project"),
    Does.WEB_HOOK: QT_TRANSLATE_NOOP("Automation", "web hook"),
}
_WHOM = {
    "rotation": QT_TRANSLATE_NOOP("Automation", "whose turn it is"),
    "load": QT_TRANSLATE_NOOP("Automation", "who has the fewest"),
    "writer": QT_TRANSLATE_NOOP("Automation", "who did it"),
    "nobody": QT_TRANSLATE_NOOP("Automation", "nobody"),
    "assignee": QT_TRANSLATE_NOOP("Automation", "the assigned agent"),
    "team": QT_TRANSLATE_NOOP("Automation", "the whole team"),
    "leads": QT_TRANSLATE_NOOP("Automation", "the team’s leads"),
}
_FAULTS = {
    Fault.NO_NAME: QT_TRANSLATE_NOOP("Automation", "It needs a name."),
    Fault.NO_ACTIONS: QT_TRANSLATE_NOOP("Automation", "It does nothing yet: add an action."),
    Fault.TOO_MANY: QT_TRANSLATE_NOOP("Automation", "It has more than {about} actions."),
    Fault.UNKNOWN_TYPE: QT_TRANSLATE_NOOP("Automation", "A type of case that it concerns is not there any more."),
    Fault.UNKNOWN_FIELD: QT_TRANSLATE_NOOP("Automation", "A field that it reads or sets is not there any more."),
    Fault.UNKNOWN_VALUE: QT_TRANSLATE_NOOP("Automation", "A value that it sets is not there any more."),
    Fault.NOT_A_VALUE: QT_TRANSLATE_NOOP("Automation", "A value that it sets does not fit its field."),
    Fault.UNKNOWN_TEAM: QT_TRANSLATE_NOOP("Automation", "The team that it hands cases to is not there any more."),
    Fault.UNKNOWN_AGENT: QT_TRANSLATE_NOOP("Automation", "An agent whom it names is not there any more."),
    Fault.UNKNOWN_PROJECT: QT_TRANSLATE_NOOP("Automation", "The project is not there any more."),
    Fault.UNKNOWN_TEMPLATE: QT_TRANSLATE_NOOP("Automation", "The template that it replies with is not there any more."),
    Fault.TEMPLATE_ERROR: QT_TRANSLATE_NOOP("Automation", "A text cannot be filled in: {about}"),
    Fault.TEXT_FAILED: QT_TRANSLATE_NOOP("Automation", "A text cannot be filled in: {about}"),
    Fault.NO_TEXT: QT_TRANSLATE_NOOP("Automation", "An action has no text."),
    Fault.NOT_AN_ADDRESS: QT_TRANSLATE_NOOP("Automation", "The web hook needs an address: https://…"),
    Fault.NOT_A_SPAN: QT_TRANSLATE_NOOP("Automation", "Say when the task is due."),
    Fault.NO_EVENT: QT_TRANSLATE_NOOP("Automation", "By the clock nobody does anything: leave out who did it."),
    Fault.LOOPS: QT_TRANSLATE_NOOP("Automation", "It sets itself off again; the guard stops it."),
}
_HOOK = {
    "timeout": QT_TRANSLATE_NOOP("Automation", "The web hook does not answer in time; it is called again."),
    "private_network": QT_TRANSLATE_NOOP(
        "Automation", "The web hook leads into a private network, which is not allowed."
    ),
}
_PROBLEMS = {
    "answers_off": QT_TRANSLATE_NOOP("Automation", "the team’s automatic replies are switched off"),
    "no_mailbox": QT_TRANSLATE_NOOP("Automation", "the team sends no mail"),
    "no_address": QT_TRANSLATE_NOOP("Automation", "the customer has no address"),
    "own_address": QT_TRANSLATE_NOOP("Automation", "it would have written to ourselves"),
    "too_many_answers": QT_TRANSLATE_NOOP("Automation", "too many automatic mails within an hour"),
    "no_answer_to_this": QT_TRANSLATE_NOOP("Automation", "a machine, a list or answered already"),
    "unknown_template": QT_TRANSLATE_NOOP("Automation", "the template is not there any more"),
    "unknown_field": QT_TRANSLATE_NOOP("Automation", "the field is not there any more"),
    "nobody": QT_TRANSLATE_NOOP("Automation", "nobody is in the team"),
    "own_event": QT_TRANSLATE_NOOP("Automation", "it would have set itself off"),
    "too_deep": QT_TRANSLATE_NOOP("Automation", "too many automations one after the other"),
    "too_often": QT_TRANSLATE_NOOP("Automation", "too often on this case within an hour"),
}
SHIPPED = {
    "acknowledgement": QT_TRANSLATE_NOOP("Automation", "Acknowledge a new case"),
    "waiting_customer": QT_TRANSLATE_NOOP("Automation", "Wait on the customer after our reply"),
    "waiting_agent": QT_TRANSLATE_NOOP("Automation", "Wait on the agent after the customer’s reply"),
    "notify_assignee": QT_TRANSLATE_NOOP("Automation", "Tell the assigned agent that the customer answered"),
    "close_solved": QT_TRANSLATE_NOOP("Automation", "Close solved cases after the time of their type"),
}
_ENGLISH = {
    "acknowledgement": "Acknowledge a new case",
    "waiting_customer": "Wait on the customer after our reply",
    "waiting_agent": "Wait on the agent after the customer's reply",
    "notify_assignee": "Tell the assigned agent that the customer answered",
    "close_solved": "Close solved cases after the time of their type",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Automation", text)


def name_words(name: str, shipped: str) -> str:
    """A name; that of a shipped one is translated until somebody changes it."""
    return _tr(SHIPPED[shipped]) if shipped in SHIPPED and name == _ENGLISH[shipped] else name


def trigger_words(trigger: Trigger) -> tuple[str, str]:
    """A trigger and its icon."""
    words, icon = _TRIGGERS[trigger]
    return _tr(words), icon


def when_words(when: When, known: Known) -> str:
    """A trigger with its field and values."""
    words = trigger_words(when.trigger)[0]
    if when.trigger is not Trigger.UPDATED or not when.field:
        return words
    field = field_words(when.field, known.fields)
    was = _values(when.field, when.was, known) or _tr(QT_TRANSLATE_NOOP("Automation", "anything"))
    becomes = _values(when.field, when.becomes, known) or _tr(QT_TRANSLATE_NOOP("Automation", "anything else"))
    return named(field, f"{was} → {becomes}")


def _values(field: str, values: tuple[str, ...], known: Known) -> str:
    return ", ".join(choice_words(field, value, known.fields) for value in values)


def does_words(does: Does) -> tuple[str, str]:
    """What an action does, and its icon."""
    words, icon = _DOES[does]
    return _tr(words), icon


def short_words(does: Does) -> str:
    """What an action does, in a word."""
    return _tr(_SHORT[does])


def whom_words(value: str, directory: Directory | None) -> str:
    """Whom an action names."""
    if value in _WHOM:
        return _tr(_WHOM[value])
    agents = {str(agent.id): agent.name for agent in directory.agents} if directory is not None else {}
    return agents.get(value.removeprefix("agent:"), _tr(QT_TRANSLATE_NOOP("Automation", "somebody who is gone")))


def action_words(action: Action, known: Known, directory: Directory | None, templates: tuple[Template, ...]) -> str:
    """An action in one line."""
    does = action.does
    detail = {
        Does.SET_FIELD: lambda: f"{field_words(action.field, known.fields)} → {set_words(action, known)}",
        Does.ASSIGN: lambda: whom_words(action.value, directory),
        Does.NOTIFY: lambda: whom_words(action.value, directory),
        Does.HAND_OVER: lambda: choice_words("case.team", action.value, known.fields),
        Does.PROJECT: lambda: choice_words("case.project", action.value, known.fields),
        Does.REPLY: lambda: template_words(action.value, templates),
        Does.MAKE_TASK: lambda: action.text,
        Does.ADD_NOTE: lambda: action.text,
    }.get(does, lambda: action.value)()
    return named(does_words(does)[0], detail) if detail else does_words(does)[0]


def set_words(action: Action, known: Known) -> str:
    """What a field is set to."""
    if action.value.startswith("category:"):
        return category_words(_category(action.value))[0]
    asked = known.fields.get(action.field)
    return choice_words(action.field, action.value, known.fields) if asked and asked.choices else action.value


def _category(value: str) -> Any:
    from app.domain.cases import Category

    return Category(value.removeprefix("category:"))


def template_words(value: str, templates: tuple[Template, ...]) -> str:
    """The name of a template."""
    found = (one for one in templates if value in {str(one.id), f"shipped:{one.shipped}"})
    return next((f"“{one.name}”" for one in found), _tr(QT_TRANSLATE_NOOP("Automation", "a template that is gone")))


def problem_words(problem: Problem, known: Known) -> str:
    """What is wrong, as a sentence."""
    if problem.trouble is not None:
        return trouble_words(problem.trouble, known.fields)
    if problem.fault is Fault.WEB_HOOK:
        if problem.about in _HOOK:
            return _tr(_HOOK[problem.about])
        return _tr(QT_TRANSLATE_NOOP("Automation", "The web hook answered {0}; it is called again.")).replace(
            "{0}", problem.about
        )
    return _tr(_FAULTS[problem.fault]).replace("{about}", problem.about)


def act_problem_words(problem: str) -> str:
    """Why an act was not done."""
    if problem in _PROBLEMS:
        return _tr(_PROBLEMS[problem])
    if problem.startswith("template_error"):
        return _tr(_FAULTS[Fault.TEMPLATE_ERROR]).replace("{about}", problem.partition(": ")[2])
    if problem in set(Refusal):
        words = QCoreApplication.translate("Refusal", SENTENCES[Refusal(problem)])
        return sentence(words, {"agent": "", "team": "", "from": "", "to": ""})
    return problem


def really_words(really: tuple[tuple[str, str], ...], known: Known) -> str:
    """What really happened next."""
    said = {
        "message_in": _tr(QT_TRANSLATE_NOOP("Automation", "the customer wrote")),
        "message_out": _tr(QT_TRANSLATE_NOOP("Automation", "we wrote")),
        "call_ended": _tr(QT_TRANSLATE_NOOP("Automation", "a call")),
    }
    words = [said.get(what) or (choice_words(what, value, known.fields) if value else "—") for what, value in really]
    return ", ".join(words) or _tr(QT_TRANSLATE_NOOP("Automation", "nothing"))


def span_words(span: str) -> str:
    """A span of time."""
    return f"{span[:-1]} {unit_words(span[-1])}" if span[-1:] in {"m", "h", "d"} else span


def variables_hint() -> str:
    """Which variables a text may have."""
    return _tr(QT_TRANSLATE_NOOP("Automation", "Variables: {0}")).replace(
        "{0}", ", ".join(f"{{{{ {name} }}}}" for name in VARIABLES[:7])
    )


def run_words(run: Mapping[str, Any], known: Known) -> str:
    """One act of a run that is over."""
    problem = run.get("problem", "")
    words = does_words(Does(run["does"]))[0]
    value = str(run.get("told") or run.get("value") or "")
    if run["does"] == Does.SET_FIELD.value:
        words = field_words(str(run.get("field", "")), known.fields)
        value = set_words(Action(Does.SET_FIELD, str(run.get("value", "")), str(run.get("field", ""))), known)
    shown = named(words, value) if value and not value.startswith(("shipped:", "agent:")) else words
    return f"{shown} ({act_problem_words(problem)})" if problem else shown


def owner_words(one: Automation, directory: Directory | None) -> str:
    """Whose it is."""
    if one.team_id is None:
        return _tr(QT_TRANSLATE_NOOP("Automation", "everybody’s"))
    return next((team.name for team in directory.teams if team.id == one.team_id), "") if directory is not None else ""
