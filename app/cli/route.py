"""guichetctl route: what would become of a call that has not come yet, and why."""

import argparse
import asyncio
import json
from datetime import UTC, datetime

from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`explain` with the two numbers, a time, and the form of the answer."""
    parser.add_argument("what", choices=["explain"], help="explain: the steps a call would take, with their reasons")
    parser.add_argument("--to", required=True, metavar="NUMBER", help="the number that is called")
    parser.add_argument("--from", dest="caller", default="", metavar="NUMBER", help="who calls; without it: anonymous")
    parser.add_argument("--at", default="", metavar="TIME", help="when (ISO 8601, local time without an offset)")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Explain on standard output; a number that is not ours is a sentence on standard error."""
    from app.bootstrap.explain import explain
    from app.domain.plain import to_plain
    from app.domain.refusals import Refusal, Refused

    try:
        at = datetime.fromisoformat(arguments.at).astimezone(UTC) if arguments.at else datetime.now(UTC)
    except ValueError:
        raise MendableError(f"“{arguments.at}” is not a time. Example: 2026-11-25T14:30.") from None
    try:
        told = asyncio.run(explain(arguments.profile, arguments.to, arguments.caller, at))
    except Refused as refused:
        if refused.reason is Refusal.NOT_FOUND:
            raise MendableError(f"{arguments.to} is not a number of any team.") from None
        raise MendableError(str(refused)) from None
    if arguments.json:
        print(json.dumps(to_plain(told), ensure_ascii=False, indent=2))
        return 0
    print(f"{told.to} · {told.team} · {told.at.astimezone():%Y-%m-%d %H:%M %Z}")
    if told.customer:
        print(f"from {told.caller} · {told.customer}" + (f" · case {told.case_number}" if told.case_number else ""))
    for reason, text in told.reasons:
        print(f"  {reason}{f': {text}' if text else ''}")
    for number, step in enumerate(told.steps, 1):
        print(f"{number}. {step.kind} {step.who} {f'{step.seconds} s ' if step.seconds else ''}({step.reason})")
    return 0
