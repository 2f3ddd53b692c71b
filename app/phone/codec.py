"""Frozen dataclasses to JSON and back, by their own type hints: the wire form of the phone's messages.

A dataclass that stands where several are possible carries its class name as `"is"`.
"""

from __future__ import annotations

import dataclasses
import types
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


class UnreadableError(ValueError):
    """A message is not what its type says."""


def to_json(value: object) -> Any:
    """What `json.dumps` takes; every dataclass names its class, so that unions can be read back."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return value


def from_json(kind: Any, json: Any) -> Any:
    """The value of type `kind` that `json` stands for; `UnreadableError` when it is not one."""
    try:
        return _read(kind, json)
    except UnreadableError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise UnreadableError(f"not a {kind}: {error}") from error


def _read(kind: Any, json: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _read_union(get_args(kind), json)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in json)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, json)
    return _read_plain(kind, json)


def _read_union(members: tuple[Any, ...], json: Any) -> Any:
    if json is None and type(None) in members:
        return None
    named = {m.__name__: m for m in members if isinstance(m, type) and dataclasses.is_dataclass(m)}
    if isinstance(json, dict) and (member := named.get(json.get("is", ""))):
        return _read(member, json)
    plain = [m for m in members if m is not type(None) and not dataclasses.is_dataclass(m)]
    if len(plain) != 1:
        raise UnreadableError(f"none of {', '.join(sorted(named))}: {str(json)[:80]}")
    return _read(plain[0], json)


def _read_dataclass(kind: Any, json: Any) -> Any:
    hints = _hints(kind)
    # Fields the other side does not know yet keep their default; fields we do not know are passed over.
    return kind(**{name: _read(hint, json[name]) for name, hint in hints.items() if name in json})


def _read_plain(kind: Any, json: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(json)
    if kind is float and isinstance(json, int) and not isinstance(json, bool):
        return float(json)
    if isinstance(kind, type) and issubclass(kind, Enum | UUID):
        return kind(json)
    if not isinstance(json, kind):
        raise UnreadableError(f"{str(json)[:80]!r} is not a {kind.__name__}")
    return json


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
