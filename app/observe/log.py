"""Logging: one rotating file a process, nothing secret in it, switches for looking closer."""

import logging
import logging.handlers
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

FORMAT = "%(asctime)s.%(msecs)03d %(levelname)-7s %(process)d %(name)s: %(message)s"
LARGEST_FILE = 4 * 1024 * 1024
KEPT_FILES = 5

# GUICHET_DEBUG=sql,feed: which loggers a switch opens.
SWITCHES: Mapping[str, tuple[str, ...]] = {
    "sql": ("sqlalchemy.engine",),
    "sip": ("app.phone",),
    "ari": ("app.switch",),
    "feed": ("app.store.feed", "app.desk"),
}

HIDDEN = "…"
SECRETS = (
    # a SCRAM verifier is as good as a password to whoever wants to guess it
    (re.compile(r"SCRAM-SHA-256\$[^\s'\",)]+"), f"SCRAM-SHA-256${HIDDEN}"),
    (re.compile(r"(?<=://)([^\s:/@'\"]*):[^\s@'\"]+@"), rf"\1:{HIDDEN}@"),
    (
        re.compile(r"(?i)\b(authorization['\"]?\s*[:=]\s*['\"]?)(?:(?:basic|bearer|digest)\s+)?[^\s'\"]+"),
        rf"\1{HIDDEN}",
    ),
    (
        re.compile(
            r"(?i)((?:password|passwd|passphrase|secret|token|api_?key)['\"]?\s*(?:[:=]|\s(?='))\s*)"
            r"(?:'[^']*'|\"[^\"]*\"|[^\s,;)}'\"]+)"
        ),
        rf"\1{HIDDEN}",
    ),
)
# Seven digits and more, as people write numbers; the last two stay, to tell calls apart.
PHONE_NUMBER = re.compile(r"(?<![\w.:-])(\+?\(?\d(?:[ ().-]{0,2}\d){4,13})([ ().-]{0,2}\d[ .-]?\d)(?![\w:-])")


class RedactingFormatter(logging.Formatter):
    """Writes a record, its traceback included, without passwords and, if asked, without phone numbers."""

    def __init__(self, *, hide_phone_numbers: bool = False) -> None:
        """Take whether callers' numbers stay out of the log."""
        super().__init__(FORMAT, datefmt="%Y-%m-%d %H:%M:%S")
        self._hide_phone_numbers = hide_phone_numbers

    def format(self, record: logging.LogRecord) -> str:
        """Give the whole text, redacted; the time and the logger's name before the colon hold no number."""
        head, colon, body = super().format(record).partition(": ")
        return f"{head}{colon}{redacted(body, hide_phone_numbers=self._hide_phone_numbers)}"


def redacted(text: str, *, hide_phone_numbers: bool = False) -> str:
    """Give the text with passwords, tokens, SCRAM verifiers and, if asked, phone numbers replaced by …."""
    for pattern, shown in SECRETS:
        text = pattern.sub(shown, text)
    return PHONE_NUMBER.sub(rf"{HIDDEN}\2", text) if hide_phone_numbers else text


def set_up_logging(
    process: str, folder: Path, *, hide_phone_numbers: bool = False, environ: Mapping[str, str] | None = None
) -> Path:
    """Send this process's log to `folder/process.log` and its warnings to stderr; gives the file.

    `process` must be one process's name alone (`hub`, `desk-anna`): two writers cannot share a rotating file.
    """
    environ = os.environ if environ is None else environ
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{process}.log"
    formatter = RedactingFormatter(hide_phone_numbers=hide_phone_numbers)
    kept = logging.handlers.RotatingFileHandler(file, maxBytes=LARGEST_FILE, backupCount=KEPT_FILES, encoding="utf-8")
    file.chmod(0o600)
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, RedactingFormatter):  # set up before, with other wishes
            root.removeHandler(handler)
            handler.close()
    for handler in (kept, shown):
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    open_switches(environ.get("GUICHET_DEBUG", ""))
    return file


def open_switches(wanted: str) -> None:
    """Open the loggers that a comma-separated list of switches names; an unknown one is said in the log."""
    for switch in filter(None, (word.strip() for word in wanted.split(","))):
        if switch not in SWITCHES:
            known = ", ".join(sorted(SWITCHES))
            logging.getLogger(__name__).warning("GUICHET_DEBUG: %r is unknown, take some of %s.", switch, known)
            continue
        for name in SWITCHES[switch]:
            logging.getLogger(name).setLevel(logging.DEBUG)
