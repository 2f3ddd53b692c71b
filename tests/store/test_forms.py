"""Forms of cases: kept by who shapes fields, a team's also by its lead, and the closest one holds."""

import pytest

from app.domain.case_types import TypeKind
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.forms import Form, FormField, form_for, missing
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.practice import Practice
from app.store.case_types import PostgresCaseTypes
from app.store.practice import PostgresPractice
from tests.helpers.organisation import Vallon


def practice(vallon: Vallon, name: str) -> Practice:
    return Practice(PostgresPractice(vallon.as_agent(name)._database))


@pytest.mark.row("S4-11", "S4-12")
async def test_the_core_form_ships_and_a_national_team_shapes_its_own(vallon: Vallon) -> None:
    ada, julie = practice(vallon, "ada"), practice(vallon, "julie")
    serial = CustomField(new_id(), FieldOwner.CASE, "serial", "Serial number", FieldKind.TEXT)
    await vallon.as_agent("ada").save_field(serial)
    own = (await vallon.as_agent("nadia").directory()).fields
    beaune, dijon = vallon.teams["Atelier Beaune"], vallon.teams["Sales Dijon"]
    assert await ada.forms() == ()
    core = form_for((), None, beaune, own)
    assert [one.field for one in core.fields][-1] == "custom.serial"
    assert not any(one.required for one in core.fields)
    await julie.save_form(Form(None, beaune, (FormField("custom.serial", True), FormField("tags"))))
    with pytest.raises(Refused) as refused:
        await julie.save_form(Form(None, dijon, ()))
    assert refused.value.reason is Refusal.NOT_PERMITTED
    with pytest.raises(Refused):
        await practice(vallon, "nadia").save_form(Form(None, None, ()))
    kinds = await PostgresCaseTypes(vallon.as_agent("ada")._database).types()
    complaint = next(one for one in kinds if (one.kind, one.key) == (TypeKind.CASE, "complaint"))
    await ada.save_form(Form(complaint.id, None, (FormField("priority", True),)))
    await ada.save_form(Form(complaint.id, beaune, (FormField("severity"),)))
    forms = await practice(vallon, "nadia").forms()
    generic = next(one for one in kinds if one.key == "case")
    assert [one.field for one in form_for(forms, generic.id, beaune, own).fields] == ["custom.serial", "tags"]
    assert [one.field for one in form_for(forms, complaint.id, beaune, own).fields] == ["severity"]
    assert [one.field for one in form_for(forms, complaint.id, dijon, own).fields] == ["priority"]
    assert form_for(forms, generic.id, dijon, own) == core
    assert missing(form_for(forms, generic.id, beaune, own), {"custom.serial": " "}) == ("custom.serial",)
    await ada.remove_form(Form(complaint.id, beaune, ()))
    assert [one.field for one in form_for(await ada.forms(), complaint.id, beaune, own).fields] == [
        "custom.serial",
        "tags",
    ]
    # A field that is removed leaves its forms.
    await vallon.as_agent("ada").remove_field(serial.id)
    now = (await vallon.as_agent("nadia").directory()).fields
    assert [one.field for one in form_for(await ada.forms(), generic.id, beaune, now).fields] == ["tags"]
