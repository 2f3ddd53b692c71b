"""Rows as the domain's frozen values, and back."""

import json
from typing import Any

from sqlalchemy import RowMapping

from app.domain.cases import Case, CaseRow, Category, Level, Visibility
from app.domain.customers import Address, Customer, EmailAddress
from app.domain.follow_ups import Attachment, Channel, Direction, FollowUp
from app.domain.phone_numbers import PhoneNumber
from app.domain.tasks import Recurrence, Task, TaskKind, TaskRow, TaskStatus

PERSON = "coalesce(nullif(btrim({0}.first_name || ' ' || {0}.last_name), ''), {0}.organisation)"
"""A customer's shown name in SQL, as Customer.name has it."""

CUSTOMER = """SELECT c.*, coalesce(u.name, '') AS updated_by_name
  FROM customers c LEFT JOIN agents u ON u.id = c.updated_by"""

CASE = """SELECT c.id, c.number, c.customer_id, c.type_id, c.state_id, c.category, c.subject, c.team_id, c.number_id,
  c.description, c.visibility, c.severity, c.priority, c.assignee_id, c.tags, c.project_id, c.custom, c.merged_into_id,
  c.created_at, c.activity_at, c.updated_at, c.version, coalesce(u.name, '') AS updated_by_name
  FROM cases c LEFT JOIN agents u ON u.id = c.updated_by"""

_CASE_ROW = f"""SELECT c.id, c.number, c.subject, c.customer_id, {PERSON.format("k")} AS customer_name, k.organisation,
  c.category, s.name AS state_name, s.key AS state_key, c.team_id, t.name AS team_name, c.assignee_id,
  coalesce(a.name, '') AS assignee_name, c.priority, c.preview, c.channel, c.activity_at,
  s.colour AS state_colour, c.type_id, c.project_id, c.created_at, c.tags, c.due_at, c.due_near_at, c.due_of
  FROM {{cases}} c JOIN customers k ON k.id = c.customer_id JOIN case_states s ON s.id = c.state_id
  JOIN teams t ON t.id = c.team_id LEFT JOIN agents a ON a.id = c.assignee_id"""

CASE_ROW = _CASE_ROW.format(cases="cases")

_TASK_ROW = f"""SELECT t.*, coalesce(u.name, '') AS updated_by_name,
  coalesce({PERSON.format("k")}, '') AS customer_name, coalesce(k.organisation, '') AS customer_organisation,
  coalesce(CASE WHEN t.custom ->> 'call_id' <> '' THEN nullif(t.custom ->> 'number', '') END,
    k.phones -> 0 ->> 'e164', '') AS customer_phone, coalesce(k.time_zone, 'Europe/Paris') AS customer_zone,
  coalesce(k.do_not_call, false) AS do_not_call, coalesce(k.call_from, '') AS call_from,
  coalesce(k.call_until, '') AS call_until, c.number AS case_number, coalesce(c.subject, '') AS case_subject,
  coalesce(a.name, '') AS assignee_name, m.name AS team_name,
  coalesce(f.body, '') AS last_note, coalesce(f.author_name, '') AS last_note_by, f.at AS last_note_at
  FROM {{tasks}} t JOIN teams m ON m.id = t.team_id LEFT JOIN customers k ON k.id = t.customer_id
  LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN agents a ON a.id = t.assignee_id
  LEFT JOIN agents u ON u.id = t.updated_by
  LEFT JOIN LATERAL (SELECT left(n.body, 400) AS body, n.author_name, n.at FROM follow_ups n
    WHERE n.case_id = t.case_id AND n.channel <> 'system' ORDER BY n.at DESC LIMIT 1) f ON true"""

TASK_ROW = _TASK_ROW.format(tasks="tasks")


def case_page(where: str, order: str = "c.activity_at DESC, c.id DESC", source: str = "cases") -> str:
    """A page of cases: first the few rows by their index, then their names, whatever the planner believes."""
    page = f"(SELECT * FROM {source} c WHERE {where} ORDER BY {order} LIMIT :limit)"
    return f"{_CASE_ROW.format(cases=page)} ORDER BY {order}"


def task_page(where: str, order: str) -> str:
    """A page of tasks, likewise."""
    page = f"(SELECT * FROM tasks t WHERE {where} ORDER BY {order} LIMIT :limit)"
    return f"{_TASK_ROW.format(tasks=page)} ORDER BY {order}"


def customer(row: RowMapping) -> Customer:
    return Customer(
        id=row["id"],
        account_number=row["account_number"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        organisation=row["organisation"],
        phones=tuple(PhoneNumber(p["e164"], p.get("typed", ""), p.get("label", "")) for p in row["phones"]),
        emails=tuple(EmailAddress(e["address"], e.get("label", "")) for e in row["emails"]),
        addresses=tuple(Address(a["lines"], a.get("label", "")) for a in row["addresses"]),
        language=row["language"],
        time_zone=row["time_zone"],
        preferred_channel=row["preferred_channel"],
        call_from=row["call_from"],
        call_until=row["call_until"],
        do_not_call=row["do_not_call"],
        pinned_note=row["pinned_note"],
        custom=row["custom"],
        merged_into_id=row["merged_into_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        updated_by_name=row["updated_by_name"],
        version=row["version"],
    )


def customer_values(customer: Customer) -> dict[str, Any]:
    """A customer's columns as JSON has them."""
    return {
        "id": str(customer.id),
        "account_number": customer.account_number,
        "first_name": customer.first_name.strip(),
        "last_name": customer.last_name.strip(),
        "organisation": customer.organisation.strip(),
        "phones": [{"e164": p.e164, "typed": p.typed, "label": p.label} for p in customer.phones],
        "emails": [{"address": e.address, "label": e.label} for e in customer.emails],
        "addresses": [{"lines": a.lines, "label": a.label} for a in customer.addresses],
        "language": customer.language,
        "time_zone": customer.time_zone,
        "preferred_channel": customer.preferred_channel,
        "call_from": customer.call_from,
        "call_until": customer.call_until,
        "do_not_call": customer.do_not_call,
        "pinned_note": customer.pinned_note,
        "custom": customer.custom,
    }


def customer_parameters(customer: Customer) -> dict[str, Any]:
    """A customer as the parameters of its INSERT and UPDATE."""
    values = customer_values(customer)
    lists = {name: json.dumps(value) for name, value in values.items() if isinstance(value, (list, dict))}
    return values | lists | {"id": customer.id}


def case(row: RowMapping) -> Case:
    values = dict(row)
    values["category"] = Category(row["category"])
    values["visibility"] = Visibility(row["visibility"])
    values["severity"] = Level(row["severity"])
    values["priority"] = Level(row["priority"])
    values["tags"] = tuple(row["tags"])
    return Case(**values)


def case_row(row: RowMapping) -> CaseRow:
    kept = {"category": Category(row["category"]), "priority": Level(row["priority"]), "tags": tuple(row["tags"])}
    return CaseRow(**{**row, **kept})


def follow_up(row: RowMapping) -> FollowUp:
    return FollowUp(
        id=row["id"],
        case_id=row["case_id"],
        channel=Channel(row["channel"]),
        body=row["body"],
        at=row["at"],
        direction=Direction(row["direction"]),
        public=row["public"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        call_id=row["call_id"],
        custom=row["custom"],
        attachments=tuple(Attachment(**a) for a in row["attachments"]),
        redacted_at=row["redacted_at"],
        redacted_by_name=row["redacted_by_name"],
    )


_TASK_COLUMNS = [
    "id",
    "team_id",
    "title",
    "customer_id",
    "case_id",
    "assignee_id",
    "notes",
    "local_at",
    "zone",
    "zone_of",
    "due_at",
    "reminder_minutes",
    "remind_at",
    "snoozed_until",
    "outcome",
    "attempts",
    "month_day",
    "cloned_from_id",
    "type_id",
    "state_id",
    "custom",
    "updated_by_name",
    "version",
]


def task_row(row: RowMapping) -> TaskRow:
    task = Task(
        kind=TaskKind(row["kind"]),
        priority=Level(row["priority"]),
        status=TaskStatus(row["status"]),
        recurrence=Recurrence(row["recurrence"]),
        created_by_id=row["created_by"],
        **{column: row[column] for column in _TASK_COLUMNS},
    )
    return TaskRow(
        task=task,
        customer_name=row["customer_name"],
        organisation=row["customer_organisation"],
        customer_phone=row["customer_phone"],
        customer_zone=row["customer_zone"],
        do_not_call=row["do_not_call"],
        call_from=row["call_from"],
        call_until=row["call_until"],
        case_number=row["case_number"],
        case_subject=row["case_subject"],
        assignee_name=row["assignee_name"],
        team_name=row["team_name"],
        last_note=row["last_note"],
        last_note_by=row["last_note_by"],
        last_note_at=row["last_note_at"],
    )
