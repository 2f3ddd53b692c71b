"""Forms of cases at the desk: shaped in Manage, obeyed by a new case and by the open one."""

from dataclasses import replace

import pytest

from app.desk.case_book import CaseBook
from app.desk.case_form import CaseForm
from app.desk.form_pages import FormField, FormPages
from app.desk.new_case import NewCaseForm
from app.desk.task_form import Subject, TaskForm, TaskFormState
from app.domain.case_types import TypeKind
from app.domain.cases import Level
from app.domain.forms import Form
from app.domain.tasks import Task
from app.services.case_types import Types
from app.services.cases import Cases, NewCase
from app.services.customers import Customers
from app.services.practice import Practice
from app.services.tasks import Tasks
from tests.helpers.sample import NOW, SampleStore, key


class Asked(SampleStore):
    """Remembers the new cases."""

    def __init__(self) -> None:
        super().__init__("Claire Vallon")
        self.made: list[NewCase] = []

    async def insert_case(self, case: NewCase):  # type: ignore[no-untyped-def]
        self.made.append(case)
        return await super().insert_case(case)


async def _book(store: SampleStore) -> CaseBook:
    book = CaseBook(Practice(store.practice), store)
    book.begin()
    await book.work.settle()
    return book


def _states(form: TaskForm) -> list[str]:
    return [one.name for one in form.state.states]


def _asked(form: NewCaseForm) -> list[str]:
    return [one.field for one in form.state.form.fields]


@pytest.mark.row("S4-12")
async def test_a_new_case_asks_what_the_form_of_its_team_insists_on_and_nothing_else_elsewhere() -> None:
    store = Asked()
    book = await _book(store)
    hit = (await store.find_customers("fontaine", 1))[0]
    form = NewCaseForm(Cases(store), Customers(store), store.kept, lambda _: None, hit, book.state)
    form.begin()
    await form.work.settle()
    form.type_subject("Hydraulic leak")
    form.choose_team(key("Contact centre"))
    assert _asked(form) == []
    form.choose_team(key("Atelier Beaune"))
    assert _asked(form) == ["custom.serial", "priority", "tags"]
    form.create()
    assert list(form.state.errors) == ["custom.serial"]
    form.fill("custom.serial", "1L06155")
    form.fill("priority", Level.HIGH)
    form.fill("tags", " garantie, moisson ,garantie")
    form.create()
    await form.work.settle()
    (made,) = store.made
    assert (made.custom, made.priority, made.tags) == ({"serial": "1L06155"}, Level.HIGH, ("garantie", "moisson"))
    await form.close()
    await book.close()


async def test_the_open_case_is_edited_by_the_form_of_its_team() -> None:
    store = Asked()
    book = await _book(store)
    case = (await store.case_file(key("48177"))).case
    form = CaseForm(Cases(store), store.kept, case, await store.case_types(), lambda: None, book.state)
    assert case.team_id == key("Atelier Beaune")
    assert [one.field for one in form.state.form.fields] == ["custom.serial", "priority", "tags"]
    form.save()
    assert list(form.state.errors) == ["custom.serial"]
    form.fill_field("custom.serial", "7")
    form.fill_field("tags", "a, b")
    form.fill_field("priority", Level.LOW)
    form.save()
    await form.work.settle()
    assert form.state.saved
    await form.close()
    await book.close()


@pytest.mark.row("S4-11")
async def test_a_form_is_shaped_kept_and_given_up_again() -> None:
    store = SampleStore("Claire Vallon")
    pages = FormPages(Practice(store.practice), Types(store.types).all, store.directory, store)
    pages.begin()
    await pages.work.settle()
    assert [one.field for one in pages.state.edited][:2] == ["priority", "severity"]
    assert pages.follows() is None
    pages.choose(type_id=key("suggestion"), team_id=None)
    pages.move("tags", -2)
    pages.remove("severity")
    pages.require("project", required=True)
    assert pages.state.changed
    pages.choose(type_id=None, team_id=None)
    assert (pages.state.type_id, pages.state.error is not None) == (key("suggestion"), True)
    pages.save()
    await pages.work.settle()
    kept = pages.state.stored
    assert kept is not None
    assert kept.fields[:3] == (FormField("tags"), FormField("priority"), FormField("project", required=True))
    assert "severity" in pages.state.offered()
    pages.add("severity")
    assert pages.state.edited[-1] == FormField("severity")
    pages.discard()
    pages.reset()
    await pages.work.settle()
    assert pages.state.stored is None
    assert Form(
        None, key("Atelier Beaune"), (FormField("custom.serial", True), FormField("priority"), FormField("tags"))
    ) in (pages.state.forms)
    await pages.close()


async def test_a_task_takes_a_type_and_begins_in_its_first_state() -> None:
    store = SampleStore()
    visit = next(one for one in store.types.kept if one.kind is TypeKind.TASK)
    store.types.kept = tuple(replace(one, enabled=True) if one == visit else one for one in store.types.kept)
    book = CaseBook(Practice(store.practice), store, Types(store.types))
    book.begin()
    await book.work.settle()
    assert [one.key for one in book.state.task_types] == ["visit"]
    task = Task(key("visit task"), key("Contact centre"), "See the press")
    state = TaskFormState(store.kept, task, Subject(), types=book.state.task_types)
    form = TaskForm(Tasks(store), Customers(store), state, lambda: NOW)
    assert _states(form) == []
    form.choose_type(visit.id)
    assert form.state.task.state_id == visit.default_state_id
    assert _states(form)[:1] == ["Open"]
    form.choose_type(None)
    assert (form.state.task.type_id, form.state.task.state_id) == (None, None)
    await form.close()
    await book.close()
