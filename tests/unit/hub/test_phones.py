"""Whose phone is there, while the switch speaks of phones that are gone."""

from uuid import UUID

from app.hub.phones import Phones
from app.services.switch import PhoneCameOrWent

JULIE = UUID(int=1)


def came(run: str) -> PhoneCameOrWent:
    return PhoneCameOrWent(JULIE, online=True, run=run)


def answers(run: str) -> PhoneCameOrWent:
    return PhoneCameOrWent(JULIE, online=True, run=run, answers=True)


def gone(run: str) -> PhoneCameOrWent:
    return PhoneCameOrWent(JULIE, online=False, run=run)


def test_what_is_told_late_of_an_earlier_phone_does_not_count() -> None:
    phones = Phones()
    for happening in (came("a"), answers("a"), came("b"), gone("a"), answers("b"), gone("a")):
        phones.hear(happening)
    assert JULIE in phones


def test_the_newest_phone_goes() -> None:
    phones = Phones()
    for happening in (came("a"), gone("a"), came("b"), gone("b")):
        phones.hear(happening)
    assert JULIE not in phones


def test_an_endpoint_as_a_whole_goes() -> None:
    phones = Phones()
    phones.hear(answers("a"))
    phones.hear(gone(""))
    assert JULIE not in phones


def test_a_phone_that_came_back_is_told_once_and_only_when_it_answers() -> None:
    phones = Phones()
    told = [phones.hear(happening) for happening in (came("a"), answers("a"), came("b"), answers("b"), answers("b"))]
    assert told == [False, False, False, True, False]


def test_who_was_found_by_asking_is_there_until_told_otherwise() -> None:
    phones = Phones()
    phones.found([JULIE])
    assert JULIE in phones
    phones.hear(gone("a"))
    assert JULIE not in phones
