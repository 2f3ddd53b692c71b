"""Signing in with a token instead of a secret (XOAUTH2): at a real IMAP server and at a real SMTP server."""

import base64
from dataclasses import replace

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.mail.imap import ImapSource
from app.mail.smtp import SmtpTransport
from app.services.mailboxes import MailboxAwayError, MailboxRefusedError
from app.services.outbox import Parcel
from tests.helpers.mails import raw_mail
from tests.mail.dovecot import Dovecot, bearer_token
from tests.mail.worlds import RealWorld, Receiver


class _Believing(Receiver):
    """Takes mail from whoever shows this token, and from nobody else."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        shown = base64.b64decode(args[1]).decode()
        return AuthResult(handled=False, success=f"auth=Bearer {self._token}\x01" in shown)


async def test_a_mailbox_is_read_with_a_token_and_a_bad_one_is_refused_with_words(dovecot: Dovecot) -> None:
    world = RealWorld(dovecot)
    world.deliver(raw_mail())
    mailbox = replace(world.mailbox, secret="", sign_in="device")
    name = mailbox.username
    tokens = [bearer_token(name), bearer_token(name, valid_s=-60), bearer_token(name, secret="another")]

    async def bearer() -> str:
        return tokens.pop(0)

    source = ImapSource(mailbox, dovecot.trust, bearer)
    assert len((await source.fetch(0, 0)).arrivals) == 1
    await source.close()
    while tokens:
        refused = ImapSource(mailbox, dovecot.trust, bearer)
        with pytest.raises(MailboxRefusedError) as told:
            await refused.fetch(0, 0)
        assert str(told.value)
        await refused.close()


async def test_mail_leaves_with_a_token_and_waits_while_there_is_none(dovecot: Dovecot) -> None:
    world = RealWorld(dovecot)
    token = bearer_token(world.mailbox.username)
    receiver = _Believing(token)
    await receiver.start()
    given: list[str] = []

    async def bearer() -> str:
        if not given:
            raise MailboxAwayError("the sign-in service is away")
        return given[-1]

    clear = replace(world.mailbox, security="none", smtp_port=receiver.port)
    transport = SmtpTransport(clear, bearer=bearer)
    parcel = Parcel(new_id(), new_id(), "<1@guichet.example>", raw_mail(), ("jane@x.example",))
    told = (await transport.send(parcel))["jane@x.example"]
    assert (told.state, told.reason) == (DeliveryState.TEMPORARY, "the sign-in service is away")
    assert await transport.was_sent("<1@guichet.example>") is None
    given.append("a token of somebody else")
    assert (await transport.send(parcel))["jane@x.example"].state is DeliveryState.TEMPORARY
    given.append(token)
    assert (await transport.send(parcel))["jane@x.example"].state is DeliveryState.DELIVERED
    assert [who for who, _ in receiver.received] == ["jane@x.example"]
    world.file_as_sent(raw_mail(Message_ID="<1@guichet.example>"))
    asked = SmtpTransport(world.mailbox, dovecot.trust, bearer)
    assert await asked.was_sent("<1@guichet.example>") is True
    await transport.close()
    await asked.close()
    await receiver.stop()
