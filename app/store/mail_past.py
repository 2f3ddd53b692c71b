"""What the time machine of mail rules reads: the mail that came to a team, what acts on it, and cases as they begin."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.automations import Trigger
from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.domain.mail_answers import language_of
from app.domain.mail_consequences import Begun, MailHouse, Speaker
from app.domain.mail_replay import Became
from app.domain.mail_rules import MailRule
from app.services.mail_requests import KeptMail
from app.store.automation_facts import facts_of, read_house
from app.store.ledger import read_raw
from app.store.mail_facts import RULES, rule_of
from app.store.mail_writing import values_of
from app.store.session import Database

MOST_MAILS = 20_000

# The automations that really answered a mail stand in the run log: at the case that it made, or at its entry.
_PAST = """
SELECT i.id, i.arrived_at, i.sender, i.subject, i.fate, i.blob_id, i.rule_id, c.number AS case_number,
  coalesce(u.custom ->> 'segment', '') AS segment,
  array(SELECT lower(r.address) FROM incoming_routes r WHERE r.incoming_id = i.id) AS recipients,
  (SELECT y.id FROM incoming_routes r JOIN mail_addresses m ON m.address = lower(r.address)
     AND m.organisation_id = i.organisation_id
   JOIN case_types y ON y.id = m.type_id AND y.enabled AND y.kind <> 'task' WHERE r.incoming_id = i.id LIMIT 1) AS type_id,
  CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('first_name', u.first_name, 'last_name', u.last_name,
    'organisation', u.organisation, 'her_language', u.language, 'hers', u.custom, 'emails', u.emails, 'phones', u.phones) END
    AS customer,
  array(SELECT r.automation_id FROM automation_runs r WHERE r.case_id = i.case_id AND r.outcome = 'done'
    AND r.event = ANY (ARRAY[i.follow_up_id::text, CASE WHEN i.fate = 'case' THEN i.case_id::text END])
    AND EXISTS (SELECT FROM jsonb_array_elements(r.acts) a WHERE a ->> 'does' = 'reply' AND NOT a ? 'problem')) AS replied
FROM (SELECT * FROM incoming WHERE team_id = :team AND fate IS NOT NULL AND channel = 'email'
      AND arrived_at > now() - make_interval(days => :days) ORDER BY arrived_at DESC, id DESC LIMIT :most) i
LEFT JOIN cases c ON c.id = i.case_id
LEFT JOIN customer_keys k ON k.organisation_id = i.organisation_id AND k.key = lower(i.sender) AND i.sender <> ''
LEFT JOIN customers u ON u.id = k.customer_id
ORDER BY i.arrived_at, i.id"""
_SPEAKER = """
SELECT m.organisation_id, o.language, coalesce(h.enabled AND h.auto_reply AND EXISTS (
    SELECT FROM mail_addresses a WHERE a.team_id = h.team_id AND a.sends), false) AS answers,
  coalesce(h.reply_en, '') AS en, coalesce(h.reply_fr, '') AS fr, o.name AS company,
  CASE WHEN h.uses_display_name THEN coalesce(nullif(h.display_name, ''), nullif(m.display_name, ''), m.name) ELSE o.name END AS name
FROM teams m JOIN organisations o ON o.id = m.organisation_id LEFT JOIN email_hubs h ON h.team_id = m.id WHERE m.id = :team"""
# The shipped automation, where nobody changed it, is carried out with the mail; a changed one is the engine's.
_ACKNOWLEDGES = """
SELECT id FROM automations WHERE organisation_id = :organisation AND shipped = 'acknowledgement' AND prompt AND active
AND archived_at IS NULL"""
_ADDRESSES = "SELECT address FROM mail_addresses WHERE organisation_id = :organisation"
# As file_mail and the case's own trigger would begin it: an agent of another team has it with her own.
_BEGINS = """
WITH g AS (
  SELECT a.id AS assignee_id, coalesce(a.name, '') AS agent,
    CASE WHEN a.id IS NULL OR EXISTS (SELECT FROM memberships m WHERE m.team_id = :team AND m.agent_id = a.id) THEN :team
         ELSE coalesce(a.default_team_id, :team) END AS team_id
  FROM (SELECT) s LEFT JOIN agents a ON a.id = CAST(:agent AS uuid) AND a.active)
SELECT g.team_id, g.assignee_id, g.agent, t.name AS team, n.team_id AS speaker_id, y.id AS type_id, y.default_state_id AS state_id,
  s.category
FROM g JOIN teams t ON t.id = g.team_id AND t.archived_at IS NULL JOIN numbers n ON n.id = speaking_number(t.id)
JOIN LATERAL (SELECT * FROM case_types k WHERE k.organisation_id = t.organisation_id AND k.kind <> 'task'
  AND CASE WHEN CAST(:type AS uuid) IS NULL THEN k.enabled AND k.kind = 'case' ELSE k.id = :type END
  ORDER BY k.position LIMIT 1) y ON true
JOIN case_states s ON s.id = y.default_state_id"""
# What a case begins with where nothing says more.
_FRESH: Mapping[str, Any] = {
    "created_by": None, "project_id": None, "priority": "normal", "severity": "normal", "visibility": "public",
    "channel": "email", "description": "", "number": "…", "due_at": None, "closes_at": None, "satisfaction": None, "tags": (),
    "custom": {},
}  # fmt: skip
_STRANGER: Mapping[str, Any] = {"organisation": "", "hers": {}, "phones": ()}


class PostgresPastMail:
    """Past mail on PostgreSQL, for the hub; what is asked again and again in one replay is read once."""

    most = MOST_MAILS

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begins: dict[tuple[UUID, UUID | None, UUID | None], RowMapping | None] = {}
        self._speakers: dict[UUID, RowMapping] = {}

    async def rules(self, team: UUID) -> list[MailRule]:
        """A team's rules in their order."""
        return [rule_of(row) for row in await self._database.rows(RULES, team=team)]

    async def house(self, team: UUID) -> MailHouse:
        """What acts by itself on a team's mail; what a replay remembered of cases begins anew with it."""
        self._begins.clear()
        self._speakers.clear()
        speaks = await self._speaker(team)
        organisation = speaks["organisation_id"]
        house = await read_house(self._database, organisation)
        row = await self._database.row(_ACKNOWLEDGES, organisation=organisation)
        prompt = row["id"] if row is not None and speaks["answers"] else None
        acknowledges = next((one for one in house.automations[Trigger.CREATED] if one.id == prompt), None)
        own = await self._database.rows(_ADDRESSES, organisation=organisation)
        return MailHouse(
            house.automations, house.world, house.known.templates, _speaker(speaks), acknowledges,
            frozenset(row["address"] for row in own),
        )  # fmt: skip

    async def past(self, team: UUID, days: int) -> AsyncIterator[KeptMail]:
        """What came to a team in the last days, the oldest first, with its bytes; the newest `MOST_MAILS` of it."""
        seen: set[UUID] = set()
        for row in await self._database.rows(_PAST, team=team, days=days, most=MOST_MAILS):
            if row["id"] in seen:  # two customers share the address
                continue
            seen.add(row["id"])
            values = {name: row[name] for name in row if name != "blob_id"}
            values |= {
                "fate": Fate(row["fate"]),
                "recipients": tuple(row["recipients"]),
                "replied": frozenset(row["replied"]),
            }
            yield KeptMail(**values, raw=await read_raw(self._database, row["blob_id"]))

    async def begun(self, team: UUID, kept: KeptMail, mail: Mail, became: Became) -> Begun | None:
        """The case that a mail would have begun; None where the rule sends it to what is gone."""
        row = await self._beginning(became.team_id or team, became.agent_id, kept.type_id)
        if row is None:
            return None
        speaks, written_to = await self._speaker(row["speaker_id"]), await self._speaker(team)
        customer = dict(kept.customer) if kept.customer is not None else _stranger(mail, written_to["language"])
        known = customer["her_language"] if kept.customer is not None else ""
        subject = mail.subject.strip() or mail.text.strip().partition("\n")[0] or "✉"
        whole = {
            **_FRESH, **row, **customer, "subject": subject[:250], "language": customer["her_language"],
            "created_at": kept.arrived_at, "activity_at": kept.arrived_at, "auto_reply": speaks["answers"],
        }  # fmt: skip
        language = language_of(mail, known, written_to["language"])
        return Begun(facts_of(whole), values_of(whole, speaks["company"], ""), _speaker(speaks), language)

    async def _beginning(self, team: UUID, agent: UUID | None, type_id: UUID | None) -> RowMapping | None:
        key = (team, agent, type_id)
        if key not in self._begins:
            self._begins[key] = await self._database.row(_BEGINS, team=team, agent=agent, type=type_id)
        return self._begins[key]

    async def _speaker(self, team: UUID) -> RowMapping:
        if team not in self._speakers:
            self._speakers[team] = await self._database.one(_SPEAKER, team=team)
        return self._speakers[team]


def _speaker(row: RowMapping) -> Speaker:
    return Speaker(row["answers"], row["name"], {"en": row["en"], "fr": row["fr"]})


def _stranger(mail: Mail, language: str) -> dict[str, Any]:
    """A customer as her first mail makes her."""
    name, address = (mail.sender.name, mail.sender.address) if mail.sender is not None else ("", "")
    first, _, last = name.strip().rpartition(" ")
    last = last or address.partition("@")[0] or "✉"
    emails = ({"address": address},) if address else ()
    return {**_STRANGER, "first_name": first, "last_name": last, "her_language": language, "emails": emails}
