"""What only a real IMAP server shows."""

import asyncio
from dataclasses import replace

import pytest

from app.mail.imap import ImapSource
from app.services.mailboxes import MailboxAwayError, MailboxRefusedError
from tests.helpers.mails import raw_mail
from tests.mail.dovecot import Dovecot
from tests.mail.worlds import RealWorld


async def test_a_server_that_cannot_prove_who_it_is_is_refused_before_the_secret_is_said(dovecot: Dovecot) -> None:
    source = ImapSource(RealWorld(dovecot).mailbox)
    with pytest.raises(MailboxRefusedError, match="certificate"):
        await source.fetch(0, 0)
    await source.close()


async def test_starttls_protects_before_the_secret_is_said(dovecot: Dovecot) -> None:
    world = RealWorld(dovecot)
    world.deliver(raw_mail())
    mailbox = replace(world.mailbox, port=dovecot.port, security="starttls")
    source = ImapSource(mailbox, dovecot.trust)
    assert len((await source.fetch(0, 0)).arrivals) == 1
    await source.close()
    untrusting = ImapSource(mailbox)
    with pytest.raises(MailboxRefusedError):
        await untrusting.fetch(0, 0)
    await untrusting.close()


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ("NO [AUTHENTICATIONFAILED] Authentication failed.", MailboxRefusedError),
        ("NO [UNAVAILABLE] Temporary authentication failure.", MailboxAwayError),
        ("NO [INUSE] Try again later.", MailboxAwayError),
        ("", MailboxAwayError),
    ],
    ids=["wrong", "cannot tell now", "busy", "goes away"],
)
async def test_a_sign_in_that_fails_for_now_is_no_wrong_password(
    unused_tcp_port: int, dovecot: Dovecot, answer: str, raised: type[Exception]
) -> None:
    """A server that starts, or dies in the middle of it: the lead is not told to look for another password."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK [CAPABILITY IMAP4rev1] here\r\n")
        while line := (await reader.readline()).decode():
            tag, command = line.split()[:2]
            if command == "LOGIN" and not answer:
                break
            writer.write(f"{tag} {answer if command == 'LOGIN' else 'OK done'}\r\n".encode())
        writer.close()

    mailbox = replace(RealWorld(dovecot).mailbox, port=unused_tcp_port, security="none")
    async with await asyncio.start_server(serve, "127.0.0.1", unused_tcp_port):
        source = ImapSource(mailbox)
        with pytest.raises(raised):
            await source.fetch(0, 0)
        await source.close()


async def test_reading_marks_nothing_as_seen(dovecot: Dovecot) -> None:
    world = RealWorld(dovecot)
    world.deliver(raw_mail())
    source = world.source()
    await source.fetch(0, 0)
    await source.close()
    with world._client() as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search("UNSEEN") == [1]
