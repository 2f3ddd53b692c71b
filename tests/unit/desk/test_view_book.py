"""Views at the desk: listed, ordered, removed with a way back, edited with their count; the rail follows."""

from dataclasses import replace

from app.desk.shell import Shell, views_of
from app.desk.view_book import Column, ViewBook, ViewForm
from app.domain.conditions import Compare, Group, How
from app.domain.views import StoredView, View, ViewKind
from app.services.cases import Cases
from app.services.organisation import Administration
from app.services.views import Views
from tests.helpers.sample import SampleStore, key
from tests.helpers.sample_floor import SampleFloor


class World:
    """A shell over the sample store and the book that follows it."""

    def __init__(self) -> None:
        self.store = store = SampleStore()
        self.views = Views(store.views, store)
        self.shell = Shell().join(Cases(store), Administration(store), store, SampleFloor(store.kept), self.views)
        self.book = ViewBook(self.views, self.shell)

    async def begin(self) -> "World":
        self.shell.begin()
        await self.settle()
        return self

    async def settle(self) -> None:
        await self.book.work.settle()
        await self.shell.work.settle()

    async def again(self) -> None:
        """The feed tells that views changed."""
        await self.settle()
        self.store.hint("view", key("any"))
        await self.settle()

    async def close(self) -> None:
        await self.book.close()
        await self.shell.close()


async def test_what_ships_unchanged_keeps_its_fast_form_and_twelve_stand_at_the_left() -> None:
    world = await World().begin()
    left = views_of(world.shell.state)
    assert left[:2] == (View(ViewKind.MY_OPEN), View(ViewKind.UNASSIGNED))
    assert [view.stored.name for view in left if view.stored is not None] == ["Solved lately", "Urgent, by team"]
    for n in range(12):
        world.store.views.kept.append(StoredView(key(f"own {n}"), f"Own {n}", position=9))
    await world.again()
    kept = [view for view in views_of(world.shell.state) if view.kind is not ViewKind.TEAM]
    assert len(kept) == 12
    await world.close()


async def test_a_view_that_is_edited_or_removed_takes_the_list_along() -> None:
    world = await World().begin()
    assert world.shell.state.view == View(ViewKind.MY_OPEN)
    shipped = world.shell.state.views[0]  # type: ignore[index]
    form = ViewForm(world.views, world.book.state, world.store.kept, shipped)
    form.fill(name="Mine", columns=(Column.NUMBER, Column.STATE))
    form.save()
    await form.work.settle()
    assert form.state.saved
    await world.again()
    shown = world.shell.state.view
    assert shown.stored is not None
    assert (shown.stored.name, shown.columns) == ("Mine", (Column.NUMBER, Column.STATE))
    world.book.remove(shipped.id)
    await world.again()
    assert world.shell.state.view == View(ViewKind.UNASSIGNED)
    assert world.book.state.removed is not None
    world.book.undo()
    await world.again()
    assert shipped.id in [one.id for one in world.shell.state.views or ()]
    await form.close()
    await world.close()


async def test_a_condition_is_counted_while_it_is_written_and_trouble_holds_the_save() -> None:
    world = await World().begin()
    form = ViewForm(world.views, world.book.state, world.store.kept)
    form.fill(name="Nadia's")
    form.edit_condition(Group(parts=(Compare("case.assignee", How.IS, (str(key("Nadia Benali")),)),)))
    await form.work.settle()
    assert form.state.count == sum(row.assignee_id == key("Nadia Benali") for row in world.store.list)
    form.edit_condition(Group(parts=(Compare("case.subject", How.CONTAINS, ()),)))
    await form.work.settle()
    assert form.state.troubles
    form.save()
    assert not form.state.saving
    assert form.sharing() == (None, *(team.id for team in world.store.kept.teams))  # Camille supervises
    form.share("me")
    assert form.state.edited.owner_id == world.store.kept.me.id
    form.share(key("Atelier Beaune"))
    shared = form.state.edited
    assert shared.team_id == key("Atelier Beaune")
    assert shared == replace(shared, owner_id=None)
    for column in (Column.TAGS, Column.TYPE, Column.PROJECT):
        form.toggle_column(column)
    assert form.state.edited.columns == (Column.NUMBER, Column.TEAM, Column.TAGS, Column.TYPE)
    await form.close()
    await world.close()


async def test_a_list_that_nobody_keeps_stays_while_views_are_read_again() -> None:
    world = await World().begin()
    condition = Compare("case.project", How.IS, (str(key("Harvest")),))
    passing = View(ViewKind.STORED, stored=StoredView(key("Harvest"), "Harvest", condition, version=0))
    world.shell.choose(passing)
    await world.again()
    assert world.shell.state.view == passing
    await world.close()
