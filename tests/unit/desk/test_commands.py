"""The registry: keys obey the rules of DESK.md, commands run where they make sense."""

import re

import pytest

from app.desk.commands import COMMANDS, CommandRegistry, matching, why_no_key

TWELVE = {
    "call.answer": "F2", "call.hold": "F3", "call.mute": "F4", "call.keypad": "F5", "call.transfer": "F6",
    "call.consult": "F7", "call.merge": "Shift+F7", "call.hang_up": "F8", "case.note": "Ctrl+Shift+N",
    "call.wrap_up": "Ctrl+Shift+D", "case.new": "Ctrl+N", "case.reply": "Ctrl+R", "case.solve": "Ctrl+Shift+Return",
    "task.remind": "Ctrl+Shift+R", "reminder.dial": "F9", "customer.find": "Ctrl+F", "palette": "Ctrl+K",
    "call.listen": "Shift+F2", "call.whisper": "Shift+F3", "call.barge": "Shift+F4", "state": "Ctrl+Shift+S",
    "mail.send": "Ctrl+Return", "mail.send_wait": "Alt+Return", "mail.send_solve": "Ctrl+Shift+Return",
}  # fmt: skip
TAKEN_BY_INPUT_METHODS = {"Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+F9", "Ctrl+F10"}


@pytest.mark.parametrize(("command", "key"), TWELVE.items())
def test_the_twelve_acts_have_their_keys(command: str, key: str) -> None:
    assert CommandRegistry().key(command) == key


def test_keys_work_on_every_keyboard_and_while_typing() -> None:
    keys = [command.key for command in COMMANDS if command.key]
    shared = {key: {command.id for command in COMMANDS if command.key == key} for key in keys}
    # On the board a key does to the chosen call what it does to my own one, and to a chat where no call is in hand;
    # the two are never available together.
    assert sorted(map(sorted, (ids for ids in shared.values() if len(ids) > 1))) == [
        ["call.answer", "call.take", "chat.accept"], ["call.hang_up", "chat.decline"], ["call.leave", "call.listen"],
        ["call.move", "call.transfer", "chat.hand_over"], ["case.solve", "mail.send_solve"],
    ]  # fmt: skip
    assert not [key for key in keys if key.startswith("Ctrl+Alt+") or key in TAKEN_BY_INPUT_METHODS]
    assert not [key for key in keys if re.fullmatch(r"(.*\+)?[0-9/?.\[#]", key)]
    assert not [key for key in keys if re.fullmatch(r"(Shift\+)?[A-Za-z]|Return|Space|Esc", key)]


def test_a_command_without_effect_is_shown_nowhere() -> None:
    registry, ran = CommandRegistry(), []
    assert registry.bound() == ()
    assert not registry.run("case.new")
    registry.bind("case.new", lambda: ran.append("new"), lambda: bool(ran))
    assert [command.id for command in registry.bound()] == ["case.new"]
    assert not registry.run("case.new")
    ran.append("ready")
    assert registry.run("case.new")
    registry.unbind("case.new")
    assert ran == ["ready", "new"]
    assert registry.bound() == ()


def test_a_key_can_be_changed_but_never_shared() -> None:
    kept: dict[str, str] = {}
    registry = CommandRegistry(keys={"help": "F12"}, keep=kept.__setitem__)
    assert registry.key("help") == "F12"
    assert registry.change_key("help", "F2") == "call.answer"
    assert registry.key("help") == "F12"
    assert registry.change_key("help", "F11") == ""
    assert registry.key("help") == "F11"
    assert kept == {"help": "F11"}


@pytest.mark.parametrize("key", ["F12", "Ctrl+J", "Alt+Up", "Shift+F11", "Ctrl+Shift+Return"])
def test_a_key_that_types_nothing_can_be_taken(key: str) -> None:
    assert why_no_key(key) == ""


@pytest.mark.parametrize("key", ["A", "Shift+A", "Ctrl+Alt+E", "Ctrl+1", "Ctrl+/", "Return", "Space", "Ctrl+Shift+U"])
def test_a_key_that_types_or_is_taken_is_refused_in_words(key: str) -> None:
    assert why_no_key(key).endswith(".")


def test_titles_are_found_by_words_without_accents() -> None:
    titles = {"a": "Créer une équipe", "b": "Équipe suivante", "c": "Dossier"}
    assert matching(titles, "equipe") == ("b", "a")
    assert matching(titles, "une creer") == ("a",)
    assert matching(titles, "") == ("a", "b", "c")
