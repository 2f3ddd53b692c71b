"""Frozen values of the domain as plain JSON and back, by their types: for what the hub keeps of its own calls."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID


def to_plain(value: Any) -> Any:
    """JSON's own types for a value made of dataclasses, enums, ids, instants, tuples, sets and mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind`; fields that are missing take their defaults, unknown ones are left out."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if plain is None else from_plain(inner, plain)
    if origin in {tuple, frozenset}:
        return origin(from_plain(get_args(kind)[0], item) for item in plain)
    if origin is dict:
        key, item = get_args(kind)
        return {from_plain(key, k): from_plain(item, v) for k, v in plain.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: from_plain(hint, plain[name]) for name, hint in hints.items() if name in plain})
    if kind is datetime:
        return datetime.fromisoformat(plain)
    if kind is UUID or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind(plain)
    return plain


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
