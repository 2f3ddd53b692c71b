"""The shipped automations and mail: carried out at once, once, and not at all where they are switched off."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.conditions import Compare, How
from app.domain.ids import new_id
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Mails, MailTools
from app.services.practice import NoticeKind
from app.store.engine import connect
from app.store.mail import PostgresMail
from app.store.practice import PostgresPractice
from tests.helpers.automations import make_automation
from tests.helpers.mail_engine import Office, open_office
from tests.helpers.organisation import Vallon


@pytest.fixture
async def office(vallon: Vallon) -> AsyncIterator[Office]:
    async with open_office(vallon) as office:
        yield office


@pytest.mark.row("S3-26", "S3-43", "S3-44")
async def test_the_acknowledgement_is_an_automation_whose_words_are_its_templates(office: Office) -> None:
    await office.template("Case {{ case.number }}: thank you, {{ customer.name }}. {{ sender }}")
    entry = await office.comes()
    number = (await office.room.rows("SELECT number FROM cases"))[0]["number"]
    assert await office.sent() == [f"Case {number}: thank you, Jane Roe. Vallon"]
    await office.room.run()
    assert len(await office.sent()) == 1
    (run,) = [run for run in await office.room.runs() if run["shipped"] == "acknowledgement"]
    assert (run["case_id"], run["acts"][0]["told"]) == (entry["case_id"], "jane@customer.example")


async def test_the_teams_switch_keeps_back_whatever_an_automation_would_answer(office: Office) -> None:
    await office.room.shipped("acknowledgement", active=False)
    reply = Action(Does.REPLY, "shipped:acknowledgement")
    one = await make_automation(office.vallon, reply, when=When(Trigger.CREATED))
    await office.switch(answers=False)
    await office.comes()
    await office.room.run()
    (run,) = await office.room.runs(one)
    assert (await office.sent(), run["outcome"], run["acts"][0]["problem"]) == ([], "failed", "answers_off")
    await office.switch(answers=True)
    await office.comes(From="zoe@customer.example")
    await office.room.run()
    assert len(await office.sent()) == 1


@pytest.mark.row("S3-37")
async def test_it_is_switched_off_or_differs_by_conditions(office: Office) -> None:
    await office.room.shipped("acknowledgement", active=False)
    await office.comes()
    await office.room.run()
    assert await office.sent() == []
    # Two of them, for different mails: the second is an ordinary one, made by hand.
    template = new_id()
    ada = await connect(office.vallon.access("ada"))
    await ada.execute(
        "INSERT INTO templates (id, organisation_id, name, text_en, text_fr) VALUES ($1, $2, 'Parts', $3, $3)",
        template, office.vallon.organisation_id, "Parts: {{ case.subject }}",
    )  # fmt: skip
    kept = json.loads(await ada.fetchval("SELECT content FROM automations WHERE shipped = 'acknowledgement'"))
    parts = {"field": "case.subject", "how": "contains", "values": ["part"]}
    kept["condition"]["parts"].append(parts | {"how": "contains_not"})
    await ada.execute(
        "UPDATE automations SET active = true, content = $1 WHERE shipped = 'acknowledgement'", json.dumps(kept)
    )
    await ada.close()
    await make_automation(
        office.vallon, Action(Does.REPLY, str(template)), condition=Compare("case.subject", How.CONTAINS, ("part",))
    )
    await office.comes(From="zoe@customer.example", Subject="A spare part")
    await office.comes(From="eve@customer.example", Subject="A leak")
    assert await office.sent() == []  # nobody's hidden code: the changed one waits for the engine
    await office.room.run()
    said = await office.sent()
    assert said[0] == "Parts: A spare part"
    assert "numéro" in said[1]
    assert len(said) == 2


async def test_replies_keep_to_the_limits_of_automatic_mail(office: Office) -> None:
    when = When(Trigger.MESSAGE_IN)
    automation = await make_automation(office.vallon, Action(Does.REPLY, "shipped:acknowledgement"), when=when)
    await office.room.shipped("acknowledgement", active=False)
    await office.comes()
    robot = await office.comes(From="bot@customer.example", Auto_Submitted="auto-replied")
    listed = await office.comes(From="news@customer.example", List_Id="<news.example>", Precedence="bulk")
    again = await office.comes(body="And more")
    await office.room.run()
    assert (robot["fate"], listed["fate"], again["fate"]) == ("auto_reply", "case", "follow_up")
    runs = await office.room.runs(automation)
    told = [(run["acts"][0].get("told", ""), run["acts"][0].get("problem", "")) for run in runs]
    # The first writer once in a day, whatever she adds; the robot is no message; the list is answered by nobody.
    assert sorted(told) == [("", "no_answer_to_this"), ("", "no_answer_to_this"), ("jane@customer.example", "")]
    assert len(await office.sent()) == 1


@pytest.mark.row("S3-29", "S3-38")
async def test_the_state_after_our_reply_is_an_automation_that_can_be_switched_off_or_changed(office: Office) -> None:
    vallon = office.vallon
    case = await vallon.case(assignee_id=vallon.agents["camille"])
    mail = await office.answers(case, "camille")
    assert await office.category(case) == "waiting_customer"
    await office.room.run()
    (run,) = [run for run in await office.room.runs() if run["shipped"] == "waiting_customer"]
    assert (run["event"], run["trigger"]) == (str(mail.follow_up_id), "message_out")
    await office.room.shipped("waiting_customer", active=False)
    other = await vallon.case(assignee_id=vallon.agents["camille"])
    await office.answers(other, "camille")
    await office.room.run()
    assert await office.category(other) == "open"
    kept = (await office.room.rows("SELECT content FROM automations WHERE shipped = 'waiting_customer'"))[0]["content"]
    kept["actions"][0]["value"] = "category:solved"
    await office.room.shipped("waiting_customer", active=True, content=json.dumps(kept))
    third = await vallon.case(assignee_id=vallon.agents["camille"])
    await office.answers(third, "camille")
    assert await office.category(third) == "open"
    await office.room.run()
    assert await office.category(third) == "solved"


@pytest.mark.row("S3-30", "S3-31", "S3-38")
async def test_the_customers_reply_waits_on_the_agent_and_tells_her_unless_that_is_off(office: Office) -> None:
    vallon = office.vallon
    entry = await office.comes()
    await office.room.run()
    case = entry["case_id"]
    camille = vallon.as_agent("camille")
    await camille.assign_case(case, vallon.agents["camille"])
    await office.answers(case, "camille")
    mails = Mails(PostgresMail(camille._database), MailTools(read, read_head, compose, lambda _: None))
    back = await office.comes(body="Still leaks")
    assert await office.category(case) == "waiting_agent"
    assert [one.case_id for one in await mails.arrived((back["follow_up_id"],))] == [case]
    await office.room.run()
    assert sum(run["event"] == str(back["follow_up_id"]) for run in await office.room.runs()) == 2
    (kept,) = await office.room.rows("SELECT follow_up_id, seen_at IS NOT NULL AS seen FROM automation_notices")
    assert kept == {"follow_up_id": back["follow_up_id"], "seen": True}, "told at once, so not at her next sign-in"
    for key in ("waiting_agent", "notify_assignee"):
        await office.room.shipped(key, active=False)
    await office.answers(case, "camille")
    quiet = await office.comes(body="Hello?")
    await office.room.run()
    assert await office.category(case) == "waiting_customer"
    assert await mails.arrived((quiet["follow_up_id"],)) == ()


async def test_what_happened_while_she_was_away_is_told_at_her_next_sign_in(office: Office) -> None:
    vallon = office.vallon
    entry = await office.comes()
    await office.room.run()
    camille = vallon.as_agent("camille")
    await camille.assign_case(entry["case_id"], vallon.agents["camille"])
    notify = Action(Does.NOTIFY, "assignee", text="Look at {{ case.subject }}")
    await make_automation(vallon, notify, when=When(Trigger.MESSAGE_IN))
    await office.comes(body="Still leaks", In_Reply_To="<1@customer.example>")
    await office.room.run()
    practice = PostgresPractice(camille._database)
    told = {one.kind: one for one in await practice.notices()}
    assert set(told) == {NoticeKind.ANSWERED, NoticeKind.AUTOMATION}
    assert told[NoticeKind.ANSWERED].by_name == "Jane Roe"
    assert told[NoticeKind.AUTOMATION].said.startswith("Look at ")
    assert await PostgresPractice(vallon.as_agent("nadia")._database).notices() == ()
    await practice.see_all()
    assert await practice.notices() == ()


async def test_undo_gives_the_case_its_state_back_after_the_engine_looked(office: Office) -> None:
    vallon = office.vallon
    case = await vallon.case(assignee_id=vallon.agents["camille"])
    mail = await office.answers(case, "camille")
    await office.room.run()
    mails = Mails(
        PostgresMail(vallon.as_agent("camille")._database), MailTools(read, read_head, compose, lambda _: None)
    )
    assert await mails.undo(mail.id)
    await office.room.run()
    assert await office.category(case) == "open"


async def test_what_mail_moves_is_noted_as_it_became_and_what_stays_says_why(office: Office) -> None:
    entry = await office.comes()
    case, camille = entry["case_id"], office.vallon.as_agent("camille")
    await camille.assign_case(case, office.vallon.agents["camille"])
    owner = await connect(office.vallon.admin)
    set_up = "UPDATE guichet.case_states SET {0} WHERE type_id = $1 AND category = $2"
    kind = (await camille.case(case)).type_id
    solved = await owner.fetchval("SELECT id FROM guichet.case_states WHERE type_id = $1 AND category = 'solved'", kind)
    # From open nothing leads to waiting on the customer: an answer leaves the case as it is, and that is what is noted.
    await owner.execute(set_up.format("leads_to = ARRAY[$3::uuid]"), kind, "open", solved)
    await office.answers(case, "camille")
    assert await office.category(case) == "open"
    (run,) = [run for run in await office.room.runs() if run["shipped"] == "waiting_customer"]
    assert (run["outcome"], run["acts"][0]["problem"]) == ("failed", "move_not_allowed")
    assert "after" not in run["acts"][0]
    # Where the type has no state of waiting on an agent, her answer opens the case, and that is what is noted.
    await owner.execute(set_up.format("leads_to = NULL"), kind, "open")
    await office.answers(case, "camille")
    assert await office.category(case) == "waiting_customer"
    await owner.execute(set_up.format("archived_at = now()"), kind, "waiting_agent")
    await owner.close()
    await office.comes(body="Again", In_Reply_To="<1@customer.example>")
    (run,) = [run for run in await office.room.runs() if run["shipped"] == "waiting_agent"]
    state = (await camille.case(case)).state_id
    assert (run["outcome"], run["acts"][0]["after"]) == ("done", {"state_id": str(state)})
    assert await office.category(case) == "open"


async def test_a_solved_case_is_opened_again_whatever_the_automations_say(office: Office) -> None:
    vallon = office.vallon
    entry = await office.comes()
    camille = vallon.as_agent("camille")
    await camille.assign_case(entry["case_id"], vallon.agents["camille"])
    await office.room.shipped("waiting_agent", active=False)
    solved = next(s for s in (await camille.case_types())[0].states if s.category == "solved")
    await camille.update_case(replace(await camille.case(entry["case_id"]), state_id=solved.id))
    await office.comes(body="Again", In_Reply_To="<1@customer.example>")
    await office.room.run()
    assert await office.category(entry["case_id"]) == "waiting_agent"


@pytest.mark.row("S3-45")
async def test_the_default_flow_works_before_anything_is_changed(office: Office) -> None:
    """From a stranger's mail to a closed case, by what ships alone."""
    vallon, room = office.vallon, office.room
    entry = await office.comes()
    await room.run()
    case_id = entry["case_id"]
    nadia = vallon.as_agent("nadia")
    case = await nadia.case(case_id)
    assert (case.category.value, case.assignee_id, len(await office.sent())) == ("open", None, 1)
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    await office.answers(case_id)
    assert await office.category(case_id) == "waiting_customer"
    await office.comes(body="It leaks again", In_Reply_To="<1@customer.example>")
    assert await office.category(case_id) == "waiting_agent"
    solved = next(s for s in (await nadia.case_types())[0].states if s.category == "solved")
    await nadia.update_case(replace(await nadia.case(case_id), state_id=solved.id))
    await room.run()
    while await room.engine.look_at_clock():
        pass
    assert await office.category(case_id) == "solved"
    await room.database.write("UPDATE cases SET activity_at = now() - interval '28 days 1 hour'")
    await room.database.write("UPDATE automations SET ran_until = NULL")
    while await room.engine.look_at_clock():
        pass
    assert await office.category(case_id) == "closed"
    shipped = {run["shipped"] for run in await room.runs()}
    assert shipped == {"acknowledgement", "waiting_customer", "waiting_agent", "notify_assignee", "close_solved"}
