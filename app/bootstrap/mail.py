"""The hub's mail joined with its adapters; each is imported for mailboxes of its kind alone (exchangelib: 0.4 s)."""

import sys

from app.hub.mail import MailPorts, MailRoom
from app.hub.mail_requests import MailDesk, RequestPorts
from app.hub.supervisor import Worker
from app.mail.acknowledging import acknowledgement
from app.mail.reading import read
from app.services.mail_requests import CodeSignIn, Inspector
from app.services.mailboxes import Bearer, Mailbox, Source
from app.services.outbox import Transport
from app.store.ledger import PostgresLedger
from app.store.mail_past import PostgresPastMail
from app.store.mail_requests import PostgresMailRequests
from app.store.mail_settling import PostgresMailDesk
from app.store.mailboxes import MailboxTokens, mark_mailbox, read_mailboxes
from app.store.outbox import PostgresOutbox
from app.store.session import Database


def mail_ports(database: Database) -> MailPorts:
    """What the hub's mail works with."""
    return MailPorts(
        ledger=PostgresLedger(database),
        outbox=PostgresOutbox(database),
        mailboxes=lambda: read_mailboxes(database),
        mark=lambda mailbox, state, said: mark_mailbox(database, mailbox, state, said),
        settle=PostgresMailDesk(database, acknowledgement).settle,
        read=read,
        source=lambda mailbox: source_of(mailbox, database),
        transport=lambda mailbox: transport_of(mailbox, database),
    )


def mail_desk(database: Database) -> MailDesk:
    """Who answers what desks ask about mail."""
    return MailDesk(
        RequestPorts(
            requests=PostgresMailRequests(database),
            mailboxes=lambda: read_mailboxes(database),
            inspector=lambda mailbox: inspector_of(mailbox, database),
            read=read,
            sign_in=lambda mailbox: sign_in_of(mailbox, database),
            past=PostgresPastMail(database),
        )
    )


def mail_workers(database: Database, ports: MailPorts | None = None) -> tuple[Worker, ...]:
    """What the hub does for mail, for as long as it runs; nothing where no mailbox is set up."""
    # Mails are read in a thread: what waits for the loop meanwhile, a call above all, gets it after half a millisecond.
    sys.setswitchinterval(0.0005)
    room = MailRoom(ports or mail_ports(database))
    return (
        Worker("mail asked", mail_desk(database).run),
        Worker("mail in", room.read_mailboxes),
        Worker("mail settled", room.settle_ledger),
        Worker("mail out", room.send_outbox),
    )


def source_of(mailbox: Mailbox, database: Database) -> Source:
    """The way in of a mailbox, by its kind."""
    match mailbox.kind:
        case "ews":
            from app.mail.ews import EwsSource

            return EwsSource(mailbox)
        case "graph":
            from app.mail.graph import GraphSource

            return GraphSource(mailbox, MailboxTokens(database, mailbox.id))
        case _:
            from app.mail.imap import ImapSource

            return ImapSource(mailbox, bearer=_bearer(mailbox, database))


def transport_of(mailbox: Mailbox, database: Database) -> Transport:
    """The way out of a mailbox, by its kind."""
    match mailbox.kind:
        case "ews":
            from app.mail.ews_sending import EwsTransport

            return EwsTransport(mailbox)
        case "graph":
            from app.mail.graph_sending import GraphTransport

            return GraphTransport(mailbox, MailboxTokens(database, mailbox.id))
        case _:
            from app.mail.smtp import SmtpTransport

            return SmtpTransport(mailbox, bearer=_bearer(mailbox, database))


def inspector_of(mailbox: Mailbox, database: Database) -> Inspector:
    """Who looks at a mailbox for the one who sets it up, by its kind."""
    if mailbox.kind == "imap" and mailbox.sign_in == "password":
        from app.mail.checking import ImapInspector

        return ImapInspector(mailbox)
    from app.mail.checking_source import SourceInspector

    return SourceInspector(source_of(mailbox, database))


def sign_in_of(mailbox: Mailbox, database: Database) -> CodeSignIn:
    """Who signs a mailbox in by a code that is typed once."""
    from app.mail.microsoft import MicrosoftSignIn

    return MicrosoftSignIn(mailbox, MailboxTokens(database, mailbox.id))


def _bearer(mailbox: Mailbox, database: Database) -> Bearer | None:
    if mailbox.sign_in == "password":
        return None
    from app.mail.microsoft import MicrosoftSignIn

    return MicrosoftSignIn(mailbox, MailboxTokens(database, mailbox.id)).token
