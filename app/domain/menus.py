"""A caller in a call tree: what she hears, presses and types, and where that leads her, as pure steps."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.call_flow import enter_steps
from app.domain.call_trees import KEYS, QUEUE, CallTree, Destination, Leads, Menu
from app.domain.calls import OFFER_S, LiveCall, MenuPosition, Outcome, Phase, Step, StepKind, TraceEntry
from app.domain.effects import EndLeg, FindCase, Music
from app.domain.floor import Floor
from app.domain.prompts import CASE_FOUND, CASE_UNKNOWN, INVALID, Prompt
from app.domain.saying import hush, say
from app.domain.steps import Turn

SAID = "menu"
NUMBER_S = 40
CASE_DIGITS_MOST = 12
CASE_PAUSE_S = 3


def enter(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """The step of a call tree begins: its first menu is said."""
    step = call.step
    tree = floor.trees.get(step.tree_id) if step is not None and step.tree_id is not None else None
    if tree is None or tree.start not in tree.menus:
        # The tree is gone, or another hub had it: a caller is never left with nothing.
        return _go(call, QUEUE, floor, now, "no_tree")
    first = (call.greeting,) if call.greeting is not None and call.said == 0 else ()
    said_first, effects = _say(replace(call, menu=MenuPosition(tree.id, tree.start)), tree.menus[tree.start], first)
    return said_first, [Music(playing=False), *effects]


def said(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """The menu was said: from now on a key is waited for."""
    menu = _menu(call, floor)
    if menu is None or call.menu is None:
        return call, []
    until = now + timedelta(seconds=menu.timeout_s)
    return replace(call, saying="", menu=replace(call.menu, until_at=until)), []


def pressed(call: LiveCall, key: str, floor: Floor, now: datetime) -> Turn:
    """The caller pressed a key, while the menu was said or after it."""
    menu = _menu(call, floor)
    if menu is None or call.menu is None or key not in KEYS:
        return call, []
    if menu.asks_case and key in "0123456789#":
        return _typed(call, call.menu, key, now)
    call, effects = hush(call)
    told = replace(call, trace=(*call.trace, TraceEntry(now, "pressed", text=f"{_name(call)} {key}")))
    if (destination := menu.keys.get(key)) is None:
        again, more = _again(told, menu, floor, now, (INVALID,))
    elif destination.leads is Leads.REPEAT:
        again, more = _say(told, menu, ())
    else:
        again, more = _go(told, destination, floor, now, "chosen")
    return again, effects + more


def time_passed(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Nothing was pressed, or not the last key of a number."""
    menu, position = _menu(call, floor), call.menu
    if menu is None and position is not None:
        return _go(call, QUEUE, floor, now, "no_tree")  # an earlier hub had it, or it was changed under her
    if menu is None or position is None or position.until_at is None or now < position.until_at:
        return call, []
    if position.digits:
        return _look_up(call, position)
    return _again(call, menu, floor, now, ())


def case_found(call: LiveCall, found: tuple[UUID, UUID, UUID, UUID | None] | None, floor: Floor, now: datetime) -> Turn:
    """The case that was typed, as (case, customer, team, assignee), or that there is none."""
    menu = _menu(call, floor)
    if menu is None or call.menu is None:
        return call, []
    if found is None:
        return _again(replace(call, menu=replace(call.menu, digits="")), menu, floor, now, (CASE_UNKNOWN,))
    case_id, customer_id, team_id, assignee = found
    known = replace(call, case_id=case_id, customer_id=customer_id)
    steps: tuple[Step, ...] = ()
    agent = floor.agent(assignee)
    if agent is not None and agent.free:
        steps = (Step(StepKind.RING_AGENT, OFFER_S, "assigned_agent", agent_id=assignee),)
    steps = (*steps, *team_steps(team_id, floor, "team_of_case"))
    turned, effects = _leave(known, steps, floor, now, "case_typed")
    if turned.phase is not Phase.WAITING:
        return turned, effects  # what she is told already, since that team is closed, leads her to the tone
    told, more = say(turned, "waits", (CASE_FOUND,))
    return told, effects + more


def team_steps(team_id: UUID, floor: Floor, reason: str) -> tuple[Step, ...]:
    """A caller is led to a team: its queue, then a message for it; a team that is closed takes a message at once."""
    team = floor.teams.get(team_id)
    message = Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=team_id)
    if team is None or not team.is_open:
        return (replace(message, reason="closed"),)
    return (Step(StepKind.QUEUE, team.queue_most_s, reason, team_id=team_id), message)


def _typed(call: LiveCall, position: MenuPosition, key: str, now: datetime) -> Turn:
    call, effects = hush(call)
    digits = position.digits if key == "#" else position.digits + key
    wait = replace(position, digits=digits, until_at=now + timedelta(seconds=CASE_PAUSE_S))
    typed = replace(call, menu=wait)
    if digits and (key == "#" or len(digits) >= CASE_DIGITS_MOST):
        typed, more = _look_up(typed, wait)
        return typed, effects + more
    return typed, effects


def _look_up(call: LiveCall, position: MenuPosition) -> Turn:
    waiting = replace(position, digits="", until_at=None)
    return replace(call, menu=waiting), [FindCase(int(position.digits))]


def _again(call: LiveCall, menu: Menu, floor: Floor, now: datetime, first: tuple[Prompt, ...]) -> Turn:
    assert call.menu is not None
    tries = call.menu.tries + 1
    if tries > menu.repeats:
        return _go(call, menu.otherwise, floor, now, "no_choice")
    return _say(replace(call, menu=replace(call.menu, tries=tries)), menu, first)


def _say(call: LiveCall, menu: Menu, first: tuple[Prompt, ...]) -> Turn:
    assert call.menu is not None
    waiting = replace(call, menu=replace(call.menu, digits="", until_at=None))
    return say(waiting, SAID, (*first, *menu.says))


def _go(call: LiveCall, to: Destination, floor: Floor, now: datetime, why: str) -> Turn:
    if to.leads is Leads.MENU and call.menu is not None:
        tree = floor.trees.get(call.menu.tree_id)
        if tree is not None and to.menu in tree.menus:
            return _say(replace(call, menu=MenuPosition(tree.id, to.menu)), tree.menus[to.menu], ())
    if to.leads is Leads.END:
        call, effects = hush(call)
        return replace(call, outcome=Outcome.CLOSED, menu=None), [*effects, EndLeg(call.caller_leg)]
    return _leave(call, _steps(call, to, floor), floor, now, why)


def _steps(call: LiveCall, to: Destination, floor: Floor) -> tuple[Step, ...]:
    rest = team_steps(call.team_id, floor, "team_queue")
    match to.leads:
        case Leads.TEAM if to.id is not None:
            return team_steps(to.id, floor, "chosen_team")
        case Leads.AGENT if to.id is not None:
            team_id = floor.home_of(to.id) or call.team_id
            first = Step(StepKind.RING_AGENT, OFFER_S, "chosen_agent", agent_id=to.id)
            return (first, *team_steps(team_id, floor, "team_of_target"))
        case Leads.NUMBER:
            return (Step(StepKind.RING_NUMBER, NUMBER_S, "chosen_number", number=to.number), *rest)
        case Leads.VOICEMAIL:
            return (Step(StepKind.VOICEMAIL, 0, "chosen_voicemail", team_id=to.id or call.team_id),)
        case Leads.TREE if to.id is not None:
            return (Step(StepKind.MENU, 0, "chosen_tree", tree_id=to.id), *rest)
    return rest


def _leave(call: LiveCall, steps: tuple[Step, ...], floor: Floor, now: datetime, why: str) -> Turn:
    """The tree is left: she waits with music, for the team that it led to."""
    call, effects = hush(call)
    team_id = next((step.team_id for step in steps if step.team_id is not None), call.team_id)
    trace = (*call.trace, TraceEntry(now, why, team_id=team_id))
    left = replace(call, phase=Phase.WAITING, menu=None, steps=steps, team_id=team_id, trace=trace)
    entered, more = enter_steps(left, floor, now)
    return entered, effects + more


def _tree(call: LiveCall, floor: Floor) -> CallTree | None:
    return floor.trees.get(call.menu.tree_id) if call.menu is not None else None


def _menu(call: LiveCall, floor: Floor) -> Menu | None:
    tree = _tree(call, floor)
    return tree.menus.get(call.menu.menu) if tree is not None and call.menu is not None else None


def _name(call: LiveCall) -> str:
    return call.menu.menu if call.menu is not None else ""
