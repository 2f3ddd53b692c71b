"""What the open case hangs together with, who else looks, and what I am told of other cases."""

from datetime import datetime, timedelta
from uuid import UUID

from app.desk.case_file import OpenCase
from app.desk.case_snooze import CaseSnooze, Until
from app.desk.case_ties import CaseTies, CaseTiesState, LinkKind
from app.domain.cases import Category
from app.services.attachments import Attachments
from app.services.cases import Cases
from app.services.practice import Practice
from app.services.tasks import Tasks
from tests.helpers.sample import NOW, SampleStore, key


class World:
    """The sample store with a clock that the test moves."""

    def __init__(self) -> None:
        self.store = SampleStore()
        self.now = NOW
        self.looked: list[UUID] = []
        store = self.store
        self.case = OpenCase(
            Cases(store), store, lambda: store.kept, self.clock, store.journal, Attachments(store.blobs)
        )
        store.practice.look = self.look  # type: ignore[method-assign]
        self.ties = CaseTies(Practice(store.practice), self.case, store, store.kept.me.id, self.clock)

    def clock(self) -> datetime:
        return self.now

    async def look(self, case_id: UUID) -> None:
        self.looked.append(case_id)

    async def open(self, case_id: UUID) -> None:
        self.case.open(case_id)
        await self.settle()

    async def settle(self) -> None:
        await self.case.work.settle()
        await self.ties.work.settle()

    async def close(self) -> None:
        await self.ties.close()
        await self.case.close()


def _ties(world: World) -> CaseTiesState:
    return world.ties.state


async def test_links_of_the_open_case_are_shown_made_and_taken_back() -> None:
    world = World()
    first, second = world.store.practice.first.id, world.store.practice.second.id
    await world.open(first)
    assert [(link.kind, link.other_id) for link in _ties(world).links] == [(LinkKind.SPLIT, second)]
    other = world.store.list[3].id
    world.ties.link(other)
    await world.settle()
    assert _ties(world).links[-1].kind is LinkKind.RELATED
    world.ties.unlink(other)
    await world.settle()
    assert len(_ties(world).links) == 1
    await world.open(second)
    assert _ties(world).links == ()
    await world.close()


async def test_who_else_shows_the_case_is_known_at_once_and_forgotten_when_she_has_gone() -> None:
    world = World()
    case, nadia = world.store.practice.first.id, key("Nadia Benali")
    await world.open(case)
    assert world.looked == [case]
    world.store.hint("viewing", case, nadia)
    await world.settle()
    assert list(_ties(world).viewers) == [nadia]
    assert world.looked == [case, case]  # she came later: she is told of me
    world.store.hint("viewing", case, nadia)
    world.store.hint("viewing", case, world.store.kept.me.id)
    world.store.hint("viewing", world.store.practice.second.id, key("Omar Haddad"))
    await world.settle()
    assert (list(_ties(world).viewers), len(world.looked)) == ([nadia], 2)
    world.now += timedelta(seconds=91)
    world.ties.again()
    await world.settle()
    assert (_ties(world).viewers, len(world.looked)) == ({}, 3)
    await world.close()


async def test_what_i_am_told_is_read_when_a_hint_names_me_and_seen_with_the_case() -> None:
    world = World()
    await world.open(world.store.practice.first.id)
    world.store.practice.mention()
    world.store.hint("notice", key("notice"), key("Omar Haddad"))
    await world.settle()
    assert _ties(world).notices == ()
    world.store.hint("notice", key("notice"), world.store.kept.me.id)
    await world.settle()
    assert [one.by_name for one in _ties(world).notices] == ["Nadia Benali"]
    await world.open(world.store.practice.second.id)
    assert _ties(world).notices == ()
    assert world.store.practice.told == []
    await world.close()


async def test_what_happened_before_i_came_waits_until_i_have_seen_it() -> None:
    world = World()
    world.store.practice.mention()
    world.ties.begin()
    await world.settle()
    assert len(_ties(world).away) == 1
    world.ties.put_off_away()
    assert (_ties(world).away, len(world.store.practice.told)) == ((), 1)
    world.ties.begin()
    await world.settle()
    world.ties.see_away()
    await world.settle()
    assert (_ties(world).away, _ties(world).notices, world.store.practice.told) == ((), (), [])
    await world.close()


async def test_a_split_opens_what_was_made_and_an_empty_one_says_what_is_missing() -> None:
    world = World()
    await world.open(world.store.practice.first.id)
    world.ties.split((), "An invoice")
    await world.settle()
    assert _ties(world).error is not None
    world.ties.split((key("entry"),), "An invoice")
    await world.settle()
    assert (_ties(world).error, _ties(world).made is not None) == (None, True)
    assert world.store.practice.split_into == [(world.store.practice.first.id, (key("entry"),), "An invoice")]
    world.ties.watch()
    await world.settle()
    assert _ties(world).watched
    await world.close()


async def test_a_case_is_put_aside_until_its_customer_answers_or_until_a_day() -> None:
    world = World()
    store = world.store
    case = store.practice.first.id
    await world.open(case)
    snooze = CaseSnooze(Cases(store), Tasks(store), world.case, lambda: store.kept, world.clock)
    snooze.until(Until.REPLY, "Take up again")
    await snooze.work.settle()
    await world.settle()
    file = world.case.state.file
    assert file is not None
    assert file.case.category is Category.WAITING_CUSTOMER
    before = len(store.planned)
    snooze.until(Until.THREE_DAYS, "Take up again: the leak")
    await snooze.work.settle()
    (row,) = store.planned[before:]
    assert (row.task.case_id, row.task.assignee_id, row.task.reminder_minutes) == (case, store.kept.me.id, 0)
    assert row.task.local_at is not None
    assert f"{row.task.local_at:%d/%m %H:%M}" == "26/11 09:00"
    assert snooze.state.said is not None
    assert snooze.state.said.details == {"day": "26/11"}
    await snooze.close()
    await world.close()
