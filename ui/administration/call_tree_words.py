"""How the ways of a call tree, its flaws and the trace of a tried call are said."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.desk.call_tree_editor import Destination, Explanation, TreeState
from app.domain.call_trees import Flaw, Leads
from app.domain.phone_numbers import display
from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.tree_edits import words_of

LEADS = {
    Leads.QUEUE: (QT_TRANSLATE_NOOP("CallTree", "Queue of the dialled team"), "hourglass"),
    Leads.TEAM: (QT_TRANSLATE_NOOP("CallTree", "Team or sub-team"), "users"),
    Leads.AGENT: (QT_TRANSLATE_NOOP("CallTree", "Agent"), "user"),
    Leads.MENU: (QT_TRANSLATE_NOOP("CallTree", "Menu"), "layers"),
    Leads.NUMBER: (QT_TRANSLATE_NOOP("CallTree", "Number outside"), "phone"),
    Leads.VOICEMAIL: (QT_TRANSLATE_NOOP("CallTree", "Voicemail"), "voicemail"),
    Leads.TREE: (QT_TRANSLATE_NOOP("CallTree", "Another call tree"), "merge"),
    Leads.REPEAT: (QT_TRANSLATE_NOOP("CallTree", "Say it again"), "rotate-cw"),
    Leads.END: (QT_TRANSLATE_NOOP("CallTree", "End of the call"), "phone-off"),
}
_FLAWS = {
    Flaw.NO_START: QT_TRANSLATE_NOOP("CallTree", "no first menu"),
    Flaw.NO_SUCH_MENU: QT_TRANSLATE_NOOP("CallTree", "leads to no menu"),
    Flaw.NOT_A_KEY: QT_TRANSLATE_NOOP("CallTree", "a key that does not exist"),
    Flaw.NO_TARGET: QT_TRANSLATE_NOOP("CallTree", "target missing"),
    Flaw.SAYS_NOTHING: QT_TRANSLATE_NOOP("CallTree", "says nothing"),
    Flaw.NEVER_REACHED: QT_TRANSLATE_NOOP("CallTree", "never reached"),
    Flaw.NO_WAY_OUT: QT_TRANSLATE_NOOP("CallTree", "no way out"),
}
_REASONS = {
    "schedule": QT_TRANSLATE_NOOP("CallTree", "The team is open. {0}"),
    "closed": QT_TRANSLATE_NOOP("CallTree", "Closed at this hour. {0}"),
    "last_advisor": QT_TRANSLATE_NOOP("CallTree", "Last advisor of case {0} rings first."),
    "no_last_advisor": QT_TRANSLATE_NOOP("CallTree", "The last-advisor rule does not apply."),
    "rule": QT_TRANSLATE_NOOP("CallTree", "Routing rule “{0}”."),
    "rule_not_on_schedule": QT_TRANSLATE_NOOP("CallTree", "Rule “{0}” left out: its agent is on no schedule."),
    "call_tree": QT_TRANSLATE_NOOP("CallTree", "The call tree begins."),
    "pressed": QT_TRANSLATE_NOOP("CallTree", "Menu and key: {0}."),
    "chosen": QT_TRANSLATE_NOOP("CallTree", "The caller leaves the tree. {0}"),
    "no_choice": QT_TRANSLATE_NOOP("CallTree", "Nothing was pressed, or nothing that exists. {0}"),
    "chosen_team": QT_TRANSLATE_NOOP("CallTree", "{0} is rung by its schedule, else its queue."),
    "chosen_agent": QT_TRANSLATE_NOOP("CallTree", "{0} is rung."),
    "chosen_number": QT_TRANSLATE_NOOP("CallTree", "A number outside is called: {0}."),
    "chosen_voicemail": QT_TRANSLATE_NOOP("CallTree", "Voicemail of {0}."),
    "chosen_tree": QT_TRANSLATE_NOOP("CallTree", "Another call tree begins."),
    "team_queue": QT_TRANSLATE_NOOP("CallTree", "Queue of {0}."),
    "team_of_target": QT_TRANSLATE_NOOP("CallTree", "Then the queue of {0}."),
    "voicemail": QT_TRANSLATE_NOOP("CallTree", "Then voicemail. {0}"),
    "looks_up_case": QT_TRANSLATE_NOOP("CallTree", "The case number is looked up; its team is rung."),
    "not_free": QT_TRANSLATE_NOOP("CallTree", "{0}: not free just now."),
}


def way_words(way: Destination, state: TreeState) -> tuple[str, str, str]:
    """Return what a way leads to: its title, a detail, and its icon."""
    words, icon = LEADS[way.leads]
    title, detail = QCoreApplication.translate("CallTree", words), ""
    directory, tree = state.directory, state.tree
    if way.leads is Leads.MENU and tree is not None and way.menu in tree.menus:
        menu = tree.menus[way.menu]
        said = QCoreApplication.translate("CallTree", "asks for the case number") if menu.asks_case else words_of(menu)
        named = QCoreApplication.translate("CallTree", "Menu “{0}”").replace("{0}", way.menu)
        return named, said, icon
    if way.leads is Leads.NUMBER and directory is not None:
        return (display(way.number, directory.organisation.region) or title), title, icon
    if way.id is not None and directory is not None:
        team = next((team for team in directory.teams if team.id == way.id), None)
        if team is not None:
            sub = QCoreApplication.translate("CallTree", "sub-team · by its ring schedule")
            numbered = QCoreApplication.translate("CallTree", "team · by its ring schedule")
            return team.name, sub if team.is_sub_team else numbered, team.icon
        others = {agent.id: agent.name for agent in directory.agents} | {tree.id: tree.name for tree in state.trees}
        return others.get(way.id, title), title, icon
    return title, detail, icon


def translate_lead(lead: Leads) -> tuple[str, str, str]:
    """Return the name of a kind of way, no detail, and its icon."""
    words, icon = LEADS[lead]
    return QCoreApplication.translate("CallTree", words), "", icon


def flaw_words(flaws: tuple[Flaw, ...]) -> str:
    """Return the first thing that is wrong."""
    return QCoreApplication.translate("CallTree", _FLAWS[flaws[0]]) if flaws else ""


def trace_words(reason: str, detail: str) -> str:
    """Return one decision as a sentence; one that has no sentence of its own is left out."""
    if reason not in _REASONS:
        return ""
    return QCoreApplication.translate("CallTree", _REASONS[reason]).replace("{0}", detail).strip()


def told(plan: Explanation, state: TreeState) -> tuple[str, ...]:
    """Return the whole way of a tried call: the plan before the tree, then what happened in it."""
    tried = state.tried
    begins = QCoreApplication.translate("CallTree", "{0} belongs to {1}.")
    region = state.directory.organisation.region if state.directory is not None else "FR"
    lines = [begins.replace("{0}", display(plan.to, region)).replace("{1}", plan.team)]
    lines += [trace_words(reason, text) for reason, text in plan.reasons]
    if tried is not None and tried.trace:
        if not tried.attached:
            lines.append(
                QCoreApplication.translate(
                    "CallTree", "At this hour no call tree answers there; this one is tried as if it did."
                )
            )
        names = _names(state)
        for entry in tried.trace:
            met = entry.agent_id or entry.team_id
            who = names.get(met, "") if met is not None else ""
            lines.append(trace_words(entry.reason, entry.text or who))
    else:
        lines += [trace_words(step.reason, step.who) for step in plan.steps]
    return tuple(line for line in lines if line)


def _names(state: TreeState) -> dict[UUID, str]:
    directory = state.directory
    if directory is None:
        return {}
    return {team.id: team.name for team in directory.teams} | {agent.id: agent.name for agent in directory.agents}
