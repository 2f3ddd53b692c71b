import pytest

from app.phone import network
from app.phone.network import NetworkWatch


class World:
    """How long the machine slept, and its address on the way to the switch."""

    asleep_s = 0.0
    address: str | None = "192.0.2.10"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(network, "_time_asleep_s", lambda: made.asleep_s)
    monkeypatch.setattr(network, "_address_towards", lambda host: made.address if host else None)
    return made


def test_nothing_happened(world: World) -> None:
    watch = NetworkWatch()
    assert [watch.changed("switch") for _ in range(3)] == [False, False, False]


def test_waking_up_and_another_address_are_told_once(world: World) -> None:
    watch = NetworkWatch()
    watch.changed("switch")
    world.asleep_s = 600.0
    assert watch.changed("switch")
    assert not watch.changed("switch")
    world.address = "198.51.100.7"
    assert watch.changed("switch")
    assert not watch.changed("switch")


def test_a_lost_network_is_told_when_there_is_another_and_not_when_it_is_the_same(world: World) -> None:
    watch = NetworkWatch()
    watch.changed("switch")
    world.address = None
    assert not watch.changed("switch")
    world.address = "192.0.2.10"
    assert not watch.changed("switch")
    world.address = None
    watch.changed("switch")
    world.address = "198.51.100.7"
    assert watch.changed("switch")


def test_another_switch_is_no_change_of_the_network(world: World) -> None:
    watch = NetworkWatch()
    watch.changed("switch")
    world.address = "127.0.0.1"
    assert not watch.changed("localhost")


def test_without_a_switch_there_is_nothing_to_register_with(world: World) -> None:
    watch = NetworkWatch()
    world.asleep_s = 600.0
    assert not watch.changed("")


def test_the_real_ways_of_this_machine() -> None:
    assert network._address_towards("127.0.0.1") == "127.0.0.1"
    assert network._address_towards("a name is not looked up") is None
    assert network._time_asleep_s() > -1
