"""The gallery's tasks, customers and forms: more scenes over the sample store."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.desk.customer_form import Entry
from app.desk.shell import Screen
from app.domain.fields import FieldKind
from app.domain.permissions import Permission
from app.domain.tasks import TaskKind
from tests.helpers import sample
from tests.helpers.gallery import Scene, make_desk, open_desk, settle
from ui.desk import Desk
from ui.objects.case_list import CaseListView


async def tasks(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.go(Screen.TASKS)
    await settle(desk)
    desk.tasks.list.select(sample.key("Call back about warranty"))
    await settle(desk)
    return desk.window, desk.close


async def task_dialog(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("task.remind")
    await settle(desk)
    return desk.window, desk.close


async def reminder_card(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    row = (await sample.SampleStore().my_tasks(9))[2]
    task = replace(row.task, due_at=sample.NOW + timedelta(minutes=4, seconds=52), kind=TaskKind.CALL, attempts=1)
    note = "Prefers a call before he leaves for the vines at 9:30. Trade-in of the old one agreed."
    rings = replace(
        row, task=task, last_note=note, last_note_by="Nadia Benali", customer_name="Amélie Fontaine",
        customer_zone="America/Guadeloupe", call_from="08:00", call_until="16:00",
        last_note_at=sample.NOW - timedelta(days=2), case_subject="Hydraulic leak, 6R 155",
    )  # fmt: skip
    desk.tasks.reminders.show(ringing=(rings,))
    await settle(desk)
    return desk.window, desk.close


async def past_due(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size, past_due=True)
    return desk.window, desk.close


async def past_due_list(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size, past_due=True)
    desk.tasks.open_past_due()
    await settle(desk)
    return desk.window, desk.close


async def customer(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.open_customer(sample.key("Amélie Fontaine"))
    await settle(desk)
    return desk.window, desk.close


async def edit_customer(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.open_customer(sample.key("Amélie Fontaine"))
    await settle(desk)
    dialog = desk.customers.edit_customer(sample.CUSTOMERS[0])
    assert dialog is not None
    dialog._presenter.fill_entry("phones", 0, Entry("12", "mobile"))
    dialog._presenter.save()
    await settle(desk)
    return desk.window, desk.close


async def edit_case(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("case.edit")
    await settle(desk)
    return desk.window, desk.close


async def case_history(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.customers.case_history()
    await settle(desk)
    return desk.window, desk.close


async def merge(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.customers.merge_case()
    await settle(desk)
    return desk.window, desk.close


async def agents(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("agents")
    await settle(desk)
    return desk.window, desk.close


async def new_agent(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("agents")
    dialog = desk.managing.people.edit_agent()
    dialog._presenter.fill(name="Amélie Fontaine")
    dialog._presenter.save()
    await settle(desk)
    return desk.window, desk.close


async def fields(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("fields")
    await settle(desk)
    return desk.window, desk.close


async def codes(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("codes")
    await settle(desk)
    return desk.window, desk.close


async def types(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("types")
    assert desk.managing.types.types is not None
    desk.managing.types.types.open(sample.key("suggestion"))
    desk.managing.types.types.edit(name="Idea")
    await settle(desk)
    return desk.window, desk.close


async def hidden_types(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("types")
    assert desk.managing.types.types is not None
    desk.managing.types.types.show_hidden(shown=True)
    desk.managing.types.types.open(sample.key("case complaint"))
    await settle(desk)
    return desk.window, desk.close


async def all_views(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("view.list")
    await settle(desk)
    return desk.window, desk.close


async def edit_view(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.views.edit(next(one for one in desk.shell.state.views or () if one.name == "Urgent, by team"))
    await settle(desk)
    return desk.window, desk.close


async def grouped_view(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.choose(next(one for one in desk.shell.state.views or () if one.name == "Urgent, by team").view)
    await settle(desk)
    return desk.window, desk.close


async def broken_view(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.choose(next(one for one in desk.shell.state.views or () if one.name == "Old workshop").view)
    await settle(desk)
    return desk.window, desk.close


async def forms(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("forms")
    assert desk.managing.types.forms is not None
    desk.managing.types.forms.choose(type_id=None, team_id=sample.key("Atelier Beaune"))
    desk.managing.types.forms.require("tags", required=True)
    await settle(desk)
    return desk.window, desk.close


async def projects(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("projects")
    await settle(desk)
    return desk.window, desk.close


async def new_case_form(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    hit = (await sample.SampleStore().find_customers("fontaine", 1))[0]
    dialog = desk.beginnings.new_case(hit)
    assert dialog is not None
    dialog._presenter.choose_team(sample.key("Atelier Beaune"))
    dialog._presenter.create()
    await settle(desk)
    return desk.window, desk.close


async def split_case(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.practice.split()
    await settle(desk)
    return desk.window, desk.close


async def refer_case(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.practice.refer()
    await settle(desk)
    return desk.window, desk.close


async def several_cases(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.window.findChildren(CaseListView)[0].list.selectAll()
    await settle(desk)
    return desk.window, desk.close


async def assign(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("case.assign")
    await settle(desk)
    return desk.window, desk.close


async def new_field(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await _manage(size)
    desk.managing.view.show_page("fields")
    dialog = desk.managing.people.edit_field()
    dialog._presenter.fill(label="Segment", kind=FieldKind.PICK_LIST)
    await settle(desk)
    return desk.window, desk.close


async def _manage(size: tuple[int, int]) -> Desk:
    store = sample.SampleStore()
    store.kept = replace(store.kept, permissions=frozenset(Permission))
    desk = make_desk(store)
    desk.window.resize(*size)
    desk.window.show()
    desk.begin()
    desk.shell.go(Screen.MANAGE)
    await settle(desk)
    desk.tasks.reminders.forget_past_due()
    return desk


OBJECTS: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        tasks, task_dialog, reminder_card, past_due, past_due_list, customer, edit_customer, edit_case, case_history,
        merge,
        agents,
        new_agent,
        fields,
        new_field,
        codes,
        assign,
        several_cases,
        types,
        hidden_types,
        forms,
        projects,
        new_case_form,
        split_case,
        refer_case,
        all_views,
        edit_view,
        grouped_view,
        broken_view,
    )
}  # fmt: skip
