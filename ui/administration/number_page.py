"""Manage › Numbers: the numbers that customers dial, and the team that each of them reaches."""

from app.desk.records import Records, RecordsState
from app.desk.voice_pages import Number
from app.domain.phone_numbers import display
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.wording import say


class NumberPage(RecordPage[Number]):
    """Every number of the organisation."""

    def __init__(self, presenter: Records[Number]) -> None:
        columns = (Column(self.tr("Number"), 1.4), Column(self.tr("Team"), 1.6))
        nothing = (self.tr("There is no number yet."), self.tr("Add the number that your operator gave you."))
        super().__init__(
            presenter, self.tr("Numbers"), columns, self._cells, nothing,
            new=self.tr("Add a number"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._digits, self._label, self._of = LineEdit("03 80 12 34 70", icon="phone"), LineEdit(longest=100), Combo()
        self._digits.textEdited.connect(lambda text: presenter.edit(e164=text))
        self._label.textEdited.connect(lambda text: presenter.edit(label=text))
        self._of.picked.connect(lambda team_id: presenter.edit(team_id=team_id))
        fixed = self.tr("The digits of a number that was saved do not change: add the new one, then remove the old.")
        self._field = Field(self.tr("Number"), self._digits, hint=fixed, required=True)
        moves = self.tr("A team keeps one number at least: sub-teams speak through it.")
        card = Card(gap=12)
        card.body.addWidget(self._field)
        card.body.addWidget(Field(self.tr("Team that it reaches"), self._of, hint=moves, required=True))
        card.body.addWidget(Field(self.tr("Label"), self._label))
        self.form.addWidget(card)
        self.follow()

    def title_of(self, item: Number, state: RecordsState[Number]) -> str:
        """Give the number as people read it."""
        if state.stored is None or state.directory is None:
            return self.tr("New number")
        return display(item.e164, state.directory.organisation.region)

    def show_item(self, item: Number, state: RecordsState[Number]) -> None:
        """Show the number and its team."""
        directory = state.directory
        assert directory is not None
        new = state.stored is None
        self._digits.setEnabled(new)
        self._digits.show_text(item.e164 if new else display(item.e164, directory.organisation.region))
        self._label.show_text(item.label)
        teams = [team for team in directory.teams if not team.is_sub_team]
        self._of.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in teams), item.team_id)
        error = next((state.errors[name] for name in ("phone", "numbers") if name in state.errors), None)
        self._field.show_error(say(error) if error is not None else "")

    def _cells(self, item: Number) -> Cells:
        directory = self._presenter.state.directory
        if directory is None:
            return (Cell(item.e164), Cell(""))
        shown = display(item.e164, directory.organisation.region)
        return (Cell(shown, type_=Type.STRONG), Cell(directory.team(item.team_id).name, "text2"))
