"""Words for mail's codes: fates, reasons, steps of a test, conditions, actions."""

from PySide6.QtCore import QCoreApplication

from app.desk.email_hub import Way
from app.desk.mail_ledger import Fate
from app.desk.mail_rules import Action, How, On, Would
from ui.theme.tokens import Tone


def fate_words(fate: str | None) -> tuple[str, Tone]:
    """What became of a message."""
    return {
        Fate.CASE.value: (QCoreApplication.translate("Mail", "case"), Tone.OK),
        Fate.FOLLOW_UP.value: (QCoreApplication.translate("Mail", "follow-up"), Tone.ACCENT),
        Fate.IGNORED.value: (QCoreApplication.translate("Mail", "ignored"), Tone.NEUTRAL),
        Fate.QUARANTINED.value: (QCoreApplication.translate("Mail", "quarantine"), Tone.BAD),
        Fate.AUTO_REPLY.value: (QCoreApplication.translate("Mail", "automatic reply"), Tone.VIOLET),
        Fate.BOUNCE.value: (QCoreApplication.translate("Mail", "bounce"), Tone.WARN),
        Fate.OWN_LOOP.value: (QCoreApplication.translate("Mail", "own loop"), Tone.NEUTRAL),
        Fate.UNPARSEABLE.value: (QCoreApplication.translate("Mail", "unreadable"), Tone.BAD),
    }.get(fate or "", (QCoreApplication.translate("Mail", "waits for the hub"), Tone.WARN))


def reason_words(reason: str) -> str:
    """Why a message has its fate; several reasons stand behind one another."""
    known = {
        "new_case": QCoreApplication.translate("Mail", "It answers nothing and its sender has no open case."),
        "rule": QCoreApplication.translate("Mail", "A rule of the team decided."),
        "wanted": QCoreApplication.translate("Mail", "An agent made it a case."),
        "token": QCoreApplication.translate("Mail", "It answers a mail of ours."),
        "reference": QCoreApplication.translate("Mail", "It belongs to a conversation that is known."),
        "case_number": QCoreApplication.translate("Mail", "Its subject names the case."),
        "stranger_in_thread": QCoreApplication.translate("Mail", "It answers a mail of ours, from a new address."),
        "open_case": QCoreApplication.translate("Mail", "Its sender has an open case."),
        "second_route": QCoreApplication.translate("Mail", "The same mail came to another team as well."),
        "unknown_sender": QCoreApplication.translate("Mail", "The sender is unknown, the team takes known contacts."),
        "no_sender": QCoreApplication.translate("Mail", "It names no sender."),
        "auto_reply": QCoreApplication.translate("Mail", "A machine answered."),
        "delivery_report": QCoreApplication.translate("Mail", "A server reports that a mail did not arrive."),
        "own_message": QCoreApplication.translate("Mail", "It is a mail of ours that came back."),
        "too_deep": QCoreApplication.translate("Mail", "Its parts are nested too deeply to be followed."),
        "unreadable": QCoreApplication.translate("Mail", "It could not be read. All of its bytes are kept."),
        "too_many_attempts": QCoreApplication.translate("Mail", "Reading it failed several times. Its bytes are kept."),
    }  # fmt: skip
    return " ".join(known.get(part, part) for part in reason.split(",") if part)


def step_words(step: str) -> str:
    """A step of a mailbox's test."""
    return {
        "server": QCoreApplication.translate("Mail", "Server reached"),
        "sign_in": QCoreApplication.translate("Mail", "Sign-in"),
        "folder": QCoreApplication.translate("Mail", "Folder"),
        "sending": QCoreApplication.translate("Mail", "Server that sends (SMTP)"),
        "sender": QCoreApplication.translate("Mail", "Sender address"),
    }.get(step, step)


def step_help(step: str) -> str:
    """What to do about a step that failed."""
    return {
        "server": QCoreApplication.translate("Mail", "Check the server’s name, its port and the encryption."),
        "sign_in": QCoreApplication.translate("Mail", "Check the name of the account and its password."),
        "folder": QCoreApplication.translate("Mail", "Check the name of the folder, capital letters included."),
        "sending": QCoreApplication.translate("Mail", "Check the server that sends, and that the account may send."),
        "sender": QCoreApplication.translate("Mail", "The server does not let this account send from this address."),
    }.get(step, "")  # fmt: skip


def action_words(action: Action) -> tuple[str, Tone, str]:
    """An action with its meaning under it."""
    return {
        Action.IGNORE: (
            QCoreApplication.translate("Mail", "Ignore"), Tone.NEUTRAL,
            QCoreApplication.translate("Mail", "No new case; answers to a case still reach it."),
        ),
        Action.ROUTE_TO_TEAM: (
            QCoreApplication.translate("Mail", "Route to team"), Tone.VIOLET,
            QCoreApplication.translate("Mail", "The case arrives there unassigned."),
        ),
        Action.ROUTE_TO_AGENT: (
            QCoreApplication.translate("Mail", "Route to agent"), Tone.ACCENT,
            QCoreApplication.translate("Mail", "The case is assigned at once."),
        ),
        Action.CREATE_CASE: (
            QCoreApplication.translate("Mail", "Create a new case"), Tone.OK,
            QCoreApplication.translate("Mail", "Even where the customer has an open one."),
        ),
    }[action]  # fmt: skip


def on_words(on: On) -> tuple[str, str]:
    """What a condition looks at, and an example of its value."""
    return {
        On.SENDER: (QCoreApplication.translate("Mail", "Sender"), "newsletter@, Durand"),
        On.DOMAIN: (QCoreApplication.translate("Mail", "Domain"), "example.com"),
        On.RECIPIENT: (QCoreApplication.translate("Mail", "Recipient"), "parts@example.com"),
        On.SUBJECT: (QCoreApplication.translate("Mail", "Subject"), QCoreApplication.translate("Mail", "part, order")),
        On.BODY: (QCoreApplication.translate("Mail", "Text"), QCoreApplication.translate("Mail", "unsubscribe")),
        On.HEADER: (QCoreApplication.translate("Mail", "Header"), "X-Priority: 1"),
        On.ATTACHMENT: (QCoreApplication.translate("Mail", "Attachment"), "PDF, XLSX"),
        On.SEGMENT: (QCoreApplication.translate("Mail", "Customer segment"), "Gold"),
        On.OPEN_CASE: (QCoreApplication.translate("Mail", "Open case"), ""),
    }[on]


def how_words(on: On, how: How) -> str:
    """A comparison."""
    if on is On.OPEN_CASE:
        there = QCoreApplication.translate("Mail", "there is one")
        return there if how is How.IS else QCoreApplication.translate("Mail", "there is none")
    return {
        How.IS: QCoreApplication.translate("Mail", "is"),
        How.IS_NOT: QCoreApplication.translate("Mail", "is not"),
        How.CONTAINS: QCoreApplication.translate("Mail", "contains"),
        How.CONTAINS_NOT: QCoreApplication.translate("Mail", "does not contain"),
    }[how]


def would_words(would: Would, target: str) -> tuple[str, str]:
    """What a dry run says of one mail, and in which ink."""
    return {
        Would.NO_CHANGE: (QCoreApplication.translate("Mail", "no change"), "text2"),
        Would.EARLIER_RULE: (QCoreApplication.translate("Mail", "an earlier rule decides"), "text2"),
        Would.IGNORED: (QCoreApplication.translate("Mail", "ignored"), "text"),
        Would.OTHER_TEAM: (target, "violet"),
        Would.ASSIGNED: (target, "accent"),
        Would.NEW_CASE: (QCoreApplication.translate("Mail", "a new case"), "ok"),
        Would.UNROUTED: (QCoreApplication.translate("Mail", "this team, unassigned"), "text"),
        Would.OTHER_RULE: (QCoreApplication.translate("Mail", "another rule decides"), "text"),
    }[would]


def steps_of(way: Way | None) -> tuple[str, ...]:
    """What to do, step by step, for one way of setting up."""
    if way is Way.MICROSOFT:
        return (
            QCoreApplication.translate(
                "Mail", "In the Microsoft 365 admin centre, make a shared mailbox for the team, or choose one."
            ),
            QCoreApplication.translate(
                "Mail",
                "In Entra, register an application with the permissions Mail.ReadWrite and Mail.Send (application), "
                "and have an administrator consent. An access policy can keep it to this one mailbox.",
            ),
            QCoreApplication.translate(
                "Mail", "Copy tenant, application and client secret here: no server and no password are needed."
            ),
            QCoreApplication.translate("Mail", "Press “Save and test”: each step says what it found."),
        )
    if way is Way.COMPANY:
        return (
            QCoreApplication.translate(
                "Mail", "Ask your IT for a mailbox that works, such as support@your-company; a shared one is fine."
            ),
            QCoreApplication.translate("Mail", "Have its servers, ports, account and password at hand."),
            QCoreApplication.translate("Mail", "Add the mailbox here and press “Save and test”."),
            QCoreApplication.translate("Mail", "Mail leaves from your own domain and is answered there."),
        )
    return (
        QCoreApplication.translate("Mail", "Copy the team’s generated address from the list of addresses."),
        QCoreApplication.translate("Mail", "Write it to customers, or forward an existing address to it."),
        QCoreApplication.translate("Mail", "Nothing else is to be set up: mail to it reaches the team."),
    )
