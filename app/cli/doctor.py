"""guichetctl doctor: what is installed, running, reachable and wrong here, and how to mend it."""

import argparse
import json
import sys
from dataclasses import asdict

from app.cli.doctor_checks import CHECKS, Finding, Installation, Verdict
from app.settings.paths import profile_paths

MARKS = {Verdict.GOOD: "✓", Verdict.NOTE: "–", Verdict.WRONG: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer the report for programs."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Make every check and show what was found; 1 when something is wrong."""
    installation = Installation(arguments.profile, profile_paths(arguments.profile))
    findings = [check(installation) for check in CHECKS]
    wrong = [finding for finding in findings if finding.verdict is Verdict.WRONG]
    if arguments.json:
        print(json.dumps({"healthy": not wrong, "findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        _show(findings, len(wrong))
    return int(bool(wrong))


def _show(findings: list[Finding], wrong: int) -> None:
    marks = MARKS if "utf" in (sys.stdout.encoding or "").lower() else {Verdict.GOOD: "ok", Verdict.NOTE: "--"}
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        print(f"{marks.get(finding.verdict, '!!')} {finding.what:<{width}}  {finding.found}")
        if finding.mend:
            print(f"  {'':<{width}}  → {finding.mend}")
    print("\nNothing is wrong." if not wrong else f"\n{wrong} to mend." if wrong > 1 else "\nOne thing to mend.")
