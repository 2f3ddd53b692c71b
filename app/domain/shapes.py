"""What a JSON object may be: declared once, checked by `read` and told to others by `schema` (OpenAPI 3.1)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.refusals import Refusal, Refused

EMAIL = r"^[^@\s<>,;]+@[^@\s<>,;]+$"
E164 = r"^\+[1-9][0-9]{2,14}$"
# No text of the database holds a NUL; half a surrogate pair is no character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Is(StrEnum):
    """The kinds of values."""

    TEXT = "text"
    WHOLE = "whole"
    YES_NO = "yes_no"
    ID = "id"
    MOMENT = "moment"
    TEXTS = "texts"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an object. `most` is the length of a text, the number of texts, or the greatest number."""

    kind: Is = Is.TEXT
    most: int = 250
    least: int = 0
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    each: int = 254
    said: str = ""


Shape = dict[str, Part]
"""An object that has no other members than these."""


def read(shape: Shape, told: object) -> dict[str, Any]:
    """The object as it may be stored; Refused names the member that is wrong."""
    if not isinstance(told, dict):
        raise Refused(Refusal.NOT_A_CHOICE, "body", value="no object")
    for name in told:
        if name not in shape:
            raise Refused(Refusal.NOT_A_CHOICE, str(name)[:80], value=str(name)[:80])
    found: dict[str, Any] = {}
    for name, part in shape.items():
        value = told.get(name)
        if value is None or (part.required and isinstance(value, str) and not value.strip()):
            if part.required:
                raise Refused(Refusal.REQUIRED, name)
            continue
        found[name] = _READERS[part.kind](part, name, value)
    return found


def _wrong(name: str, value: object) -> Refused:
    return Refused(Refusal.NOT_A_CHOICE, name, value=str(value)[:80])


def _text(part: Part, name: str, value: object) -> str:
    if not isinstance(value, str) or _UNSTORABLE.search(value):
        raise _wrong(name, value)
    if len(value) > part.most:
        raise Refused(Refusal.TOO_LONG, name, length=len(value), most=part.most)
    if len(value) < part.least or (part.choices and value not in part.choices):
        raise _wrong(name, value)
    if part.pattern and not re.search(part.pattern, value):
        raise _wrong(name, value)
    return value


def _whole(part: Part, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(Refusal.NOT_A_NUMBER, name, value=str(value)[:80])
    if not part.least <= value <= part.most:
        raise Refused(Refusal.OUT_OF_RANGE, name, least=part.least, most=part.most)
    return value


def _yes_no(_: Part, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value)
    return value


def _id(_: Part, name: str, value: object) -> str:
    try:
        return str(UUID(value if isinstance(value, str) else ""))
    except ValueError:
        raise _wrong(name, value) from None


def _moment(_: Part, name: str, value: object) -> str:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not date(1970, 1, 2) <= at.date() <= date(9000, 1, 1):
        raise Refused(Refusal.NOT_A_DATE, name, value=str(value)[:80])
    # In UTC: Python takes offsets of a day, PostgreSQL of 16 hours.
    return at.astimezone(UTC).isoformat()


def _texts(part: Part, name: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > part.most:
        raise _wrong(name, value)
    one = Part(most=part.each, least=1, pattern=part.pattern)
    return [_text(one, name, each) for each in value]


def _values(part: Part, name: str, value: object) -> dict[str, Any]:
    """Custom values by their keys; whether such fields exist is the database's to say."""
    if not isinstance(value, dict) or len(value) > part.most:
        raise _wrong(name, value)
    for key, one in value.items():
        if not isinstance(one, str | int | float | bool | None) or one != one:
            raise _wrong(f"{name}.{key}"[:80], one)
        if _UNSTORABLE.search(key) or (isinstance(one, str) and _UNSTORABLE.search(one)):
            raise _wrong(name, key)
    return value


_READERS = {
    Is.TEXT: _text, Is.WHOLE: _whole, Is.YES_NO: _yes_no, Is.ID: _id, Is.MOMENT: _moment, Is.TEXTS: _texts,
    Is.VALUES: _values,
}  # fmt: skip


def schema(shape: Shape) -> dict[str, Any]:
    """The same as a JSON schema."""
    told: dict[str, Any] = {
        "type": "object",
        "properties": {name: schema_of(part) for name, part in shape.items()},
        "additionalProperties": False,
    }
    if needed := [name for name, part in shape.items() if part.required]:
        told["required"] = needed
    return told


def schema_of(part: Part) -> dict[str, Any]:
    """One member's schema. A member that is left out or null is not set, unless it is required."""
    told = _SCHEMAS[part.kind](part)
    if part.said:
        told["description"] = part.said
    return told


def _text_schema(part: Part) -> dict[str, Any]:
    if part.choices:
        return {"type": "string", "enum": list(part.choices)}
    told: dict[str, Any] = {"type": "string", "maxLength": part.most}
    if part.required:
        told |= {"minLength": max(1, part.least), "pattern": part.pattern or r"\S"}
    elif part.pattern:
        told["pattern"] = part.pattern
    return told


_SCHEMAS: dict[Is, Callable[[Part], dict[str, Any]]] = {
    Is.TEXT: _text_schema,
    Is.WHOLE: lambda part: {"type": "integer", "minimum": part.least, "maximum": part.most},
    Is.YES_NO: lambda _: {"type": "boolean"},
    Is.ID: lambda _: {"type": "string", "format": "uuid"},
    Is.MOMENT: lambda _: {"type": "string", "format": "date-time"},
    Is.TEXTS: lambda part: {
        "type": "array",
        "maxItems": part.most,
        "items": {"type": "string", "minLength": 1, "maxLength": part.each}
        | ({"pattern": part.pattern} if part.pattern else {}),
    },
    Is.VALUES: lambda part: {
        "type": "object",
        "maxProperties": part.most,
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    },
}
