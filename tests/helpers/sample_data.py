"""The people, teams, customers and cases of the Vallon dealership, as values."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from app.domain.agents import Agent, Role
from app.domain.case_types import CaseState, CaseType
from app.domain.cases import CaseRow, Category, Level
from app.domain.customers import Address, Customer, EmailAddress
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.follow_ups import Attachment, Channel, Direction, FollowUp
from app.domain.organisations import Organisation
from app.domain.permissions import SHIPPED, Permission
from app.domain.phone_numbers import PhoneNumber
from app.domain.tasks import Task, TaskKind, TaskRow
from app.domain.teams import Membership, Number, Team
from app.domain.text import fold
from app.services.calls import Disposition, TeamPresence
from app.services.organisation import Directory

NOW = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
_SPACE = UUID("6f2a3d0e-0d5e-4b4e-9a55-2b8f3f6f2f11")


def key(name: str) -> UUID:
    """The same key for the same name, every time."""
    return uuid5(_SPACE, name)


def _team(name: str, e164: str = "", speaks_through: str = "", icon: str = "users") -> Team:
    number = (Number(key(e164), key(name), e164),) if e164 else ()
    through = key(speaks_through) if speaks_through else None
    return Team(key(name), name, f"Concession Vallon – {name}", icon, communication_team_id=through, numbers=number)


TEAMS = (
    _team("Contact centre", "+33380123450", icon="headphones"),
    _team("Sales Dijon", "+33380123460", icon="briefcase"),
    _team("Service Chalon", "+33385412070", icon="briefcase"),
    _team("Atelier Beaune", speaks_through="Contact centre", icon="wrench"),
    _team("Pièces détachées", speaks_through="Contact centre", icon="package"),
    _team("Location", speaks_through="Sales Dijon", icon="truck"),
)
PRESENCE = tuple(
    TeamPresence(key(name), free, present, 0, wait)
    for name, free, present, wait in (
        ("Contact centre", 0, 4, 180), ("Sales Dijon", 1, 2, None), ("Service Chalon", 0, 1, 240),
        ("Atelier Beaune", 1, 3, None), ("Pièces détachées", 2, 5, 20), ("Location", 0, 2, 240),
    )
)  # fmt: skip
RESULTS = tuple(
    Disposition(key(name), name, "")
    for name in ("answered", "to_call_back", "handed_over", "no_answer", "wrong_number")
)
_PEOPLE = (
    ("Camille Roy", Role.SUPERVISOR, "Contact centre"),
    ("Nadia Benali", Role.AGENT, "Contact centre"),
    ("Julie Marchand", Role.LEAD, "Atelier Beaune"),
    ("Hugo Mercier", Role.AGENT, "Atelier Beaune"),
    ("Victor Lang", Role.AGENT, "Atelier Beaune"),
    ("Paul Girard", Role.AGENT, "Pièces détachées"),
    ("Omar Haddad", Role.AGENT, "Sales Dijon"),
    ("Inès Moreau", Role.AGENT, "Location"),
    ("Claire Vallon", Role.ADMINISTRATOR, "Contact centre"),
)
AGENTS = tuple(
    Agent(key(name), fold(name).replace(" ", "."), name, role, default_team_id=key(team), signature=f"{name}\n{team}")
    for name, role, team in _PEOPLE
)
MEMBERSHIPS = (
    *(Membership(key(team), key(name), role is Role.LEAD) for name, role, team in _PEOPLE),
    Membership(key("Atelier Beaune"), key("Camille Roy")),
    Membership(key("Pièces détachées"), key("Camille Roy")),
)
FIELDS = (
    CustomField(key("siret"), FieldOwner.CUSTOMER, "siret", "SIRET", FieldKind.TEXT),
    CustomField(
        key("segment"),
        FieldOwner.CUSTOMER,
        "segment",
        "Segment",
        FieldKind.PICK_LIST,
        choices=("Arable", "Vineyard", "Dairy"),
        position=1,
    ),
    CustomField(key("until"), FieldOwner.CUSTOMER, "until", "Contract until", FieldKind.DATE, position=2),
    CustomField(key("serial"), FieldOwner.CASE, "serial", "Serial number", FieldKind.TEXT, required=True),
)
STATES = (
    ("open", "Open", Category.OPEN),
    ("waiting_customer", "Waiting on customer", Category.WAITING_CUSTOMER),
    ("waiting_agent", "Waiting on agent", Category.WAITING_AGENT),
    ("solved", "Solved", Category.SOLVED),
    ("closed", "Closed", Category.CLOSED),
)
TYPES = (
    CaseType(
        key("Request"),
        "Request",
        "request",
        "ticket",
        default_state_id=key("open"),
        states=tuple(CaseState(key(k), key("Request"), n, c, k, p) for p, (k, n, c) in enumerate(STATES)),
    ),
)


def _customer(first: str, last: str, organisation: str, account: str, phone: str, email: str) -> Customer:
    name = f"{first} {last}".strip() or organisation
    numbers = tuple(PhoneNumber(e164, e164, label) for e164, label in ((phone, "mobile"), ("+33380210744", "farm")))
    return Customer(
        key(name),
        account,
        first,
        last,
        organisation,
        numbers,
        (EmailAddress(email, ""),),
        (Address("12 rue du Moulin\n21200 Beaune", "primary"),),
        call_from="09:00",
        call_until="16:30",
        created_at=NOW - timedelta(days=4000),
        pinned_note="Milking at 06:00 and 17:00: call between 09:00 and 16:30. Ask for Luc about invoices.",
        custom={"siret": "412 887 301 00024", "segment": "Arable", "until": "2028-08-31"},
    )


CUSTOMERS = (
    _customer("Amélie", "Fontaine", "GAEC des Tilleuls", "004812", "+33612457890", "a.fontaine@tilleuls.example"),
    _customer("", "", "EARL Girard", "003190", "+33674221809", "girard@earl.example"),
    _customer("", "", "CUMA de Nolay", "002207", "+33380217100", "bureau@nolay.example"),
    _customer("Didier", "Lefèvre", "Domaine Lefèvre", "005520", "+33680142271", "d.lefevre@domaine.example"),
    _customer("", "", "SCEA Val d’Ouche", "001871", "+33380665112", "contact@valdouche.example"),
    _customer("Jonas", "Weber", "Weber Agrartechnik", "006003", "+4976112345", "j.weber@agrar.example"),
    _customer(
        "Rose-May", "Hoarau", "Coopérative sucrière de Saint-Benoît", "007714", "+262692112233", "rm@coop.example"
    ),
)
_CASES = (
    (
        48213,
        "Hydraulic leak, 6R 155",
        0,
        Category.OPEN,
        "Contact centre",
        "Camille Roy",
        Level.HIGH,
        "Oil under the tractor since this morning, photo attached.",
        Channel.EMAIL,
        4,
    ),
    (
        48177,
        "Warranty of the loader",
        1,
        Category.WAITING_AGENT,
        "Atelier Beaune",
        "Camille Roy",
        Level.NORMAL,
        "You promised to call me back at 10:15…",
        Channel.CALL,
        42,
    ),
    (
        48098,
        "Delivery of two filters",
        2,
        Category.OPEN,
        "Pièces détachées",
        "Camille Roy",
        Level.NORMAL,
        "Is Thursday still good for you?",
        Channel.SMS,
        61,
    ),
    (
        48071,
        "Vineyard tractor, first service after fifty hours and a question about the guarantee",
        3,
        Category.OPEN,
        "Contact centre",
        "Camille Roy",
        Level.NORMAL,
        "Chat ended · transcript sent by mail",
        Channel.CHAT,
        125,
    ),
    (
        48064,
        "Rental of a baler in July",
        4,
        Category.WAITING_CUSTOMER,
        "Location",
        "Camille Roy",
        Level.LOW,
        "Thank you, I will confirm on Monday.",
        Channel.EMAIL,
        190,
    ),
    (
        48052,
        "Receiver loses signal",
        5,
        Category.OPEN,
        "Contact centre",
        "Camille Roy",
        Level.URGENT,
        "The LED stays orange after the update.",
        Channel.EMAIL,
        300,
    ),
    (
        48049,
        "Voicemail 0:42 – call back",
        6,
        Category.OPEN,
        "Contact centre",
        "",
        Level.NORMAL,
        "“…about the technician’s visit…”",
        Channel.VOICEMAIL,
        380,
    ),
    (
        47902,
        "Invoice F-2291 charged twice",
        0,
        Category.WAITING_CUSTOMER,
        "Contact centre",
        "Nadia Benali",
        Level.NORMAL,
        "I see two debits of €148.90 on the account.",
        Channel.EMAIL,
        1500,
    ),
    (
        47655,
        "Rental of a trailer in August",
        0,
        Category.SOLVED,
        "Location",
        "Inès Moreau",
        Level.NORMAL,
        "Quick, and the trailer was clean.",
        Channel.CALL,
        17000,
    ),
)


def case_rows() -> tuple[CaseRow, ...]:
    made = []
    for number, subject, whose, category, team, assignee, priority, preview, channel, minutes in _CASES:
        customer = CUSTOMERS[whose]
        made.append(
            CaseRow(
                key(str(number)),
                number,
                subject,
                customer.id,
                customer.name,
                customer.organisation,
                category,
                "",
                category.value,
                key(team),
                team,
                key(assignee) if assignee else None,
                assignee,
                priority,
                preview,
                channel.value,
                NOW - timedelta(minutes=minutes),
            )
        )
    return tuple(made)


def timeline_of(case_id: UUID) -> tuple[FollowUp, ...]:
    def at(minutes: int) -> datetime:
        return NOW - timedelta(minutes=minutes)

    return (
        FollowUp(key("f0"), case_id, Channel.SYSTEM, "created", at(52)),
        FollowUp(
            key("f1"),
            case_id,
            Channel.EMAIL,
            "Hello,\nthere is oil under the tractor since this morning, near the left coupling. Could somebody look "
            "at it before Wednesday? Photo attached.\nAmélie Fontaine",
            at(52),
            Direction.IN,
            public=True,
            author_name="Amélie Fontaine",
            attachments=(
                Attachment(key("a1"), "coupling.jpg", "image/jpeg", 1_258_291, "0" * 64),
                Attachment(key("a2"), "F-2291.pdf", "application/pdf", 86_016, "1" * 64),
            ),
        ),
        FollowUp(
            key("f2"),
            case_id,
            Channel.NOTE,
            "Hose 77-A31 ordered. Promised: call Thursday 14:00 with the fitting date.",
            at(31),
            author_id=key("Nadia Benali"),
            author_name="Nadia Benali",
        ),
        FollowUp(key("f3"), case_id, Channel.CALL, "", at(4), Direction.IN, author_name="Camille Roy"),
    )


def task_rows() -> tuple[TaskRow, ...]:
    plan = (
        ("Send corrected invoice", TaskKind.EMAIL, "GAEC des Tilleuls", -3 * 24 * 60, 47902),
        ("Call back about warranty", TaskKind.CALL, "EARL Girard", -42, 48177),
        ("Order seal kit 81-204", TaskKind.OTHER, "GAEC des Tilleuls", 7 * 60 + 56, 48213),
        ("Call back – confirm refund", TaskKind.CALL, "GAEC des Tilleuls", 2 * 24 * 60 + 240, 48213),
    )
    return tuple(
        TaskRow(
            Task(
                key(title),
                key("Contact centre"),
                title,
                kind,
                key("Amélie Fontaine"),
                key(str(number)),
                key("Camille Roy"),
                due_at=NOW + timedelta(minutes=minutes),
                remind_at=NOW + timedelta(minutes=minutes - 5),
            ),
            customer,
            customer,
            "+33612457890",
            case_number=number,
            assignee_name="Camille Roy",
            team_name="Contact centre",
        )
        for title, kind, customer, minutes, number in plan
    )


def directory(me: str = "Camille Roy", permissions: frozenset[Permission] | None = None) -> Directory:
    """The directory as one agent sees it."""
    agent = next(agent for agent in AGENTS if agent.name == me)
    allowed = SHIPPED[agent.role] if permissions is None else permissions
    organisation = Organisation(key("Vallon"), "Concession Vallon")
    return Directory(agent, organisation, TEAMS, AGENTS, MEMBERSHIPS, FIELDS, allowed)
