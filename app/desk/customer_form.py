"""One customer being made or edited: what is typed stays as typed until it is saved."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.clash import Clash, clash_of
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain import phone_numbers
from app.domain.customers import Address, Customer, EmailAddress, check_email
from app.domain.fields import CustomField, FieldOwner
from app.domain.ids import new_id
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.services.customers import Customers
from app.services.organisation import Directory


@dataclass(frozen=True, slots=True)
class Entry:
    """One number, e-mail or postal address as it is typed, with its label."""

    text: str = ""
    label: str = ""


Entries = tuple[Entry, ...]
MERGED = QT_TRANSLATE_NOOP("Desk", "A colleague merged this record into another one. Copy what you typed to that one.")


@dataclass(frozen=True, slots=True)
class CustomerFormState:
    """What the dialog shows; `customer` holds the single fields, the lists stand beside it as typed."""

    directory: Directory
    customer: Customer
    phones: Entries = (Entry(),)
    emails: Entries = (Entry(),)
    addresses: Entries = (Entry(),)
    stored: Customer | None = None
    clash: Clash[Customer] | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: UUID | None = None

    @property
    def fields(self) -> tuple[CustomField, ...]:
        """The organisation's own fields as they are now: one removed meanwhile is not asked any more."""
        return tuple(one for one in self.directory.fields if one.owner is FieldOwner.CUSTOMER)


class CustomerForm(Presenter[CustomerFormState]):
    """Saves one customer, or says under each field what is wrong."""

    def __init__(
        self,
        customers: Customers,
        directory: Directory,
        stored: Customer | None = None,
        saved: Callable[[Customer], None] = lambda _: None,
    ) -> None:
        organisation = directory.organisation
        fresh = Customer(new_id(), language=organisation.language, time_zone=organisation.time_zone)
        defaults = {
            one.key: one.default for one in directory.fields if one.owner is FieldOwner.CUSTOMER and one.default
        }
        customer = stored or replace(fresh, custom=defaults)
        super().__init__(_shown(CustomerFormState(directory, customer, stored=stored), customer))
        self._customers, self._saved = customers, saved

    @property
    def changed(self) -> bool:
        """Whether closing would lose something."""
        before = self.state.stored
        if before is None:
            known = self.state.customer
            return bool(known.last_name or known.first_name or known.organisation)
        return _shown(self.state, before) != replace(self.state, errors={}, error=None, clash=None)

    def follow(self, directory: Directory | None) -> None:
        """The fields may have changed while the form is open; what was typed stays."""
        if directory is not None:
            self.show(directory=directory)

    def fill(self, **values: object) -> None:
        """Change single fields."""
        self.show(customer=replace(self.state.customer, **values), error=None, errors=self._without(*values))  # type: ignore[arg-type]

    def fill_custom(self, key: str, value: object) -> None:
        """Change a field of the organisation's own."""
        custom = {**self.state.customer.custom, key: value}
        self.show(customer=replace(self.state.customer, custom=custom), errors=self._without(f"custom.{key}"))

    def fill_entry(self, kind: str, at: int, entry: Entry) -> None:
        """Change one line of `phones`, `emails` or `addresses`."""
        entries: list[Entry] = list(getattr(self.state, kind))
        entries[at] = entry
        self.show(**{kind: tuple(entries), "errors": self._without(f"{kind}.{at}")})

    def add_entry(self, kind: str) -> None:
        """Ask for one more."""
        self.show(**{kind: (*getattr(self.state, kind), Entry())})

    def keep_mine(self) -> None:
        """Save what I wrote over what a colleague wrote in the same fields."""
        if self.state.clash is not None:
            self._rebase(self.state.clash, self.state.clash.merged)
            self.save()

    def take_theirs(self) -> None:
        """Show her text where both of us wrote; the rest of mine stays."""
        if self.state.clash is not None:
            self._rebase(self.state.clash, self.state.clash.with_theirs())

    def save(self) -> None:
        """Store it, or show everything that is wrong at once."""
        if self.state.saving or self.state.saved is not None:
            return
        errors: dict[str, Sentence] = {}
        customer = self._read(errors)
        self.show(errors=errors, error=None)
        if not errors:
            self.show(saving=True)
            self.work.start(self._save(customer), "save customer")

    def _rebase(self, clash: Clash[Customer], customer: Customer) -> None:
        fresh = _shown(self.state, customer)
        self.show(
            customer=customer, phones=fresh.phones, emails=fresh.emails, addresses=fresh.addresses,
            stored=clash.theirs, clash=None, error=None, errors={},
        )  # fmt: skip

    def _read(self, errors: dict[str, Sentence]) -> Customer:
        state, region = self.state, self.state.directory.organisation.region
        phones, emails = [], []
        for at, entry in enumerate(state.phones):
            if entry.text.strip():
                try:
                    phones.append(phone_numbers.parse(entry.text, region, entry.label))
                except Refused as refused:
                    errors[f"phones.{at}"] = of_refusal(refused)
        for at, entry in enumerate(state.emails):
            if entry.text.strip():
                try:
                    check_email(entry.text.strip())
                    emails.append(EmailAddress(entry.text.strip(), entry.label))
                except Refused as refused:
                    errors[f"emails.{at}"] = of_refusal(refused)
        addresses = tuple(Address(one.text.strip(), one.label) for one in state.addresses if one.text.strip())
        if not state.customer.last_name.strip() and not state.customer.organisation.strip():
            errors["last_name"] = of_refusal(Refused(Refusal.REQUIRED, "last_name"))
        for one in state.fields:
            if one.required and not str(state.customer.custom.get(one.key, "") or "").strip():
                errors[f"custom.{one.key}"] = of_refusal(Refused(Refusal.REQUIRED, one.label))
        return replace(state.customer, phones=tuple(phones), emails=tuple(emails), addresses=addresses)

    async def _save(self, customer: Customer) -> None:
        state = self.state
        try:
            if state.stored is None:
                kept = await self._customers.create(customer, state.fields)
            else:
                kept = await self._customers.save(customer, state.fields)
        except Refused as refused:
            self._place(refused, customer)
            return
        self.show(saving=False, saved=kept.id)
        self._saved(kept)

    def _place(self, refused: Refused, customer: Customer) -> None:
        state, sentence = self.state, of_refusal(refused)
        custom = next((f"custom.{one.key}" for one in state.fields if one.label == refused.field), "")
        if refused.reason is Refusal.CHANGED_MEANWHILE and state.stored is not None:
            clash = clash_of(refused, state.stored, customer)
            if clash is not None and clash.theirs.merged_into_id is not None:
                # Saved there it would be seen by nobody; what was typed stays in the form.
                self.show(saving=False, error=desk(MERGED))
                return
            self.show(saving=False, clash=clash, error=None if clash else sentence)
        elif custom or refused.field in {"first_name", "last_name", "organisation", "account_number"}:
            self.show(saving=False, errors={custom or refused.field: sentence})
        else:
            self.show(saving=False, error=sentence)

    def _without(self, *names: str) -> dict[str, Sentence]:
        return {name: said for name, said in self.state.errors.items() if name not in names}


def _shown(state: CustomerFormState, customer: Customer) -> CustomerFormState:
    return replace(
        state,
        customer=customer,
        phones=tuple(Entry(one.typed or one.e164, one.label) for one in customer.phones) or (Entry(),),
        emails=tuple(Entry(one.address, one.label) for one in customer.emails) or (Entry(),),
        addresses=tuple(Entry(one.lines, one.label) for one in customer.addresses) or (Entry(),),
    )
