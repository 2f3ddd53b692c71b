"""Custom fields: what an organisation adds to its records, and what each accepts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app.domain.condition_values import number_of
from app.domain.refusals import Refusal, Refused

LABEL_MOST = 32
DEFAULT_MOST = 85
TEXT_MOST = 2_000


class FieldKind(StrEnum):
    """What a field holds; fixed once saved."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    DATE = "date"
    PICK_LIST = "pick_list"
    YES_NO = "yes_no"


class FieldOwner(StrEnum):
    """The record that a field belongs to."""

    CUSTOMER = "customer"
    CASE = "case"
    FOLLOW_UP = "follow_up"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class CustomField:
    """One field of an organisation, shown in `position` order."""

    id: UUID
    owner: FieldOwner
    key: str
    label: str
    kind: FieldKind
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    position: int = 0
    version: int = 1


def read_values(fields: tuple[CustomField, ...], typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as stored values; keys of fields that exist no more are kept as they are."""
    values = dict(typed)
    for field in fields:
        text = str(values.get(field.key, "") or "").strip()
        if not text:
            values.pop(field.key, None)
            if field.required:
                raise Refused(Refusal.REQUIRED, field.label)
            continue
        values[field.key] = _READERS[field.kind](field, text)
    return values


def _text(field: CustomField, text: str) -> str:
    if len(text) > TEXT_MOST:
        raise Refused(Refusal.TOO_LONG, field.label, length=len(text), most=TEXT_MOST)
    return text


def _url(field: CustomField, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Refused(Refusal.NOT_A_URL, field.label, value=text)
    return text


def _number(field: CustomField, text: str) -> float:
    found = number_of(text)
    if found is None:
        raise Refused(Refusal.NOT_A_NUMBER, field.label, value=text)
    return found


def _date(field: CustomField, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(Refusal.NOT_A_DATE, field.label, value=text) from None


def _pick(field: CustomField, text: str) -> str:
    if text not in field.choices:
        raise Refused(Refusal.NOT_A_CHOICE, field.label, value=text)
    return text


def _yes_no(field: CustomField, text: str) -> bool:
    if text.lower() in {"true", "yes", "oui", "1"}:
        return True
    if text.lower() in {"false", "no", "non", "0"}:
        return False
    raise Refused(Refusal.NOT_A_CHOICE, field.label, value=text)


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.URL: _url,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.PICK_LIST: _pick,
    FieldKind.YES_NO: _yes_no,
}
