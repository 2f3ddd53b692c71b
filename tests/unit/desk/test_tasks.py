"""The list of tasks and the week: what went wrong is told as long as it is so."""

from app.desk.tasks import TaskList
from tests.helpers.sample import NOW, SampleStore, signed_in


def make(store: SampleStore) -> TaskList:
    return TaskList(signed_in(store).tasks, store, "Europe/Paris", lambda: NOW)


async def test_a_server_that_was_away_is_forgotten_when_it_is_back() -> None:
    store = SampleStore()
    tasks = make(store)
    store.reachable = False
    tasks.begin()
    await tasks.work.settle()
    assert bool(tasks.state.error)
    store.reachable = True
    store.hint("presence")  # all that the feed tells when nothing changed meanwhile
    await tasks.work.settle()
    assert tasks.state.error is None
    assert tasks.state.mine
    await tasks.close()


async def test_what_was_refused_is_told_until_the_next_act() -> None:
    store = SampleStore()
    tasks = make(store)
    tasks.begin()
    await tasks.work.settle()
    row = tasks.state.mine[0]
    await store.update_task(row.task)
    tasks.done(row.task.id)
    await tasks.work.settle()
    store.hint("task")
    await tasks.work.settle()
    assert bool(tasks.state.error)
    tasks.done(row.task.id)
    await tasks.work.settle()
    assert tasks.state.error is None
    await tasks.close()


async def test_another_week_never_shows_the_tasks_of_the_last_one() -> None:
    tasks = make(SampleStore())
    tasks.begin()
    await tasks.work.settle()
    weeks = []
    tasks.subscribe(lambda state: weeks.append((state.monday, {row.task.due_at for row in state.week})))
    tasks.step(-1)
    await tasks.work.settle()
    assert all(due is not None and due.date() >= monday for monday, its in weeks for due in its)
    assert all((due.date() - monday).days < 7 for monday, its in weeks for due in its if due is not None)
    await tasks.close()
