"""Text with looks: its HTML is read back as it was, its plain face says everything, links lead only out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.rich_text import Block, BlockKind, Run, from_text, is_blank, read_html, safe_link, to_html, to_plain
from app.mail.cleaning import clean

WORDS = st.text(st.characters(whitelist_categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
RUNS = st.builds(Run, WORDS, st.booleans(), st.booleans(), st.booleans())
BLOCKS = st.lists(
    st.builds(
        lambda run, kind, depth: Block((run,), kind, depth if kind in {BlockKind.BULLET, BlockKind.NUMBER} else 0),
        RUNS,
        st.sampled_from(list(BlockKind)),
        st.integers(0, 3),
    ),
    max_size=8,
).map(tuple)


@settings(deadline=None)
@given(BLOCKS)
def test_html_is_read_back_as_it_was_written(blocks: tuple[Block, ...]) -> None:
    assert read_html(to_html(blocks)) == blocks


@settings(deadline=None)
@given(BLOCKS)
def test_our_own_html_survives_the_cleaning_that_readers_do(blocks: tuple[Block, ...]) -> None:
    cleaned = clean(to_html(blocks))
    assert cleaned is not None
    assert "".join(block.text for block in read_html(cleaned.html)) == "".join(block.text for block in blocks)


@settings(deadline=None)
@given(BLOCKS)
def test_every_word_stands_in_the_plain_text(blocks: tuple[Block, ...]) -> None:
    plain = to_plain(blocks)
    assert all(run.text in plain for block in blocks for run in block.runs)


@pytest.mark.row("S2-10")
def test_lists_are_numbered_and_links_said_in_plain_text() -> None:
    blocks = (
        Block((Run("one"),), BlockKind.NUMBER),
        Block((Run("inside"),), BlockKind.BULLET, 1),
        Block((Run("two"),), BlockKind.NUMBER),
        Block((Run("here", link="https://x.example/a"), Run(" or "), Run("y.example", link="https://y.example"))),
        Block((Run("leak.png", image="1@guichet"),)),
        Block((Run("said before"),), BlockKind.QUOTE),
    )
    assert to_plain(blocks).splitlines() == [
        "1. one",
        "  - inside",
        "1. two",
        "here <https://x.example/a> or y.example",
        "[leak.png]",
        "> said before",
    ]


def test_foreign_pages_lose_what_a_mail_must_not_hold() -> None:
    page = (
        '<head><style>p{}</style></head><p onclick="x()">a <script>alert(1)</script><b>bold</b></p>'
        '<img src="file:///etc/passwd"><img src="https://t.example/x.gif"><a href="javascript:x()">go</a>'
    )
    blocks = read_html(page)
    assert to_html(blocks) == "<div>a <b>bold</b></div><div>go</div>"


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("https://x.example", "https://x.example"),
        ("x.example/a", "https://x.example/a"),
        ("mailto:a@a.example", "mailto:a@a.example"),
        ("javascript:alert(1)", ""),
        ("https://x.example/\r\nX: y", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
    ],
)
@pytest.mark.row("S2-12")
def test_links_lead_out_and_nowhere_else(typed: str, leads: str) -> None:
    assert safe_link(typed) == leads


def test_a_quote_alone_says_nothing() -> None:
    assert is_blank(from_text("> said", BlockKind.QUOTE))
    assert is_blank(())
    assert not is_blank((Block((Run("x.png", image="1"),)),))
