"""Manage › Message trees: one tree as an outline whose chosen line is edited, and a conversation that is only tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.records import Records, RecordsState
from app.desk.wording import Sentence
from app.domain import message_tree_edits as edits
from app.domain.message_tree_edits import CLOSED, HEAD, OTHERWISE, Place, TreeLine
from app.domain.message_trees import Goes, MessageMenu, MessageTree, Reply, Talk, Target, TreeFlaw, answer, begin
from app.services.organisation import Directory

__all__ = [
    "CLOSED", "HEAD", "OTHERWISE", "Directory", "Goes", "MessageTree", "MessageTreeEditor", "MessageTreeState",
    "Place", "Said", "Target", "TreeFlaw", "TreeLine",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a tried conversation; `target` is where it led."""

    text: str
    by_customer: bool = False
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class MessageTreeState:
    """The open tree, its outline, the chosen line, and the conversation that is tried."""

    tree: MessageTree | None = None
    directory: Directory | None = None
    trees: tuple[MessageTree, ...] = ()
    lines: tuple[TreeLine, ...] = ()
    chosen: Place | None = None
    may_edit: bool = False
    changed: bool = False
    saving: bool = False
    new: bool = False
    error: Sentence | None = None
    tried: tuple[Said, ...] = ()
    talk: Talk | None = None
    language: str = "fr"

    @property
    def line(self) -> TreeLine | None:
        """The chosen line."""
        return next((line for line in self.lines if line.place == self.chosen), None)

    @property
    def menu(self) -> tuple[str, MessageMenu] | None:
        """The menu that the chosen line is, or leads to."""
        line, tree = self.line, self.tree
        if line is None or tree is None or line.target.goes is not Goes.MENU or line.target.menu not in tree.menus:
            return None
        return line.target.menu, tree.menus[line.target.menu]

    def words_of(self, says: Mapping[str, str]) -> str:
        """What is said, in the organisation's language where it is written, on one line."""
        told = says.get(self.language, "").strip() or next((text for text in says.values() if text.strip()), "")
        return " ".join(told.split())

    def name_of(self, id_: UUID | None) -> str:
        """The team or agent that a line leads to."""
        if self.directory is None or id_ is None:
            return ""
        names = {team.id: team.name for team in self.directory.teams}
        names |= {agent.id: agent.name for agent in self.directory.agents}
        return names.get(id_, "")


class MessageTreeEditor(Presenter[MessageTreeState]):
    """Edits the open tree of the records line by line."""

    def __init__(self, records: Records[MessageTree], language: Callable[[], str] = lambda: "fr") -> None:
        super().__init__(MessageTreeState())
        self.records, self._language = records, language
        self._unfollow = records.subscribe(self._follow)

    def choose(self, place: Place) -> None:
        """Choose a line."""
        self.show(chosen=place)

    def edit(self, **changes: object) -> None:
        """Name the tree, give it to a team, switch it on or off."""
        self.records.edit(**changes)

    def add(self) -> None:
        """Give the menu at hand one choice more."""
        line, tree = self.state.line, self.state.tree
        if tree is None or line is None or line.number == CLOSED:
            return
        opens = self.state.menu is not None and (bool(line.opens) or line.number == HEAD)
        menu = self.state.menu[0] if opens and self.state.menu is not None else line.menu
        self._put(*edits.add_choice(tree, menu))

    def remove(self) -> None:
        """Take the chosen choice away."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.number >= 0:
            self._put(edits.remove_choice(tree, line.place), (line.menu, OTHERWISE))

    def words(self, typed: str) -> None:
        """Have the chosen choice be chosen by other digits and keywords."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.number >= 0:
            self._put(edits.set_words(tree, line.place, typed), line.place)

    def lead(self, goes: Goes, id_: UUID | None = None, menu: str = "") -> None:
        """Have the chosen line lead elsewhere; what it says on the way stays."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.number != HEAD:
            target = Target(goes, menu, id_, line.target.says)
            self._put(edits.lead(tree, line.place, target), line.place)

    def say(self, language: str, text: str) -> None:
        """Have the chosen line say something on its way."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.target.says.get(language, "") != text:
            says = {**line.target.says, language: text}
            kept = {name: words for name, words in says.items() if words.strip()}
            self._put(edits.lead(tree, line.place, replace(line.target, says=kept)), line.place)

    def ask(self, language: str, text: str) -> None:
        """Have the menu at hand ask something else."""
        if self.state.menu is not None and self.state.menu[1].says.get(language, "") != text:
            self._edit_menu(says={**self.state.menu[1].says, language: text})

    def repeat(self, times: int) -> None:
        """Ask the menu at hand again so many times."""
        self._edit_menu(repeats=times)

    def rename(self, name: str) -> None:
        """Name the menu at hand."""
        menu, line, tree = self.state.menu, self.state.line, self.state.tree
        if menu is not None and line is not None and tree is not None:
            renamed = edits.rename_menu(tree, menu[0], name)
            moved = line.number == HEAD and renamed != tree
            self._put(renamed, (name.strip(), HEAD) if moved else line.place)

    def try_text(self, text: str) -> None:
        """Write to the tree as a customer does, as it stands here, saved or not."""
        tree = self.state.tree
        if tree is None or tree.start not in tree.menus or not text.strip():
            return
        talk = self.state.talk
        language = self._language()
        reply = begin(tree, language, is_open=True) if talk is None else answer(tree, talk, text, language)
        before = () if talk is None else self.state.tried
        self.show(tried=(*before, Said(text.strip(), by_customer=True), *_said(reply)), talk=reply.talk)

    def forget_tried(self) -> None:
        """Begin the conversation anew."""
        self.show(tried=(), talk=None)

    async def close(self) -> None:
        """End the subscription too."""
        self._unfollow()
        await super().close()

    def _edit_menu(self, **changes: object) -> None:
        menu, tree, line = self.state.menu, self.state.tree, self.state.line
        if menu is not None and tree is not None and line is not None:
            self._put(edits.edit_menu(tree, menu[0], **changes), line.place)

    def _put(self, tree: MessageTree, place: Place) -> None:
        self._state = replace(self._state, chosen=place)
        self.records.put(tree)
        self._follow(self.records.state)

    def _follow(self, state: RecordsState[MessageTree]) -> None:
        tree = state.edited
        lines = edits.outline(tree) if tree is not None else ()
        places = [line.place for line in lines]
        same = tree is not None and self.state.tree is not None and tree.id == self.state.tree.id
        chosen = self.state.chosen if self.state.chosen in places and same else next(iter(places), None)
        still = same and tree == self.state.tree
        self.show(
            tree=tree, directory=state.directory, trees=state.items, lines=lines, chosen=chosen,
            may_edit=state.may_edit, changed=state.changed, saving=state.saving, new=state.stored is None,
            error=state.error, tried=self.state.tried if still else (), talk=self.state.talk if still else None,
            language=self._language(),
        )  # fmt: skip


def _said(reply: Reply) -> tuple[Said, ...]:
    ends = reply.talk is None
    if reply.says:
        return (Said(reply.says, target=(reply.target or Target()) if ends else None),)
    return (Said("", target=reply.target or Target()),) if ends else ()
