"""A customer's form says what is wrong where it is, and two agents never lose each other's words."""

from dataclasses import replace

import pytest

from app.desk.customer_form import CustomerForm, Entry
from app.domain.customers import Customer
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.refusals import Refusal, Refused
from app.services.customers import Customers
from tests.helpers.sample import CUSTOMERS, SampleStore, key

AMELIE = CUSTOMERS[0]
REQUIRED = CustomField(key("vat"), FieldOwner.CUSTOMER, "vat", "VAT number", FieldKind.TEXT, required=True)


class TwoDesks(SampleStore):
    """Tells the newer record with its refusal, as the real store does."""

    async def update_customer(self, customer: Customer) -> Customer:
        current = self.people[customer.id]
        if current.version != customer.version:
            raise Refused(Refusal.CHANGED_MEANWHILE, current=current, agent="Omar Haddad")
        return await super().update_customer(customer)


def make(store: SampleStore, stored: Customer | None = None) -> CustomerForm:
    return CustomerForm(Customers(store), store.kept, stored)


@pytest.mark.row("S5-10")
async def test_everything_that_is_wrong_is_told_at_once_under_its_field() -> None:
    form = make(SampleStore())
    form.fill_entry("phones", 0, Entry("12"))
    form.add_entry("phones")
    form.fill_entry("phones", 1, Entry("06 12 34 56 78", "mobile"))
    form.fill_entry("emails", 0, Entry("not an address"))
    form.save()
    assert set(form.state.errors) == {"last_name", "phones.0", "emails.0"}
    form.fill(last_name="Perrin")
    form.fill_entry("phones", 0, Entry("03 80 21 07 44", "farm"))
    form.fill_entry("emails", 0, Entry("marc@perrin.example"))
    form.save()
    await form.work.settle()
    assert form.state.saved is not None


@pytest.mark.row("S5-11")
async def test_a_required_field_removed_while_the_form_is_open_is_not_asked_any_more() -> None:
    store = SampleStore()
    without = store.kept
    form = CustomerForm(Customers(store), replace(without, fields=(*without.fields, REQUIRED)))
    form.fill(last_name="Perrin")
    form.save()
    assert set(form.state.errors) == {"custom.vat"}
    form.fill_custom("vat", "FR 12")
    form.follow(without)
    form.save()
    await form.work.settle()
    assert form.state.saved is not None
    assert store.people[form.state.saved].custom["vat"] == "FR 12"  # what was typed is kept


async def test_two_agents_edit_different_fields_and_both_are_kept() -> None:
    store = TwoDesks()
    form = make(store, AMELIE)
    form.fill(pinned_note="Ring twice")
    await store.update_customer(replace(AMELIE, organisation="GAEC Fontaine"))
    form.save()
    await form.work.settle()
    clash = form.state.clash
    assert clash is not None
    assert (clash.agent, clash.both) == ("Omar Haddad", ())
    form.keep_mine()
    await form.work.settle()
    kept = store.people[AMELIE.id]
    assert (kept.pinned_note, kept.organisation) == ("Ring twice", "GAEC Fontaine")


async def test_two_agents_edit_the_same_field_and_both_versions_are_shown() -> None:
    store = TwoDesks()
    form = make(store, AMELIE)
    form.fill(pinned_note="Ring twice")
    await store.update_customer(replace(AMELIE, pinned_note="Ask for Luc"))
    form.save()
    await form.work.settle()
    assert form.state.clash is not None
    assert form.state.clash.both == (("pinned_note", "Ring twice", "Ask for Luc"),)
    form.take_theirs()
    assert form.state.customer.pinned_note == "Ask for Luc"


async def test_a_form_that_was_changed_knows_it() -> None:
    form = make(SampleStore(), AMELIE)
    assert not form.changed
    form.fill(first_name="Amélia")
    assert form.changed
