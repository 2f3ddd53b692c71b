"""Tables in and out: what is guessed is told, good lines go in, bad lines come back with their reasons."""

from dataclasses import replace

import pytest

from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.ids import new_id
from app.domain.import_columns import TableKind
from app.domain.refusals import Refusal, Refused
from app.domain.tables import read_table
from app.domain.views import View, ViewKind
from app.services.exports import Exports
from app.services.imports import Imports
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.store.tables import PostgresTables
from tests.helpers.organisation import Vallon

HEADING = "Nom;Prénom;Société;Téléphone;E-mail;Langue;Couleur\n"


class Tables:
    """Imports and exports of one agent."""

    def __init__(self, vallon: Vallon, agent: str) -> None:
        self.database = Database(open_engine(vallon.access(agent)))
        self.store = PostgresTables(self.database)
        self._agent = vallon.as_agent(agent)

    async def __aenter__(self) -> "Tables":
        directory = await self._agent.directory()
        self.imports, self.exports = Imports(self.store, directory), Exports(self.store, directory)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.database.close()

    async def table(self, kind: TableKind) -> str:
        return b"".join([part async for part in self.exports.table(kind)]).decode("utf-8-sig")


@pytest.mark.row("S3-03")
async def test_customers_are_previewed_imported_and_reported(vallon: Vallon) -> None:
    text = HEADING + (
        "Fontaine;Amélie;GAEC des Tilleuls;06 39 98 78 90;a@tilleuls.example;fr;rouge\n"
        "Perrin;Marc;;12;m@perrin.example;fr;bleu\n"
        ";;;;;;\n"
        ";Jean;;;;;\n"
        "Lang;Victor;;0353010744;not an address;;\n"
        'Roy;Camille;"EARL; Roy";;;english;\n'
        "Court;Ligne\n"
    )
    async with Tables(vallon, "nadia") as tables:
        preview = await tables.imports.preview(TableKind.CUSTOMERS, text.encode("cp1252"))
        assert (preview.table.encoding, preview.table.delimiter, preview.lines) == ("Windows-1252", ";", 6)
        assert [column.column for column in preview.columns] == [
            "last_name", "first_name", "organisation", "phone", "email", "language", "",
        ]  # fmt: skip
        assert preview.missing == ()
        assert await vallon.as_agent("nadia").find_customers("fontaine", 5) == ()
        report = await tables.imports.run(TableKind.CUSTOMERS, text.encode("cp1252"))
    assert report.imported == 2
    assert [(p.line.number, p.refused.reason) for p in report.problems] == [
        (3, Refusal.NOT_A_PHONE_NUMBER),
        (5, Refusal.REQUIRED),
        (6, Refusal.NOT_AN_EMAIL),
        (8, Refusal.LINE_TOO_SHORT),
    ]
    found = await vallon.as_agent("nadia").find_customers("0639987890", 5)
    assert [hit.name for hit in found] == ["Amélie Fontaine"]
    back = read_table(report.bad_lines())
    assert back.heading == (*read_table(text.encode()).heading, "reason")
    assert [line.values[0] for line in back.lines()] == ["Perrin", "", "Lang", "Court"]
    assert "“12” is not a telephone number" in next(back.lines()).values[-1]


@pytest.mark.row("S3-03")
async def test_one_bad_line_in_ten_thousand_comes_back_alone(vallon: Vallon) -> None:
    lines = [f"C{n};Customer {n};06 39 98 {n // 100 % 100:02} {n % 100:02}" for n in range(10_000)]
    lines[7_531] = "C7530;Twice the same account number;"
    lines[8_000] = f"C8000;{'x' * 1_000_000};"
    data = ("\ufeffaccount;name;phone\r\n" + "\r\n".join(lines)).encode("utf-16")
    done: list[int] = []
    async with Tables(vallon, "camille") as tables:
        report = await tables.imports.run(TableKind.CUSTOMERS, data, done.append)
    assert (report.imported, report.stopped, done[-1]) == (9_998, None, 10_000)
    assert [(p.line.number, p.refused.reason) for p in report.problems] == [
        (7_533, Refusal.ACCOUNT_NUMBER_IN_USE),
        (8_002, Refusal.TOO_LONG),
    ]
    assert read_table(data).encoding == "UTF-16"


@pytest.mark.row("S3-03")
async def test_cases_and_tasks_find_their_customers(vallon: Vallon) -> None:
    known = await vallon.customer("Perrin", "06 39 98 12 34")
    twice = [await vallon.customer("Twin", "06 39 98 55 55") for _ in range(2)]
    text = (
        "Client,Objet,Équipe,Agent,État,Priorité,Tags\n"
        f"{known.account_number},Fuite,Contact centre,nadia,solved,haute,a;b\n"
        "06 39 98 12 34,Panne,atelier beaune,,,,\n"
        "0639985555,Deux clients,Contact centre,,,,\n"
        "nobody@example.org,Inconnu,Contact centre,,,,\n"
        f"{known.account_number},Sans agent,Contact centre,,solved,,\n"
        f"{known.account_number},Mauvaise équipe,Marketing,,,,\n"
    )
    async with Tables(vallon, "camille") as tables:
        report = await tables.imports.run(TableKind.CASES, text.encode())
        reasons = [(p.line.number, p.refused.reason, p.refused.details.get("count")) for p in report.problems]
        assert reasons == [
            (4, Refusal.NOT_ONE_CUSTOMER, len(twice)),
            (5, Refusal.NOT_ONE_CUSTOMER, 0),
            (6, Refusal.SOLVED_NEEDS_ASSIGNEE, None),
            (7, Refusal.NOT_A_CHOICE, None),
        ]
        rows = {row.subject: row for row in await vallon.as_agent("camille").case_page(View(ViewKind.ALL), None, 9)}
        assert (rows["Fuite"].assignee_name, rows["Fuite"].category, rows["Fuite"].priority) == (
            "Nadia Benali", "solved", "high",
        )  # fmt: skip
        assert rows["Panne"].team_name == "Atelier Beaune"
        tasks = (
            "title\tcustomer\tcase\tassignee\tdue\tzone\n"
            f"Call back\t{known.account_number}\t#{rows['Fuite'].number}\tnadia\t2026-11-25 14:30\tEurope/Paris\n"
            "In the skipped hour\t\t\tnadia\t29/03/2026 02:30\tEurope/Paris\n"
            "No such day\t\t\tnadia\t2026-02-30\t\n"
            "No such zone\t\t\tnadia\t2026-02-20\tMars/Olympus\n"
        )
        report = await tables.imports.run(TableKind.TASKS, tasks.encode())
    assert [p.refused.reason for p in report.problems] == [
        Refusal.NO_SUCH_LOCAL_TIME,
        Refusal.NOT_A_DATE,
        Refusal.NOT_A_CHOICE,
    ]
    mine = await vallon.as_agent("nadia").my_tasks(5)
    assert [(row.task.title, row.case_number) for row in mine] == [("Call back", rows["Fuite"].number)]


async def test_what_is_exported_can_be_imported(vallon: Vallon) -> None:
    field = CustomField(new_id(), FieldOwner.CUSTOMER, "segment", "Segment", FieldKind.TEXT)
    await vallon.as_agent("ada").save_field(field)
    customer = await vallon.customer("Perrin; Fils", "06 39 98 12 34")
    await vallon.as_agent("ada").update_customer(replace(customer, custom={"segment": "Dairy"}))
    await vallon.case()
    async with Tables(vallon, "ada") as tables:
        text = await tables.table(TableKind.CUSTOMERS)
        assert '"Perrin; Fils"' in text
        assert "Dairy" in text
        again = text.replace(customer.account_number, "NEW-1")
        report = await tables.imports.run(TableKind.CUSTOMERS, again.encode())
        assert report.imported == 1
        copy = (await vallon.as_agent("ada").find_customers("new-1", 5))[0]
        assert (await vallon.as_agent("ada").customer(copy.id)).custom == {"segment": "Dairy"}
        cases = await tables.table(TableKind.CASES)
        assert (await tables.imports.run(TableKind.CASES, cases.encode())).imported == 1
    async with Tables(vallon, "lucie") as others:
        assert "Hydraulic leak" not in await others.table(TableKind.CASES)


async def test_a_file_that_is_no_table_or_lacks_a_column_brings_nothing(vallon: Vallon) -> None:
    async with Tables(vallon, "ada") as tables:
        for data in (b"", b"\n \n", b"\x00\x01\x02PK"):
            with pytest.raises(Refused) as refused:
                await tables.imports.preview(TableKind.CUSTOMERS, data)
            assert refused.value.reason is Refusal.NOT_A_TABLE
        preview = await tables.imports.preview(TableKind.CASES, b"subject,colour\nLeak,red\n")
        assert preview.missing == ("customer", "team")
        with pytest.raises(Refused, match="customer, team"):
            await tables.imports.run(TableKind.CASES, b"subject,colour\nLeak,red\n")


async def test_an_import_that_loses_its_server_says_so_and_gives_the_rest_back(vallon: Vallon) -> None:
    data = ("name\n" + "\n".join(f"Customer {n}" for n in range(3_000))).encode()
    async with Tables(vallon, "ada") as tables:
        admin = await connect(vallon.admin)

        async def cut(*_: object) -> None:
            raise Refused(Refusal.SERVER_AWAY)

        def after_the_first(done: int) -> None:
            tables.store.insert_customers = cut  # type: ignore[method-assign,assignment]

        report = await tables.imports.run(TableKind.CUSTOMERS, data, after_the_first)
        kept = await admin.fetchval("SELECT count(*) FROM customers")
        await admin.close()
    assert (report.imported, kept, len(report.problems)) == (2_000, 2_000, 1_000)
    assert report.stopped is not None
    assert report.stopped.reason is Refusal.SERVER_AWAY
    assert [p.line.number for p in report.problems] == list(range(2_002, 3_002))
