import string
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phone import Header, PhoneRefusedError, Refusal
from app.phone.addresses import (
    Party,
    dialled_user,
    header_value,
    is_header,
    read_call_id,
    read_caller,
    read_headers,
    read_party,
)


@pytest.mark.parametrize(
    ("address", "number", "name"),
    [
        ('"Sophie Garnier" <sip:+33380221417@127.0.0.1>', "+33380221417", "Sophie Garnier"),
        ("<sip:+33380221417@127.0.0.1>;tag=abc", "+33380221417", ""),
        ("sip:camille@127.0.0.1;tag=abc", "camille", ""),
        ("Sophie <sip:1@h>", "1", "Sophie"),
        (r'"Sophie \"So\" Garnier" <sip:1@h>', "1", 'Sophie "So" Garnier'),
        ("<tel:+33-3-80-22-14-17;phone-context=x>", "+33-3-80-22-14-17", ""),
        ("<sip:%2B33380221417@h>", "+33380221417", ""),
        ("<sips:a:password@h:5061;transport=tls>", "a", ""),
        ("<sip:anonymous@anonymous.invalid>", "anonymous", ""),
        ("<sip:127.0.0.1:5060>", "127.0.0.1", ""),
        ("", "anonymous", ""),
        ("<>", "anonymous", ""),
    ],
)
def test_who_calls(address: str, number: str, name: str) -> None:
    assert read_party(address) == Party(number, name)


@given(st.text())
def test_no_address_is_too_odd(address: str) -> None:
    party = read_party(address)
    assert party.number
    assert party.number.isprintable()
    assert party.name.isprintable() or not party.name
    assert len(party.number) <= 200
    assert len(party.name) <= 200


@given(st.text())
def test_no_message_is_too_odd(message: str) -> None:
    read_caller(message)
    assert all(header.name.lower().startswith("x-") for header in read_headers(message))


def test_headers_are_unfolded_and_only_ours_are_kept() -> None:
    call_id = uuid4()
    message = (
        'INVITE sip:camille@127.0.0.1 SIP/2.0\r\nf: "Sophie"\r\n <sip:+33380221417@h>\r\n'
        f"Subject: no\r\nx-guichet-CALL:  {call_id} \r\nX-Empty:\r\nX-No-Colon\r\n\r\nX-In-Body: no\r\n"
    )
    headers = read_headers(message)
    assert headers == (Header("x-guichet-CALL", str(call_id)), Header("X-Empty", ""))
    assert read_call_id(header_value(headers, "X-Guichet-Call")) == call_id
    assert read_call_id(header_value(headers, "X-Absent")) is None
    assert read_call_id("not-an-id") is None
    assert read_caller(message) == Party("+33380221417", "Sophie")


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("03 80 12 34 50", "0380123450"),
        ("+33 (3) 80-12.34/50", "+33380123450"),
        ("03\u00a080\u202f12 34 50", "0380123450"),
        ("tel:+33380123450", "+33380123450"),
        ("TEL:+33-3-80-12-34-50;ext=1", "+33380123450"),
        ("callto:0380123450", "0380123450"),
        ("sip:+33380123450@example.org;user=phone?subject=x", "+33380123450"),
        ("sip:%2B33380123450@example.org", "+33380123450"),
        ("112", "112"),
        ("*43#", "*43#"),
        ("echo", "echo"),
    ],
)
def test_what_people_type_and_links_say(typed: str, dialled: str) -> None:
    assert dialled_user(typed) == dialled


@pytest.mark.parametrize(
    "typed", ["", "   ", "sip:", "<script>", "a b", "0380\r\nEvil: 1", "sip:a\r\nX@h", "x" * 300, "\0"]
)
def test_what_cannot_be_dialled(typed: str) -> None:
    with pytest.raises(PhoneRefusedError) as refused:
        dialled_user(typed)
    assert refused.value.refusal is Refusal.BAD_NUMBER


@given(st.text())
def test_nothing_dialled_breaks_out_of_its_address(typed: str) -> None:
    try:
        user = dialled_user(typed)
    except PhoneRefusedError:
        return
    assert not set(user) & set(string.whitespace + '<>@"\0')
    assert len(user) <= 200 or user.strip("0123456789+*#") == ""


@pytest.mark.parametrize(
    ("name", "value", "fine"),
    [
        ("X-Guichet-From", "+33380000000", True),
        ("X-Guichet-From", "", True),
        ("X-A", "a\r\nEvil: b", False),
        ("X A", "a", False),
        ("", "a", False),
        ("1X", "a", False),
        ("X-" + "a" * 100, "a", False),
    ],
)
def test_headers_that_may_be_sent(name: str, value: str, fine: bool) -> None:
    assert is_header(Header(name, value)) is fine
