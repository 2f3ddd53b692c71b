"""Everything about one customer: in one file, and gone from every table, while her neighbour stays whole."""

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from app.domain.customers import Address, Customer, EmailAddress
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.phone_numbers import parse
from app.domain.tasks import Task
from app.services.cases import NewCase
from app.settings.errors import MendableError
from app.store.engine import connect
from app.store.one_customer import erase_customer, export_customer
from app.store.starter import make_team
from tests.helpers.mail_store import make_mailbox
from tests.helpers.organisation import Vallon

WORD, PHONE = "Zzyzxqa", "06 39 98 00 77"


async def _customer(vallon: Vallon, word: str, phone: str) -> Customer:
    """A customer with her word in everything that can hold one."""
    nadia, team = vallon.as_agent("nadia"), vallon.teams["Contact centre"]
    made = await nadia.insert_customer(
        Customer(
            new_id(),
            first_name=word,
            last_name=word,
            organisation=f"{word} SARL",
            phones=(parse(phone, "FR", word),),
            emails=(EmailAddress(f"{word}@farm.example"),),
            addresses=(Address(f"1 rue {word}"),),
            pinned_note=word,
        )
    )
    doubled = await nadia.insert_customer(replace(made, id=new_id(), account_number="", first_name=f"{word}2"))
    case = NewCase(new_id(), made.id, f"{word} subject", team, description=f"{word} told us")
    await nadia.insert_case(case)
    other = NewCase(new_id(), doubled.id, f"{word} again", team)
    await nadia.insert_case(other)
    await nadia.insert_follow_up(FollowUp(new_id(), case.id, Channel.NOTE, f"{word} called", datetime.now(UTC)))
    await nadia.update_case(replace(await nadia.case(case.id), subject=f"{word} changed"))
    await nadia.insert_task(Task(new_id(), team, f"Call {word}", customer_id=made.id, notes=word))
    await vallon.as_agent("camille").merge_customers(made.id, doubled.id)
    await _call(vallon, word, made, case.id)
    await _mail(vallon, word)
    await _texts_and_pages(vallon, word, made, case.id)
    return await nadia.customer(made.id)


async def _call(vallon: Vallon, word: str, customer: Customer, case_id: UUID) -> None:
    admin = await connect(vallon.admin)
    organisation, team, agent = vallon.organisation_id, vallon.teams["Contact centre"], vallon.agents["nadia"]
    number = customer.phones[0].e164
    blob, note = new_id(), await admin.fetchval("SELECT id FROM follow_ups WHERE case_id = $1 LIMIT 1", case_id)
    await admin.execute(
        "INSERT INTO blobs (id, organisation_id, sha256, size) VALUES ($1, $2, encode(sha256($3), 'hex'), length($3))",
        blob,
        organisation,
        word.encode(),
    )
    await admin.execute("INSERT INTO blob_chunks VALUES ($1, 0, $2)", blob, word.encode())
    await admin.execute(
        "INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type) "
        "SELECT gen_random_uuid(), organisation_id, audience_id, id, $2, $3, 'text/plain' FROM follow_ups "
        "WHERE id = $1",
        note,
        blob,
        f"{word}.txt",
    )
    for holder in (customer.id, None):  # one call that knows her, one that has her number only
        call = new_id()
        await admin.execute(
            "INSERT INTO calls (id, organisation_id, direction, phase, caller_number, team_id, customer_id, "
            "started_at, note, state, trace) VALUES ($1, $2, 'in', 'ended', $3, $4, $5, now(), $6, $7, $7)",
            call,
            organisation,
            number,
            team,
            holder,
            word,
            json.dumps({"said": word}),
        )
        await admin.execute(
            "INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at, note) "
            "VALUES (gen_random_uuid(), $1, $2, $3, $4, now(), $5)",
            organisation,
            call,
            agent,
            team,
            word,
        )
        await admin.execute(
            "INSERT INTO call_messages (id, organisation_id, call_id, agent_id, body) "
            "VALUES (gen_random_uuid(), $1, $2, $3, $4)",
            organisation,
            call,
            agent,
            word,
        )
    await admin.close()


async def _mail(vallon: Vallon, word: str) -> None:
    """What machines keep of her address: mail that made no case, an answer, a report, a rule tried on last month."""
    address, team = f"{word}@farm.example".lower(), vallon.teams["Contact centre"]
    admin = await connect(vallon.admin)
    if (mailbox := await admin.fetchval("SELECT id FROM mailboxes")) is None:
        mailbox = await make_mailbox(vallon)
    entry, blob = new_id(), new_id()
    raw = f"From: {address}".encode()
    await admin.execute("INSERT INTO blobs (id, organisation_id, sha256, size) VALUES ($1, $2, $3, $4)",
                        blob, vallon.organisation_id, hashlib.sha256(raw).hexdigest(), len(raw))  # fmt: skip
    await admin.execute("INSERT INTO blob_chunks VALUES ($1, 0, $2)", blob, raw)
    await admin.execute(
        "INSERT INTO incoming (id, organisation_id, mailbox_id, team_id, external_id, content_sha256, blob_id, sender, "
        "fate, settled_at) VALUES ($1, $2, $3, $4, $5, repeat('a', 64), $6, $7, 'quarantined', now())",
        entry, vallon.organisation_id, mailbox, team, f"<{word}@x>", blob, address,
    )  # fmt: skip
    await admin.execute("INSERT INTO incoming_routes (incoming_id, address, organisation_id) VALUES ($1, $2, $3)",
                        entry, f"{word}@guichet.example", vallon.organisation_id)  # fmt: skip
    await admin.execute("INSERT INTO auto_replies (organisation_id, team_id, mailbox_id, recipient) "
                        "VALUES ($1, $2, $3, $4)", vallon.organisation_id, team, mailbox, address)  # fmt: skip
    await admin.execute("INSERT INTO address_bounces (organisation_id, address, permanent, reason) "
                        "VALUES ($1, $2, true, $3)", vallon.organisation_id, address, f"no {word} here")  # fmt: skip
    lines = {"lines": [{"incoming_id": str(entry), "subject": word, "sender": address}]}
    await admin.execute(
        "INSERT INTO mail_requests (id, organisation_id, team_id, kind, answer, answered_at) "
        "VALUES ($1, $2, $3, 'dry_run', $4, now())", new_id(), vallon.organisation_id, team, json.dumps(lines)
    )  # fmt: skip
    await admin.close()


async def _texts_and_pages(vallon: Vallon, word: str, customer: Customer, case_id: UUID) -> None:
    """What SMS, the portal, a chat, programs and machines keep of her, a recording and half-sent files among it."""
    admin, organisation, team = await connect(vallon.admin), vallon.organisation_id, vallon.teams["Contact centre"]
    address, number, session = (
        f"{word}@farm.example".lower(),
        customer.phones[0].e164,
        hashlib.sha256(word.encode()).digest(),
    )
    line = await admin.fetchval("SELECT id FROM sms_lines") or await admin.fetchval(
        "INSERT INTO sms_lines (id, organisation_id, number_id, url) SELECT gen_random_uuid(), organisation_id, id, "
        "'https://sms.example/' FROM numbers WHERE team_id = $1 RETURNING id", team)  # fmt: skip
    await admin.execute(
        "INSERT INTO incoming (id, organisation_id, line_id, channel, team_id, external_id, content_sha256, blob_id, "
        "sender, fate, settled_at) VALUES ($1, $2, $3, 'sms', $4, $5, repeat('b', 64), $6, $7, 'quarantined', now())",
        new_id(), organisation, line, team, f"sms {word}", await _blob(admin, organisation, f"{word} by SMS"), number,
    )  # fmt: skip
    await admin.execute("INSERT INTO sms_stops VALUES ($1, $2)", organisation, number)
    await admin.execute("INSERT INTO mail_stops VALUES ($1, $2)", organisation, address)
    await admin.execute("INSERT INTO portal_links (id, organisation_id, address, browser) VALUES ($1, $2, $3, $4)",
                        new_id(), organisation, address, session)  # fmt: skip
    await admin.execute("INSERT INTO portal_sessions (hash, organisation_id, address) VALUES ($1, $2, $3)",
                        session, organisation, address)  # fmt: skip
    await admin.execute("INSERT INTO portal_uploads (blob_id, session, organisation_id) VALUES ($1, $2, $3)",
                        await _blob(admin, organisation, f"{word} half a page"), session, organisation)  # fmt: skip
    widget = await admin.fetchval("SELECT id FROM chat_widgets") or await admin.fetchval(
        "INSERT INTO chat_widgets (id, organisation_id, team_id) VALUES (gen_random_uuid(), $1, $2) RETURNING id",
        organisation, team)  # fmt: skip
    chat = new_id()
    await admin.execute(
        "INSERT INTO chats (id, organisation_id, widget_id, case_id, secret, state, team_id, name, email) "
        "VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8)",
        chat, organisation, widget, case_id, session, team, word, address,
    )  # fmt: skip
    await admin.execute("INSERT INTO chat_messages SELECT $1, 1, $2, $3, id, 'visitor' FROM follow_ups "
                        "WHERE case_id = $4 LIMIT 1", chat, organisation, new_id(), case_id)  # fmt: skip
    await admin.execute("INSERT INTO chat_uploads (blob_id, chat_id, organisation_id, name) VALUES ($1, $2, $3, $4)",
                        await _blob(admin, organisation, f"{word} in a chat"), chat, organisation,
                        f"{word}.jpg")  # fmt: skip
    recording = await _blob(admin, organisation, f"{word} spoke")
    await admin.execute("UPDATE calls SET recording_id = $1 WHERE customer_id = $2", recording, customer.id)
    token = await admin.fetchval("SELECT id FROM api_tokens") or await admin.fetchval(
        "INSERT INTO api_tokens (id, organisation_id, name, hash, shown, scopes) VALUES (gen_random_uuid(), $1, 'ERP', "
        "$2, 'gt_', '{cases:read}') RETURNING id", organisation, session)  # fmt: skip
    await admin.execute("INSERT INTO api_answers (token_id, key, organisation_id, fingerprint, answer) "
                        "VALUES ($1, $2, $3, repeat('c', 64), $4)", token, word, organisation,
                        json.dumps({"customer": {"id": str(customer.id), "name": word}}))  # fmt: skip
    await admin.execute(
        "INSERT INTO replays (id, organisation_id, asked, days, asked_by, answer, answered_at) "
        "VALUES ($1, $2, '{}', 7, $3, $4, now())", new_id(), organisation, vallon.agents["camille"],
        json.dumps({"lines": [{"case_id": str(case_id), "customer": word}]}),
    )  # fmt: skip
    await admin.close()


async def _blob(admin: asyncpg.Connection, organisation: UUID, text: str) -> UUID:
    blob = new_id()
    await admin.execute("INSERT INTO blobs (id, organisation_id, sha256, size) VALUES ($1, $2, $3, $4)",
                        blob, organisation, hashlib.sha256(text.encode()).hexdigest(), len(text))  # fmt: skip
    await admin.execute("INSERT INTO blob_chunks VALUES ($1, 0, $2)", blob, text.encode())
    return blob


async def _where(admin: asyncpg.Connection, word: str) -> set[str]:
    """Every table that has the word anywhere, bytes of files included."""
    tables = await admin.fetch("SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' "
                               "AND relnamespace = 'guichet'::regnamespace")  # fmt: skip
    found = set()
    for table in (row["name"] for row in tables):
        of = "encode(data, 'escape')" if table == "blob_chunks" else "t::text"
        if await admin.fetchval(f"SELECT EXISTS (SELECT FROM {table} t WHERE {of} ILIKE '%' || $1 || '%')", word):
            found.add(table)
    return found


async def _dangling(admin: asyncpg.Connection) -> list[str]:
    """The foreign keys of which some row refers to nothing."""
    keys = await admin.fetch(
        "SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent, a.attname AS column, "
        "k.attname AS key FROM pg_constraint c "
        "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
        "JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = c.confkey[1] "
        "WHERE c.contype = 'f' AND c.connamespace = 'guichet'::regnamespace AND cardinality(c.conkey) = 1"
    )
    orphans = (
        "SELECT EXISTS (SELECT FROM {child} c LEFT JOIN {parent} p ON p.{key} = c.{column} "
        "WHERE c.{column} IS NOT NULL AND p.{key} IS NULL)"
    )
    return [f"{key['child']}.{key['column']}" for key in keys if await admin.fetchval(orphans.format(**key))]


async def test_an_erased_customer_is_in_no_table_any_more(vallon: Vallon) -> None:
    customer = await _customer(vallon, WORD, PHONE)
    neighbour = await _customer(vallon, "Neighbour", "06 39 98 00 88")
    admin = await connect(vallon.admin)
    places = await _where(admin, WORD)
    assert places >= {
        "customers", "customer_keys", "cases", "follow_ups", "tasks", "changes", "calls", "call_parts",
        "call_messages", "attachments", "blob_chunks", "incoming", "auto_replies", "address_bounces", "mail_requests",
        "mail_stops", "portal_links", "portal_sessions", "chats", "chat_uploads", "api_answers", "replays",
    }  # fmt: skip
    assert await erase_customer(vallon.admin, customer.account_number) > 10
    assert await _where(admin, WORD) == {"mail_stops"}, "her STOP holds, should she ever be imported again"
    assert await _where(admin, customer.phones[0].e164) == {"sms_stops"}
    assert await _where(admin, "Neighbour") == places
    assert await _dangling(admin) == []
    file = await vallon.as_agent("nadia").customer_file(neighbour.id)
    assert len(file.cases) == 2
    history = await admin.fetch("SELECT operation FROM changes WHERE record_id = $1", customer.id)
    assert [row["operation"] for row in history] == ["deleted"]
    await admin.close()
    with pytest.raises(MendableError, match="no customer"):
        await erase_customer(vallon.admin, customer.account_number)


async def test_a_file_that_two_customers_sent_stays_for_the_other(vallon: Vallon) -> None:
    customer = await _customer(vallon, WORD, PHONE)
    admin = await connect(vallon.admin)
    case_id = await vallon.case()
    note = FollowUp(new_id(), case_id, Channel.NOTE, "The same file", datetime.now(UTC))
    await vallon.as_agent("nadia").insert_follow_up(note)
    await admin.execute(
        "INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type) "
        "SELECT gen_random_uuid(), f.organisation_id, f.audience_id, f.id, b.id, 'same.txt', 'text/plain' "
        "FROM follow_ups f, blobs b WHERE f.id = $1",
        note.id,
    )
    await erase_customer(vallon.admin, customer.account_number)
    assert await _where(admin, WORD) == {"blob_chunks", "mail_stops"}
    await admin.close()


async def test_all_that_is_kept_is_given_out(vallon: Vallon, tmp_path: Path) -> None:
    customer = await _customer(vallon, WORD, PHONE)
    await _customer(vallon, "Neighbour", "06 39 98 00 88")
    admin = await connect(vallon.admin)
    file = tmp_path / "all.zip"
    count = await export_customer(vallon.admin, customer.account_number, file)
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("customer.json"))
        files = [archive.read(name) for name in archive.namelist() if name.startswith("files/")]
    assert sum(len(records) for table, records in told.items() if table != "changes") >= count
    texts = (WORD, f"From: {WORD.lower()}@farm.example", f"{WORD} by SMS", f"{WORD} half a page", f"{WORD} in a chat",
             f"{WORD} spoke")  # fmt: skip
    assert sorted(files) == sorted(text.encode() for text in texts)
    assert {"sms_stops", "chat_messages"} <= set(told)
    assert "Neighbour" not in json.dumps(told)
    # Whatever table has her word is in the file.
    assert await _where(admin, WORD) - {"blob_chunks"} <= set(told)
    await admin.close()


async def test_another_organisations_customer_of_the_same_number_stays_out_of_it(
    vallon: Vallon, tmp_path: Path
) -> None:
    """Two houses on one server number their customers alike and may know the same person: each gives out its own."""
    customer = await _customer(vallon, WORD, PHONE)
    admin, other = await connect(vallon.admin), new_id()
    await admin.execute("INSERT INTO organisations (id, name) VALUES ($1, 'Other house')", other)
    await admin.execute(
        "INSERT INTO customers (id, organisation_id, account_number, last_name) VALUES ($1, $2, $3, 'Elsewhere')",
        new_id(), other, customer.account_number,
    )  # fmt: skip
    address, number = f"{WORD}@farm.example".lower(), customer.phones[0].e164
    await admin.execute("INSERT INTO address_bounces (organisation_id, address, permanent, reason) "
                        "VALUES ($1, $2, true, 'theirs')", other, address)  # fmt: skip
    async with admin.transaction():
        team = await make_team(admin, other, "Theirs", number="+33199009900")
    await admin.execute(
        "INSERT INTO calls (id, organisation_id, direction, phase, caller_number, team_id, started_at, note) "
        "VALUES (gen_random_uuid(), $1, 'in', 'ended', $2, $3, now(), 'theirs')", other, number, team,
    )  # fmt: skip
    with pytest.raises(MendableError, match="Concession Vallon, Other house"):
        await erase_customer(vallon.admin, customer.account_number)
    file = tmp_path / "ours.zip"
    await export_customer(vallon.admin, customer.account_number, file, "Concession Vallon")
    with zipfile.ZipFile(file) as archive:
        assert b"theirs" not in archive.read("customer.json")
    await erase_customer(vallon.admin, customer.account_number, "Concession Vallon")
    assert await _where(admin, number) == {"calls", "sms_stops"}
    assert await _where(admin, WORD) == {"address_bounces", "mail_stops"}
    await admin.close()
