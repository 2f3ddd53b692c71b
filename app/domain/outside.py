"""A customer system outside: how a customer or a case is opened there, by a template with named places.

Values are encoded where they are put in; the other system's id of a customer is a custom field of hers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote
from uuid import UUID

from app.domain.cases import Case
from app.domain.customers import Customer
from app.domain.refusals import Refusal, Refused

_PLACE = re.compile(r"\{([a-z_0-9.]+)\}")
_OF_CUSTOMER = ("account_number", "name", "first_name", "last_name", "organisation", "email", "phone")
_OF_CASE = ("number", "subject", "priority")
PRESETS = {
    "Salesforce": "https://YOUR-DOMAIN.lightning.force.com/lightning/r/Account/{custom.salesforce_id}/view",
    "NetSuite": "https://YOUR-ACCOUNT.app.netsuite.com/app/common/entity/custjob.nl?id={custom.netsuite_id}",
    "Dynamics 365": "https://YOUR-ORG.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=account&id={custom.dynamics_id}",
    "HubSpot": "https://app.hubspot.com/contacts/YOUR-PORTAL/contact/{custom.hubspot_id}",
}
"""Templates to begin with; the system's own id of a customer is a custom field of hers."""


class Subject(StrEnum):
    """What is opened there."""

    CUSTOMER = "customer"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """One way to open a record there."""

    id: UUID
    name: str
    subject: Subject = Subject.CUSTOMER
    template: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Guide:
    """What the supervisor tells agents about the system outside; the body is Markdown."""

    title: str = ""
    body: str = ""
    updated_by: str = ""
    version: int = 0


def check_template(template: str, subject: Subject) -> str:
    """The template without surrounding spaces; refused where it is no web address or nothing fills a place of it."""
    template = template.strip()
    if not re.fullmatch(r"https?://[^\s/{}]+(/\S*)?", template):
        raise Refused(Refusal.NOT_A_URL, "template", value=template[:80])
    known = set(_OF_CUSTOMER) | (set(_OF_CASE) if subject is Subject.CASE else set())
    for place in _PLACE.findall(template):
        if place not in known and not place.startswith("custom."):
            raise Refused(Refusal.NOT_A_CHOICE, "template", value=f"{{{place}}}")
    return template


def address(link: OutsideLink, values: Mapping[str, Any]) -> tuple[str, str]:
    """The web address, or nothing and the place that has no value; values are encoded, so that none changes its way."""
    missing = next((place for place in _PLACE.findall(link.template) if values.get(place) in (None, "")), "")
    if missing:
        return "", missing
    return _PLACE.sub(lambda found: quote(str(values[found[1]]), safe=""), link.template), ""


def values_of(customer: Customer, case: Case | None = None) -> dict[str, Any]:
    """What the places of a template are filled with."""
    values: dict[str, Any] = {
        "account_number": customer.account_number,
        "name": customer.name,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "organisation": customer.organisation,
        "email": customer.emails[0].address if customer.emails else "",
        "phone": customer.phones[0].e164 if customer.phones else "",
        **{f"custom.{key}": value for key, value in customer.custom.items()},
    }
    if case is not None:
        values |= {"number": case.number, "subject": case.subject, "priority": case.priority.value}
        values |= {f"custom.{key}": value for key, value in case.custom.items()}
    return values
