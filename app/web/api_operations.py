"""The operations of the API, declared once: handlers check by them, and the OpenAPI document is made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.cases import Category, Level
from app.domain.shapes import E164, EMAIL, Is, Part, Shape, schema, schema_of

ROOT = "/api/v1"
_LEVELS = tuple(level.value for level in Level)
_CATEGORIES = tuple(category.value for category in Category)
_ID = {"id": Part(Is.ID, required=True)}
_PAGE: Shape = {
    "after": Part(Is.ID, said="The `next` of the page before."),
    "limit": Part(Is.WHOLE, most=200, least=1, said="50 where nothing is said."),
}
_SINCE = {"updated_since": Part(Is.MOMENT, said="With a zone; changed then or later.")}
_VERSION = {"version": Part(Is.WHOLE, most=2**31 - 1, least=1, required=True, said="The one that was read.")}
_CASE: Shape = {
    "subject": Part(most=250, least=1),
    "description": Part(most=200_000),
    "priority": Part(choices=_LEVELS),
    "severity": Part(choices=_LEVELS),
    "tags": Part(Is.TEXTS, most=50, each=60),
    "custom": Part(Is.VALUES, most=200, said="By the fields' keys; null takes a value away."),
}
_TEAM: Shape = {
    "team_id": Part(Is.ID, said="The team, a sub-team as well; or `team`, or the token's own."),
    "team": Part(most=100, said="Its name."),
}
_CUSTOMER: Shape = {
    "first_name": Part(most=200),
    "last_name": Part(most=200, said="This or `organisation` is needed."),
    "organisation": Part(most=200),
    "language": Part(choices=("fr", "en")),
    "emails": Part(Is.TEXTS, most=50, pattern=EMAIL),
    "phones": Part(Is.TEXTS, most=50, each=16, pattern=E164),
    "custom": Part(Is.VALUES, most=200),
}
_REQUIRED = {"subject": Part(most=250, least=1, required=True)}


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: `told` may be in the body (POST, PATCH) or in the query (GET); `path_id` names the id in the path."""

    name: str
    method: str
    path: str
    scope: str
    said: str
    told: Shape
    gives: str
    status: int = 200
    path_ids: Shape = field(default_factory=dict)


OPERATIONS = (
    Operation("list_teams", "GET", "/teams", "cases:read", "Teams, for opening cases with them", {}, "TeamPage"),
    Operation("list_cases", "GET", "/cases", "cases:read", "Cases, a page at a time, in the order they were made",
              _PAGE | _SINCE | {"category": Part(choices=_CATEGORIES), "customer_id": Part(Is.ID)}, "CasePage"),
    Operation("open_case", "POST", "/cases", "cases:write", "Open a case with a team",
              _CASE | _REQUIRED | _TEAM | {"customer_id": Part(Is.ID, required=True),
                                           "type": Part(most=60, said="The name of an enabled type.")}, "Case", 201),
    Operation("read_case", "GET", "/cases/{id}", "cases:read", "One case", {}, "Case", path_ids=_ID),
    Operation("change_case", "PATCH", "/cases/{id}", "cases:write", "Change a case",
              _CASE | _VERSION | {"category": Part(choices=_CATEGORIES[1:-1], said="Its first state of that meaning.")},
              "Case", path_ids=_ID),
    Operation("list_follow_ups", "GET", "/cases/{id}/follow-ups", "cases:read", "What was said on a case, oldest first",
              _PAGE, "FollowUpPage", path_ids=_ID),
    Operation("add_follow_up", "POST", "/cases/{id}/follow-ups", "cases:write",
              "Add a note, or with `public` what the customer wrote elsewhere",
              {"body": Part(most=200_000, least=1, required=True), "public": Part(Is.YES_NO), "author": Part(most=200)},
              "FollowUp", 201, _ID),
    Operation("list_customers", "GET", "/customers", "customers:read", "Customers, a page at a time",
              _PAGE | _SINCE | {"email": Part(most=254, pattern=EMAIL), "phone": Part(most=16, pattern=E164)},
              "CustomerPage"),
    Operation("make_customer", "POST", "/customers", "customers:write", "Make a customer", _CUSTOMER, "Customer", 201),
    Operation("read_customer", "GET", "/customers/{id}", "customers:read", "One customer", {}, "Customer",
              path_ids=_ID),
    Operation("change_customer", "PATCH", "/customers/{id}", "customers:write", "Change a customer",
              _CUSTOMER | _VERSION, "Customer", path_ids=_ID),
    Operation("raise_event", "POST", "/events", "events:write",
              "An alarm: opens a case with a team, or is added to the live case that the same source and key opened",
              _REQUIRED | _TEAM | {
                  "source": Part(most=100, least=1, required=True, said="What watches: a system, a machine park."),
                  "key": Part(most=200, least=1, required=True, said="What is one trouble: the machine and its code."),
                  "body": Part(most=20_000),
                  "severity": Part(choices=_LEVELS), "priority": Part(choices=_LEVELS),
                  "tags": Part(Is.TEXTS, most=50, each=60),
                  "type": Part(most=60), "at": Part(Is.MOMENT), "customer_id": Part(Is.ID),
                  "account_number": Part(most=40, said="The owner's, where her id is not known."),
                  "resolved": Part(Is.YES_NO, said="It is over: an entry on the live case, never a new one."),
                  "custom": Part(Is.VALUES, most=200)}, "Event", 201),
)  # fmt: skip


_TEXT, _MAYBE = {"type": "string"}, {"type": ["string", "null"]}
_UUID, _MOMENT_ = {"type": "string", "format": "uuid"}, {"type": "string", "format": "date-time"}
_LIST, _OBJECT = {"type": "array", "items": _TEXT}, {"type": "object"}


def _object(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": sorted(members), "additionalProperties": False}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _page(name: str) -> dict[str, Any]:
    return _object(items={"type": "array", "items": _ref(name)}, next=_MAYBE)


GIVEN: Mapping[str, dict[str, Any]] = {
    "Team": _object(id=_UUID, name=_TEXT, sub_team={"type": "boolean"}, communication_team_id=_UUID),
    "Case": _object(
        id=_UUID, number={"type": "integer"}, subject=_TEXT, description=_TEXT, type=_TEXT, state=_TEXT,
        category={"enum": list(_CATEGORIES)}, priority={"enum": list(_LEVELS)}, severity={"enum": list(_LEVELS)},
        team_id=_UUID, team=_TEXT, communication_team_id=_UUID, communication_number=_TEXT, customer_id=_UUID,
        assignee=_MAYBE, tags=_LIST, custom=_OBJECT, created_at=_MOMENT_, updated_at=_MOMENT_,
        version={"type": "integer"}),
    "FollowUp": _object(
        id=_UUID, case_id=_UUID, channel=_TEXT, direction={"enum": ["in", "out", "none"]}, public={"type": "boolean"},
        author=_TEXT, body=_TEXT, at=_MOMENT_, redacted={"type": "boolean"}),
    "Customer": _object(
        id=_UUID, account_number=_TEXT, first_name=_TEXT, last_name=_TEXT, organisation=_TEXT, language=_TEXT,
        emails=_LIST, phones=_LIST, custom=_OBJECT, created_at=_MOMENT_, updated_at=_MOMENT_,
        version={"type": "integer"}),
    "Event": _object(case={"anyOf": [_ref("Case"), {"type": "null"}]}, opened={"type": "boolean"}),
    "TeamPage": _page("Team"), "CasePage": _page("Case"), "FollowUpPage": _page("FollowUp"),
    "CustomerPage": _page("Customer"),
    "Error": _object(error=_object(code=_TEXT, field=_TEXT, message=_TEXT)),
}  # fmt: skip
AWAY = "The database is away; try again."
_ERRORS = {
    "400": "What was sent is no JSON.",
    "401": "The token is missing, wrong or revoked.",
    "403": "The token does not have the scope.",
    "404": "There is no such record, or it is not the token's to see.",
    "408": "The body came too slowly.",
    "409": "Changed meanwhile; or the idempotency key was used for something else.",
    "413": "The body is too large (1 MB).",
    "415": "The body must be application/json.",
    "422": "A member is wrong; the error names it.",
    "429": "Too many requests; Retry-After says how long to wait.",
    "503": AWAY,
}


def document(version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths.setdefault(ROOT + one.path, {})[one.method.lower()] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Guichet", "version": version, "description": "Cases, customers, follow-ups and events."},
        "paths": paths,
        "components": {
            "schemas": dict(GIVEN),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _described(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.said,
        "description": f"Scope: {one.scope}",
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": schema_of(part)}
            for name, part in one.path_ids.items()
        ],
        "responses": {
            str(one.status): _answer("Done.", _ref(one.gives)),
            **{status: _answer(said, _ref("Error")) for status, said in _ERRORS.items()},
        },
    }
    if one.method == "GET":
        told["parameters"] += [
            {"name": name, "in": "query", "required": part.required, "schema": schema_of(part)}
            for name, part in one.told.items()
        ]
        return told
    told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema(one.told)}}}
    if one.method == "POST":
        key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[!-~]+$"}
        told["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": key})
    return told


def _answer(said: str, of: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": dict(of)}}}
