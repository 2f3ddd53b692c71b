"""Fields that name exactly the recipients, whatever they named before."""

from email.parser import BytesParser
from email.utils import getaddresses

from hypothesis import given
from hypothesis import strategies as st

from app.mail.envelope import addressed
from tests.helpers.mails import raw_mail


def _named(raw: bytes, *names: str) -> list[str]:
    head = BytesParser().parsebytes(raw)
    return [address for name in names for _, address in getaddresses(head.get_all(name, [])) if address]


def test_a_message_that_goes_to_all_it_names_is_not_touched() -> None:
    raw = raw_mail(To="A <a@x.example>,\r\n\tb@x.example", Cc="c@x.example")
    assert addressed(raw, ["C@X.example", "b@x.example", "a@x.example"]) == (raw, ())
    assert addressed(raw, ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]) == (raw, ("d@x.example",))


def test_what_names_others_or_tells_of_hidden_ones_is_written_anew_and_nothing_else() -> None:
    raw = raw_mail("body\n\nTo: not a field", To="Zoé <z@x.example>, a@x.example", Cc="c@x.example", Bcc="h@x.example")
    made, hidden = addressed(raw, ["z@x.example", "h@x.example"])
    assert (_named(made, "To"), _named(made, "Cc", "Bcc"), hidden) == (["z@x.example"], [], ("h@x.example",))
    assert made.partition(b"\r\n\r\n")[2] == raw.partition(b"\r\n\r\n")[2]
    for field in ("From", "Subject", "Date", "Message-ID", "Content-Type"):
        assert BytesParser().parsebytes(made)[field] == BytesParser().parsebytes(raw)[field]
    nobody, hidden = addressed(raw, ["only@x.example"])
    assert (_named(nobody, "To", "Cc", "Bcc"), hidden) == ([], ("only@x.example",))


def test_a_name_cannot_begin_another_field() -> None:
    raw = raw_mail(To="=?utf-8?q?a=0D=0ABcc:_evil@x.example?= <a@x.example>, b@x.example")
    made, _ = addressed(raw, ["a@x.example"])
    assert BytesParser().parsebytes(made)["Bcc"] is None
    assert _named(made, "To") == ["a@x.example"]


_ADDRESSES = st.lists(st.sampled_from([f"{name}@x.example" for name in "abcdefgh"]), unique=True, max_size=6)


@given(_ADDRESSES, _ADDRESSES, _ADDRESSES)
def test_whoever_is_claimed_gets_it_once_and_nobody_else(to: list[str], cc: list[str], claimed: list[str]) -> None:
    raw = raw_mail(To=", ".join(to) or "undisclosed-recipients:;", Cc=", ".join(cc))
    made, hidden = addressed(raw, claimed)
    assert {*_named(made, "To", "Cc"), *hidden} == set(claimed)
    assert not set(hidden) & set(_named(made, "To", "Cc"))
