"""guichetctl mail: how mails are understood, without any server; what the ledger holds, and a replay."""

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from app.domain.mail import Mail, MailAddress, Verdict
from app.settings.errors import MendableError

_NOTHING = Mail(None, "", None, (), (), None, "", "", None, (), Verdict.UNPARSEABLE, notices=("unreadable",))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`parse` with the files of mails, `ledger`, `replay` with message ids or none, and the form of the answer."""
    told = (
        "parse: what each mail says and what kind of mail it is; ledger: how many messages of each mailbox have which "
        "fate; replay: read what was unreadable once more"
    )
    parser.add_argument("what", choices=["parse", "ledger", "replay"], help=told)
    parser.add_argument("files", nargs="*", metavar="FILE", help="raw mails (RFC 5322); for replay: Message-IDs")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; it needs no server to parse."""
    if arguments.what == "ledger":
        return _ledger(arguments)
    if arguments.what == "replay":
        return _replay(arguments)
    if not arguments.files:
        raise MendableError("Name at least one file: guichetctl mail parse FILE…")
    return _parse(arguments)


def _ledger(arguments: argparse.Namespace) -> int:
    from app.bootstrap.ledger_tools import figures
    from app.domain.plain import to_plain

    found = asyncio.run(figures(arguments.profile))
    for one in found:
        shown = f"{one.messages:>9}  {one.fate or '-':<12}  {one.mailbox}"
        print(json.dumps(to_plain(one), ensure_ascii=False) if arguments.json else shown)
    if not found and not arguments.json:
        print("No mailbox is set up.")
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    from app.bootstrap.ledger_tools import replay_unparseable

    count = asyncio.run(replay_unparseable(arguments.profile, arguments.files))
    print(json.dumps({"replayed": count}) if arguments.json else f"{count} unreadable messages wait to be read again.")
    return 0


def _parse(arguments: argparse.Namespace) -> int:
    """Show every mail, a bad one as such; a file that cannot be opened has its line too, and its reason aside."""
    from app.mail.reading import read

    # File names need not be UTF-8; what they hold of other bytes is shown as JSON can say it.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for file in arguments.files:
        try:
            mail = read(Path(file).read_bytes())
        except (OSError, ValueError, MemoryError) as error:
            print(f"{file}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
            mail = _NOTHING
        print(json.dumps(plain(file, mail), ensure_ascii=False) if arguments.json else _page(file, mail))
    return 0


def plain(file: str, mail: Mail) -> dict[str, Any]:
    """One mail as JSON has it; what is absent is null."""
    return {
        "file": file,
        "message_id": mail.message_id,
        "subject": mail.subject or None,
        "from": _party(mail.sender) if mail.sender else None,
        "to": [_party(party) for party in mail.to],
        "cc": [_party(party) for party in mail.cc],
        "date": mail.date.isoformat().replace("+00:00", "Z") if mail.date else None,
        "text": mail.text or None,
        "full_text": mail.full_text or None,
        "html": mail.html,
        "attachments": [
            {
                "name": part.name,
                "content_type": part.content_type,
                "size": len(part.data),
                "sha256": part.sha256,
                "inline": part.inline,
            }
            for part in mail.parts
        ],
        "verdict": mail.verdict.value,
        "bounce": [
            {"recipient": report.recipient, "status": report.status or None, "permanent": report.permanent}
            for report in mail.reports
        ],
        "thread": {
            "in_reply_to": mail.thread.in_reply_to[0] if mail.thread.in_reply_to else None,
            "references": list(mail.thread.references),
            "case_token": mail.thread.token or (str(mail.thread.case_number) if mail.thread.case_number else None),
        },
        "notices": list(mail.notices),
        "trackers": list(mail.trackers),
    }


def _party(party: MailAddress) -> dict[str, str | None]:
    return {"name": party.name or None, "address": party.address}


def _page(file: str, mail: Mail) -> str:
    sender = f"{mail.sender.name} <{mail.sender.address}>".strip() if mail.sender else "nobody"
    lines = [f"{file}: {mail.verdict.value}", f"  {mail.subject}", f"  from {sender}"]
    lines += [f"  file {part.name or '-'} ({part.content_type}, {len(part.data)} bytes)" for part in mail.parts]
    lines += [f"  {r.recipient}: {r.status}{' permanent' if r.permanent else ''}" for r in mail.reports]
    return "\n".join([*lines, *(f"  | {line}" for line in mail.text.splitlines())])
