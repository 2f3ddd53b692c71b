"""The customer system outside: links that open a record there, the guide that agents read, tables in its columns."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.domain.ids import new_id
from app.domain.import_columns import TableKind
from app.domain.outside import Guide, OutsideLink, Subject, address, check_template, values_of
from app.domain.refusals import Refusal, Refused
from app.services.exports import Exports
from app.services.outside import Outside
from app.store.engine import open_engine
from app.store.outside import PostgresOutside
from app.store.session import Database
from app.store.tables import PostgresTables
from tests.helpers.organisation import Vallon

NETSUITE = "https://1234567.app.netsuite.com/app/common/entity/custjob.nl?id={custom.netsuite_id}"


@pytest.fixture
async def signed_in(vallon: Vallon) -> AsyncIterator[dict[str, Database]]:
    made = {name: Database(open_engine(vallon.access(name))) for name in ("sofia", "nadia")}
    yield made
    for database in made.values():
        await database.close()


@pytest.mark.row("S5-26")
async def test_a_link_opens_the_customer_in_the_other_system(vallon: Vallon, signed_in: dict[str, Database]) -> None:
    sofia, nadia = (Outside(PostgresOutside(signed_in[name])) for name in ("sofia", "nadia"))
    link = OutsideLink(new_id(), "NetSuite", template=NETSUITE)
    await sofia.save(link)
    await sofia.save(
        OutsideLink(new_id(), "Salesforce", Subject.CASE, "https://x.example/cases?n={number}&s={subject}")
    )
    found = await nadia.links()
    assert [(one.name, one.subject) for one in found] == [("NetSuite", Subject.CUSTOMER), ("Salesforce", Subject.CASE)]
    case_id = await vallon.case()
    file = await vallon.as_agent("nadia").case_file(case_id)
    values = values_of(file.customer, file.case)
    assert address(found[0], values) == ("", "custom.netsuite_id")
    opened = address(found[0], values | {"custom.netsuite_id": "42&admin=1"})
    assert opened == ("https://1234567.app.netsuite.com/app/common/entity/custjob.nl?id=42%26admin%3D1", "")
    assert address(found[1], values)[0] == f"https://x.example/cases?n={file.case.number}&s=Hydraulic%20leak"
    with pytest.raises(Refused) as refused:
        await nadia.save(replace(link, name="Mine"))
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await sofia.remove(link.id)
    assert [one.name for one in await nadia.links()] == ["Salesforce"]


@pytest.mark.row("S5-27")
async def test_the_supervisor_writes_a_guide_that_every_agent_reads(signed_in: dict[str, Database]) -> None:
    sofia, nadia = (Outside(PostgresOutside(signed_in[name])) for name in ("sofia", "nadia"))
    assert await nadia.guide() == Guide()
    await sofia.save_guide(Guide("Working with NetSuite", "# Customers\n- open the link\n"))
    read = await nadia.guide()
    assert (read.title, read.updated_by, read.version) == ("Working with NetSuite", "Sofia Supervisor", 1)
    with pytest.raises(Refused) as refused:
        await nadia.save_guide(read)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await sofia.save_guide(replace(read, body="new"))
    with pytest.raises(Refused) as stale:
        await sofia.save_guide(replace(read, body="older"))
    assert stale.value.reason is Refusal.CHANGED_MEANWHILE


async def test_customers_leave_in_the_columns_of_the_other_system(vallon: Vallon) -> None:
    customer = await vallon.customer()
    database = Database(open_engine(vallon.access("ada")))
    directory = await vallon.as_agent("ada").directory()
    exports = Exports(PostgresTables(database), directory)
    mapping = {"External ID": "account_number", "Last Name": "last_name", "Owner": ""}
    table = b"".join([part async for part in exports.mapped(TableKind.CUSTOMERS, mapping)]).decode("utf-8-sig")
    assert table.splitlines() == ["External ID,Last Name,Owner", f"{customer.account_number},Perrin,"]
    lines = b"".join([part async for part in exports.mapped(TableKind.CUSTOMERS, mapping, as_json=True)])
    assert [json.loads(line) for line in lines.splitlines()] == [
        {"External ID": customer.account_number, "Last Name": "Perrin", "Owner": ""}
    ]
    with pytest.raises(Refused) as strange:
        [part async for part in exports.mapped(TableKind.CUSTOMERS, {"X": "shoe_size"})]
    assert strange.value.details["value"] == "shoe_size"
    await database.close()


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("javascript:alert(1)", Refusal.NOT_A_URL),
        ("https://{name}/x", Refusal.NOT_A_URL),
        ("ftp://x.example/{name}", Refusal.NOT_A_URL),
        ("https://x.example/{number}", Refusal.NOT_A_CHOICE),
        ("https://x.example/{nonsense}", Refusal.NOT_A_CHOICE),
    ],
)
def test_a_template_that_leads_nowhere_is_refused(template: str, reason: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        check_template(template, Subject.CUSTOMER)
    assert refused.value.reason is reason
