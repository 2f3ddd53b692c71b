"""Errors of the database as the refusals they mean."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError

from app.domain.refusals import Refusal, Refused

# SQLSTATE (PostgreSQL, appendix A) -> what it means to the user.
_MEANING = {
    "42501": Refusal.NOT_PERMITTED,
    "28P01": Refusal.WRONG_PASSWORD,
    "28000": Refusal.WRONG_PASSWORD,
    "53100": Refusal.DISK_FULL,
    "57P01": Refusal.SERVER_AWAY,
    "57P02": Refusal.SERVER_AWAY,
    "57P03": Refusal.SERVER_AWAY,
    "08000": Refusal.SERVER_AWAY,
    "08003": Refusal.SERVER_AWAY,
    "08006": Refusal.SERVER_AWAY,
}
_CONSTRAINTS = {
    "customers_organisation_id_account_number_key": (Refusal.ACCOUNT_NUMBER_IN_USE, "account_number"),
    "teams_organisation_id_name_key": (Refusal.NAME_IN_USE, "name"),
    "numbers_e164_key": (Refusal.NUMBER_IN_USE, "numbers"),
    "mailboxes_address_key": (Refusal.ADDRESS_IN_USE, "address"),
    "mail_addresses_pkey": (Refusal.ADDRESS_IN_USE, "address"),
    "trunks_name_key": (Refusal.NAME_IN_USE, "name"),
    "agents_role_name_key": (Refusal.NAME_IN_USE, "role_name"),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the server refuses, and a server that is gone, into Refused; anything else is a bug and passes."""
    try:
        yield
    except DBAPIError as error:
        cause = error.orig.__cause__ if error.orig is not None else None
        refused = as_refusal(cause if cause is not None else error)
        if refused is None and (error.connection_invalidated or isinstance(error, InterfaceError)):
            refused = Refused(Refusal.SERVER_AWAY)
        if refused is None:
            raise
        raise refused from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        refused = as_refusal(error)
        if refused is None:
            raise
        raise refused from None


def as_refusal(error: BaseException) -> Refused | None:
    """The refusal that an error stands for, or None when it is no refusal."""
    if isinstance(error, (OSError, asyncpg.ConnectionDoesNotExistError)):
        return Refused(Refusal.SERVER_AWAY)
    if not isinstance(error, asyncpg.PostgresError):
        return None
    if error.sqlstate == "GU001":
        detail = json.loads(error.detail)
        return Refused(Refusal(str(error.args[0])), detail["field"], **detail["details"])
    if error.sqlstate == "23505" and error.constraint_name in _CONSTRAINTS:
        reason, field = _CONSTRAINTS[error.constraint_name]
        return Refused(reason, field, value=_duplicate(error.detail or ""))
    meaning = _MEANING.get(error.sqlstate or "")
    return Refused(meaning) if meaning is not None else None


def _duplicate(detail: str) -> str:
    # "Key (organisation_id, name)=(…, Atelier) already exists.": the last value is the one that was typed.
    return detail.rpartition("=(")[2].partition(")")[0].rpartition(", ")[2]
