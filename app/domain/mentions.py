"""Colleagues named in a note: an @ and the name as the organisation has it.

They are found when the note is filed, and told then if they see the case.
"""

from collections.abc import Iterable
from uuid import UUID

from app.domain.text import fold


def mentioned(text: str, people: Iterable[tuple[UUID, str]]) -> tuple[UUID, ...]:
    """Who is named, once each; of two names that begin alike the longer one that fits is meant."""
    left, found = fold(text), []
    for who, name in sorted(people, key=lambda pair: -len(pair[1])):
        sign = f"@{fold(name)}"
        if len(sign) > 1 and sign in left:
            found.append(who)
            left = left.replace(sign, " ")
    return tuple(found)
