"""Manage › Call trees: one tree as an outline whose chosen line is edited, and a call that is only tried."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.desk.presenter import Presenter
from app.desk.records import Records, RecordsState
from app.desk.wording import Sentence, of_refusal
from app.domain import tree_edits
from app.domain.call_trees import CallTree, Destination, Leads, Menu
from app.domain.calls import TraceEntry
from app.domain.floor import Floor, TeamOnFloor
from app.domain.phone_numbers import normalise
from app.domain.prompts import Prompt
from app.domain.refusals import Refused
from app.domain.tree_edits import OTHERWISE, Line
from app.domain.trying import try_tree
from app.services.floor import FloorStore
from app.services.organisation import Directory
from app.services.routing import Explanation, RoutingSetup

__all__ = [
    "CallTree",
    "CallTreeEditor",
    "Destination",
    "Directory",
    "Explanation",
    "Line",
    "Place",
    "TreeState",
    "Tried",
]

Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a tried call: the plan before the tree, then the trace inside it.

    `attached` is False where the number leads into no call tree at this hour: the tree is tried as if it did.
    """

    plan: Explanation
    attached: bool
    trace: tuple[TraceEntry, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TreeState:
    """The open tree, its outline, the chosen line, and the call that was tried last."""

    tree: CallTree | None = None
    directory: Directory | None = None
    trees: tuple[CallTree, ...] = ()
    lines: tuple[Line, ...] = ()
    chosen: Place | None = None
    may_edit: bool = False
    changed: bool = False
    saving: bool = False
    new: bool = False
    error: Sentence | None = None
    tried: Tried | None = None
    try_error: Sentence | None = None

    @property
    def line(self) -> Line | None:
        """The chosen line."""
        return next((line for line in self.lines if line.place == self.chosen), None)

    @property
    def menu(self) -> tuple[str, Menu] | None:
        """The menu that the chosen line is, or leads to."""
        line, tree = self.line, self.tree
        if line is None or tree is None or line.destination.leads is not Leads.MENU:
            return None
        name = line.destination.menu
        return (name, tree.menus[name]) if name in tree.menus else None


class CallTreeEditor(Presenter[TreeState]):
    """Edits the open tree of the records line by line."""

    def __init__(
        self, records: Records[CallTree], routing: RoutingSetup, floor: FloorStore, now: Callable[[], datetime]
    ) -> None:
        super().__init__(TreeState())
        self.records, self._routing, self._floor, self._now = records, routing, floor, now
        self._unfollow = records.subscribe(self._follow)

    def choose(self, place: Place) -> None:
        """Choose a line."""
        self.show(chosen=place)

    def name(self, text: str) -> None:
        """Name the tree."""
        self.records.edit(name=text)

    def add(self) -> None:
        """Give the menu at hand one key more."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None:
            menu = self.state.menu[0] if self.state.menu is not None and (line.opens or line.key is None) else line.menu
            grown, key = tree_edits.add_key(tree, menu)
            self._put(grown, (menu, key) if key else line.place)

    def remove(self) -> None:
        """Take the chosen key away."""
        line = self.state.line
        if self.state.tree is not None and line is not None and line.key:
            self._put(tree_edits.remove_key(self.state.tree, line.menu, line.key), (line.menu, OTHERWISE))

    def press(self, key: str) -> None:
        """Give the chosen way another key."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.key:
            moved = tree_edits.move_key(tree, line.menu, line.key, key)
            self._put(moved, (line.menu, key) if moved != tree else line.place)

    def lead(self, destination: Destination) -> None:
        """Have the chosen key lead elsewhere."""
        line, tree = self.state.line, self.state.tree
        if tree is not None and line is not None and line.key is not None:
            self._put(tree_edits.lead(tree, line.menu, line.key, destination), line.place)

    def say(self, words: str) -> None:
        """Have the menu at hand say these words."""
        if self.state.menu is not None and tree_edits.words_of(self.state.menu[1]) != words:
            self._edit_menu(says=(Prompt(words=words),) if words.strip() else (Prompt(),))

    def repeat(self, times: int) -> None:
        """Say the menu at hand again so many times."""
        self._edit_menu(repeats=times)

    def wait(self, seconds: int) -> None:
        """Wait so long for a key."""
        self._edit_menu(timeout_s=seconds)

    def ask_case(self, *, asks: bool) -> None:
        """Have the menu at hand ask for the case number."""
        if self.state.menu is not None and self.state.tree is not None and self.state.line is not None:
            asked = tree_edits.ask_case(self.state.tree, self.state.menu[0], asks=asks)
            self._put(asked, self.state.line.place)

    def rename(self, name: str) -> None:
        """Name the menu at hand."""
        menu, line, tree = self.state.menu, self.state.line, self.state.tree
        if menu is not None and line is not None and tree is not None:
            renamed = tree_edits.rename_menu(tree, menu[0], name)
            place = (name.strip(), None) if line.key is None and renamed != tree else line.place
            self._put(renamed, place)

    def try_call(self, to: str, caller: str, keys: str) -> None:
        """Try a call to a number of ours, with the tree as it stands in the editor."""
        self.work.latest("try", self._try(to, caller, keys))

    async def close(self) -> None:
        """End the subscription too."""
        self._unfollow()
        await super().close()

    def _edit_menu(self, **changes: object) -> None:
        menu, tree, line = self.state.menu, self.state.tree, self.state.line
        if menu is not None and tree is not None and line is not None:
            self._put(tree_edits.edit_menu(tree, menu[0], **changes), line.place)

    def _put(self, tree: CallTree, place: Place) -> None:
        self._state = replace(self._state, chosen=place)
        self.records.put(tree)
        self._follow(self.records.state)

    def _follow(self, state: RecordsState[CallTree]) -> None:
        tree = state.edited
        lines = tree_edits.outline(tree) if tree is not None else ()
        places = [line.place for line in lines]
        same = tree is not None and self.state.tree is not None and tree.id == self.state.tree.id
        chosen = self.state.chosen if self.state.chosen in places and same else next(iter(places), None)
        self.show(
            tree=tree, directory=state.directory, trees=state.items, lines=lines, chosen=chosen,
            may_edit=state.may_edit, changed=state.changed, saving=state.saving, new=state.stored is None,
            error=state.error, tried=self.state.tried if same and tree == self.state.tree else None,
        )  # fmt: skip

    async def _try(self, to: str, caller: str, keys: str) -> None:
        tree, directory, now = self.state.tree, self.state.directory, self._now()
        if tree is None or directory is None:
            return
        try:
            number = normalise(caller, directory.organisation.region) or "" if caller.strip() else ""
            plan = await self._routing.explain(to, number, now)
            team_id = next((team.id for team in directory.teams for n in team.numbers if n.e164 == to), None)
            attached = any(step.kind == "menu" for step in plan.steps)
            trace: tuple[TraceEntry, ...] = ()
            if team_id is not None:
                trace = try_tree(tree, team_id, await self._open_floor(), keys, now)
        except Refused as refused:
            self.show(try_error=of_refusal(refused), tried=None)
            return
        self.show(tried=Tried(plan, attached, trace, _places(tree, trace)), try_error=None)

    async def _open_floor(self) -> Floor:
        loads = await self._floor.loads()
        return Floor(
            {}, {load.team_id: TeamOnFloor(load.team_id, load.members, is_open=load.is_open) for load in loads}
        )


def _places(tree: CallTree, trace: tuple[TraceEntry, ...]) -> tuple[Place, ...]:
    """The lines that a tried call went through, in their order."""
    if not trace:
        return ()
    found: list[Place] = [(tree.start, None)]
    menu = tree.start
    for entry in trace:
        if entry.reason == "pressed":
            menu, _, key = entry.text.rpartition(" ")
            found.append((menu, key))
            way = tree.menus[menu].keys.get(key)
            menu = way.menu if way is not None and way.leads is Leads.MENU else menu
        elif entry.reason == "no_choice":
            found.append((menu, OTHERWISE))
    return tuple(dict.fromkeys(found))
