"""Customers: whom we serve, and every way to reach and to recognise them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.phone_numbers import PhoneNumber
from app.domain.refusals import Refusal, Refused

NAME_MOST = 200
EMAIL_MOST = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
_EMAIL = re.compile(r"[^\s@<>(),;:\"\\\[\]]+@[^\s@<>(),;:\"\\\[\]]+\.[^\s@<>(),;:\"\\\[\]]{2,}")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address of a customer as typed, and whose or what for it is."""

    address: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address, as lines; `label` tells primary from deliveries."""

    lines: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A person or an organisation that we serve; the account number is unique and given by the store."""

    id: UUID
    account_number: str = ""
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    emails: tuple[EmailAddress, ...] = ()
    addresses: tuple[Address, ...] = ()
    language: str = "fr"
    time_zone: str = "Europe/Paris"
    preferred_channel: str = "phone"
    call_from: str = ""
    call_until: str = ""
    do_not_call: bool = False
    pinned_note: str = ""
    custom: dict[str, Any] = field(default_factory=dict)
    merged_into_id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by_name: str = ""
    version: int = 1

    @property
    def person(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def name(self) -> str:
        """The person, or the organisation where no person is known."""
        return self.person or self.organisation or self.account_number


def check(customer: Customer) -> None:
    """Refuse a customer without any name, and names and addresses that cannot be."""
    if not customer.last_name.strip() and not customer.organisation.strip():
        raise Refused(Refusal.REQUIRED, "last_name")
    for name in ("first_name", "last_name", "organisation"):
        length = len(getattr(customer, name))
        if length > NAME_MOST:
            raise Refused(Refusal.TOO_LONG, name, length=length, most=NAME_MOST)
    for email in customer.emails:
        check_email(email.address)


def check_email(address: str) -> None:
    """Refuse what cannot be an address (RFC 5321 sizes; exotic quoted forms are not accepted)."""
    if len(address) > EMAIL_MOST:
        raise Refused(Refusal.TOO_LONG, "email", length=len(address), most=EMAIL_MOST)
    if not _EMAIL.fullmatch(address):
        raise Refused(Refusal.NOT_AN_EMAIL, "email", value=address)
