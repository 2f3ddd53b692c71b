"""A call without a case: who may be calling, what is open for her, and what is attached."""

from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.domain.calls import Phase
from app.services.calls import CallView
from tests.helpers import sample

ME = sample.key("Camille Roy")
CALL = CallView(
    sample.key("call"), "in", Phase.TALKING, "+33612457890", "+33380123450", sample.key("Contact centre"),
    "Contact centre", sample.NOW, agent_id=ME,
)  # fmt: skip


async def talking(*hits: str) -> tuple[sample.SampleStore, LiveCalls, Caller]:
    store = sample.SampleStore()
    found = [(await store.find_customers(name, 1))[0] for name in hits]
    store.calls.calls, store.calls.hits = {CALL.id: CALL}, tuple(found)
    services = sample.signed_in(store)
    calls = LiveCalls(store.calls, None, store, ME)
    caller = Caller(calls, store.calls, services.customers)
    calls.begin()
    await calls.work.settle()
    await caller.work.settle()
    return store, calls, caller


async def test_the_only_customer_of_a_number_is_chosen_with_her_open_cases() -> None:
    store, calls, caller = await talking("fontaine")
    assert caller.state.asks
    assert caller.state.chosen is not None
    assert [case.number for case in caller.state.cases] == [48213, 47902]
    caller.attach(caller.state.cases[0].id)
    await calls.work.settle()
    assert store.calls.calls[CALL.id].case_id == sample.key("48213")
    after = caller.state
    assert not after.asks
    await caller.close()
    await calls.close()


async def test_of_several_customers_none_is_guessed() -> None:
    _, calls, caller = await talking("fontaine", "girard")
    assert len(caller.state.found) == 2
    assert caller.state.chosen is None
    caller.choose(caller.state.found[1])
    await caller.work.settle()
    assert [case.number for case in caller.state.cases] == [48177]
    await caller.close()
    await calls.close()


async def test_another_customer_is_searched_and_no_case_is_an_answer() -> None:
    _, calls, caller = await talking()
    assert len(caller.state.found) == 0
    caller.search("weber")
    await caller.work.settle()
    searched = caller.state
    assert searched.searched
    assert [hit.name for hit in searched.found] == ["Jonas Weber"]
    caller.no_case()
    assert not caller.state.asks
    await caller.close()
    await calls.close()
