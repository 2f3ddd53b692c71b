"""Whose a reply or a macro is: everybody's, a team's or my own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.desk.replies import owners
from ui.widgets.options import Option

if TYPE_CHECKING:
    from app.desk.shell import Directory

EVERYBODY = (None, None)


def owner_words(team_id: UUID | None, agent_id: UUID | None, directory: Directory | None) -> str:
    """Whose it is."""
    if agent_id is not None:
        return QCoreApplication.translate("Owned", "my own")
    if team_id is None:
        return QCoreApplication.translate("Owned", "everybody’s")
    return next((team.name for team in directory.teams if team.id == team_id), "") if directory is not None else ""


def owner_options(team_id: UUID | None, agent_id: UUID | None, directory: Directory | None) -> tuple[Option, ...]:
    """For whom it can be made; what it is already is among them."""
    pairs = dict.fromkeys((*owners(directory), (team_id, agent_id)))
    icons = {True: "user", False: "users"}
    return tuple(
        Option((team, agent), owner_words(team, agent, directory), "", icons[agent is not None])
        for team, agent in pairs
    )
