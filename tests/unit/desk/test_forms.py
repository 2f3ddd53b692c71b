"""New case, teams and sign-in: what is missing is told, what is typed stays, a thing is made once."""

import pytest

from app.desk.new_case import NewCaseForm
from app.desk.sign_in import Remembered, SignIn
from app.desk.teams import CreateTeam, Teams
from app.desk.wording import of_refusal
from app.domain.refusals import Refusal, Refused
from app.services.desk import SignedIn
from tests.helpers.sample import SampleDoor, SampleStore, key, signed_in


def make_form(store: SampleStore, made: list[object]) -> NewCaseForm:
    services = signed_in(store)
    return NewCaseForm(services.cases, services.customers, services.directory, made.append)


async def test_a_new_case_names_everything_that_is_missing() -> None:
    form = make_form(SampleStore(), [])
    form.choose_team(key("Atelier Beaune"))
    form.show(number=None)
    form.create()
    assert set(form.state.errors) == {"customer", "subject", "number"}
    form.type_subject("Leak")
    assert set(form.state.errors) == {"customer", "number"}


async def test_a_new_case_is_made_once_however_often_the_key_is_pressed() -> None:
    made: list[object] = []
    store = SampleStore()
    form = make_form(store, made)
    form.search("girard")
    await form.work.settle()
    form.choose_customer(form.state.hits[0])
    form.type_subject("Belt")
    form.create()
    form.create()
    await form.work.settle()
    form.create()
    assert len(made) == 1
    assert form.state.open_cases[0].number == 48177


@pytest.mark.row("S1-12", "S1-33")
async def test_a_sub_team_may_speak_with_any_number_of_the_organisation() -> None:
    form = make_form(SampleStore(), [])
    form.choose_team(key("Location"))
    assert form.state.number is not None
    assert form.state.number.e164 == "+33380123460"
    assert {number.e164 for number, _ in form.state.numbers()} == {"+33380123450", "+33380123460", "+33385412070"}
    form.choose_number(key("+33385412070"))
    assert form.state.number.e164 == "+33385412070"


@pytest.mark.row("S1-18", "S1-20")
async def test_a_sub_team_without_communication_team_is_refused() -> None:
    made: list[object] = []
    services = signed_in(SampleStore())
    form = CreateTeam(services.administration, services.directory, made.append)
    form.fill(name="Atelier Nolay")
    form.create()
    assert set(form.state.errors) == {"own_number"}
    form.answer(own_number=False)
    form.create()
    assert set(form.state.errors) == {"communication_team"}
    assert not [team for team in form.state.offered() if team.is_sub_team]
    form.fill(communication_team_id=key("Contact centre"))
    form.create()
    await form.work.settle()
    assert made == [form.state.created]


async def test_a_numbered_team_needs_a_number_that_is_one() -> None:
    services = signed_in(SampleStore())
    form = CreateTeam(services.administration, services.directory, lambda _: None)
    form.fill(name="Service Nuits", number="12")
    form.answer(own_number=True)
    form.create()
    assert form.state.errors == {"number": of_refusal(_refusal_of("12"))}


def _refusal_of(typed: str) -> Refused:
    return Refused(Refusal.NOT_A_PHONE_NUMBER, "phone", value=typed, example="06 12 34 56 78")


@pytest.mark.row("S1-22", "S1-23")
async def test_the_default_communication_team_can_be_changed_later() -> None:
    store = SampleStore()
    services = signed_in(store)
    teams = Teams(services.administration, services.feed)
    teams.begin()
    await teams.work.settle()
    teams.open(key("Atelier Beaune"))
    assert {team.name for team in teams.state.offered()} == {"Contact centre", "Sales Dijon", "Service Chalon"}
    teams.edit(communication_team_id=key("Sales Dijon"))
    assert teams.state.changes == 1
    teams.save()
    await teams.work.settle()
    assert teams.state.changes == 0
    assert store.kept.team(key("Atelier Beaune")).communication_team_id == key("Sales Dijon")


async def test_a_team_name_that_is_taken_is_told_under_its_field() -> None:
    services = signed_in(SampleStore())
    teams = Teams(services.administration, services.feed)
    teams.begin()
    await teams.work.settle()
    teams.open(key("Location"))
    teams.edit(name="Atelier Beaune")
    teams.save()
    await teams.work.settle()
    assert teams.state.errors["name"].details["value"] == "Atelier Beaune"
    assert teams.state.changes == 1
    teams.discard()
    assert teams.state.changes == 0


async def test_sign_in_tells_what_is_wrong_and_keeps_what_was_typed() -> None:
    entered: list[SignedIn] = []
    door = SampleDoor(Remembered("camille.roy"))
    presenter = SignIn(door, entered.append)
    presenter.begin()
    await presenter.work.settle()
    assert presenter.state.name == "camille.roy"
    presenter.enter("camille.roy", "")
    assert presenter.state.error_field == "password"
    presenter.enter("camille.roy", "le mauvais")
    await presenter.work.settle()
    assert presenter.state.error == of_refusal(Refused(Refusal.WRONG_PASSWORD, "password"))
    assert presenter.state.password == "le mauvais"
    presenter.enter(" camille.roy ", "le bon mot de passe")
    await presenter.work.settle()
    assert door.entered == [("vallon", "camille.roy", True)]
    assert len(entered) == 1
    assert presenter.state.password == ""


async def test_a_server_that_is_away_can_be_tried_again() -> None:
    presenter = SignIn(SampleDoor(keyring=False), lambda _: None)
    presenter.choose_profile("away")
    await presenter.work.settle()
    assert not presenter.state.keep
    presenter.enter("camille.roy", "x" * 12)
    await presenter.work.settle()
    assert presenter.state.away is not None
    assert presenter.state.away.details["server"] == "beaune.vallon.example"
    presenter.retry()
    assert presenter.state.busy
    await presenter.work.settle()
    assert not presenter.state.busy
