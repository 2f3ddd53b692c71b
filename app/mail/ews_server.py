"""One connection to an Exchange server of one's own, by EWS; nothing that it is asked is ever asked twice.

exchangelib's services are used one by one: its fault tolerance sends a message again when the answer was lost, and
opening folders by its objects costs requests that the well-known names of folders do not need.
"""

import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from exchangelib import DELEGATE, UTC, Configuration, Credentials, FailFast
from exchangelib.account import Account
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorAccountDisabled,
    ErrorFolderNotFound,
    ErrorInternalServerTransientError,
    ErrorNonExistentMailbox,
    ErrorServerBusy,
    ErrorTimeoutExpired,
    EWSError,
    RedirectError,
    UnauthorizedError,
)
from exchangelib.properties import DistinguishedFolderId, FolderId
from exchangelib.properties import Mailbox as EwsMailbox
from exchangelib.protocol import Protocol
from exchangelib.version import EXCHANGE_2013_SP1, Version

from app.mail.ews_services import FoldersByName
from app.mail.trust import TlsAdapter
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError

ANSWER_S = 60
_REFUSED = (
    UnauthorizedError,
    ErrorAccessDenied,
    ErrorAccountDisabled,
    ErrorFolderNotFound,
    ErrorNonExistentMailbox,
    RedirectError,
)


class _Policy(FailFast):  # type: ignore[misc]
    """Fails at once, and says how long a server that is busy wants to be left alone."""

    def raise_response_errors(self, response: Any) -> None:
        patience = _seconds(response.headers)
        if response.status_code == 429 or (response.status_code == 503 and patience is not None):
            raise ErrorServerBusy(f"HTTP {response.status_code}", back_off=patience)
        if response.status_code in (403, 404):
            raise UnauthorizedError(f"HTTP {response.status_code} for {response.url}")
        try:
            super().raise_response_errors(response)
        except (ErrorServerBusy, ErrorInternalServerTransientError) as error:
            # A gateway that gave up: whether Exchange has done it nobody knows.
            raise ErrorTimeoutExpired(f"HTTP {response.status_code}") from error


class _Protocol(Protocol):  # type: ignore[misc]
    """Connections of one mailbox; exchangelib shares its own among all that have the same name and secret."""

    TIMEOUT = ANSWER_S

    def __init__(self, config: Configuration, tls: ssl.SSLContext) -> None:
        super().__init__(config=config)
        self._tls = tls

    def raw_session(self, prefix: str, *args: Any, **more: Any) -> Any:
        session = super().raw_session(prefix, *args, **more)
        # Neither a proxy nor a bundle of certificates that somebody meant for something else.
        session.trust_env = False
        session.mount(prefix, TlsAdapter(self._tls))
        return session


def connect(mailbox: Mailbox, tls: ssl.SSLContext | None = None) -> Account:
    """The mailbox as exchangelib's services want it; the server is asked how to sign in, nothing else."""
    scheme = "http" if mailbox.security == "none" else "https"
    config = Configuration(
        service_endpoint=f"{scheme}://{mailbox.host}:{mailbox.port}/EWS/Exchange.asmx",
        credentials=Credentials(mailbox.username or mailbox.address, mailbox.secret),
        version=Version(build=EXCHANGE_2013_SP1),
        retry_policy=_Policy(),
        max_connections=1,
    )
    account = Account(mailbox.address, access_type=DELEGATE, config=config, default_timezone=UTC)
    with suppress(KeyError):
        del Protocol[config]
    account.protocol = type.__call__(_Protocol, config, tls or ssl.create_default_context())
    return account


def well_known(account: Account, name: str) -> DistinguishedFolderId:
    """A folder of this mailbox, also when it is another one's than who signs in: a shared mailbox."""
    return DistinguishedFolderId(id=name, mailbox=EwsMailbox(email_address=account.primary_smtp_address))


def folder(account: Account, path: str) -> FolderId:
    """The folder of a path below the mailbox's top, INBOX by its well-known name."""
    if path.upper() == "INBOX":
        return well_known(account, "inbox")
    found: FolderId = well_known(account, "msgfolderroot")
    for name in path.split("/"):
        children = FoldersByName(account=account).named(name, found)
        if not children:
            raise MailboxRefusedError(f"no folder {path}")
        found = children[0]
    return found


def mailbox_error(error: Exception) -> MailboxAwayError | MailboxRefusedError:
    """What the one who reads has to know of what happened."""
    if isinstance(error, MailboxRefusedError | MailboxAwayError):
        return error
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return MailboxRefusedError(f"certificate: {said(error)}")
    if isinstance(error, _REFUSED):
        return MailboxRefusedError(said(error))
    return MailboxAwayError(said(error), getattr(error, "back_off", None) or 0)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def said(error: BaseException) -> str:
    """The server's words with the name of its error."""
    name = type(error).__name__
    words = str(error)
    return (f"{name}: {words}" if isinstance(error, EWSError) and words else words or name)[:400]


def _seconds(headers: Any) -> float | None:
    value = headers.get("Retry-After", "")
    return float(value) if value.isdigit() else None
