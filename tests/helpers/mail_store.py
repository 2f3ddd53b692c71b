"""A mailbox of the test organisation, and the store of mail as hub and agents have it."""

import hashlib
from dataclasses import replace
from uuid import UUID

from app.domain.ids import new_id
from app.services.ledger import Arrival
from app.store.database import HUB_ROLE
from app.store.engine import Access, connect, open_engine
from app.store.session import Database
from tests.helpers.organisation import PASSWORD, Vallon

HUB_ADDRESS = "contact@guichet.example"


def hub_access(vallon: Vallon) -> Access:
    return replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)


def url_of(access: Access) -> str:
    """The access as a process of its own is given it."""
    password = access.password.replace(" ", "%20")
    return f"postgresql://{access.user}:{password}@{access.host}:{access.port}/{access.database}"


def hub_database(vallon: Vallon, connections: int = 2) -> Database:
    return Database(open_engine(hub_access(vallon), connections=connections))


async def make_mailbox(
    vallon: Vallon, team: str = "Contact centre", address: str = HUB_ADDRESS, *, answers: bool = False, **more: object
) -> UUID:
    """A mailbox of a team with its address, made by an administrator as her own role; quiet unless it `answers`."""
    values = {
        "id": new_id(),
        "organisation_id": vallon.organisation_id,
        "team_id": vallon.teams[team],
        "address": address,
        "host": "127.0.0.1",
        "smtp_host": "127.0.0.1",
        "security": "none",
    } | more
    ada = await connect(vallon.access("ada"))
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    await ada.execute(f"INSERT INTO mailboxes ({', '.join(values)}) VALUES ({places})", *values.values())
    await ada.execute(
        "INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id, sends) "
        "VALUES ($1, $2, $3, $4, true)",
        address,
        vallon.organisation_id,
        vallon.teams[team],
        values["id"],
    )
    await ada.close()
    if not answers:
        owner = await connect(vallon.admin)
        await owner.execute(
            "UPDATE guichet.email_hubs SET auto_reply = false WHERE team_id = $1 AND version = 0", vallon.teams[team]
        )
        await owner.close()
    return UUID(str(values["id"]))


def arrival(raw: bytes, external_id: str = "<1@customer.example>", place: int = 1, *recipients: str) -> Arrival:
    return Arrival(external_id, hashlib.sha256(raw).hexdigest(), raw, recipients, place)


async def write_mail(
    vallon: Vallon,
    mailbox: UUID,
    case: UUID,
    recipients: tuple[str, ...],
    *,
    by: str = "nadia",
    raw: bytes = b"Subject: hello\r\n\r\nhello",
    external_id: str = "",
    after_s: int = 0,
) -> UUID:
    """A mail as the composer writes it: the bytes uploaded, then everything in one call."""
    mail, upload = new_id(), new_id()
    agent = await connect(vallon.access(by))
    try:
        async with agent.transaction():
            await agent.execute(
                "INSERT INTO blobs (id, organisation_id, made_by) VALUES ($1, $2, $3)",
                upload,
                vallon.organisation_id,
                vallon.agents[by],
            )
            data = raw + b"\r\n" + mail.bytes
            await agent.execute("INSERT INTO blob_chunks (blob_id, position, data) VALUES ($1, 0, $2)", upload, data)
            await agent.execute(
                "SELECT write_mail($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                mail,
                new_id(),
                case,
                mailbox,
                external_id or f"<{mail}@guichet.example>",
                "hello",
                upload,
                list(recipients),
                after_s,
            )
    finally:
        await agent.close()
    return mail
