"""Manage's forms over the real store: an agent is made, signs in, is disabled; fields are shaped by who may."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.desk.agents import AgentForm, Agents, proposed
from app.desk.field_form import FieldForm, Fields
from app.domain.agents import Role
from app.domain.fields import FieldKind, FieldOwner
from app.domain.history import Hint
from app.domain.refusals import Refusal, Refused
from app.services.organisation import Administration
from app.store.desk import open_desk_store
from tests.helpers.organisation import Vallon


class Still:
    """A feed that says nothing."""

    connected = True

    def subscribe(self, listener: Callable[[Hint], None]) -> Callable[[], None]:
        del listener
        return lambda: None


async def test_an_agent_made_on_the_page_signs_in_and_a_disabled_one_does_not(vallon: Vallon) -> None:
    administration = Administration(vallon.as_agent("ada"))
    form = AgentForm(administration, await administration.directory())
    name = f"Zoé Testard {vallon.admin.database}"  # sign-ins belong to the cluster, which the tests share
    form.fill(name=name, role=Role.AGENT)
    assert form.state.agent.role_name == proposed(name)
    form.type_password("short")
    form.save()
    await form.work.settle()
    assert set(form.state.errors) == {"password"}
    form.type_password("a long enough one")
    form.choose_team(vallon.teams["Contact centre"], member=True)
    form.save()
    await form.work.settle()
    assert form.state.saved
    access = vallon.access(form.state.agent.role_name)
    desk = await open_desk_store(replace(access, password="a long enough one"))
    assert desk.directory_now.me.name == name
    await desk.close()
    agents = Agents(administration, Still())
    agents.begin()
    await agents.work.settle()
    agents.set_active(form.state.agent.id, active=False)
    await agents.work.settle()
    with pytest.raises(Refused) as refused:
        await open_desk_store(replace(access, password="a long enough one"))
    assert refused.value.reason is Refusal.WRONG_PASSWORD


@pytest.mark.row("S4-10", "S5-11")
async def test_a_field_is_made_ordered_and_removed_and_its_kind_is_fixed(vallon: Vallon) -> None:
    administration = Administration(vallon.as_agent("ada"))
    for position, label in enumerate(("Segment", "VAT number")):
        form = FieldForm(administration, FieldOwner.CUSTOMER, position)
        form.fill(label=label, kind=FieldKind.PICK_LIST if position == 0 else FieldKind.TEXT)
        if position == 0:
            form.save()
            assert set(form.state.errors) == {"choices"}
            form.type_choices("Arable\nDairy\n\nArable")
        form.save()
        await form.work.settle()
        assert form.state.saved
    fields = Fields(administration, Still())
    fields.begin()
    await fields.work.settle()
    segment, vat = fields.state.listed()
    assert segment.choices == ("Arable", "Dairy")
    fields.move(vat.id, -1)
    await fields.work.settle()
    assert [one.label for one in fields.state.listed()] == ["VAT number", "Segment"]
    changed = FieldForm(administration, FieldOwner.CUSTOMER, 0, segment)
    changed.fill(kind=FieldKind.DATE)
    changed.save()
    await changed.work.settle()
    await fields._read()
    assert {one.label: one.kind for one in fields.state.listed()}["Segment"] is FieldKind.PICK_LIST
    fields.remove(vat.id)
    await fields.work.settle()
    assert [one.label for one in fields.state.listed()] == ["Segment"]


async def test_an_agent_without_the_permission_is_refused_by_the_store(vallon: Vallon) -> None:
    administration = Administration(vallon.as_agent("nadia"))
    form = AgentForm(administration, await administration.directory())
    form.fill(name="Nobody New")
    form.type_password("a long enough one")
    form.save()
    await form.work.settle()
    assert not form.state.saved
    assert form.state.error is not None
