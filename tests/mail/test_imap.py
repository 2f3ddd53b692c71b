"""What only a real IMAP server shows."""

from dataclasses import replace

import pytest

from app.mail.imap import ImapSource
from app.services.mailboxes import MailboxRefusedError
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


async def test_reading_marks_nothing_as_seen(dovecot: Dovecot) -> None:
    world = RealWorld(dovecot)
    world.deliver(raw_mail())
    source = world.source()
    await source.fetch(0, 0)
    await source.close()
    with world._client() as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search("UNSEEN") == [1]
