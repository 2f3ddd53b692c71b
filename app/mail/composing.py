"""A mail put into the bytes that will leave: a text and its HTML, pictures inside, files beside (RFC 5322, 2045)."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from app.domain.composing import check_recipients, one_line
from app.domain.customers import check_email
from app.domain.file_types import sniff
from app.domain.rich_text import Blocks, images_in, to_html, to_plain
from app.mail.head_lines import ids, parties, party, words
from app.services.compose import Composed, Composition, NamedFile

_PAGE = (
    '<html lang="{language}"><body style="font-family:Inter,Arial,sans-serif;font-size:14px;color:#161b26">'
    "{body}</body></html>"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def compose(mail: Composition) -> Composed:
    """The whole message; refuses whatever would write header lines of its own."""
    check_recipients(mail.recipients)
    text = _text(to_plain(mail.blocks))
    pictures = [file for file in mail.files if file.content_id and file.content_id in images_in(mail.blocks)]
    body = EmailMessage(policy=SMTP)
    body.set_content(_signed(text, mail.signature), cte="quoted-printable")
    body.add_alternative(_page(mail), subtype="html", cte="quoted-printable")
    html = body.get_payload()[1]  # type: ignore[index]
    for picture in pictures:
        kind, _, sub = sniff(picture.data).partition("/")
        html.add_related(  # type: ignore[union-attr]
            picture.data, kind, sub, cid=f"<{picture.content_id}>", filename=_file_name(picture), disposition="inline"
        )
    for file in mail.files:
        if file not in pictures:
            kind, _, sub = sniff(file.data).partition("/")
            body.add_attachment(file.data, kind, sub, filename=_file_name(file))
    return Composed(_head(mail) + body.as_bytes(), text)


def _head(mail: Composition) -> bytes:
    check_email(mail.sender.address)
    people = mail.recipients
    lines = [
        ("From", party(mail.sender)),
        ("To", parties(people.to)),
        ("Cc", parties(people.cc)),
        ("Subject", words(one_line(mail.subject, "subject"))),
        ("Date", format_datetime(mail.at)),
        ("Message-ID", ids((mail.message_id,))),
        ("In-Reply-To", ids(mail.references[-1:])),
        ("References", ids(mail.references)),
    ]
    if not people.to:
        # A mail to nobody that is seen says so (RFC 5322, section 3.4), and never whom it goes to.
        lines[1] = ("To", "undisclosed-recipients:;")
    return "".join(f"{name}: {value}\r\n" for name, value in lines if value).encode("ascii")


def _text(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROLS.sub("", _BREAKS.sub("\n", whole))


def _signed(text: str, signature: str) -> str:
    """The text with the signature behind the line that readers know (RFC 3676, section 4.3)."""
    signature = _text(signature).strip()
    return f"{text}\n\n-- \n{signature}" if signature else text


def _page(mail: Composition) -> str:
    blocks: Blocks = mail.blocks
    body = to_html(blocks)
    if signature := _text(mail.signature).strip():
        lines = "<br>".join(escape(line) for line in signature.split("\n"))
        body += f'<div><br></div><div style="color:#4a5362">-- <br>{lines}</div>'
    return _text(_PAGE.format(language=mail.language, body=body))


def _file_name(file: NamedFile) -> str:
    name = "".join(letter for letter in file.name if letter.isprintable() and letter not in '"\\/')
    return name.strip()[-200:] or "file"
