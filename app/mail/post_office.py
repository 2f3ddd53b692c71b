"""The demo's post office: IMAP and SMTP servers of its own on this machine, and a customer who writes and answers.

Mail to the organisation goes into its mailboxes; all else goes "outside", into one folder that anybody may look at.
"""

import asyncio
import json
import logging
from argparse import ArgumentParser
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from aiosmtplib import SMTP as Client  # noqa: N811 - the server has the name
from aiosmtplib import SMTPException
from imapclient import IMAPClient
from pymap.backend.maildir import Identity, MaildirBackend
from pymap.imap import IMAPService
from pymap.user import Passwords, UserMetadata

from app.services.mailboxes import MailboxAwayError

HOST, BOX = "127.0.0.1", "demo"
THINKS_S = 5.0
"""How long the customer takes to answer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer writes, and what she says to the first answer."""

    sender: str
    to: str
    subject: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the post office is reached, and with which password."""

    imap_port: int
    smtp_port: int
    password: str


class PostOffice:
    """Serves until it is closed; `ours` are the domains whose mail goes into the organisation's mailbox."""

    def __init__(self, folder: Path, password: str, ours: frozenset[str], letter: Letter) -> None:
        self._folder, self._password = folder, password
        self._ours, self._letter = ours, letter
        self._ending = AsyncExitStack()
        self._thinking: set[asyncio.Task[None]] = set()
        self._talks: list[SMTP] = []
        self._answered: set[str] = set()
        self.counter = Counter(0, 0, password)

    async def open(self) -> Counter:
        """Listen on loopback, on ports that are free."""
        for inbox in ("mailbox", "outside"):
            (self._folder / inbox).mkdir(parents=True, exist_ok=True, mode=0o700)
        imap = await self._serve_imap()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._smtp, HOST, 0)
        self._ending.callback(server.close)
        self.counter = Counter(imap, server.sockets[0].getsockname()[1], self._password)
        return self.counter

    async def close(self) -> None:
        """Close both counters; mail that lies there stays."""
        for task in self._thinking:
            task.cancel()
        await asyncio.gather(*self._thinking, return_exceptions=True)
        await self._ending.aclose()
        for talk in self._talks:
            if isinstance(talk.transport, asyncio.Transport):
                talk.transport.abort()

    async def _serve_imap(self) -> int:
        parser = ArgumentParser()
        MaildirBackend.add_subparser("maildir", parser.add_subparsers())
        IMAPService.add_arguments(parser)
        parser.set_defaults(skip_services=[], passlib_cfg=None, debug=False)
        port = await asyncio.to_thread(_free_port)
        options = ["--host", HOST, "--port", str(port), "--no-tls", "maildir", str(self._folder / "mailbox")]
        backend, config = await MaildirBackend.init(parser.parse_args(options))
        config.apply_context()
        (self._folder / "mailbox" / "users").touch()
        known = await Passwords(config).hash_password(self._password)
        box = Identity(config, backend.login.tokens, BOX, None, {"admin"})
        await box.set(UserMetadata(config, BOX, password=known))
        await backend.start(self._ending)
        await IMAPService(backend, config).start(self._ending)
        return port

    def _smtp(self) -> SMTP:
        self._talks = [one for one in self._talks if one.transport is not None]
        self._talks.append(SMTP(self, hostname="post.invalid", auth_require_tls=False, authenticator=self._may_send))
        return self._talks[-1]

    def _may_send(self, _server: object, _session: object, _envelope: object, _how: str, said: object) -> AuthResult:
        known = (BOX.encode(), self._password.encode())
        return AuthResult(success=isinstance(said, LoginPassword) and (said.login, said.password) == known)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message: each recipient is ours or outside."""
        raw = envelope.original_content or b""
        recipients = {str(one).lower() for one in envelope.rcpt_tos}
        try:
            home = {one for one in recipients if one.rpartition("@")[2] in self._ours}
            if home:
                await asyncio.to_thread(self._deliver, raw)
            if recipients - home:
                await asyncio.to_thread(self._carry_out, raw)
        except OSError as error:
            log.warning("the demo's post office keeps nothing: %s", error)
            return "451 4.3.0 No room here now"
        if parseaddr(self._letter.sender)[1].lower() in recipients:
            task = asyncio.get_running_loop().create_task(self._answer(raw))
            self._thinking.add(task)
            task.add_done_callback(self._thinking.discard)
        return "250 2.0.0 Taken"

    async def _answer(self, raw: bytes) -> None:
        """The customer answers a person once in each conversation, a machine never (RFC 3834)."""
        said = message_from_bytes(raw, policy=policy.default)
        references = str(said.get("References") or said.get("In-Reply-To") or "").split()
        begun = references[0] if references else str(said["Message-ID"])
        if str(said.get("Auto-Submitted", "no")).lower() != "no" or begun in self._answered:
            return
        self._answered.add(begun)
        await asyncio.sleep(THINKS_S)
        answer = write(self._letter, str(said["Subject"] or self._letter.subject), self._letter.answer)
        answer["In-Reply-To"] = said["Message-ID"]
        answer["References"] = " ".join([*references, str(said["Message-ID"])])
        answer.replace_header("To", str(said.get("Reply-To") or said["From"]))
        await asyncio.to_thread(self._deliver, answer.as_bytes())

    def _deliver(self, raw: bytes) -> None:
        with IMAPClient(HOST, self.counter.imap_port, ssl=False, timeout=10) as client:
            client.login(BOX, self._password)
            client.append("INBOX", raw)

    def _carry_out(self, raw: bytes) -> None:
        number = sum(1 for _ in (self._folder / "outside").iterdir()) + 1
        (self._folder / "outside" / f"{number:05}.eml").write_bytes(raw)


async def hand_in(counter: Counter, letter: Letter) -> None:
    """The customer's letter comes in, as any mail from outside; raises MailboxAwayError when nobody takes it."""
    client = Client(
        hostname=HOST, port=counter.smtp_port, username=BOX, password=counter.password, start_tls=False, timeout=10
    )
    try:
        async with client:
            await client.send_message(write(letter, letter.subject, letter.words))
    except (SMTPException, OSError) as error:
        raise MailboxAwayError(str(error)) from error


def write(letter: Letter, subject: str, words: str) -> EmailMessage:
    """A message of the customer."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"], message["Subject"] = letter.sender, letter.to, subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=parseaddr(letter.sender)[1].rpartition("@")[2])
    message.set_content(words)
    return message


def letter_of(story: dict[str, Any], language: str) -> Letter:
    """The letter of a story in one language."""
    told = story["letter"]
    return Letter(told["from"], told["to"], *(told[part][language] for part in ("subject", "says", "answers")))


def keep_counter(file: Path, counter: Counter) -> None:
    """Say on this machine where the post office is, to its user alone."""
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(counter)), "utf-8")


def find_counter(file: Path) -> Counter | None:
    """Where the post office is, if one was opened."""
    return Counter(**json.loads(file.read_text("utf-8"))) if file.exists() else None


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
