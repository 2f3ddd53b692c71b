"""Manage › Types: the list, one type edited as a whole, moves between its states."""

import pytest

from app.desk.case_types import CaseState, Category, TypeKind, TypePages
from app.domain.refusals import Refusal
from app.services.case_types import Types
from tests.helpers.sample import SampleStore, key


async def _pages() -> tuple[SampleStore, TypePages]:
    store = SampleStore("Claire Vallon")
    pages = TypePages(Types(store.types), store.directory, store)
    pages.begin()
    await pages.work.settle()
    return store, pages


def _names(pages: TypePages) -> list[str]:
    assert pages.state.edited is not None
    return [one.name for one in pages.state.edited.states]


@pytest.mark.row("S3-17")
async def test_hidden_types_are_listed_when_they_are_asked_for() -> None:
    _, pages = await _pages()
    assert [one.key for one in pages.state.listed()] == ["case", "suggestion"]
    assert pages.state.hidden == 2
    pages.show_hidden(shown=True)
    assert [one.key for one in pages.state.listed()] == ["case", "suggestion", "complaint", "request"]
    pages.choose(TypeKind.FEATURE)
    assert [one.key for one in pages.state.listed()] == ["improvement"]
    assert pages.state.edited is pages.state.stored
    await pages.close()


async def test_an_open_type_holds_the_page_until_it_is_saved_or_discarded() -> None:
    store, pages = await _pages()
    pages.edit(name="Ticket")
    pages.open(key("suggestion"))
    assert pages.state.stored is not None
    assert (pages.state.stored.key, pages.state.error is not None) == ("case", True)
    pages.save()
    await pages.work.settle()
    assert store.types.kept[0].name == "Ticket"
    assert not pages.state.changed
    pages.open(key("suggestion"))
    assert pages.state.edited is not None
    assert pages.state.edited.key == "suggestion"
    await pages.close()


async def test_states_are_added_before_the_ends_moved_and_left_out_of_moves() -> None:
    _, pages = await _pages()
    pages.open(key("suggestion"))
    pages.add_state()
    assert _names(pages) == ["New", "Under review", "Accepted", "", "Rejected", "Completed", "Closed"]
    fresh: CaseState = pages.state.edited.states[3]  # type: ignore[union-attr]
    pages.save()
    await pages.work.settle()
    assert pages.state.errors["state_name"].details["field"] == "state_name"
    pages.edit_state(fresh.id, name="Planned")
    pages.move_state(fresh.id, -1)
    assert _names(pages)[2:4] == ["Planned", "Accepted"]
    review = pages.state.edited.states[1].id  # type: ignore[union-attr]
    pages.remove_state(review)
    first = pages.state.edited.states[0]  # type: ignore[union-attr]
    assert first.leads_to is not None
    assert review not in first.leads_to
    await pages.close()


async def test_a_move_that_is_taken_away_writes_the_others_out_and_giving_it_back_means_all() -> None:
    _, pages = await _pages()
    assert pages.state.edited is not None
    open_, waiting, *_ = (one.id for one in pages.state.edited.states)
    pages.allow(open_, waiting, allowed=False)
    states = pages.state.edited.states
    assert states[0].leads_to == tuple(one.id for one in states[2:])
    pages.allow(open_, waiting, allowed=True)
    assert pages.state.edited.states[0].leads_to is None
    assert not pages.state.changed
    await pages.close()


async def test_a_type_that_cannot_work_says_why_where_it_is() -> None:
    _, pages = await _pages()
    assert pages.state.edited is not None
    for one in pages.state.edited.states:
        if one.category is Category.CLOSED:
            pages.remove_state(one.id)
    pages.save()
    await pages.work.settle()
    assert list(pages.state.errors) == ["states"]
    pages.discard()
    pages.edit(enabled=False)
    pages.save()
    await pages.work.settle()
    assert not pages.state.errors  # another type of cases is enabled
    assert Refusal.LAST_TYPE.value == "last_type"
    await pages.close()
