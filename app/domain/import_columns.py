"""Which column of a brought table means what: by its heading, in English or French, or a custom field's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.fields import CustomField, FieldOwner
from app.domain.text import fold


class TableKind(StrEnum):
    """What the lines of a table become."""

    CUSTOMERS = "customers"
    CASES = "cases"
    TASKS = "tasks"


OWNERS = {
    TableKind.CUSTOMERS: FieldOwner.CUSTOMER,
    TableKind.CASES: FieldOwner.CASE,
    TableKind.TASKS: FieldOwner.TASK,
}

# Our name of a column: the headings that mean it, folded. An export has our names.
COLUMNS: Mapping[TableKind, Mapping[str, str]] = MappingProxyType(
    {
        TableKind.CUSTOMERS: {
            "account_number": "account number, account, customer number, numero de compte, numero client, compte",
            "first_name": "first name, given name, prenom",
            "last_name": "last name, surname, family name, name, nom, nom de famille",
            "organisation": "organisation, organization, company, societe, entreprise, raison sociale",
            "phone": "phone, telephone, mobile, phone number, tel, portable, telephone 2, phone 2, fixe",
            "email": "email, e-mail, mail, email address, courriel, adresse e-mail, adresse mail, email 2, e-mail 2",
            "address": "address, postal address, adresse, adresse postale, address 2, adresse 2",
            "language": "language, langue",
            "time_zone": "time zone, timezone, fuseau, fuseau horaire",
            "preferred_channel": "preferred channel, channel, canal prefere, canal",
            "do_not_call": "do not call, ne pas appeler",
            "pinned_note": "note, notes, pinned note, remarque, note epinglee",
        },
        TableKind.CASES: {
            "number": "number, case, case number, numero, dossier, numero de dossier",
            "customer": "customer, account number, customer number, client, numero de compte, numero client, phone, "
            "telephone, email, e-mail, courriel",
            "subject": "subject, title, objet, sujet, titre",
            "description": "description, details, text, texte",
            "team": "team, equipe",
            "assignee": "assignee, agent, assigned to, assigne, assigne a, conseiller",
            "state": "state, status, etat, statut",
            "severity": "severity, gravite",
            "priority": "priority, priorite",
            "visibility": "visibility, visibilite",
            "tags": "tags, etiquettes",
        },
        TableKind.TASKS: {
            "title": "title, subject, task, titre, objet, tache",
            "kind": "kind, type, genre, nature",
            "customer": "customer, account number, customer number, client, numero de compte, numero client, phone, "
            "telephone, email, e-mail, courriel",
            "case": "case, case number, dossier, numero de dossier",
            "team": "team, equipe",
            "assignee": "assignee, agent, assigned to, assigne, assigne a, conseiller",
            "due": "due, date, due at, when, echeance, date et heure, quand",
            "zone": "zone, time zone, fuseau, fuseau horaire",
            "priority": "priority, priorite",
            "notes": "notes, note, remarque",
            "status": "status, state, statut, etat",
        },
    }
)
# A line needs one of each of these groups.
NEEDED: Mapping[TableKind, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        TableKind.CUSTOMERS: (("last_name", "organisation"),),
        TableKind.CASES: (("customer",), ("subject",), ("team",)),
        TableKind.TASKS: (("title",), ("team", "assignee")),
    }
)


@dataclass(frozen=True, slots=True)
class Matched:
    """One heading and what it means: a column of ours, a custom field's key (`field`), or nothing."""

    heading: str
    column: str = ""
    field: str = ""


def match(heading: tuple[str, ...], kind: TableKind, fields: tuple[CustomField, ...]) -> tuple[Matched, ...]:
    """What each heading means."""
    known = {alias: name for name, aliases in COLUMNS[kind].items() for alias in aliases.split(", ")}
    known |= {name: name for name in COLUMNS[kind]}
    own = {
        name: field.key for field in fields if field.owner is OWNERS[kind] for name in (field.key, fold(field.label))
    }
    found = []
    for name in heading:
        plain = fold(name)
        found.append(Matched(name, known.get(plain, ""), "" if plain in known else own.get(plain, "")))
    return tuple(found)


def missing(matched: tuple[Matched, ...], kind: TableKind) -> tuple[str, ...]:
    """The columns without which no line can be read; of a group, its first."""
    there = {one.column for one in matched}
    return tuple(group[0] for group in NEEDED[kind] if not there & set(group))
