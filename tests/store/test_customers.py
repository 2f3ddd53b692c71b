"""Customers: found by anything they are known by, edited without losing anybody's text, merged with both histories."""

from dataclasses import replace

import pytest

from app.domain.customers import Address, Customer, EmailAddress
from app.domain.ids import new_id
from app.domain.phone_numbers import parse
from app.domain.refusals import Refusal, Refused
from app.services.customers import Customers
from tests.helpers.organisation import Vallon

AMELIE = Customer(
    new_id(),
    first_name="Amélie",
    last_name="Fontaine",
    organisation="GAEC des Tilleuls",
    phones=(parse("06 39 98 78 90", "FR", "mobile"), parse("03 53 01 07 44", "FR")),
    emails=(EmailAddress("A.Fontaine@tilleuls.example"),),
    addresses=(Address("12 rue du Moulin\n21200 Beaune", "primary"), Address("Route de Nolay", "deliveries")),
)


@pytest.mark.row("S5-09", "S5-10")
async def test_a_customer_keeps_what_was_typed_and_gets_a_unique_account_number(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    made = await Customers(camille).create(replace(AMELIE, id=new_id()))
    other = await Customers(camille).create(replace(AMELIE, id=new_id()))
    assert made.phones == AMELIE.phones
    assert made.addresses == AMELIE.addresses
    assert len(made.account_number) == 6
    assert made.account_number != other.account_number
    with pytest.raises(Refused) as refused:
        await camille.update_customer(replace(other, account_number=made.account_number))
    assert refused.value.reason is Refusal.ACCOUNT_NUMBER_IN_USE


@pytest.mark.row("S5-06")
@pytest.mark.parametrize(
    "typed",
    [
        "fontaine",
        "amelie f",
        "FONTAINE AMÉ",
        "tilleuls",
        "gaec des t",
        "a.fontaine@",
        "06 39 98",
        "+33639987890",
        "0353010744",
    ],
)
async def test_a_customer_is_found_by_all_she_is_known_by(vallon: Vallon, typed: str) -> None:
    camille = vallon.as_agent("camille")
    made = await camille.insert_customer(replace(AMELIE, id=new_id()))
    await vallon.customer("Perrin", "01 99 00 12 12")
    assert [hit.id for hit in await camille.find_customers(typed, 10)] == [made.id]


async def test_an_account_number_and_a_callers_number_find_exactly(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    made = await camille.insert_customer(replace(AMELIE, id=new_id()))
    assert [hit.id for hit in await camille.find_customers(made.account_number, 5)] == [made.id]
    assert [hit.id for hit in await camille.customers_by_phone("+33639987890")] == [made.id]
    assert await camille.customers_by_phone("+3363998789") == ()


async def test_merging_keeps_both_histories_and_all_numbers(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    kept = await camille.insert_customer(replace(AMELIE, id=new_id()))
    case_id = await vallon.case()
    merged_id = (await camille.case(case_id)).customer_id
    await camille.merge_customers(kept.id, merged_id)
    file = await camille.customer_file(kept.id)
    assert [row.id for row in file.cases] == [case_id]
    assert "+33639981234" in {phone.e164 for phone in file.customer.phones}
    assert {change.record_id for change in await camille.history(kept.id, 20)} == {kept.id, merged_id}
    assert [hit.id for hit in await camille.find_customers("perrin", 5)] == []
    with pytest.raises(Refused):
        await vallon.as_agent("nadia").merge_customers(kept.id, merged_id)


async def test_a_name_of_a_million_letters_is_refused_in_words(vallon: Vallon) -> None:
    with pytest.raises(Refused, match="too long") as refused:
        await Customers(vallon.as_agent("camille")).create(replace(AMELIE, id=new_id(), last_name="x" * 1_000_000))
    assert refused.value.field == "last_name"


async def test_two_agents_edit_one_customer_and_the_second_is_shown_both(vallon: Vallon) -> None:
    camille, nadia = vallon.as_agent("camille"), vallon.as_agent("nadia")
    made = await camille.insert_customer(replace(AMELIE, id=new_id()))
    await camille.update_customer(replace(made, pinned_note="Camille's"))
    with pytest.raises(Refused) as refused:
        await nadia.update_customer(replace(made, pinned_note="Nadia's"))
    current = refused.value.details["current"]
    assert isinstance(current, Customer)
    assert (current.pinned_note, current.updated_by_name) == ("Camille's", "Camille Roy")
