"""Organisations: the tenant that customers, teams and agents belong to, and its few settings."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of a database; `region` (ISO 3166) reads national telephone numbers."""

    id: UUID
    name: str
    region: str = "FR"
    language: str = "fr"
    time_zone: str = "Europe/Paris"
    account_number_format: str = "######"
