"""Who a schedule rings: agents and sub-teams in tiers, or everybody of the team."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.voice_pages import Directory, Ringed
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.combo import Combo
from ui.widgets.icon import Icon
from ui.widgets.layout import clear, column, row
from ui.widgets.options import Option
from ui.widgets.text import Elided, Text

TIERS = 5


class RingedLines(QWidget):
    """One line for each who is rung, and a list to add one more."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rings: tuple[Ringed, ...] | None = None
        self._everybody = Text(self.tr("Everybody of the team is rung, in the team’s order."), Type.BODY, "text2")
        self._everybody.setWordWrap(True)
        self._lines = column(gap=6)
        self._add = Combo(self.tr("Add an agent or a team…"))
        self._add.setAccessibleName(self.tr("Add an agent or a team"))
        self._add.picked.connect(self._added)
        self.setLayout(column(self._everybody, self._lines, self._add, gap=8))

    def show_rings(self, rings: tuple[Ringed, ...], directory: Directory) -> None:
        """Show who is rung; the lines are made again when that changes."""
        people = [Option(("agent", agent.id), agent.name, "", "user") for agent in directory.agents if agent.active]
        teams = [Option(("team", team.id), team.name, "", team.icon) for team in directory.teams]
        rung = {("agent", one.agent_id) if one.agent_id is not None else ("team", one.team_id) for one in rings}
        offered = [one for one in (*teams, *people) if one.key not in rung]
        self._add.show_options(tuple(offered))
        self._everybody.setVisible(not rings)
        if rings == self._rings:
            return
        self._rings = rings
        clear(self._lines)
        names = {one.key: (one.label, one.icon) for one in (*teams, *people)}
        for at, one in enumerate(rings):
            key = ("agent", one.agent_id) if one.agent_id is not None else ("team", one.team_id)
            self._lines.addWidget(self._line(at, one, *names.get(key, ("?", "user"))))

    def _line(self, at: int, one: Ringed, name: str, icon: str) -> QWidget:
        tier = Combo()
        tier.setAccessibleName(self.tr("Tier of {0}").replace("{0}", name))
        tier.setFixedWidth(theme().px(110))
        words = self.tr("Tier {0}")
        tier.show_options(tuple(Option(n, words.replace("{0}", str(n))) for n in range(1, TIERS + 1)), one.tier)
        tier.picked.connect(lambda n: self._change(at, n))
        away = IconButton(self.tr("Do not ring {0}").replace("{0}", name), "x", size=28)
        away.clicked.connect(lambda: self._change(at, 0))
        line = QWidget()
        layout = row(Icon(icon), Elided(name, Type.MEDIUM), tier, away, gap=8)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line

    def _added(self, key: tuple[str, UUID]) -> None:
        agent_id, team_id = _pair(key)
        rings = self._rings or ()
        tier = max((one.tier for one in rings), default=1)
        self.changed.emit((*rings, Ringed(tier, agent_id, team_id)))

    def _change(self, at: int, tier: int) -> None:
        rings = list(self._rings or ())
        one = rings.pop(at)
        if tier:
            rings.insert(at, Ringed(tier, one.agent_id, one.team_id))
        self.changed.emit(tuple(rings))


def _pair(key: tuple[str, UUID]) -> tuple[UUID | None, UUID | None]:
    kind, id_ = key
    return (id_, None) if kind == "agent" else (None, id_)
