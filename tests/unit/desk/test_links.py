"""Links that ask the desk to call, from anywhere on the computer."""

import pytest

from app.desk.links import number_of


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("tel:+33612457890", "+33612457890"),
        ("tel:06%2012%2045%2078%2090", "06 12 45 78 90"),
        ("TEL:+33-6-12;ext=5", "+33-6-12"),
        ("callto://0380123450", "0380123450"),
        ("sip:anna@example.org;transport=tls?subject=x", "sip:anna@example.org"),
        ("https://example.org", ""),
        ("tel:", ""),
        ("", ""),
        ("tel:%0d%0aINVITE", ""),
        ("sip:a b@example.org", ""),
        ("tel:" + "1" * 200, ""),
    ],
)
def test_a_link_is_a_number_or_nothing(link: str, number: str) -> None:
    assert number_of(link) == number
