"""What came in ends in what leaves: no subject, name or id of a stranger writes a line of our mails' heads."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.composing import answer_subject, answer_to, chain_of
from app.domain.customers import Customer
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_answers import Acknowledgement, answered_to
from app.domain.mail_threading import new_message_id
from app.domain.refusals import Refused
from app.domain.rich_text import from_text
from app.mail.acknowledging import acknowledgement
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition

CASE = new_id()
OURS = "contact@vallon.example"
_BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0", "=0D=0A", "=?utf-8?q?=0A?=")
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([*_BREAKS, "Bcc: eve@eve.example", "X-Evil: 1", "<", ">", '"', ",", " ", "\ud800"]),
        st.text(max_size=8),
    ),
    max_size=8,
).map("".join)
ALLOWED = {
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-type",
    "content-transfer-encoding", "auto-submitted", "x-auto-response-suppress", "precedence", "x-guichet-sender",
}  # fmt: skip


def _names(raw: bytes) -> list[str]:
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    return [
        line.partition(b":")[0].decode("ascii").lower()
        for line in head.split(b"\r\n")
        if line[:1] not in (b" ", b"\t")
    ]  # fmt: skip


def _mail(subject: str, name: str, reference: str) -> bytes:
    """As a hostile sender writes it: raw, or in encoded words whose content is checked by nobody on the way."""
    coded = "".join(f"={byte:02X}" for byte in subject.encode("utf-8", "replace"))
    shown = "".join(f"={byte:02X}" for byte in name.encode("utf-8", "replace"))
    return (
        f"From: =?utf-8?q?{shown}?= <eve@eve.example>\r\nTo: {OURS}, {name} <bob@bob.example>\r\n"
        f"Subject: =?utf-8?q?{coded}?=\r\nMessage-ID: <{reference}@eve.example>\r\nReferences: {reference} <1@x>\r\n"
        "\r\nHello\r\n"
    ).encode("utf-8", "replace")


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_an_agents_answer_has_our_lines_and_no_others(subject: str, name: str, reference: str) -> None:
    head = read_head(_mail(subject, name, reference))
    proposed = answer_to(head, {OURS}, Customer(new_id()))
    answer = Composition(
        new_id(), new_id(), CASE, new_id(), new_message_id(CASE, "vallon.example"), MailAddress("Camille", OURS),
        proposed, answer_subject(head, "A case", 12), from_text("Hello"), datetime(2026, 11, 24, tzinfo=UTC),
        references=chain_of(head),
    )  # fmt: skip
    try:
        names = _names(compose(answer).raw)
    except Refused as refused:
        # What cannot be answered is said; a subject and a name can always be.
        assert refused.reason.value in {"not_an_email", "required", "too_long"}
        return
    assert set(names) <= ALLOWED
    assert len(names) == len(set(names))


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_an_automatic_answer_has_our_lines_and_no_others(subject: str, name: str, reference: str) -> None:
    mail = read(_mail(subject, name, reference))
    asked = Acknowledgement(
        CASE, 12, name, OURS, answered_to(mail) or "jane@a.example", mail.subject, "We have it.",
        mail.message_id or "", mail.thread.references,
    )  # fmt: skip
    names = _names(acknowledgement(asked)[1])
    assert set(names) <= ALLOWED
    assert len(names) == len(set(names))
