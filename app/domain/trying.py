"""A call that is only tried: the hub's own decisions in a call tree, without a switch and without a caller.

The steps before the tree are what `guichetctl route explain` tells.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.call_trees import CallTree
from app.domain.calls import Direction, LiveCall, Phase, Step, StepKind, TraceEntry
from app.domain.effects import FindCase
from app.domain.floor import Floor
from app.domain.ids import new_id
from app.domain.switchboard import Pressed, Said, TimePassed, begin, happen

CALLER = "caller"
MOST_STEPS = 60


def try_tree(tree: CallTree, team_id: UUID, floor: Floor, keys: str, now: datetime) -> tuple[TraceEntry, ...]:
    """The trace of a caller who is led into a tree and presses these keys, then nothing more, until she leaves it."""
    floor = replace(floor, trees={**floor.trees, tree.id: tree})
    steps = (
        Step(StepKind.MENU, 0, "call_tree", tree_id=tree.id, team_id=team_id),
        Step(StepKind.QUEUE, 0, "team_queue", team_id=team_id),
    )
    call = LiveCall(
        new_id(), new_id(), Direction.IN, CALLER, "", None, team_id, Phase.WAITING, now, steps=steps
    )  # fmt: skip
    call, effects = begin(call, floor, now)
    left = list(keys)
    for _ in range(MOST_STEPS):
        if call.phase is not Phase.MENU or call.menu is None or any(isinstance(one, FindCase) for one in effects):
            break
        until = call.menu.until_at
        if left:
            call, effects = happen(call, Pressed(CALLER, left.pop(0)), floor, now)
        elif call.saying:
            call, effects = happen(call, Said(call.saying), floor, now)
        elif until is not None:
            now = until
            call, effects = happen(call, TimePassed(), floor, now)
        else:
            break
    looked_up = any(isinstance(one, FindCase) for one in effects)
    return (*call.trace, TraceEntry(now, "looks_up_case")) if looked_up else call.trace
