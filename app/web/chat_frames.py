"""What a visitor's page may send: each frame's shape, read before anybody acts on it."""

import json
import re
from typing import Any
from uuid import UUID

from app.domain.chats import BODY_MOST, FILES_MOST, subject_of
from app.domain.phone_numbers import normalise
from app.domain.refusals import Refusal, Refused
from app.domain.shapes import EMAIL, Is, Part, Shape, read
from app.services.web_chat import ChatBegun, ShownWidget

SECRET = r"^[A-Za-z0-9_-]{43}$"  # noqa: S105 - how one looks
_SEQ = Part(Is.WHOLE, most=10**7, least=0, required=True)
SHAPES: dict[str, Shape] = {
    "hello": {
        "secret": Part(most=43, pattern=SECRET),
        "seq": Part(Is.WHOLE, most=10**7, least=0),
        "lang": Part(choices=("en", "fr")),
        "case": Part(most=200),
    },
    "begin": {
        "id": Part(Is.ID, required=True),
        "secret": Part(most=43, pattern=SECRET, required=True),
        "name": Part(most=200, required=True),
        "email": Part(most=254),
        "phone": Part(most=40),
        "number": Part(most=20),
        "case": Part(most=200),
        "body": Part(most=BODY_MOST, required=True),
        "lang": Part(choices=("en", "fr"), required=True),
    },
    "say": {
        "id": Part(Is.ID, required=True),
        "body": Part(most=BODY_MOST),
        "files": Part(Is.TEXTS, most=FILES_MOST, each=36),
    },
    "seen": {"seq": _SEQ},
    "got": {"seq": _SEQ},
    "typing": {},
    "leave": {},
    "mail": {"email": Part(most=254)},
    "ping": {},
}


def parse_frame(text: str) -> tuple[str, dict[str, Any]]:
    """Its name and its members as they came; Refused for whatever is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(Refusal.NOT_A_CHOICE, "frame", value="no JSON") from None
    name = told.pop("t", None) if isinstance(told, dict) else None
    if not isinstance(name, str) or name not in SHAPES:
        raise Refused(Refusal.NOT_A_CHOICE, "frame", value=str(name)[:40])
    return name, told


def read_frame(name: str, told: dict[str, Any]) -> dict[str, Any]:
    """Its members as they may be used; Refused names the one that is wrong."""
    return read(SHAPES[name], told)


def begun_of(told: dict[str, Any], widget: ShownWidget, case_id: UUID | None, *, is_open: bool) -> ChatBegun:
    """What she told to begin with; an address is needed where the team asks for it, and where nobody is there."""
    email = str(told.get("email", "")).strip().lower()
    if email and not re.search(EMAIL, email):
        raise Refused(Refusal.NOT_AN_EMAIL, "email", value=email[:80])
    if not email and (widget.asks_email or not is_open):
        raise Refused(Refusal.REQUIRED, "email")
    typed = str(told.get("phone", "")).strip()
    e164 = normalise(typed, widget.region) if typed else None
    if typed and e164 is None:
        raise Refused(Refusal.NOT_A_PHONE_NUMBER, "phone", value=typed)
    body = str(told["body"]).replace("\r\n", "\n").strip()
    if not body:
        raise Refused(Refusal.REQUIRED, "body")
    return ChatBegun(
        UUID(told["id"]),
        " ".join(str(told["name"]).split()),
        email,
        body,
        told["lang"],
        subject_of(body),
        ({"e164": e164, "typed": typed, "label": ""},) if e164 is not None else (),
        re.sub(r"\D", "", str(told.get("number", "")))[:15],
        case_id,
        is_open,
    )


def ids_of(told: dict[str, Any]) -> tuple[UUID, ...]:
    """The files that go along."""
    try:
        return tuple(UUID(one) for one in told.get("files", ()))
    except ValueError:
        raise Refused(Refusal.NOT_A_CHOICE, "files") from None
