"""The tour's cases among others: what happened while the agent was away, a link taken away, several handed over."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.desk.case_ties import CaseTies, Notice, NoticeKind
from app.domain.ids import new_id
from app.domain.views import View, ViewKind
from ui.desk import Desk
from ui.objects.bulk_bar import BulkBar
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.theme.theme import theme
from ui.tour_scenes import SUB_TEAM, Scene, Stage
from ui.widgets.wording import now_utc

NARROW = 1400
_SAID = {
    "en": (
        (NoticeKind.MENTIONED, "Victor Lang", "@Camille Roy can you call her back before noon?"),
        (NoticeKind.ANSWERED, "", "Thank you, Tuesday at nine suits us. Please bring the seal kit along."),
        (NoticeKind.WATCHED, "Inès Moreau", ""),
    ),
    "fr": (
        (NoticeKind.MENTIONED, "Victor Lang", "@Camille Roy peux-tu la rappeler avant midi ?"),
        (NoticeKind.ANSWERED, "", "Merci, mardi à neuf heures nous convient. Pensez au kit de joints."),
        (NoticeKind.WATCHED, "Inès Moreau", ""),
    ),
}


async def away_card(stage: Stage) -> QWidget:
    return (await _told(stage)).window


async def away_list(stage: Stage) -> QWidget:
    desk = await _told(stage)
    desk.practice.show_away()
    await stage.settle()
    return desk.window


async def linked_case(stage: Stage) -> QWidget:
    return (await _linked(stage)).window


async def unlinked_case(stage: Stage) -> QWidget:
    desk = await _linked(stage)
    desk.practice.unlink(_ties(desk).state.links[-1].other_id)
    await stage.settle()
    return desk.window


async def bulk_hand_over(stage: Stage) -> QWidget:
    desk = await _several(stage)
    desk.window.findChildren(BulkBar)[0].choose_team()
    await stage.settle()
    return desk.window


async def bulk_handed_over(stage: Stage) -> QWidget:
    desk = await _several(stage)
    directory = stage.lead.directory
    desk.cases.bulk.hand_over(next(team.id for team in directory.teams if team.name == SUB_TEAM))
    await stage.settle()

    async def take_back() -> None:
        desk.cases.bulk.undo()
        await stage.settle()

    stage.end_with(take_back)
    return desk.window


CASES: tuple[Scene, ...] = (away_card, away_list, linked_case, unlinked_case, bulk_hand_over, bulk_handed_over)


def _ties(desk: Desk) -> CaseTies:
    assert desk.practice.ties is not None, "the store has them"
    return desk.practice.ties


async def _told(stage: Stage) -> Desk:
    """The lead's desk as it would be after some days off."""
    desk, at = await stage.desk(), now_utc()
    told = tuple(
        Notice(
            new_id(), row.id, kind, by or row.customer_name, said, at - timedelta(hours=5 * n), row.number, row.subject
        )
        for n, (row, (kind, by, said)) in enumerate(zip(desk.list.state.rows, _SAID[stage.language], strict=False), 1)
    )
    _ties(desk).show(away=told)
    await stage.settle()
    return desk


async def _linked(stage: Stage) -> Desk:
    """One of the team's last cases, to which its neighbour belongs; in another window another pair."""
    desk = await stage.desk()
    desk.shell.choose(View(ViewKind.TEAM, stage.lead.directory.me.default_team_id))
    await stage.settle()
    last = -1 - 2 * _way(stage)
    other, case = (desk.list.state.rows[at].id for at in (last - 1, last))
    desk.list.open(case)
    await stage.settle()
    ties = _ties(desk)
    ties.link(other)
    desk.window.findChildren(CaseView)[0].open_panel()
    await stage.settle()

    async def end() -> None:
        ties.unlink(other)
        await stage.settle()

    stage.end_with(end)
    return desk


def _way(stage: Stage) -> int:
    """Which of the four ways to see the screens this is."""
    return (stage.size[0] < NARROW) + 2 * theme().dark


async def _several(stage: Stage) -> Desk:
    """Four cases of the team, chosen in its list; in another window others."""
    desk = await stage.desk()
    desk.shell.choose(View(ViewKind.TEAM, stage.lead.directory.me.default_team_id))
    await stage.settle()
    listed = desk.window.findChildren(CaseListView)[0].list
    first = min(4 * _way(stage), len(desk.list.state.rows) - 4)
    desk.list.open(desk.list.state.rows[first].id)
    await stage.settle()
    for row in range(first + 1, first + 4):
        listed.selectionModel().select(listed.model().index(row, 0), listed.selectionModel().SelectionFlag.Select)
    await stage.settle()
    return desk
