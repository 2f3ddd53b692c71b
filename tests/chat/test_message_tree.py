"""Messages that walk a tree: to a sub-team, an agent, an answer, out of hours; nothing else reaches a sub-team."""

import pytest

from app.domain.ids import new_id
from app.domain.message_trees import Choice, Goes, MessageMenu, MessageTree, Target
from app.domain.refusals import Refusal, Refused
from app.store.message_trees import PostgresMessageTrees
from tests.chat.counter import JANE, NUMBER, Texting, hub

ASKS = "Bonjour ! 1 Atelier, 2 Horaires, 3 Camille"


def tree_for(texting: Texting, **more: object) -> MessageTree:
    teams, agents = texting.vallon.teams, texting.vallon.agents
    menu = MessageMenu(
        {"fr": ASKS, "en": "Hello! 1 Workshop, 2 Hours, 3 Camille"},
        (
            Choice(
                ("1", "atelier"),
                Target(Goes.TEAM, id=teams["Atelier Beaune"], says={"fr": "L’atelier vous répond."}),
            ),
            Choice(("2", "horaires"), Target(Goes.ANSWER, says={"fr": "Du lundi au samedi."})),
            Choice(("3", "camille"), Target(Goes.AGENT, id=agents["camille"])),
        ),
    )
    tree = MessageTree(new_id(), teams["Contact centre"], "Accueil", "start", {"start": menu})
    return MessageTree(**({name: getattr(tree, name) for name in tree.__dataclass_fields__} | more))


async def keep(texting: Texting, tree: MessageTree, by: str = "ada") -> None:
    await PostgresMessageTrees(texting.as_agent(by)).save_tree(tree)


@pytest.mark.row("S1-07")
@pytest.mark.row("S1-28")
async def test_a_message_walks_the_tree_to_a_sub_team(texting: Texting) -> None:
    await texting.add_line()
    await keep(texting, tree_for(texting))
    async with hub(texting):
        await texting.texts("Bonjour")
        (entry,) = await texting.settled(1)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
        assert [one.text for one in texting.provider.sent] == [ASKS]
        await texting.texts("L'atelier, svp")
        await texting.settled(2)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 2)
    assert texting.provider.sent[1].text == "L’atelier vous répond."
    (case,) = await texting.rows("SELECT id, team_id, number_id FROM cases")
    assert (case["id"], case["team_id"]) == (entry["case_id"], texting.vallon.teams["Atelier Beaune"])
    # The sub-team sees it, answers with the number she knows, and the next message does not walk again.
    async with hub(texting):
        await texting.sends(case["id"], "Passez à 9 h.", by="julie")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 3)
        await texting.texts("1")
        await texting.settled(3)
    assert texting.provider.sent[2].sender == NUMBER
    assert len(texting.provider.sent) == 3


async def test_who_answers_nothing_of_it_is_asked_once_more_and_then_left_with_the_team(texting: Texting) -> None:
    await texting.add_line()
    await keep(texting, tree_for(texting))
    async with hub(texting):
        for count, text in enumerate(("Bonjour", "Euh", "Quoi ?", "1"), 1):
            await texting.texts(text)
            await texting.settled(count)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 2)
    assert [one.text for one in texting.provider.sent] == [ASKS, ASKS]
    assert await texting.rows("SELECT team_id FROM cases") == [{"team_id": texting.vallon.teams["Contact centre"]}]


async def test_an_answer_ends_it_and_an_agent_gets_the_case(texting: Texting) -> None:
    await texting.add_line()
    await keep(texting, tree_for(texting))
    async with hub(texting):
        for count, (text, who) in enumerate(
            (("x", JANE), ("2", JANE), ("x", "+33639981299"), ("3.", "+33639981299")), 1
        ):
            await texting.texts(text, who)
            await texting.settled(count)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 3)
    assert [one.text for one in texting.provider.sent if one.to == JANE] == [ASKS, "Du lundi au samedi."]
    cases = await texting.rows("SELECT assignee_id FROM cases ORDER BY number")
    assert [case["assignee_id"] for case in cases] == [None, texting.vallon.agents["camille"]]


async def test_out_of_hours_it_says_so_and_the_case_waits(texting: Texting) -> None:
    await texting.add_line()
    await keep(texting, tree_for(texting, closed=Target(Goes.ANSWER, says={"fr": "Nous sommes fermés."})))
    await texting.database.write(
        "INSERT INTO team_voice (team_id, organisation_id, closed_now) SELECT id, organisation_id, true FROM teams "
        "WHERE id = :id ON CONFLICT (team_id) DO UPDATE SET closed_now = true",
        id=texting.vallon.teams["Contact centre"],
    )
    async with hub(texting):
        await texting.texts("Bonjour")
        await texting.settled(1)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
    assert [one.text for one in texting.provider.sent] == ["Nous sommes fermés."]


@pytest.mark.row("S1-28")
async def test_a_sub_team_has_no_tree_and_a_case_goes_nowhere_else(texting: Texting) -> None:
    await texting.add_line()
    with pytest.raises(Refused) as refused:
        await keep(texting, tree_for(texting, team_id=texting.vallon.teams["Atelier Beaune"]))
    assert refused.value.reason is Refusal.SUB_TEAM_GETS_NO_MESSAGES
    tree = tree_for(texting)
    await keep(texting, tree)
    with pytest.raises(Refused):
        await keep(texting, tree, by="nadia")
    case = await texting.vallon.case()
    for team in ("Location", "Pièces détachées"):
        with pytest.raises(Refused) as refused:
            await texting.database.write(
                "SELECT lead_case(:case, :tree, :team)", case=case, tree=tree.id, team=texting.vallon.teams[team]
            )
        assert refused.value.reason is Refusal.SUB_TEAM_GETS_NO_MESSAGES
