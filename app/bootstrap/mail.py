"""The hub's mail joined with its adapters."""

from app.hub.mail import MailPorts, MailRoom
from app.hub.mail_requests import MailDesk, RequestPorts
from app.hub.supervisor import Worker
from app.mail.acknowledging import acknowledgement
from app.mail.checking import ImapInspector
from app.mail.imap import ImapSource
from app.mail.reading import read
from app.mail.smtp import SmtpTransport
from app.store.ledger import PostgresLedger
from app.store.mail_requests import PostgresMailRequests
from app.store.mail_settling import PostgresMailDesk
from app.store.mailboxes import mark_mailbox, read_mailboxes
from app.store.outbox import PostgresOutbox
from app.store.session import Database


def mail_workers(database: Database) -> tuple[Worker, ...]:
    """What the hub does for mail, for as long as it runs; nothing where no mailbox is set up."""
    room = MailRoom(
        MailPorts(
            ledger=PostgresLedger(database),
            outbox=PostgresOutbox(database),
            mailboxes=lambda: read_mailboxes(database),
            mark=lambda mailbox, state, said: mark_mailbox(database, mailbox, state, said),
            settle=PostgresMailDesk(database, acknowledgement).settle,
            read=read,
            source=ImapSource,
            transport=SmtpTransport,
        )
    )
    asked = MailDesk(
        RequestPorts(PostgresMailRequests(database), lambda: read_mailboxes(database), ImapInspector, read)
    )  # fmt: skip
    return (
        Worker("mail asked", asked.run),
        Worker("mail in", room.read_mailboxes),
        Worker("mail settled", room.settle_ledger),
        Worker("mail out", room.send_outbox),
    )
