"""Two desks at the same record of the real store: nobody's text is lost, and nothing is written where nobody looks."""

import asyncio
from dataclasses import replace

from app.desk.customer_form import MERGED, CustomerForm
from app.desk.task_form import Subject, TaskForm, TaskFormState, new_task
from app.domain.ids import new_id
from app.services.customers import Customers
from app.services.tasks import Tasks
from tests.helpers.organisation import Vallon
from tests.helpers.sample import NOW


async def test_both_agents_save_at_once_and_both_texts_are_there(vallon: Vallon) -> None:
    customer = await vallon.customer()
    forms = []
    for name, change in (("camille", {"pinned_note": "Ring twice"}), ("nadia", {"organisation": "GAEC Perrin"})):
        store = vallon.as_agent(name)
        form = CustomerForm(Customers(store), await store.directory(), customer)
        form.fill(**change)
        forms.append(form)
    for form in forms:
        form.save()
    await asyncio.gather(*(form.work.settle() for form in forms))
    late = next(form for form in forms if form.state.clash is not None)
    assert late.state.clash is not None
    assert late.state.clash.agent in {"Camille Roy", "Nadia Benali"}
    late.keep_mine()
    await late.work.settle()
    kept = await vallon.as_agent("camille").customer(customer.id)
    assert (kept.pinned_note, kept.organisation, kept.version) == ("Ring twice", "GAEC Perrin", 3)


async def test_a_record_that_was_merged_away_while_it_was_edited_keeps_what_was_typed(vallon: Vallon) -> None:
    kept, merged = await vallon.customer("Perrin"), await vallon.customer("Perin", phone="06 39 98 12 35")
    nadia = vallon.as_agent("nadia")
    form = CustomerForm(Customers(nadia), await nadia.directory(), merged)
    form.fill(pinned_note="Ring twice")
    await vallon.as_agent("camille").merge_customers(kept.id, merged.id)
    form.save()
    await form.work.settle()
    assert form.state.error is not None
    assert form.state.error.text == MERGED
    assert form.state.customer.pinned_note == "Ring twice"
    assert (await nadia.customer(merged.id)).pinned_note == ""


async def test_a_task_cancelled_by_a_colleague_while_it_was_edited(vallon: Vallon) -> None:
    nadia = vallon.as_agent("nadia")
    directory = await nadia.directory()
    tasks = Tasks(nadia)
    made = await tasks.create(replace(new_task(directory, Subject(), NOW, "Call back"), id=new_id()))
    form = TaskForm(tasks, Customers(nadia), TaskFormState(directory, made, Subject(), stored=made), lambda: NOW)
    form.fill(notes="Only after 14:00")
    other = TaskForm(
        Tasks(vallon.as_agent("camille")), Customers(nadia), TaskFormState(directory, made, Subject(), stored=made),
        lambda: NOW,
    )  # fmt: skip
    other.cancel_task()
    await other.work.settle()
    form.save()
    await form.work.settle()
    assert form.state.clash is not None
    assert form.state.clash.agent == "Camille Roy"
    assert form.state.clash.merged.notes == "Only after 14:00"
