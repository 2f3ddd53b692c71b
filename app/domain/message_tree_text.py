"""The choices of a message tree as lines of text, as their editor shows them: “1, workshop > Atelier Beaune”."""

from collections.abc import Mapping
from uuid import UUID

from app.domain.message_trees import Choice, Goes, Target
from app.domain.text import fold

LEADS = ">"


def read_choices(
    typed: str, teams: Mapping[UUID, str], agents: Mapping[UUID, str]
) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """The choices, and the lines that lead nowhere: digits and keywords, an arrow, a team, an agent, or an answer."""
    choices, wrong = [], []
    for line in filter(None, map(str.strip, typed.splitlines())):
        words, arrow, leads = line.partition(LEADS)
        named = tuple(word.strip() for word in words.split(",") if word.strip())
        target = _target(leads.strip(), teams, agents)
        if not (arrow and named and target is not None):
            wrong.append(line)
            continue
        choices.append(Choice(named, target))
    return tuple(choices), tuple(wrong)


def _target(leads: str, teams: Mapping[UUID, str], agents: Mapping[UUID, str]) -> Target | None:
    if leads[:1] in {'"', "“", "«"}:
        said = leads.strip('"“”«» \u00a0\u202f')
        return Target(Goes.ANSWER, says={"fr": said, "en": said}) if said else None
    for goes, named in ((Goes.TEAM, teams), (Goes.AGENT, agents)):
        found = next((id_ for id_, name in named.items() if fold(name) == fold(leads)), None)
        if found is not None:
            return Target(goes, id=found)
    return None


def write_choices(choices: tuple[Choice, ...], teams: Mapping[UUID, str], agents: Mapping[UUID, str]) -> str:
    """The lines of choices; one whose team is gone says so by leading to nothing."""
    lines = []
    for choice in choices:
        target = choice.target
        names = {**teams, **agents}
        said = next((text for text in target.says.values() if text), "")
        leads = f"“{said}”" if target.goes is Goes.ANSWER else names.get(target.id, "") if target.id else ""
        lines.append(f"{', '.join(choice.words)} {LEADS} {leads}".rstrip())
    return "\n".join(lines)
