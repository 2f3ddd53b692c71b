"""A visitor's page and an agent: said once, in order, resumed, offered by the team's strategy, never elsewhere."""

import asyncio
from uuid import uuid4

import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.conditions import Compare, How
from app.domain.ids import new_id
from app.domain.message_trees import Choice, Goes, MessageMenu, MessageTree, Target
from app.domain.refusals import Refusal, Refused
from app.services.web_chat import WidgetOnPage
from app.store.engine import connect
from app.store.message_trees import PostgresMessageTrees
from tests.chat.visitor import EMAIL, ChatWorld, Visitor, chat_hub
from tests.helpers.automations import engine_room, make_automation

HIGH = Action(Does.SET_FIELD, "high", "case.priority")


@pytest.mark.row("S5-04")
async def test_a_visitor_and_an_agent_write_to_each_other(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        about = await page.hello()
        assert (about["open"], about["team"]) == (True, "Contact centre")
        await page.begin("La fuite s’aggrave <script>alert(1)</script>")
        chat = await world.accepted("nadia")
        assert (chat.name, chat.case_subject) == ("Amélie Fontaine", "La fuite s’aggrave <script>alert(1)</script>")
        await page.get("chat", lambda one: one["state"] == "talking" and one["agent"] == "Nadia")
        said = await world.says("nadia", chat.id, "Bonjour, je regarde.")
        await page.until_said("Bonjour, je regarde.")
        await page.say("Merci !")
        await world.until("SELECT 1 FROM follow_ups WHERE body = 'Merci !'")
        await page.send("seen", seq=3)
        await world.until("SELECT 1 FROM chats WHERE visitor_seen = 3")
        await world.chats("nadia").store.seen(chat.id, 3)
        await page.get("chat", lambda one: one["seen"] == 3)
        assert page.words() == ["La fuite s’aggrave <script>alert(1)</script>", "Bonjour, je regarde.", "Merci !"]
    entries = await chatting.rows(
        "SELECT f.direction, f.author_name, f.id FROM follow_ups f WHERE channel = 'chat' ORDER BY at"
    )
    assert [(one["direction"], one["author_name"]) for one in entries] == [
        ("in", "Amélie Fontaine"),
        ("out", "Nadia Benali"),
        ("in", "Amélie Fontaine"),
    ]
    assert entries[1]["id"] == said
    ledger = await chatting.rows("SELECT channel, fate, sender FROM incoming ORDER BY arrived_at")
    assert [(one["channel"], one["fate"], one["sender"]) for one in ledger] == [
        ("chat", "case", EMAIL),
        ("chat", "follow_up", EMAIL),
    ]
    (sent,) = await chatting.rows("SELECT o.channel, d.state FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id")
    assert (sent["channel"], sent["state"]) == ("chat", "delivered")
    (case,) = await chatting.rows("SELECT channel, assignee_id, category FROM cases")
    assert (case["channel"], case["assignee_id"]) == ("chat", chatting.vallon.agents["nadia"])
    assert case["category"] == "open"


async def test_what_is_sent_twice_is_said_once_and_a_page_resumes_where_it_was(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world:
        page = Visitor(world.url, world.key)
        await page.connect()
        await page.hello()
        begun = str(uuid4())
        await page.begin("Un", id=begun)
        await page.begin("Un", id=begun)
        chat = await world.accepted("nadia")
        twice = await page.say("Deux")
        await page.say("Deux", id_=twice)
        await page.until_said("Deux")
        mine = await world.says("nadia", chat.id, "Trois")
        await world.says("nadia", chat.id, "Trois", mine)
        await page.until_said("Trois")
        last = max(one["seq"] for one in page.frames if one["t"] in {"msg", "said"})
        await page.hang_up()
        await world.says("nadia", chat.id, "Quatre")
        again = Visitor(world.url, world.key, page.secret)
        async with again:
            await again.hello(seq=last, known=True)
            await again.until_said("Quatre")
            assert again.words() == ["Quatre"]
        whole = Visitor(world.url, world.key, page.secret)
        async with whole:
            await whole.hello(known=True)
            await whole.until_said("Quatre")
            assert whole.words() == ["Un", "Deux", "Trois", "Quatre"]
    assert len(await chatting.rows("SELECT 1 FROM chats")) == 1
    bodies = await chatting.rows("SELECT body FROM follow_ups WHERE channel = 'chat' ORDER BY at")
    assert [one["body"] for one in bodies] == ["Un", "Deux", "Trois", "Quatre"]


async def test_it_is_offered_to_the_next_agent_after_a_miss_and_after_a_refusal(chatting: ChatWorld) -> None:
    await chatting.shape(offer_s=5)
    await chatting.rows(
        "INSERT INTO team_voice (team_id, organisation_id, strategy) VALUES ($1, $2, 'rotation') "
        "ON CONFLICT (team_id) DO UPDATE SET strategy = 'rotation'",
        chatting.vallon.teams["Contact centre"], chatting.vallon.organisation_id,
    )  # fmt: skip
    for name in ("nadia", "camille"):
        await chatting.state(name)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        first = await world.until("SELECT id, ringing FROM chats WHERE cardinality(ringing) = 1")
        names = {world.vallon.agents[name]: name for name in ("nadia", "camille")}
        one = names[first["ringing"][0]]
        other = next(name for name in names.values() if name != one)
        await world.chats(one).store.decline(first["id"])
        chat = await world.offered(other)
        with pytest.raises(Refused) as refused:
            await world.chats(one).store.accept(chat.id)
        assert refused.value.reason is Refusal.CHAT_IS_OVER
        await world.rows("UPDATE chats SET ring_until = now()")
        await world.until("SELECT 1 FROM chats WHERE ringing = '{}' AND cardinality(tried) = 2")
        await world.rows("UPDATE chats SET step_since_at = now() - interval '1 minute'")
        await world.accepted(one)
        with pytest.raises(Refused) as refused:
            await world.chats(other).store.accept(chat.id)
        assert refused.value.reason is Refusal.ALREADY_TAKEN


async def test_an_agent_has_as_many_at_once_as_she_may(chatting: ChatWorld) -> None:
    await chatting.shape(most=2)
    await chatting.state("nadia")
    async with chat_hub(chatting) as world:
        pages = [Visitor(world.url, world.key) for _ in range(3)]
        for page in pages:
            await page.connect()
            await page.hello()
            await page.begin(email=f"{page.secret[:8].lower()}@visitor.example")
        for _ in range(2):
            await world.accepted("nadia")
        third = await world.until("SELECT id FROM chats WHERE state = 'waiting'")
        with pytest.raises(Refused) as refused:
            await world.chats("nadia").store.take(third["id"])
        assert refused.value.reason is Refusal.TOO_MANY
        assert await world.rows("SELECT 1 FROM chats WHERE cardinality(ringing) > 0") == []
        talking = await world.until("SELECT id FROM chats WHERE state = 'talking'")
        await world.chats("nadia").store.end(talking["id"], "wait")
        assert (await world.offered("nadia")).id == third["id"]
        for page in pages:
            await page.hang_up()


async def test_a_chat_whose_case_is_merged_goes_on_and_ends_on_the_kept_one(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin("It leaks")
        chat = await world.accepted("nadia")
        kept = await world.vallon.case()
        await world.vallon.as_agent("camille").merge_cases(kept, chat.case_id)
        await page.say("Since Monday.")
        await world.until("SELECT 1 FROM follow_ups WHERE body = 'Since Monday.'")
        await world.says("nadia", chat.id, "I am looking.")
        await page.until_said("I am looking.")
        assert (await world.view("nadia", chat.id)).case_id == kept
        await world.chats("nadia").store.end(chat.id, "leave")
        await world.until("SELECT 1 FROM chats WHERE state = 'ended'")
    timeline = (await chatting.vallon.as_agent("nadia").case_file(kept)).timeline
    assert [one.body for one in timeline] == [
        "It leaks",
        "merged",
        "Since Monday.",
        "I am looking.",
        "chat_ended_agent",
    ]


@pytest.mark.row("S1-28")
async def test_a_sub_team_gets_a_chat_by_hand_over_with_the_card_and_no_other_way(chatting: ChatWorld) -> None:
    for name in ("nadia", "victor"):
        await chatting.state(name)
    workshop = chatting.vallon.teams["Atelier Beaune"]
    with pytest.raises(Refused) as refused:
        await chatting.chats("sofia").save_widget(WidgetOnPage(new_id(), workshop, active=True))
    assert refused.value.reason is Refusal.SUB_TEAM_GETS_NO_MESSAGES
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        with pytest.raises(Refused):  # not hers to see
            await world.chats("victor").store.take(chat.id)
        await world.chats("nadia").store.hand_over(chat.id, "team", workshop, "Fuite au relevage")
        card = await world.offered("victor")
        assert (card.handed_by_name, card.note, card.case_number) == (
            "Nadia Benali",
            "Fuite au relevage",
            chat.case_number,
        )
        await page.get("chat", lambda one: one["handed"])
        await world.chats("victor").store.accept(card.id)
        await page.get("chat", lambda one: one["agent"] == "Victor")
        await world.says("victor", chat.id, "Je passe demain.")
        await page.until_said("Je passe demain.")
        with pytest.raises(Refused):
            await world.says("nadia", chat.id, "Moi aussi")
        (case,) = await world.rows("SELECT team_id, assignee_id FROM cases")
        assert (case["team_id"], case["assignee_id"]) == (workshop, world.vallon.agents["victor"])
        # The former team goes on reading.
        assert (await world.chats("nadia").store.chat_of_case(chat.case_id)) is not None


async def test_a_hand_over_that_nobody_takes_comes_back_and_then_waits_at_the_door(chatting: ChatWorld) -> None:
    for name in ("nadia", "victor", "camille"):
        await chatting.state(name)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.offered("nadia")
        await world.chats("nadia").store.accept(chat.id)
        await world.chats("nadia").store.hand_over(chat.id, "team", world.vallon.teams["Atelier Beaune"], "")
        await world.offered("victor")
        await world.chats("victor").store.decline(chat.id)
        back = await world.offered("nadia")
        assert back.id == chat.id
        await world.chats("nadia").store.decline(chat.id)
        queued = await world.offered("camille")
        assert queued.team_id == world.vallon.teams["Contact centre"]


async def test_a_case_that_is_handed_over_takes_its_chat_along(chatting: ChatWorld) -> None:
    for name in ("nadia", "julie"):
        await chatting.state(name)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await world.vallon.as_agent("nadia").hand_over_case(chat.case_id, world.vallon.teams["Atelier Beaune"], "")
        card = await world.offered("julie")
        assert card.handed_by_name == "Nadia Benali"
        await world.chats("julie").store.accept(card.id)
        await page.get("chat", lambda one: one["agent"] == "Julie")


async def test_a_tree_leads_a_chat_to_a_sub_team_and_answers_by_itself(chatting: ChatWorld) -> None:
    teams = chatting.vallon.teams
    menu = MessageMenu(
        {"fr": "1 Atelier, 2 Horaires"},
        (
            Choice(("1", "atelier"), Target(Goes.TEAM, id=teams["Atelier Beaune"], says={"fr": "L’atelier arrive."})),
            Choice(("2", "horaires"), Target(Goes.ANSWER, says={"fr": "Du lundi au samedi."})),
        ),
    )
    tree = MessageTree(new_id(), teams["Contact centre"], "Accueil", "start", {"start": menu})
    await PostgresMessageTrees(chatting.database("ada")).save_tree(tree)
    for name in ("nadia", "julie"):
        await chatting.state(name)
    async with chat_hub(chatting) as world:
        async with Visitor(world.url, world.key) as page:
            await page.hello()
            await page.begin()
            await page.until_said("1 Atelier, 2 Horaires")
            assert await world.rows("SELECT 1 FROM chats WHERE state <> 'menu'") == []
            await page.say("L'atelier, svp")
            await page.until_said("L’atelier arrive.")
            card = await world.offered("julie")
            await world.chats("julie").store.accept(card.id)
            await page.get("chat", lambda one: one["agent"] == "Julie")
        async with Visitor(world.url, world.key) as page:
            await page.hello()
            await page.begin(email="autre@visitor.example")
            await page.say("2")
            await page.until_said("Du lundi au samedi.")
            await world.until("SELECT 1 FROM chats WHERE state = 'idle'")
            await page.say("Et le dimanche ?")
            await world.accepted("nadia")
    cases = await chatting.rows("SELECT team_id FROM cases ORDER BY number")
    assert [one["team_id"] for one in cases] == [teams["Atelier Beaune"], teams["Contact centre"]]


async def test_out_of_hours_it_is_a_message_that_waits_as_a_case(chatting: ChatWorld) -> None:
    await chatting.rows(
        "INSERT INTO team_voice (team_id, organisation_id, closed_now) VALUES ($1, $2, true) "
        "ON CONFLICT (team_id) DO UPDATE SET closed_now = true",
        chatting.vallon.teams["Contact centre"], chatting.vallon.organisation_id,
    )  # fmt: skip
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        assert (await page.hello())["open"] is False
        await page.send("begin", id=str(uuid4()), secret=page.secret, name="A", body="Rappelez-moi", lang="fr")
        assert (await page.get("no"))["field"] == "email"
        chat = await page.begin("Rappelez-moi")
        assert (chat["state"], chat["ended_by"]) == ("ended", "form")
        (case,) = await world.rows("SELECT number, assignee_id FROM cases")
        assert (chat["number"], case["assignee_id"]) == (case["number"], None)
        await page.say("Encore")
        assert (await page.get("no", lambda one: one["of"] == "say"))["why"] == "chat_is_over"


async def test_silence_ends_it_with_a_notice_before(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await world.says("nadia", chat.id, "Êtes-vous là ?")
        await world.rows("UPDATE chats SET said_at = now() - interval '9 minutes'")
        await page.get("chat", lambda one: one["notice"])
        await world.rows("UPDATE chats SET noticed_at = now() - interval '3 minutes'")
        ended = await page.get("chat", lambda one: one["state"] == "ended")
        assert ended["ended_by"] == "silence"
    (case,) = await chatting.rows("SELECT category FROM cases")
    assert case["category"] == "waiting_customer"


async def test_a_lead_reads_along_and_takes_over(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        assert (await world.view("camille", chat.id)).may_lead
        with pytest.raises(Refused):  # a colleague who leads nobody
            await world.chats("omar").store.take(chat.id)
        await world.chats("camille").store.take(chat.id)
        await page.get("chat", lambda one: one["agent"] == "Camille")
        await world.says("camille", chat.id, "Je prends la suite.")
        await page.until_said("Je prends la suite.")


async def test_a_board_shows_the_chats_of_who_supervises_and_of_who_leads(chatting: ChatWorld) -> None:
    await chatting.shape("Sales Dijon")
    sales = chatting.key
    await chatting.shape()
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page, Visitor(world.url, sales) as other:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await other.hello()
        await other.begin(email="paul@visitor.example", name="Paul Vernier")
        await world.until("SELECT 1 FROM chats HAVING count(*) = 2")
        floor = {name: await world.chats(name).store.floor_chats() for name in ("sofia", "camille", "nadia", "omar")}
        # A supervisor sees all, a lead her team's, others none, whatever they talk in.
        assert {one.team_name for one in floor["sofia"]} == {"Contact centre", "Sales Dijon"}
        assert [one.id for one in floor["camille"]] == [chat.id]
        assert floor["nadia"] == floor["omar"] == ()
        (shown,) = floor["camille"]
        assert (shown.name, shown.agent_name, shown.team_name) == ("Amélie Fontaine", "Nadia Benali", "Contact centre")
        assert shown.answered_at is not None
        assert shown.since_at == shown.answered_at
        waits = next(one for one in floor["sofia"] if one.id != chat.id)
        assert waits.since_at == waits.waiting_since_at
        # Handed on, it is still hers to see, as it came in at her team's door; the other lead sees it once offered.
        await world.state("victor")
        await world.chats("nadia").store.hand_over(chat.id, "team", world.vallon.teams["Atelier Beaune"], "")
        await world.offered("victor")
        assert [one.id for one in await world.chats("camille").store.floor_chats()] == [chat.id]
        assert [one.id for one in await world.chats("julie").store.floor_chats()] == [chat.id]
        await world.chats("sofia").store.take(waits.id)
        await other.get("chat", lambda one: one["agent"] == "Sofia")
        await world.chats("sofia").store.end(waits.id, "wait")
        assert [one.id for one in await world.chats("sofia").store.floor_chats()] == [chat.id]


async def test_typing_is_seen_on_both_sides_and_kept_nowhere(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await page.get("chat", lambda one: one["state"] == "talking")
        feed = asyncio.Queue[str]()
        kept = "SELECT (SELECT count(*) FROM follow_ups) + (SELECT count(*) FROM changes)"
        listener = await connect(world.vallon.access("nadia"))
        admin = await connect(world.vallon.admin)
        before = await admin.fetchval(kept)
        channel = f"guichet_{world.vallon.organisation_id.hex}"
        await listener.add_listener(channel, lambda _c, _p, _ch, told: feed.put_nowait(told))
        await page.send("typing")
        async with asyncio.timeout(10):
            while (await feed.get()) != f"chat_typing {chat.id} {chat.case_id}":
                continue
        await listener.close()
        await world.chats("nadia").store.types(chat.id)
        await page.get("typing")
        assert await admin.fetchval(kept) == before
        await admin.close()


async def test_while_they_talk_the_case_keeps_its_state_and_only_what_asks_for_the_channel_acts(
    chatting: ChatWorld,
) -> None:
    await chatting.state("nadia")
    asks = Compare("event.channel", How.IS, ("chat",))
    await make_automation(chatting.vallon, HIGH, when=When(Trigger.MESSAGE_IN), condition=asks)
    async with engine_room(chatting.vallon) as room, chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin("Ma presse est en panne")
        chat = await world.accepted("nadia")
        for number in range(3):
            await world.says("nadia", chat.id, f"Question {number}")
            await page.until_said(f"Question {number}")
            await page.answer(await page.say(f"Réponse {number}"))
            await room.run()
            (case,) = await world.rows("SELECT category, priority FROM cases")
            assert (case["category"], case["priority"]) == ("open", "high")
        assert await world.rows("SELECT 1 FROM automation_notices") == []
        await world.chats("nadia").store.end(chat.id, "wait")
        await room.run()
        assert await world.rows("SELECT category FROM cases") == [{"category": "waiting_agent"}]
        assert await world.rows("SELECT 1 FROM automation_runs r JOIN automations a ON a.id = r.automation_id "
                                "WHERE a.shipped <> ''") == []  # fmt: skip


async def test_what_nobody_has_answered_yet_wakes_the_case_that_it_goes_on_with(chatting: ChatWorld) -> None:
    case_id = await chatting.vallon.case(assignee_id=chatting.vallon.agents["camille"])
    await chatting.rows(
        "UPDATE customers SET emails = jsonb_build_array(jsonb_build_object('address', $1::text, 'label', ''))", EMAIL
    )
    (case,) = await chatting.rows("SELECT number FROM cases WHERE id = $1", case_id)
    async with engine_room(chatting.vallon) as room, chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin("Toujours rien ?", number=str(case["number"]))
        await room.run()
        assert await world.rows("SELECT agent_id FROM automation_notices") == [
            {"agent_id": world.vallon.agents["camille"]}
        ]
