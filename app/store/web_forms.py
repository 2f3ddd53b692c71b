"""Forms for customers on PostgreSQL: shown and sent as the hub, shaped as an agent."""

import json
import time
from typing import Any
from uuid import UUID, uuid4

from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.forms import Form, FormField, form_for, own_fields
from app.domain.plain import to_plain
from app.services.automation_engine import Write
from app.services.web_front import FORM_BYTES_MOST, FORM_FILES_MOST, Sent, ShownForm, WebForm, WebSettings
from app.store.mail_writing import acknowledge_case
from app.store.session import Database, statement

KEPT_S = 10
_FIELDS = """
SELECT id, owner, key, label, kind, required, default_value, choices, position, version FROM fields
WHERE organisation_id = :id AND owner = 'case' AND archived_at IS NULL ORDER BY position"""
_ACKNOWLEDGES = (
    "SELECT EXISTS (SELECT FROM email_hubs WHERE organisation_id = :organisation AND enabled AND auto_reply) AS any"
)
_SAVE = "SELECT save_web_form(:id, CAST(:told AS jsonb), :seen)"
_FORMS = """
SELECT id, key, title_en, title_fr, intro_en, intro_fr, type_id, team_id, sites, active, version FROM web_forms
WHERE archived_at IS NULL ORDER BY fold(title_fr || title_en), id"""
_SETTINGS = """
SELECT w.public_url, rtrim(coalesce(nullif(w.public_url, ''), s.public_url, ''), '/') AS address, w.portal_key, w.portal, w.version
FROM web_settings w LEFT JOIN satisfaction_settings s ON s.organisation_id = w.organisation_id"""


_SEND = "SELECT send_web_form(:key, :stamp, CAST(:told AS jsonb)) AS made"
_SEND_FILES = "SELECT send_form_with_files(:key, :stamp, CAST(:told AS jsonb), CAST(:files AS jsonb)) AS made"


class PostgresForms:
    """Forms on PostgreSQL, as the hub; what is shown is kept for ten seconds, so that a storm of visitors is no storm here."""

    def __init__(self, database: Database, write: Write | None = None) -> None:
        self._database, self._write = database, write
        self._key: bytes | None = None
        self._kept: dict[str, tuple[float, ShownForm]] = {}

    async def key(self) -> bytes:
        if self._key is None:
            row = await self._database.one("SELECT key FROM signing_keys WHERE name = 'web'")
            self._key = bytes(row["key"])
        return self._key

    async def form(self, key: str) -> ShownForm | None:
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept[0] < KEPT_S:
            return kept[1]
        self._kept.pop(key, None)
        told = (await self._database.one("SELECT web_form(:key) AS told", key=key))["told"]
        if told is None:
            return None
        shown = await self._shown(key, told)
        self._kept[key] = (time.monotonic(), shown)
        return shown

    async def send(self, form: ShownForm, stamp: UUID, sent: Sent) -> int:
        """Customer, case, entry and acknowledgement in one transaction; the number of the case."""
        first, _, last = " ".join(sent.name.split()).rpartition(" ")
        told = {
            "first_name": first, "last_name": last, "email": sent.email.lower(), "phones": list(sent.phones),
            "subject": sent.subject, "body": sent.body, "language": sent.language, "custom": dict(sent.custom),
        }  # fmt: skip
        if not form.acknowledges and not sent.files:
            made = (await self._database.written(_SEND, key=form.key, stamp=stamp, told=json.dumps(told)))["made"]
            return int(made["number"])
        async with self._database.transaction() as connection:
            found = await connection.execute(
                statement(_SEND_FILES if sent.files else _SEND),
                {"key": form.key, "stamp": stamp, "told": json.dumps(told)} | _files_of(sent),
            )
            made = found.scalar_one()
            if not made["again"] and self._write is not None:
                await acknowledge_case(
                    connection, form.organisation_id, UUID(made["team_id"]), UUID(made["id"]), sent.email, self._write
                )
        return int(made["number"])

    async def begin_file(self, form: ShownForm, stamp: UUID) -> UUID:
        blob = uuid4()
        await self._database.write(
            "SELECT form_upload(:key, :stamp, :blob, :most)", key=form.key, stamp=stamp, blob=blob, most=FORM_FILES_MOST
        )
        return blob

    async def add_part(self, stamp: UUID, blob: UUID, position: int, data: bytes) -> None:
        await self._database.write(
            "SELECT form_chunk(:stamp, :blob, :position, :data, :most)",
            stamp=stamp, blob=blob, position=position, data=data, most=FORM_BYTES_MOST,
        )  # fmt: skip

    async def drop_files(self, stamp: UUID) -> None:
        await self._database.write("SELECT form_sweep(:stamp)", stamp=stamp)

    async def _acknowledges(self, organisation: UUID) -> bool:
        row = await self._database.one(_ACKNOWLEDGES, organisation=organisation)
        return self._write is not None and bool(row["any"])

    async def _shown(self, key: str, told: dict[str, Any]) -> ShownForm:
        organisation = UUID(told["organisation_id"])
        rows = await self._database.rows(_FIELDS, id=organisation)
        own = tuple(
            CustomField(
                row["id"], FieldOwner(row["owner"]), row["key"], row["label"], FieldKind(row["kind"]), row["required"],
                row["default_value"], tuple(row["choices"]), row["position"], row["version"],
            )
            for row in rows
        )  # fmt: skip
        kept = await self._database.rows(
            "SELECT type_id, team_id, fields, version FROM forms WHERE organisation_id = :id", id=organisation
        )
        shaped = tuple(
            Form(
                row["type_id"],
                row["team_id"],
                tuple(FormField(f["field"], bool(f.get("required"))) for f in row["fields"]),
            )
            for row in kept
        )
        form = form_for(shaped, UUID(told["type_id"]), UUID(told["team_id"]), own)
        return ShownForm(
            UUID(told["id"]), key, organisation, told["organisation"], told["language"], told["region"],
            {"en": told["title_en"], "fr": told["title_fr"]}, {"en": told["intro_en"], "fr": told["intro_fr"]},
            own_fields(form, own), tuple(told["sites"]), await self._acknowledges(organisation),
        )  # fmt: skip


def _files_of(sent: Sent) -> dict[str, str]:
    told = [{"blob": str(blob), "name": name, "kind": kind} for blob, name, kind in sent.files]
    return {"files": json.dumps(told)} if told else {}


async def sweep_forms(database: Database) -> None:
    """Files of forms that were begun and not sent."""
    await database.write("SELECT form_sweep(NULL)")


class PostgresWebStore:
    """WebStore on PostgreSQL, as an agent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forms(self) -> tuple[WebForm, ...]:
        return tuple(WebForm(**{**row, "sites": tuple(row["sites"])}) for row in await self._database.rows(_FORMS))

    async def save_form(self, form: WebForm) -> None:
        await self._database.write(_SAVE, id=form.id, told=json.dumps(to_plain(form)), seen=form.version)

    async def archive_form(self, form_id: UUID) -> None:
        await self._database.write("SELECT archive_web_form(:id)", id=form_id)

    async def settings(self) -> WebSettings:
        return WebSettings(**await self._database.one(_SETTINGS))

    async def save_settings(self, settings: WebSettings) -> None:
        await self._database.write(
            "SELECT save_web_settings(:url, :portal, :seen)",
            url=settings.public_url,
            portal=settings.portal,
            seen=settings.version,
        )
