"""Changes of a message tree as its editor makes them, and the tree as an outline of lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.message_trees import (
    Choice,
    Goes,
    MessageMenu,
    MessageTree,
    Target,
    TreeFlaw,
    flaws_of_menu,
    flaws_of_target,
)
from app.domain.text import fold

HEAD, OTHERWISE, CLOSED = -1, -2, -3
"""Numbers of the lines that are no choice: the first menu, who chooses nothing of it, a team that is closed."""
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of the outline: a choice of a menu with its words and where it leads; `opens` is the menu under it."""

    menu: str
    number: int
    depth: int
    target: Target
    words: tuple[str, ...] = ()
    opens: str = ""
    flaws: tuple[TreeFlaw, ...] = ()

    @property
    def place(self) -> Place:
        """What names the line."""
        return self.menu, self.number


def outline(tree: MessageTree) -> tuple[TreeLine, ...]:
    """The tree from its first menu on, then what is said out of hours; a menu that is reached twice is opened once."""
    first = Target(Goes.MENU, menu=tree.start)
    head = TreeLine(tree.start, HEAD, 0, first, (), tree.start, _wrong(tree, tree.start))
    closed = tree.closed or Target()
    last = TreeLine("", CLOSED, 0, closed, (), "", tuple(flaws_of_target(closed, tree.menus)))
    return (head, *_lines(tree, tree.start, 1, {tree.start}), last)


def _lines(tree: MessageTree, name: str, depth: int, opened: set[str]) -> Iterator[TreeLine]:
    menu = tree.menus.get(name)
    if menu is None:
        return
    said = [fold(word) for choice in menu.choices for word in choice.words]
    for number, choice in (*enumerate(menu.choices), (OTHERWISE, Choice((), menu.otherwise))):
        inner = choice.target.menu if choice.target.goes is Goes.MENU else ""
        opens = inner if inner and inner not in opened else ""
        wrong = list(flaws_of_target(choice.target, tree.menus))
        if number != OTHERWISE and not any(fold(word) for word in choice.words):
            wrong.append(TreeFlaw.NO_WORDS)
        if any(said.count(fold(word)) > 1 for word in choice.words):
            wrong.append(TreeFlaw.WORD_TWICE)
        wrong += _wrong(tree, opens) if opens else ()
        yield TreeLine(name, number, depth, choice.target, choice.words, opens, tuple(wrong))
        if opens:
            opened.add(inner)
            yield from _lines(tree, inner, depth + 1, opened)


def _wrong(tree: MessageTree, name: str) -> tuple[TreeFlaw, ...]:
    """What is wrong with a menu's own words."""
    return tuple(flaws_of_menu(tree.menus[name])) if name in tree.menus else (TreeFlaw.NO_SUCH_MENU,)


def add_choice(tree: MessageTree, menu: str) -> tuple[MessageTree, Place]:
    """The tree with one choice more in a menu, under the next digit, that stays with the team."""
    taken = {word for choice in tree.menus[menu].choices for word in choice.words}
    digit = next((str(n) for n in range(1, 100) if str(n) not in taken), "")
    choices = (*tree.menus[menu].choices, Choice((digit,), Target()))
    return edit_menu(tree, menu, choices=choices), (menu, len(choices) - 1)


def remove_choice(tree: MessageTree, place: Place) -> MessageTree:
    """The tree without a choice, and without the menus that nothing leads to any more."""
    menu, number = place
    kept = tuple(choice for at, choice in enumerate(tree.menus[menu].choices) if at != number)
    return _pruned(edit_menu(tree, menu, choices=kept))


def set_words(tree: MessageTree, place: Place, typed: str) -> MessageTree:
    """The tree with the digits and keywords of a choice, as they are typed with commas between them."""
    words = tuple(word.strip() for word in typed.split(",") if word.strip())
    return _with_choice(tree, place, words=words)


def lead(tree: MessageTree, place: Place, target: Target) -> MessageTree:
    """The tree with a line that leads elsewhere; a menu without a name is a new one."""
    menu, number = place
    if target.goes is Goes.MENU and not target.menu:
        name = _fresh(tree)
        target = replace(target, menu=name)
        tree = replace(tree, menus={**tree.menus, name: MessageMenu({})})
    if number == CLOSED:
        return _pruned(replace(tree, closed=None if target == Target() else target))
    if number == OTHERWISE:
        return _pruned(edit_menu(tree, menu, otherwise=target))
    return _pruned(_with_choice(tree, place, target=target))


def edit_menu(tree: MessageTree, menu: str, **changes: object) -> MessageTree:
    """The tree with a menu changed."""
    return replace(tree, menus={**tree.menus, menu: replace(tree.menus[menu], **changes)})  # type: ignore[arg-type]


def rename_menu(tree: MessageTree, old: str, typed: str) -> MessageTree:
    """The tree with a menu under another name; a name that is empty or taken changes nothing."""
    new = typed.strip()
    if not new or new in tree.menus or old not in tree.menus:
        return tree

    def turned(target: Target) -> Target:
        return replace(target, menu=new) if target.menu == old else target

    menus = {
        new if name == old else name: replace(
            menu,
            choices=tuple(replace(choice, target=turned(choice.target)) for choice in menu.choices),
            otherwise=turned(menu.otherwise),
        )
        for name, menu in tree.menus.items()
    }
    closed = turned(tree.closed) if tree.closed is not None else None
    return replace(tree, menus=menus, start=new if tree.start == old else tree.start, closed=closed)


def _with_choice(tree: MessageTree, place: Place, **changes: object) -> MessageTree:
    menu, number = place
    choices = tuple(
        replace(choice, **changes) if at == number else choice  # type: ignore[arg-type]
        for at, choice in enumerate(tree.menus[menu].choices)
    )
    return edit_menu(tree, menu, choices=choices)


def _fresh(tree: MessageTree) -> str:
    return next(name for name in (f"{n}" for n in range(2, 1000)) if name not in tree.menus)


def _pruned(tree: MessageTree) -> MessageTree:
    reached, ahead = set[str](), [tree.start, *([tree.closed.menu] if tree.closed is not None else [])]
    while ahead:
        name = ahead.pop()
        if name in tree.menus and name not in reached:
            reached.add(name)
            menu = tree.menus[name]
            ahead += [target.menu for target in (*(c.target for c in menu.choices), menu.otherwise)]
    return replace(tree, menus={name: menu for name, menu in tree.menus.items() if name in reached})
