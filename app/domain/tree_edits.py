"""Changes of a call tree as its editor makes them, and the tree as an outline of lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.call_trees import KEYS, QUEUE, CallTree, Destination, Flaw, Leads, Menu, flaws
from app.domain.prompts import CASE_NUMBER, Prompt

ORDER = "123456789*0#"
OTHERWISE = ""
"""The key of what happens when nothing, or nothing that exists, is pressed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outline: the first menu (`key` None), or where a key leads; `opens` is the menu under it."""

    menu: str
    key: str | None
    depth: int
    destination: Destination
    opens: str = ""
    flaws: tuple[Flaw, ...] = ()

    @property
    def place(self) -> tuple[str, str | None]:
        """What names the line as long as menu and key stay."""
        return self.menu, self.key


def outline(tree: CallTree) -> tuple[Line, ...]:
    """The tree from its first menu on; a menu that is reached twice is opened once."""
    wrong: dict[str, list[Flaw]] = {}
    for at, flaw in flaws(tree):
        wrong.setdefault(at, []).append(flaw)
    for name, menu in tree.menus.items():
        if not menu.asks_case and not any(prompt.words or prompt.key or prompt.own for prompt in menu.says):
            wrong.setdefault(name, []).append(Flaw.SAYS_NOTHING)
    first = Destination(Leads.MENU, menu=tree.start)
    opened = {tree.start}
    head = Line(tree.start, None, 0, first, tree.start, tuple(wrong.get(tree.start, ())))
    return (head, *_lines(tree, tree.start, 1, opened, wrong))


def _lines(tree: CallTree, name: str, depth: int, opened: set[str], wrong: dict[str, list[Flaw]]) -> Iterator[Line]:
    menu = tree.menus.get(name)
    if menu is None:
        return
    keys = sorted(menu.keys, key=ORDER.find)
    for key, destination in (*((key, menu.keys[key]) for key in keys), (OTHERWISE, menu.otherwise)):
        inner = destination.menu if destination.leads is Leads.MENU else ""
        opens = inner if inner and inner not in opened else ""
        yield Line(name, key, depth, destination, opens, tuple(wrong.get(inner, ())) if opens else ())
        if opens:
            opened.add(inner)
            yield from _lines(tree, inner, depth + 1, opened, wrong)


def add_key(tree: CallTree, menu: str) -> tuple[CallTree, str]:
    """The tree with one key more, to the queue, and that key; a menu whose keys are all taken stays as it is."""
    kept = tree.menus[menu]
    free = next((key for key in ORDER if key not in kept.keys and not (kept.asks_case and key != "*")), "")
    if not free:
        return tree, OTHERWISE
    return edit_menu(tree, menu, keys={**kept.keys, free: QUEUE}), free


def move_key(tree: CallTree, menu: str, key: str, to: str) -> CallTree:
    """The tree with another key for the same way; two keys that are both taken change places."""
    keys = dict(tree.menus[menu].keys)
    if to not in KEYS or len(to) != 1 or key not in keys or key == to:
        return tree
    here, there = keys.pop(key), keys.pop(to, None)
    keys[to] = here
    if there is not None:
        keys[key] = there
    return edit_menu(tree, menu, keys=keys)


def lead(tree: CallTree, menu: str, key: str, destination: Destination) -> CallTree:
    """The tree with another way for a key; a menu without a name is made, one that nobody reaches any more goes."""
    if destination.leads is Leads.MENU and not destination.menu:
        name = _free_name(tree)
        tree = replace(tree, menus={**tree.menus, name: Menu((Prompt(words=""),))})
        destination = replace(destination, menu=name)
    if key == OTHERWISE:
        return _pruned(edit_menu(tree, menu, otherwise=destination))
    return _pruned(edit_menu(tree, menu, keys={**tree.menus[menu].keys, key: destination}))


def remove_key(tree: CallTree, menu: str, key: str) -> CallTree:
    """The tree without a key; what nobody reaches any more goes."""
    return _pruned(edit_menu(tree, menu, keys={k: d for k, d in tree.menus[menu].keys.items() if k != key}))


def edit_menu(tree: CallTree, name: str, **changes: object) -> CallTree:
    """The tree with a menu changed."""
    return replace(tree, menus={**tree.menus, name: replace(tree.menus[name], **changes)})  # type: ignore[arg-type]


def ask_case(tree: CallTree, name: str, *, asks: bool) -> CallTree:
    """The tree with a menu that asks for the case number, or no longer does; keys that digits need go."""
    menu = tree.menus[name]
    keys = {key: way for key, way in menu.keys.items() if key == "*"} if asks else menu.keys
    return _pruned(edit_menu(tree, name, asks_case=asks, says=(CASE_NUMBER,) if asks else (Prompt(),), keys=keys))


def rename_menu(tree: CallTree, old: str, new: str) -> CallTree:
    """The tree with another name for a menu, wherever it is led to; a taken or empty name changes nothing."""
    new = new.strip()
    if not new or new in tree.menus:
        return tree

    def led(way: Destination) -> Destination:
        return replace(way, menu=new) if way.leads is Leads.MENU and way.menu == old else way

    menus = {
        new if name == old else name: replace(
            menu, keys={key: led(way) for key, way in menu.keys.items()}, otherwise=led(menu.otherwise)
        )
        for name, menu in tree.menus.items()
    }
    return replace(tree, start=new if tree.start == old else tree.start, menus=menus)


def words_of(menu: Menu) -> str:
    """What a menu says, as far as it is words."""
    return " ".join(prompt.words for prompt in menu.says if prompt.words)


def _free_name(tree: CallTree) -> str:
    return next(str(n) for n in range(len(tree.menus) + 1, 1000) if str(n) not in tree.menus)


def _pruned(tree: CallTree) -> CallTree:
    gone = {name for name, flaw in flaws(tree) if flaw is Flaw.NEVER_REACHED}
    return replace(tree, menus={name: menu for name, menu in tree.menus.items() if name not in gone}) if gone else tree
