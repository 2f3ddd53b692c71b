"""The tour's pictures of what happens by itself: an automation with its replay, the words it sends, a macro."""

from PySide6.QtWidgets import QWidget

from app.desk.automations import Action, Does, Trigger
from app.desk.shell import Screen
from app.domain.conditions import Compare, Group, How, Joined
from ui.administration.automations_page import AutomationsPage
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

_NAMES = {"en": ("Leaks first", "urgent leak", "leak"), "fr": ("Les fuites d’abord", "fuite urgente", "fuite")}


async def automations(stage: Stage) -> QWidget:
    """What ships, in its order."""
    return (await _manage(stage, "automations")).window


async def automation_time_machine(stage: Stage) -> QWidget:
    """A new one in three parts, replayed over what really happened."""
    desk = await _manage(stage, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    name, tag, word = _NAMES[stage.language]
    presenter.new()
    condition = Group(
        Joined.ANY, (Compare("case.subject", How.CONTAINS, (word,)), Compare("case.priority", How.IS, ("high",)))
    )
    presenter.edit(name=name, condition=condition)
    presenter.edit_when(trigger=Trigger.CREATED)
    for does in (Does.SET_FIELD, Does.ADD_TAG):
        presenter.add_action(does)
    presenter.edit_action(1, Action(Does.ADD_TAG, tag))
    presenter.choose_days(90)
    presenter.run_replay()
    await stage.settle()
    await stage.answer()
    presenter.look()
    desk.window.findChildren(AutomationsPage)[0].show_side("evidence")
    await stage.settle()
    return desk.window


async def replies(stage: Stage) -> QWidget:
    """The words of the acknowledgement, and what a customer reads."""
    return (await _manage(stage, "replies")).window


async def macros(stage: Stage) -> QWidget:
    """A macro that is made."""
    desk = await _manage(stage, "macros")
    presenter = desk.managing.automation.macros
    assert presenter is not None
    presenter.new()
    presenter.edit(name=_NAMES[stage.language][0], actions=(Action(Does.ADD_TAG, _NAMES[stage.language][1]),))
    await stage.settle()
    return desk.window


AUTOMATIONS: tuple[Scene, ...] = (automations, automation_time_machine, replies, macros)


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk
