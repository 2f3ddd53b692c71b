"""A busy morning of the Vallon dealership: what waits, who talks, and who is there."""

from dataclasses import replace
from datetime import timedelta

from app.domain.agents import AgentState
from app.domain.calls import Phase
from app.services.calls import CallView
from app.services.floor import AgentOnDuty, TeamDay
from tests.helpers import sample
from tests.helpers.sample_floor import SampleFloor

NOW = sample.NOW


def _call(name: str, number: str, team: str, seconds: int, phase: Phase, **more: object) -> CallView:
    at = NOW - timedelta(seconds=seconds)
    base = CallView(
        sample.key(f"board {number}"), "in", phase, number, "+33380123450", sample.key(team), team, at,
        customer_name=name,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def _waits(name: str, number: str, team: str, seconds: int, **more: object) -> CallView:
    at = NOW - timedelta(seconds=seconds)
    return _call(
        name, number, team, seconds, Phase.WAITING, waiting_since_at=at, step="queue", step_team_id=sample.key(team),
        **more,
    )  # fmt: skip


def _talks(name: str, number: str, team: str, agent: str, seconds: int, **more: object) -> CallView:
    at = NOW - timedelta(seconds=seconds)
    whole = {"phase": Phase.TALKING, "answered_at": at, "agent_id": sample.key(agent), "agent_name": agent, **more}
    return _call(name, number, team, seconds + 8, **whole)  # type: ignore[arg-type]


def calls() -> tuple[CallView, ...]:
    """Three who wait and seven who talk."""
    return (
        _waits("Élodie Chauvet", "+33622814019", "Contact centre", 192, trace=({"reason": "menu", "text": "2"},)),
        _waits("", "+33474216088", "Contact centre", 65),
        _waits(
            "Domaine Bresson", "+33380610977", "Pièces détachées", 9, ringing=(sample.key("Paul Girard"),),
            trace=({"reason": "last_advisor", "text": "48213"},),
        ),
        _talks("Marc Perrin", "+33612345678", "Contact centre", "Nadia Benali", 227, case_number=48231),
        _talks(
            "", "+33472103390", "Contact centre", "Claire Vallon", 680, held_since_at=NOW - timedelta(seconds=30)
        ),
        _talks("Pierre Aubry", "+33611121314", "Pièces détachées", "Paul Girard", 362),
        _talks(
            "Coopérative sucrière de Saint-Benoît", "+262692112233", "Atelier Beaune", "Hugo Mercier", 271,
            phase=Phase.CONSULTING, consulted=sample.key("Victor Lang"),
        ),
        _talks("Bruno Tissot", "+33615161718", "Location", "Inès Moreau", 79, listeners=(sample.key("Omar Haddad"),)),
    )  # fmt: skip


_STATES = {
    "Nadia Benali": (AgentState.ON_CALL, "", 227), "Claire Vallon": (AgentState.ON_CALL, "", 680),
    "Paul Girard": (AgentState.ON_CALL, "", 362), "Hugo Mercier": (AgentState.ON_CALL, "", 271),
    "Inès Moreau": (AgentState.ON_CALL, "", 79), "Victor Lang": (AgentState.AVAILABLE, "", 2280),
    "Julie Marchand": (AgentState.NOT_READY, "meeting", 1240), "Omar Haddad": (AgentState.WRAP_UP, "", 41),
    "Camille Roy": (AgentState.AVAILABLE, "", 2480),
}  # fmt: skip


def fill(floor: SampleFloor) -> None:
    """Give the floor this morning."""
    for name, (state, reason, seconds) in _STATES.items():
        agent = floor.duty[sample.key(name)]
        since = NOW - timedelta(seconds=seconds)
        floor.duty[agent.agent_id] = AgentOnDuty(agent.agent_id, name, state, reason, since, agent.team_ids)
    loads: dict[str, tuple[int, int, int, int | None]] = {
        "Contact centre": (0, 4, 2, 180), "Atelier Beaune": (1, 2, 0, 0), "Pièces détachées": (2, 3, 1, 0),
        "Location": (0, 2, 0, 240), "Sales Dijon": (0, 1, 0, None),
    }  # fmt: skip
    for name, (free, busy, waiting, wait) in loads.items():
        floor.teams[sample.key(name)] = replace(
            floor.teams[sample.key(name)], free=free, busy=busy, waiting=waiting, expected_wait_s=wait
        )
    closed = sample.key("Service Chalon")
    floor.teams[closed] = replace(floor.teams[closed], free=0, is_open=False, opens_at=NOW + timedelta(hours=4))
    floor.days = tuple(
        TeamDay(sample.key(name), *figures, target_s=20)
        for name, figures in (
            ("Contact centre", (91, 84, 75, 3, 2, 12)), ("Pièces détachées", (24, 23, 19, 1, 0, 15)),
        )
    )  # fmt: skip


def past_calls() -> tuple[CallView, ...]:
    """Yesterday and this morning: answered, missed, a message, a wish to be called back, one of ours."""

    def ended(name: str, number: str, minutes: int, outcome: str, talked: int = 0, **more: object) -> CallView:
        at = NOW - timedelta(minutes=minutes)
        answered = at + timedelta(seconds=14) if talked else None
        over = at + timedelta(seconds=14 + talked)
        return _call(
            name, number, "Contact centre", 60 * minutes, Phase.ENDED, answered_at=answered, ended_at=over,
            outcome=outcome, **more,
        )  # fmt: skip

    mine = {"agent_id": sample.key("Camille Roy"), "agent_name": "Camille Roy"}
    case = {"case_id": sample.key("48213"), "case_number": 48213, "customer_id": sample.CUSTOMERS[0].id}
    return (
        ended("Amélie Fontaine", "+33612457890", 12, "answered", 342, **mine, **case),
        ended("", "+33474216088", 26, "abandoned"),
        ended("Coopérative sucrière de Saint-Benoît", "+262692112233", 41, "callback"),
        ended("EARL Girard", "+33674221809", 75, "answered", 128, direction="out", **mine),
        ended("Domaine Lefèvre", "+33680142271", 190, "voicemail"),
        ended("", "", 1180, "no_answer"),
        ended("SCEA Val d’Ouche", "+33380665112", 1290, "closed"),
    )
