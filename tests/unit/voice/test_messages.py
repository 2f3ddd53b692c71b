"""Every message crosses the process border and comes back the same; nonsense is refused, never fatal."""

import json
import types
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import phone, phone_events
from app.phone import messages
from app.phone.codec import UnreadableError, from_json, to_json
from app.phone.messages import Command, Notice, Reply, Request, read_from_desk, read_from_phone, write_line

COMMANDS = st.one_of([st.from_type(kind) for kind in get_args(Command)])
EVENTS = st.one_of([st.from_type(kind) for kind in get_args(phone_events.PhoneEvent)])


@given(st.builds(Request, st.integers(0), COMMANDS))
def test_commands_arrive_as_they_were_sent(request: Request) -> None:
    line = write_line(request)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert write_line(read_from_desk(line)) == line


@given(st.builds(Notice, st.integers(0), EVENTS))
def test_events_arrive_as_they_were_sent(notice: Notice) -> None:
    line = write_line(notice)
    back = read_from_phone(line)
    assert isinstance(back, Notice)
    assert type(back.event) is type(notice.event)
    assert write_line(back) == line  # a NaN does not equal itself, its line does


@given(st.builds(Reply))
def test_replies_arrive_as_they_were_sent(reply: Reply) -> None:
    line = write_line(reply)
    assert write_line(read_from_phone(line)) == line


def test_every_event_and_command_is_covered() -> None:
    for alias in (Command, phone_events.PhoneEvent):
        assert isinstance(alias, types.UnionType)
        names = [kind.__name__ for kind in get_args(alias)]
        assert len(set(names)) == len(names), "unions are told apart by name"


@given(st.binary())
def test_noise_is_unreadable_and_no_more(line: bytes) -> None:
    for read in (read_from_desk, read_from_phone):
        with pytest.raises(UnreadableError):
            read(line)


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.sampled_from(["is", "id", "command", "event"]), children),
)


@given(JSON)
def test_json_of_another_shape_is_unreadable_and_no_more(value: Any) -> None:
    for read in (read_from_desk, read_from_phone):
        with pytest.raises(UnreadableError):
            read(json.dumps(value).encode())


def test_a_newer_side_may_say_more_and_an_older_one_less() -> None:
    said = to_json(phone.PhoneOptions())
    del said["ring"]
    said["new"] = 1
    assert from_json(phone.PhoneOptions, said) == phone.PhoneOptions()


@pytest.mark.parametrize(
    "wrong", [{"is": "Dial", "target": 5}, {"is": "Dial"}, {"is": "Nothing"}, {"is": ["x"]}, 5, None]
)
def test_a_wrong_field_is_told(wrong: Any) -> None:
    with pytest.raises(UnreadableError):
        read_from_desk(json.dumps({"is": "Request", "id": 1, "command": wrong}).encode())


def test_the_version_is_part_of_the_hello() -> None:
    assert messages.VERSION in to_json(messages.Hello(messages.VERSION, "t")).values()
