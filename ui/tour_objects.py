"""The tour's customers and forms: the page, its form, the case's form and history, merging."""

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from ui.desk import Desk
from ui.objects.case_list import CaseListView
from ui.tour_scenes import CUSTOMER, Scene, Stage


async def customer(stage: Stage) -> QWidget:
    return (await _on_page(stage)).window


async def find_customer(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("customer.find")
    desk.palette.type("fon")
    await stage.settle()
    return desk.window


async def new_customer(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("customer.new")
    await stage.settle()
    return desk.window


async def edit_customer(stage: Stage) -> QWidget:
    desk = await _on_page(stage)
    desk.commands.run("case.edit")
    await stage.settle()
    return desk.window


async def edit_case(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("case.edit")
    await stage.settle()
    return desk.window


async def case_history(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.customers.case_history()
    await stage.settle()
    return desk.window


async def merge_customers(stage: Stage) -> QWidget:
    desk = await _on_page(stage)
    desk.customers.merge_customer()
    await stage.settle()
    return desk.window


async def agents(stage: Stage) -> QWidget:
    return (await _on_manage(stage, "agents")).window


async def new_agent(stage: Stage) -> QWidget:
    desk = await _on_manage(stage, "agents")
    desk.managing.people.edit_agent()
    await stage.settle()
    return desk.window


async def fields(stage: Stage) -> QWidget:
    return (await _on_manage(stage, "fields")).window


async def new_field(stage: Stage) -> QWidget:
    desk = await _on_manage(stage, "fields")
    desk.managing.people.edit_field()
    await stage.settle()
    return desk.window


async def codes(stage: Stage) -> QWidget:
    return (await _on_manage(stage, "codes")).window


async def types(stage: Stage) -> QWidget:
    desk = await _on_manage(stage, "types")
    if desk.managing.types.types is not None:
        desk.managing.types.types.show_hidden(shown=True)
        shown = desk.managing.types.types.state.listed()
        desk.managing.types.types.open(next(one.id for one in shown if one.key == "suggestion"))
    await stage.settle()
    return desk.window


async def forms(stage: Stage) -> QWidget:
    return (await _on_manage(stage, "forms")).window


async def projects(stage: Stage) -> QWidget:
    return (await _on_manage(stage, "projects")).window


async def split_case(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.practice.split()
    await stage.settle()
    return desk.window


async def all_views(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("view.list")
    await stage.settle()
    return desk.window


async def edit_view(stage: Stage) -> QWidget:
    desk = await stage.desk(stage.administrator)
    desk.views.edit(next(one for one in desk.shell.state.views or () if one.key == "new_in_my_teams"))
    await stage.settle()
    return desk.window


async def assign_case(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("case.assign")
    await stage.settle()
    return desk.window


async def several_cases(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.window.findChildren(CaseListView)[0].list.selectAll()
    await stage.settle()
    return desk.window


OBJECTS: tuple[Scene, ...] = (
    customer, find_customer, new_customer, edit_customer, edit_case, case_history, merge_customers,
    agents, new_agent, fields, new_field,
    codes,
    types,
    forms,
    projects,
    split_case,
    all_views,
    edit_view,
    assign_case,
    several_cases,
)  # fmt: skip


async def _on_page(stage: Stage) -> Desk:
    desk = await stage.desk()
    desk.open_customer((await stage.lead.customers.find(CUSTOMER, 1))[0].id)
    await stage.settle()
    return desk


async def _on_manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk
