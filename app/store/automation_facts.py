"""What automations know: themselves, their world, the cases of events, and the events in the change log."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.automation_checks import Known, Problem, problems_of
from app.domain.automation_deeds import World
from app.domain.automation_events import EVENT_FIELDS, Event, changed_fields
from app.domain.automations import Automation, Trigger, by_trigger, read_content
from app.domain.conditions import FieldOf, Kind
from app.domain.follow_ups import Direction
from app.store.conditions import fields_of
from app.store.session import Database, statement

AUTOMATIONS = """
SELECT id, organisation_id, team_id, name, shipped, position, active, content, trouble, version FROM automations
WHERE archived_at IS NULL AND (CAST(:organisation AS uuid) IS NULL OR organisation_id = :organisation) ORDER BY position, id"""
_STATES = """
SELECT s.type_id, s.id, s.category FROM case_states s
WHERE s.organisation_id = :organisation AND s.archived_at IS NULL ORDER BY s.type_id, s.position"""
_MEMBERS = """
SELECT m.team_id, m.agent_id FROM memberships m JOIN agents a ON a.id = m.agent_id AND a.active
WHERE m.organisation_id = :organisation"""
_TEMPLATES = """
SELECT id, shipped, text_en, text_fr FROM templates
WHERE organisation_id = :organisation AND archived_at IS NULL AND agent_id IS NULL"""
_WORLD = (
    "templates",
    "teams",
    "memberships",
    "agents",
    "fields",
    "case_types",
    "case_states",
    "projects",
    "organisations",
)
# A row that is written again has another xmin, one that is gone is not counted: asked of the tables and not of the log,
# which another hub may have read. What the hub writes into automations itself changes nothing of them.
_STAMP = """
SELECT (SELECT count(*) || ' ' || coalesce(sum(version), 0) || ' ' || coalesce(max(updated_at)::text, '') FROM automations WHERE archived_at IS NULL)""" + "".join(
    f" || (SELECT ' ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) FROM {table})" for table in _WORLD
)
_CASES = """
SELECT c.id, c.organisation_id, c.version, c.number, c.type_id, c.state_id, c.category, c.team_id, c.assignee_id, c.created_by,
  c.project_id, c.priority, c.severity, c.visibility, c.channel, c.language, c.subject, left(c.description, 5000) AS description,
  c.tags, c.custom, c.created_at, c.activity_at, c.customer_id, k.first_name, k.last_name, k.organisation, k.language AS her_language,
  k.custom AS hers, k.emails, k.phones, n.team_id AS speaker_id, h.enabled AND h.auto_reply AS auto_reply,
  (SELECT s.rating FROM satisfaction s WHERE s.case_id = c.id AND s.rating IS NOT NULL ORDER BY s.answered_at DESC LIMIT 1) AS satisfaction,
  c.due_at, CASE WHEN c.category = 'solved' THEN c.activity_at + make_interval(days => y.close_days) END AS closes_at
FROM cases c JOIN customers k ON k.id = c.customer_id JOIN numbers n ON n.id = c.number_id
JOIN case_types y ON y.id = c.type_id LEFT JOIN email_hubs h ON h.team_id = n.team_id
WHERE c.id = ANY (:ids) AND c.merged_into_id IS NULL"""
IN_TALK = """EXISTS (SELECT FROM chat_messages m JOIN chats k ON k.id = m.chat_id WHERE m.follow_up_id = f.id AND k.answered_at IS NOT NULL)"""
"""Whether an entry was said in a chat that an agent has answered by now."""
# Below the oldest running transaction nothing can appear any more, as in the feed of desks. What a new record began with
# nobody asks of the log: it is read from the case.
PAGE = f"""
WITH page AS MATERIALIZED (
  SELECT epoch, xid, seq, at, kind, operation, record_id, parent_id, actor_id, automation_id, depth,
    CASE WHEN operation <> 'created' OR kind = 'happening' THEN difference END AS difference
  FROM changes WHERE (epoch, xid, seq) > (:epoch, CAST(CAST(:xid AS text) AS xid8), :seq)
    AND (epoch < (SELECT epoch FROM schema_info) OR xid < pg_snapshot_xmin(pg_current_snapshot()))
  ORDER BY epoch, xid, seq LIMIT :most)
SELECT p.epoch, p.xid::text AS xid, p.seq, p.at, p.kind, p.operation, p.record_id, p.parent_id, p.actor_id, p.automation_id,
  p.depth, p.difference, f.case_id, f.channel, f.direction, f.public, left(f.body, 5000) AS body,
  EXISTS (SELECT FROM incoming i WHERE i.follow_up_id = f.id AND i.fate = 'auto_reply') AS automatic,
  {IN_TALK} AS in_talk
FROM page p LEFT JOIN follow_ups f ON p.kind = 'follow_up' AND p.operation = 'created' AND f.id = p.record_id
ORDER BY p.epoch, p.xid, p.seq"""


@dataclass(frozen=True, slots=True)
class House:
    """One organisation's automations by their triggers, and what they refer to; those in trouble are left out."""

    organisation_id: UUID
    automations: Mapping[Trigger, Sequence[Automation]] = field(default_factory=dict)
    world: World = field(default_factory=World)
    known: Known = field(default_factory=Known)
    troubles: Mapping[UUID, tuple[Problem, ...]] = field(default_factory=dict)


async def stamp(connection: AsyncConnection) -> str:
    """What differs when automations differ, or anything that they may refer to."""
    found = await connection.execute(statement(_STAMP))
    return str(found.scalar_one())


async def read_house(database: Database, organisation: UUID) -> House:
    """Everything of one organisation."""
    known = await known_to(database, organisation)
    rows = await database.rows(AUTOMATIONS, organisation=organisation)
    read = [one for row in rows if row["active"] and (one := automation_of(row)) is not None]
    troubles = {one.id: found for one in read if (found := problems_of(one, known))}
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in await database.rows(_STATES, organisation=organisation):
        states[str(row["type_id"])].append((str(row["id"]), row["category"]))
    members: dict[str, set[str]] = defaultdict(set)
    for row in await database.rows(_MEMBERS, organisation=organisation):
        members[str(row["team_id"])].add(str(row["agent_id"]))
    world = World(
        {kind: tuple(its) for kind, its in states.items()}, {team: frozenset(its) for team, its in members.items()},
        {name: asked.kind for name, asked in known.fields.items()},
    )  # fmt: skip
    sound = [one for one in read if one.id not in troubles]
    return House(organisation, by_trigger(sound), world, known, troubles)


async def known_to(database: Database, organisation: UUID | None) -> Known:
    """What an organisation's automations may refer to."""
    fields = await fields_of(database, organisation, somebody_looks=False)
    fields |= EVENT_FIELDS
    if "case.assignee" in fields:
        fields["event.actor"] = FieldOf(Kind.CHOICE, fields["case.assignee"].choices)
    templates: dict[str, tuple[str, ...]] = {}
    sql = _TEMPLATES if organisation is not None else _TEMPLATES.replace("organisation_id = :organisation AND ", "")
    parameters = {"organisation": organisation} if organisation is not None else {}
    for row in await database.rows(sql, **parameters):
        texts = (row["text_en"], row["text_fr"])
        templates[str(row["id"])] = texts
        if row["shipped"]:
            templates[f"shipped:{row['shipped']}"] = texts
    return Known(fields, templates)


def automation_of(row: RowMapping) -> Automation | None:
    """An automation as it is kept; None where its content is of another age."""
    bare = Automation(
        row["id"], row["name"], team_id=row["team_id"], organisation_id=row["organisation_id"], shipped=row["shipped"],
        active=row["active"], position=row["position"], version=row["version"],
    )  # fmt: skip
    try:
        return read_content(bare, row["content"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(slots=True)
class CaseFacts:
    """A case as events find it, and as acts leave it; `row` has what replies need beside."""

    row: RowMapping
    facts: dict[str, object]
    version: int

    @property
    def organisation_id(self) -> UUID:
        """Whose it is."""
        found: UUID = self.row["organisation_id"]
        return found


async def read_cases(connection: AsyncConnection, ids: Sequence[UUID], *, lock: bool) -> dict[UUID, CaseFacts]:
    """The cases of a page; locked, in the order of their ids, when an earlier try met somebody else's change."""
    sql = f"{_CASES} ORDER BY c.id FOR NO KEY UPDATE OF c" if lock else _CASES
    found = await connection.execute(statement(sql), {"ids": list(ids)})
    return {row["id"]: CaseFacts(row, facts_of(dict(row)), row["version"]) for row in found.mappings()}


def facts_of(row: Mapping[str, Any]) -> dict[str, object]:
    """A case's facts by the names of fields."""
    ids = ("type_id", "state_id", "team_id", "assignee_id", "created_by", "project_id")
    of_ids = {f"case.{name.removesuffix('_id')}": str(row[name]) if row[name] else None for name in ids}
    same = ("category", "priority", "severity", "visibility", "channel", "language", "subject", "description", "number",
            "created_at", "activity_at", "due_at", "closes_at", "satisfaction")  # fmt: skip
    name = f"{row['first_name']} {row['last_name']}".strip() or row["organisation"]
    return {
        **of_ids,
        **{f"case.{one}": row[one] for one in same},
        "case.tags": tuple(row["tags"]),
        **{f"case.custom.{key}": value for key, value in row["custom"].items()},
        "customer.name": name,
        "customer.organisation": row["organisation"],
        "customer.segment": row["hers"].get("segment"),
        "customer.language": row["her_language"],
        "customer.email": tuple(one["address"] for one in row["emails"]),
        "customer.phone": tuple(one["e164"] for one in row["phones"]),
        **{f"customer.custom.{key}": value for key, value in row["hers"].items()},
        "team.auto_reply": row["auto_reply"],
    }


def event_of(row: Any) -> Event | None:
    """What a line of the log means to automations; None for what means nothing to them."""
    kind, operation = row["kind"], row["operation"]
    if kind == "case" and operation == "created":
        return _event(row, Trigger.CREATED, row["record_id"], key=str(row["record_id"]))
    if kind == "case" and operation == "updated":
        changed = changed_fields(row["difference"] or {})
        return _event(row, Trigger.UPDATED, row["record_id"], changed=changed) if changed else None
    if kind == "follow_up" and row["case_id"] is not None:
        return _message(row)
    if kind == "happening":
        what = (row["difference"] or {}).get("happening", [None, ""])[1]
        return _event(row, Trigger(what), row["parent_id"]) if what in set(Trigger) else None
    return None


def _message(row: Any) -> Event | None:
    # What a machine answered is no message: it moves nothing and nothing answers it.
    if row["channel"] == "system" or not row["public"] or row["automatic"]:
        return None
    trigger = {Direction.IN: Trigger.MESSAGE_IN, Direction.OUT: Trigger.MESSAGE_OUT}.get(row["direction"])
    if trigger is None:
        return None
    told = {"event.channel": row["channel"], "event.text": row["body"]}
    event = _event(row, trigger, row["case_id"], key=str(row["record_id"]), told=told)
    return replace(event, in_talk=row["in_talk"])


def _event(
    row: Any,
    trigger: Trigger,
    case: UUID,
    *,
    key: str = "",
    changed: Mapping[str, tuple[object, object]] | None = None,
    told: Mapping[str, object] | None = None,
) -> Event:
    return Event(
        key or f"{row['epoch']}.{row['xid']}.{row['seq']}", trigger, case, row["at"], row["actor_id"],
        row["automation_id"], row["depth"] or 0, changed or {}, told or {},
    )  # fmt: skip
