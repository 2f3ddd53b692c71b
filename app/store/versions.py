"""Which schemas and desks understand one another; apart from the migrations, whose libraries no desk needs."""

from app.domain.refusals import Refusal, Refused

VERSION = "0.1"
"""The schema's version, as the desks compare it."""
OLDEST_DESK = "0.1"


def check_versions(schema_version: str, oldest_desk: str) -> None:
    """Refuse a schema that this desk is too old for, or one that is older than this desk."""
    if _parts(oldest_desk) > _parts(VERSION):
        raise Refused(Refusal.SCHEMA_TOO_NEW, needed=oldest_desk)
    if _parts(schema_version) < _parts(VERSION):
        raise Refused(Refusal.SCHEMA_TOO_OLD)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
