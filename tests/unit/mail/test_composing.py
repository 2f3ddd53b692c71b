"""Mails that leave: what was written is what is read, and no text becomes a header line."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from email.parser import BytesHeaderParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.composing import Recipients
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.refusals import Refused
from app.domain.rich_text import Block, Run, from_text, to_plain
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition, NamedFile

CASE = new_id()
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PLAIN = Composition(
    new_id(), new_id(), CASE, new_id(), new_message_id(CASE, "vallon.example"),
    MailAddress("Camille Roy – Vallon", "contact@vallon.example"), Recipients((MailAddress("Jane", "jane@a.example"),)),
    "Hydraulic leak", from_text("Hello"), datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
)  # fmt: skip
ALLOWED = {
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type",
}  # fmt: skip
ANYTHING = st.text(max_size=60)
LINES = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)


@settings(deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_no_text_becomes_a_header_line(subject: str, name: str, address: str) -> None:
    hostile = replace(
        PLAIN,
        subject=subject,
        recipients=Recipients((MailAddress(name, "jane@a.example"),), (MailAddress("", address),)),
        sender=MailAddress(name, "contact@vallon.example"),
    )
    for mail in (hostile, replace(hostile, recipients=Recipients((MailAddress(name, "jane@a.example"),)))):
        try:
            raw = compose(mail).raw
        except Refused:
            continue
        head = raw.partition(b"\r\n\r\n")[0]
        assert b"\n" not in head.replace(b"\r\n", b"")
        names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
        assert set(names) <= ALLOWED
        assert len(names) == len(set(names))
        assert all(len(line) <= 998 for line in head.split(b"\r\n"))


@pytest.mark.parametrize("bad", ["Leak\r\nBcc: eve@eve.example", "Leak\nX: y", "a\x0bb", "a\x85b", "a\u2028b", "\0"])
def test_a_subject_with_a_line_break_is_refused(bad: str) -> None:
    with pytest.raises(Refused):
        compose(replace(PLAIN, subject=bad))


@settings(deadline=None)
@given(LINES, LINES)
def test_subject_and_names_are_read_as_they_were_written(subject: str, name: str) -> None:
    mail = replace(PLAIN, subject=subject, recipients=Recipients((MailAddress(name, "jane@a.example"),)))
    found = read_head(compose(mail).raw)
    assert found.subject == " ".join(subject.split())[:500]
    assert (found.to[0].name, found.to[0].address) == (" ".join(name.split()), "jane@a.example")


@settings(deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12))
def test_the_text_is_read_as_it_was_written(lines: list[str]) -> None:
    blocks = tuple(Block((Run(line),) if line else ()) for line in lines)
    understood = read(compose(replace(PLAIN, blocks=blocks)).raw)
    assert understood.full_text.split("\n") == to_plain(blocks).strip().split("\n")


@pytest.mark.row("S2-07")
def test_copies_are_seen_and_hidden_ones_are_not() -> None:
    people = Recipients(
        (MailAddress("Jane", "jane@a.example"),),
        (MailAddress("Bob, the Baker", "bob@b.example"), MailAddress("Élodie", "elodie@c.example")),
        (MailAddress("", "secret@d.example"),),
    )
    raw = compose(replace(PLAIN, recipients=people)).raw
    assert [one.address for one in read(raw).cc] == ["bob@b.example", "elodie@c.example"]
    assert b"secret" not in raw
    hidden = compose(replace(PLAIN, recipients=Recipients(bcc=people.bcc))).raw
    assert BytesHeaderParser().parsebytes(hidden)["To"] == "undisclosed-recipients:;"
    assert b"secret" not in hidden


@pytest.mark.row("S2-13")
def test_the_customer_sees_who_writes_although_the_address_is_the_teams() -> None:
    sender = read(compose(PLAIN).raw).sender
    assert sender == MailAddress("Camille Roy – Vallon", "contact@vallon.example")


@pytest.mark.row("S2-11")
def test_pictures_stand_in_the_text_and_files_beside_it() -> None:
    files = (
        NamedFile("leak.png", PNG, "leak@guichet"),
        NamedFile('de"vis\r\n é.pdf', b"%PDF-1.7 x"),
        NamedFile("unused.png", PNG, "gone@guichet"),
    )
    blocks = (Block((Run("Look: "), Run("leak.png", image="leak@guichet"))),)
    understood = read(compose(replace(PLAIN, blocks=blocks, files=files[:2])).raw)
    assert understood.html is not None
    assert 'src="cid:leak@guichet"' in understood.html
    assert [(one.name, one.content_type, one.inline, one.data) for one in understood.parts] == [
        ("leak.png", "image/png", True, PNG),
        ("devis é.pdf", "application/pdf", False, b"%PDF-1.7 x"),
    ]


def test_an_answer_names_the_conversation_and_carries_its_case() -> None:
    understood = read(compose(replace(PLAIN, references=("<1@a>", "<2@a>", "<bad id>", "<3@a>\r\nX: y"))).raw)
    assert understood.thread.references == ("<1@a>", "<2@a>")
    assert understood.message_id == PLAIN.message_id
    assert read(compose(replace(PLAIN, references=(PLAIN.message_id,))).raw).thread.token


@pytest.mark.row("S2-15")
def test_a_signature_stands_behind_its_line_and_is_no_part_of_what_is_said() -> None:
    mail = replace(PLAIN, blocks=from_text("The part is here.\nSee you on Tuesday."), signature="Camille Roy\nVallon")
    understood = read(compose(mail).raw)
    assert understood.full_text.endswith("-- \nCamille Roy\nVallon")
    assert understood.text == "The part is here.\nSee you on Tuesday."
    assert compose(mail).text == "The part is here.\nSee you on Tuesday."
    assert "Camille Roy<br>Vallon" in (understood.html or "")
