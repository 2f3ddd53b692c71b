"""Mail and types: what an address of a type makes, and what becomes of a case that may not be opened again."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.case_types import CaseType, GoesTo, Reopens, TypeKind
from app.domain.cases import Category
from app.domain.mail_threading import new_message_id
from app.services.case_types import Types
from app.store.case_types import PostgresCaseTypes
from tests.helpers.mail_store import write_mail
from tests.mail.office import Office, customer_mail, hub


async def _save(office: Office, key: str, kind: TypeKind = TypeKind.CASE, **changes: object) -> CaseType:
    service = Types(PostgresCaseTypes(office.vallon.as_agent("ada")._database))
    one = next(one for one in await service.all() if (one.kind, one.key) == (kind, key))
    await service.save(replace(one, **changes), await service.all())  # type: ignore[arg-type]
    return next(one for one in await service.all() if (one.kind, one.key) == (kind, key))


async def _catch_all(office: Office) -> UUID:
    mailbox = await office.mailbox("Contact centre", "catch@guichet.example")
    ada = office.vallon.as_agent("ada")
    await ada._database.write("SELECT set_catch_all(:id, 'domain', 'catch@guichet.example')", id=mailbox)
    return mailbox


@pytest.mark.row("S3-15", "S3-33")
async def test_several_addresses_make_several_types(office: Office) -> None:
    await _catch_all(office)
    suggestion = await _save(office, "suggestion", enabled=True)
    wish = await _save(office, "improvement", TypeKind.FEATURE, enabled=True)
    visit = await _save(office, "visit", TypeKind.TASK, enabled=True)
    assert visit.addresses == ("visite@guichet.example",)
    async with hub(office):
        office.deliver(
            "catch@guichet.example",
            customer_mail(1, "My car is broken.", To="catch@guichet.example"),
            customer_mail(2, "Open on Saturdays.", To="suggestion@guichet.example"),
            customer_mail(3, "A darker night mode.", To=wish.addresses[0]),
            customer_mail(4, "And on Sundays.", To="Suggestion@guichet.example"),
            customer_mail(5, "Please come by.", To=visit.addresses[0], Subject="The press", From="ann@a.example"),
        )
        entries = await office.settled(5)
    cases = await office.rows("SELECT id, type_id, state_id FROM cases")
    of = {row["id"]: row for row in cases}
    made = [of[entry["case_id"]]["type_id"] for entry in entries]
    generic = await _save(office, "case")
    # Her second suggestion enters her open suggestion, not the case that is open beside it.
    assert made == [generic.id, suggestion.id, wish.id, suggestion.id, generic.id]
    assert [entry["fate"] for entry in entries] == ["case", "case", "case", "follow_up", "case"]
    assert of[entries[1]["case_id"]]["state_id"] == suggestion.default_state_id
    (task,) = await office.rows("SELECT title, case_id, type_id, state_id, status FROM tasks")
    assert task["case_id"] == entries[4]["case_id"]
    assert (task["title"], task["type_id"], task["state_id"]) == ("The press", visit.id, visit.default_state_id)


async def _solved(office: Office, mailbox: UUID, number: int) -> tuple[UUID, str]:
    """A solved case of Nadia's with the id of our last mail on it."""
    vallon = office.vallon
    case = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.assign_case(case, vallon.agents["nadia"])
    kind = next(kind for kind in await nadia.case_types() if kind.key == "case")
    solved = next(state.id for state in kind.states if state.category is Category.SOLVED)
    await nadia.update_case(replace(await nadia.case(case), state_id=solved))
    own = new_message_id(case, "guichet.example")
    await write_mail(vallon, mailbox, case, (f"jane{number}@customer.example",), external_id=own)
    return case, own


@pytest.mark.parametrize(
    ("rule", "days_ago", "opens"),
    [(Reopens.ALWAYS, 400, True), (Reopens.NEVER, 0, False), (Reopens.WITHIN, 3, True), (Reopens.WITHIN, 40, False)],
)
async def test_a_solved_case_is_opened_again_as_its_type_says_or_gone_on_with_in_another(
    office: Office, rule: Reopens, days_ago: int, opens: bool
) -> None:
    mailbox = await _catch_all(office)
    await _save(office, "case", reopens=rule)
    case, own = await _solved(office, mailbox, 1)
    await office.database.write(
        "UPDATE cases SET activity_at = now() - make_interval(days => :days) WHERE id = :id", days=days_ago, id=case
    )
    async with hub(office):
        office.deliver(
            "catch@guichet.example", customer_mail(1, "Again!", From="jane1@customer.example", In_Reply_To=own)
        )
        (entry,) = await office.settled(1)
    nadia = office.vallon.as_agent("nadia")
    if opens:
        assert (entry["fate"], entry["case_id"]) == ("follow_up", case)
        opened = await nadia.case(case)
        assert opened.category is Category.WAITING_AGENT
        assert opened.assignee_id == office.vallon.agents["nadia"]
        return
    assert (entry["fate"], entry["case_id"] != case) == ("case", True)
    assert (await nadia.case(case)).category is Category.SOLVED
    (link,) = await office.rows("SELECT from_id, to_id, kind FROM case_links")
    assert link == {"from_id": entry["case_id"], "to_id": case, "kind": "continues"}
    assert [one.body for one in (await nadia.case_file(case)).timeline][-1] == "continues_by"
    assert "continues" in [one.body for one in (await nadia.case_file(entry["case_id"])).timeline]


async def test_what_a_machine_answers_stands_on_a_solved_case_and_never_opens_it(office: Office) -> None:
    mailbox = await _catch_all(office)
    await _save(office, "case", reopens=Reopens.ALWAYS)
    case, own = await _solved(office, mailbox, 1)
    machines = (
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Absence : Re: Car"},  # no field says so
        {"Return_Path": "<>"},
        {"Content_Type": "multipart/report; report-type=disposition-notification; boundary=b"},
    )
    jane = {"From": "jane1@customer.example", "In_Reply_To": own}
    async with hub(office):
        mails = [customer_mail(n, "I am away.", **jane | fields) for n, fields in enumerate(machines, 1)]
        office.deliver("catch@guichet.example", *mails)
        entries = await office.settled(len(machines))
        assert {(entry["fate"], entry["case_id"]) for entry in entries} == {("auto_reply", case)}
        nadia = office.vallon.as_agent("nadia")
        assert (await nadia.case(case)).category is Category.SOLVED
        office.deliver("catch@guichet.example", customer_mail(9, "It broke again.", **jane))
        await office.settled(len(machines) + 1)
    assert (await nadia.case(case)).category is Category.WAITING_AGENT


async def test_an_opened_case_goes_to_the_team_where_its_type_says_so(office: Office) -> None:
    mailbox = await _catch_all(office)
    await _save(office, "case", reopened_goes_to=GoesTo.TEAM)
    case, own = await _solved(office, mailbox, 1)
    async with hub(office):
        office.deliver(
            "catch@guichet.example", customer_mail(1, "Again!", From="jane1@customer.example", In_Reply_To=own)
        )
        await office.settled(1)
    opened = await office.vallon.as_agent("nadia").case(case)
    assert (opened.category, opened.assignee_id) == (Category.WAITING_AGENT, None)


@pytest.mark.row("S4-04")
async def test_one_touch_solves_with_the_answer_and_the_next_message_opens_again(office: Office) -> None:
    mailbox = await _catch_all(office)
    await _save(office, "case", one_touch=True)
    vallon = office.vallon
    case = await vallon.case()
    nadia = vallon.as_agent("nadia")
    own = new_message_id(case, "guichet.example")
    await write_mail(vallon, mailbox, case, ("jane@customer.example",), external_id=own)
    answered = await nadia.case(case)
    assert (answered.category, answered.assignee_id) == (Category.SOLVED, vallon.agents["nadia"])
    async with hub(office):
        office.deliver("catch@guichet.example", customer_mail(1, "Not yet.", In_Reply_To=own))
        await office.settled(1)
    assert (await nadia.case(case)).category is Category.WAITING_AGENT
