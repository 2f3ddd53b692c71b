"""The one registry of what can be done: menus, shortcuts, the palette and the help page are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.text import fold


class Context(StrEnum):
    """Where a command makes sense; `CALL` ones work while a dialog is open."""

    ANYWHERE = QT_TRANSLATE_NOOP("Command", "Anywhere")
    CASE = QT_TRANSLATE_NOOP("Command", "Cases")
    CUSTOMER = QT_TRANSLATE_NOOP("Command", "Customers")
    TASKS = QT_TRANSLATE_NOOP("Command", "Tasks and reminders")
    CALL = QT_TRANSLATE_NOOP("Command", "Calls")
    SUPERVISION = QT_TRANSLATE_NOOP("Command", "Supervision")
    DEMO = QT_TRANSLATE_NOOP("Command", "Demo")
    MANAGE = QT_TRANSLATE_NOOP("Command", "Manage")


@dataclass(frozen=True, slots=True)
class Command:
    """One act: its English title (translated by the view in the context `Command`), key and icon."""

    id: str
    title: str
    key: str
    context: Context
    icon: str = ""
    within: bool = False
    """Its key is heard by the field that it belongs to: elsewhere the same key does something else."""


COMMANDS = (
    Command("palette", QT_TRANSLATE_NOOP("Command", "Search everything"), "Ctrl+K", Context.ANYWHERE, "search"),
    Command("help", QT_TRANSLATE_NOOP("Command", "Keys and help"), "F1", Context.ANYWHERE, "circle-question-mark"),
    Command("look", QT_TRANSLATE_NOOP("Command", "Light or dark"), "Ctrl+Shift+L", Context.ANYWHERE, "moon"),
    Command(
        "language",
        QT_TRANSLATE_NOOP("Command", "English or French"),
        "Ctrl+Shift+G",
        Context.ANYWHERE,
        "languages",
    ),
    Command("view.next", QT_TRANSLATE_NOOP("Command", "Next view"), "Alt+PgDown", Context.ANYWHERE, "chevron-down"),
    Command("view.previous", QT_TRANSLATE_NOOP("Command", "Previous view"), "Alt+PgUp", Context.ANYWHERE, "chevron-up"),
    Command("view.list", QT_TRANSLATE_NOOP("Command", "All views"), "Alt+V", Context.ANYWHERE, "list"),
    Command("view.new", QT_TRANSLATE_NOOP("Command", "New view"), "Alt+Shift+V", Context.ANYWHERE, "plus"),
    Command("view.edit", QT_TRANSLATE_NOOP("Command", "Edit this view"), "", Context.ANYWHERE, "pencil"),
    Command("state", QT_TRANSLATE_NOOP("Command", "Change my state"), "Ctrl+Shift+S", Context.ANYWHERE, "circle-dot"),
    Command("profile", QT_TRANSLATE_NOOP("Command", "My profile and signature"), "", Context.ANYWHERE, "signature"),
    Command(
        "outside.guide",
        QT_TRANSLATE_NOOP("Command", "Guide to the other CRM"),
        "Ctrl+Shift+I",
        Context.ANYWHERE,
        "info",
    ),
    Command("sign_out", QT_TRANSLATE_NOOP("Command", "Sign out"), "Ctrl+Shift+Q", Context.ANYWHERE, "log-out"),
    Command("case.new", QT_TRANSLATE_NOOP("Command", "New case"), "Ctrl+N", Context.CASE, "plus"),
    Command("case.assign", QT_TRANSLATE_NOOP("Command", "Assign the case"), "Alt+A", Context.CASE, "user-plus"),
    Command(
        "case.hand_over",
        QT_TRANSLATE_NOOP("Command", "Hand over the case"),
        "Alt+H",
        Context.CASE,
        "arrow-right-left",
    ),
    Command("case.snooze", QT_TRANSLATE_NOOP("Command", "Put the case aside"), "Alt+W", Context.CASE, "hourglass"),
    Command("case.edit", QT_TRANSLATE_NOOP("Command", "Edit the case"), "Ctrl+E", Context.CASE, "pencil"),
    Command("case.note", QT_TRANSLATE_NOOP("Command", "Write a note"), "Ctrl+Shift+N", Context.CASE, "flag"),
    Command("case.reply", QT_TRANSLATE_NOOP("Command", "Answer by e-mail"), "Ctrl+R", Context.CASE, "mail"),
    Command("case.forward", QT_TRANSLATE_NOOP("Command", "Forward the mail"), "Ctrl+Shift+F", Context.CASE, "forward"),
    Command(
        "mail.send", QT_TRANSLATE_NOOP("Command", "Send the mail"), "Ctrl+Return", Context.CASE, "send", within=True
    ),
    Command(
        "mail.send_solve",
        QT_TRANSLATE_NOOP("Command", "Send and solve"),
        "Ctrl+Shift+Return",
        Context.CASE,
        "check",
        within=True,
    ),
    Command("mail.send_wait", QT_TRANSLATE_NOOP("Command", "Send and wait"), "Alt+Return", Context.CASE, "clock"),
    Command("mail.undo", QT_TRANSLATE_NOOP("Command", "Take the mail back"), "Ctrl+Z", Context.CASE, "undo-2"),
    Command("case.canned", QT_TRANSLATE_NOOP("Command", "Canned reply"), "Ctrl+J", Context.CASE, "text-quote"),
    Command("case.macro", QT_TRANSLATE_NOOP("Command", "Macro"), "Alt+M", Context.CASE, "zap"),
    Command("case.solve", QT_TRANSLATE_NOOP("Command", "Solve the case"), "Ctrl+Shift+Return", Context.CASE, "check"),
    Command("customer.find", QT_TRANSLATE_NOOP("Command", "Find a customer"), "Ctrl+F", Context.CUSTOMER, "users"),
    Command(
        "customer.new", QT_TRANSLATE_NOOP("Command", "New customer"), "Ctrl+Shift+C", Context.CUSTOMER, "user-plus"
    ),
    Command(
        "customer.open",
        QT_TRANSLATE_NOOP("Command", "Open the customer’s page"),
        "Ctrl+O",
        Context.CUSTOMER,
        "user",
    ),
    Command("task.new", QT_TRANSLATE_NOOP("Command", "New task"), "Ctrl+T", Context.TASKS, "circle-check"),
    Command(
        "task.remind",
        QT_TRANSLATE_NOOP("Command", "Schedule a reminder call"),
        "Ctrl+Shift+R",
        Context.TASKS,
        "alarm-clock",
    ),
    Command("reminder.dial", QT_TRANSLATE_NOOP("Command", "Call from the reminder"), "F9", Context.TASKS, "phone"),
    Command("reminder.no_answer", QT_TRANSLATE_NOOP("Command", "No answer"), "Shift+F9", Context.TASKS, "phone-missed"),
    Command("reminder.snooze", QT_TRANSLATE_NOOP("Command", "Snooze the reminder"), "Alt+Z", Context.TASKS, "clock"),
    Command("call.headset", QT_TRANSLATE_NOOP("Command", "Check the headset"), "", Context.CALL, "headphones"),
    Command("call.links", QT_TRANSLATE_NOOP("Command", "Open telephone links with Guichet"), "", Context.CALL, "phone"),
    Command("call.dial", QT_TRANSLATE_NOOP("Command", "Call a number"), "Ctrl+D", Context.CALL, "phone"),
    Command("call.answer", QT_TRANSLATE_NOOP("Command", "Answer or take"), "F2", Context.CALL, "phone"),
    Command("call.hold", QT_TRANSLATE_NOOP("Command", "Hold or resume"), "F3", Context.CALL, "pause"),
    Command("call.mute", QT_TRANSLATE_NOOP("Command", "Mute"), "F4", Context.CALL, "mic-off"),
    Command("call.keypad", QT_TRANSLATE_NOOP("Command", "Keypad"), "F5", Context.CALL, "grip"),
    Command(
        "call.record", QT_TRANSLATE_NOOP("Command", "Record, pause or go on"), "Shift+F5", Context.CALL, "circle-dot"
    ),
    Command("call.transfer", QT_TRANSLATE_NOOP("Command", "Transfer the call"), "F6", Context.CALL, "phone-forwarded"),
    Command("call.consult", QT_TRANSLATE_NOOP("Command", "Consult first, then swap"), "F7", Context.CALL, "users"),
    Command("call.merge", QT_TRANSLATE_NOOP("Command", "Merge to three"), "Shift+F7", Context.CALL, "merge"),
    Command("call.hang_up", QT_TRANSLATE_NOOP("Command", "Hang up or reject"), "F8", Context.CALL, "phone-off"),
    Command(
        "call.wrap_up",
        QT_TRANSLATE_NOOP("Command", "Result of the call"),
        "Ctrl+Shift+D",
        Context.CALL,
        "clipboard-check",
    ),
    Command("call.log", QT_TRANSLATE_NOOP("Command", "My calls"), "Ctrl+Shift+H", Context.CALL, "phone"),
    Command("call.listen", QT_TRANSLATE_NOOP("Command", "Listen in"), "Shift+F2", Context.SUPERVISION, "ear"),
    Command("call.whisper", QT_TRANSLATE_NOOP("Command", "Whisper"), "Shift+F3", Context.SUPERVISION, "mic"),
    Command("call.barge", QT_TRANSLATE_NOOP("Command", "Barge in"), "Shift+F4", Context.SUPERVISION, "users"),
    Command("call.leave", QT_TRANSLATE_NOOP("Command", "Leave the call"), "Shift+F2", Context.SUPERVISION, "log-out"),
    Command("call.end", QT_TRANSLATE_NOOP("Command", "End the call"), "Shift+F8", Context.SUPERVISION, "phone-off"),
    Command("call.take", QT_TRANSLATE_NOOP("Command", "Take the waiting call"), "F2", Context.SUPERVISION, "phone"),
    Command("call.move", QT_TRANSLATE_NOOP("Command", "Move the call"), "F6", Context.SUPERVISION, "phone-forwarded"),
    Command("call.sooner", QT_TRANSLATE_NOOP("Command", "Serve sooner"), "Alt+Up", Context.SUPERVISION, "chevron-up"),
    Command("call.later", QT_TRANSLATE_NOOP("Command", "Serve later"), "Alt+Down", Context.SUPERVISION, "chevron-down"),
    Command("chat.accept", QT_TRANSLATE_NOOP("Command", "Take the chat"), "F2", Context.CASE, "message-circle"),
    Command("chat.decline", QT_TRANSLATE_NOOP("Command", "Pass the chat on"), "F8", Context.CASE, "x"),
    Command("chat.list", QT_TRANSLATE_NOOP("Command", "Live chats"), "Ctrl+Shift+M", Context.CASE, "message-circle"),
    Command(
        "chat.hand_over", QT_TRANSLATE_NOOP("Command", "Hand over the chat"), "F6", Context.CASE, "arrow-right-left"
    ),
    Command(
        "chat.take",
        QT_TRANSLATE_NOOP("Command", "Take over the chosen chat"),
        "Shift+F6",
        Context.SUPERVISION,
        "message-circle",
    ),
    Command("demo.customer", QT_TRANSLATE_NOOP("Command", "A customer calls"), "", Context.DEMO, "phone"),
    Command("demo.writes", QT_TRANSLATE_NOOP("Command", "A customer writes"), "", Context.DEMO, "mail"),
    Command("demo.chats", QT_TRANSLATE_NOOP("Command", "A visitor chats"), "", Context.DEMO, "message-circle"),
    Command("demo.texts", QT_TRANSLATE_NOOP("Command", "An SMS arrives"), "", Context.DEMO, "smartphone"),
    Command("demo.colleague", QT_TRANSLATE_NOOP("Command", "A colleague sits down"), "", Context.DEMO, "headphones"),
    Command("team.new", QT_TRANSLATE_NOOP("Command", "Create team"), "", Context.MANAGE, "plus"),
    Command("page.save", QT_TRANSLATE_NOOP("Command", "Save the page"), "Ctrl+S", Context.MANAGE, "check"),
)


# Input methods take the first two, some desktops the others.
TAKEN_BY_SYSTEM = frozenset({"Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+F9", "Ctrl+F10", "Alt+F4"})
NEVER = frozenset(
    {"Return", "Enter", "Space", "Esc", "Tab", "Backtab", "Backspace", "Del", "Up", "Down", "Left", "Right"}
)


@dataclass(slots=True)
class _Binding:
    run: Callable[[], None]
    available: Callable[[], bool]


class CommandRegistry:
    """Which commands there are, their keys as the agent has them, and what runs them now; `keep` remembers a key."""

    def __init__(
        self,
        commands: tuple[Command, ...] = COMMANDS,
        keys: Mapping[str, str] | None = None,
        keep: Callable[[str, str], None] = lambda _id, _key: None,
    ) -> None:
        self._keep = keep
        self._commands = {command.id: command for command in commands}
        self._keys = {command.id: (keys or {}).get(command.id, command.key) for command in commands}
        self._bindings: dict[str, _Binding] = {}
        self._listeners: list[Callable[[], None]] = []

    def bind(self, id_: str, run: Callable[[], None], available: Callable[[], bool] = lambda: True) -> None:
        """Say what a command does from now on; an unbound command is shown nowhere."""
        if id_ not in self._commands:
            raise KeyError(f"No command is called {id_}.")
        self._bindings[id_] = _Binding(run, available)
        self._tell()

    def unbind(self, id_: str) -> None:
        """Forget what a command does (its screen is gone)."""
        if self._bindings.pop(id_, None) is not None:
            self._tell()

    def bound(self) -> tuple[Command, ...]:
        """The commands that do something now, in the table's order."""
        return tuple(command for command in self._commands.values() if command.id in self._bindings)

    def available(self, id_: str) -> bool:
        """Whether a command does something here and now."""
        binding = self._bindings.get(id_)
        return binding is not None and binding.available()

    def run(self, id_: str) -> bool:
        """Do it; False when it is not available."""
        if not self.available(id_):
            return False
        self._bindings[id_].run()
        return True

    def command(self, id_: str) -> Command:
        """The command of this name."""
        return self._commands[id_]

    def key(self, id_: str) -> str:
        """Its key as the agent has it, empty for none."""
        return self._keys[id_]

    def change_key(self, id_: str, key: str) -> str:
        """Give a command another key; returns the id of the command that has this key already, or nothing."""
        taken = next((other for other, its in self._keys.items() if key and its == key and other != id_), "")
        if not taken:
            self._keys[id_] = key
            self._keep(id_, key)
            self._tell()
        return taken

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Tell when keys or bindings change; returns what ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def why_no_key(key: str) -> str:
    """Why a key cannot belong to a command, as a sentence of the context `Command`; empty when it can."""
    *modifiers, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    if key in TAKEN_BY_SYSTEM:
        return QT_TRANSLATE_NOOP("Command", "The system keeps this key for itself.")
    if {"Ctrl", "Alt"} <= set(modifiers):
        return QT_TRANSLATE_NOOP("Command", "Ctrl+Alt types letters on many keyboards: take another key.")
    if (last in NEVER or len(last) == 1) and not {"Ctrl", "Alt", "Meta"} & set(modifiers):
        return QT_TRANSLATE_NOOP("Command", "This key types text or moves about: take it with Ctrl or Alt.")
    if len(last) == 1 and not last.isalpha():
        return QT_TRANSLATE_NOOP("Command", "Digits and signs lie elsewhere on other keyboards: take a letter.")
    return ""


def matching(titles: Mapping[str, str], typed: str) -> tuple[str, ...]:
    """Ids whose (translated) title has every typed word, those that begin with it first."""
    words = fold(typed).split()
    found = [(fold(title), id_) for id_, title in titles.items() if all(word in fold(title) for word in words)]
    first = fold(typed)
    return tuple(id_ for _, id_ in sorted(found, key=lambda pair: not pair[0].startswith(first)))
