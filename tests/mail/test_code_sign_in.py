"""A mailbox at Microsoft opened by a code: asked for by a lead, waited for by the hub, typed by a person."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.refusals import Refused
from app.hub.mail_requests import MailDesk, RequestPorts
from app.mail.checking import ImapInspector
from app.mail.microsoft import MicrosoftSignIn
from app.mail.reading import read
from app.services.email_hub import TeamMail
from app.services.mail_requests import CodeStep
from app.services.mailboxes import Mailbox
from app.store.email_hub import PostgresEmailHub
from app.store.engine import open_engine
from app.store.mail_past import PostgresPastMail
from app.store.mail_requests import PostgresMailRequests
from app.store.mailboxes import MailboxTokens, read_mailboxes
from app.store.session import Database
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon
from tests.mail.graph_double import GraphDouble


@pytest.mark.parametrize("typed", [True, False])
async def test_a_code_is_shown_typed_and_what_came_of_it_is_said(vallon: Vallon, tmp_path: Path, typed: bool) -> None:
    server = GraphDouble("team@guichet.example", tmp_path)
    await server.start()
    server.typed = typed
    box = await make_mailbox(
        vallon, host="localhost", port=server.port, security="tls", kind="graph", sign_in="device", tenant="tenant",
        client_id="the-application", authority=server.server,
    )  # fmt: skip
    team = vallon.teams["Contact centre"]
    database, desk = hub_database(vallon, 3), Database(open_engine(vallon.access("ada")))
    mail = TeamMail(PostgresEmailHub(desk))
    others = Database(open_engine(vallon.access("nadia")))
    with pytest.raises(Refused):
        await TeamMail(PostgresEmailHub(others)).sign_in_mailbox(team, box)
    await others.close()

    async def boxes() -> Sequence[Mailbox]:
        return await read_mailboxes(database)

    held, go_on = list[CodeStep](), asyncio.Event()

    class Patient(MicrosoftSignIn):
        async def finish(self, code: object) -> None:
            # What the lead sees while the hub waits.
            held.append((await mail.email_hub(team)).sign_ins[box])
            go_on.set()
            await super().finish(code)  # type: ignore[arg-type]

    ports = RequestPorts(
        PostgresMailRequests(database), boxes, ImapInspector, read,
        lambda one: Patient(one, MailboxTokens(database, one.id), server.trust), PostgresPastMail(database),
    )  # fmt: skip
    running = asyncio.create_task(MailDesk(ports).run())
    await mail.sign_in_mailbox(team, box)
    async with asyncio.timeout(30):
        await go_on.wait()
        while not (step := (await mail.email_hub(team)).sign_ins[box]).done:
            await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert held == [CodeStep("ABCD-EFGH", "https://microsoft.com/devicelogin")]
    assert step.ok is typed
    assert typed or "AADSTS70017" in step.said
    assert bool(await MailboxTokens(database, box).load()) is typed
    for one in (database, desk):
        await one.close()
    await server.stop()
