import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.observe.log import RedactingFormatter, redacted, set_up_logging

SECRET = "Pa55-w0rd"


@pytest.fixture(autouse=True)
def _leave_logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://anna:{SECRET}@127.0.0.1/guichet",
        f"password={SECRET} host=x",
        f"CREATE ROLE anna PASSWORD '{SECRET}'",
        f'{{"password": "{SECRET}", "user": "anna"}}',
        f"{{'token': '{SECRET}'}}",
        f"Authorization: Basic {SECRET}",
        f"api_key: {SECRET}",
        f"PASSWORD 'SCRAM-SHA-256$4096:{SECRET}==$x:y'",
        f"verifier SCRAM-SHA-256$4096:{SECRET}==$abc=:def= was refused",
    ],
)
def test_secrets_do_not_reach_the_log(text: str) -> None:
    assert SECRET not in redacted(text)


@pytest.mark.parametrize(
    "text", ["the password is wrong for anna", "http://127.0.0.1:8088/ari", "agent anna signed in at 09:30"]
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    assert redacted(text, hide_phone_numbers=True) == text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+33612345678", "…78"),
        ("06 12 34 56 78", "… 78"),
        ("+49 (30) 901820", "…20"),
        ("0612345678", "…78"),
    ],
)
def test_phone_numbers_are_hidden_if_asked(number: str, shown: str) -> None:
    assert redacted(f"call from {number} to") == f"call from {number} to"
    assert redacted(f"call from {number} to", hide_phone_numbers=True) == f"call from {shown} to"


@given(st.text())
def test_whatever_stands_around_it_a_secret_is_hidden(text: str) -> None:
    assert SECRET not in redacted(f"{text} password={SECRET} {text}", hide_phone_numbers=True)


def test_the_file_is_private_and_tracebacks_are_redacted_too(tmp_path: Path) -> None:
    file = set_up_logging("desk-anna", tmp_path / "log", environ={})
    try:
        int(f"password={SECRET}")
    except ValueError:
        logging.getLogger("app.test").exception("sign-in of %s failed", "anna")
    text = file.read_text(encoding="utf-8")
    assert "sign-in of anna failed" in text
    assert "Traceback" in text
    assert SECRET not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_setting_up_twice_writes_a_line_once(tmp_path: Path) -> None:
    set_up_logging("hub", tmp_path, environ={})
    file = set_up_logging("hub", tmp_path, environ={})
    logging.getLogger("app.test").info("one line")
    assert file.read_text(encoding="utf-8").count("one line") == 1


def test_debug_switches_open_their_loggers_only(tmp_path: Path) -> None:
    file = set_up_logging("hub", tmp_path, environ={"GUICHET_DEBUG": "sql, colour"})
    logging.getLogger("sqlalchemy.engine").debug("SELECT 1")
    logging.getLogger("app.phone").debug("REGISTER")
    text = file.read_text(encoding="utf-8")
    assert "SELECT 1" in text
    assert "REGISTER" not in text
    assert "'colour' is unknown, take some of" in text


def test_a_day_is_not_taken_for_a_number() -> None:
    record = logging.LogRecord("app.test", logging.INFO, "", 0, "called %s", ("+33612345678",), None)
    line = RedactingFormatter(hide_phone_numbers=True).format(record)
    assert line.startswith("20")
    assert line.endswith("called …78")
