"""Codes are added, ordered and removed; a label that cannot be one is told."""

from app.desk.codes import CodeKind, Codes
from tests.helpers.sample import SampleStore, signed_in


async def test_codes_are_added_ordered_and_removed() -> None:
    services = signed_in(SampleStore())
    codes = Codes(services.floor, services.feed)
    codes.begin()
    codes.choose(CodeKind.NOT_READY)
    await codes.work.settle()
    before = [code.label for code in codes.state.codes]
    assert not codes.add("  ")
    assert not codes.add("x" * 41)
    assert codes.state.error is not None
    assert codes.add(" Stock  taking ")
    await codes.work.settle()
    assert [code.label for code in codes.state.codes] == [*before, "Stock taking"]
    fresh = codes.state.codes[-1]
    codes.move(fresh.id, -1)
    await codes.work.settle()
    assert {code.label: code.position for code in codes.state.codes}["Stock taking"] == len(before) - 1
    codes.remove(fresh.id)
    await codes.work.settle()
    assert "Stock taking" not in {code.label for code in codes.state.codes}
