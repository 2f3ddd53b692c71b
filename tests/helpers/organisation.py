"""The organisation that tests live in: a dealer with a contact centre, two numbered teams and three sub-teams."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.agents import Agent, Role
from app.domain.customers import Customer
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.phone_numbers import parse
from app.services.cases import NewCase
from app.store import database
from app.store.cases import PostgresCases
from app.store.engine import Access, connect, open_engine
from app.store.organisation import PostgresOrganisation
from app.store.session import Database
from app.store.starter import make_agent, make_organisation, make_team
from app.store.tasks import PostgresTasks

PASSWORD = "a long test password"
_PEOPLE = (
    # role name, name, role, teams (the first is her own), leads them
    ("camille", "Camille Roy", Role.LEAD, ("Contact centre",), True),
    ("nadia", "Nadia Benali", Role.AGENT, ("Contact centre",), False),
    ("omar", "Omar Haddad", Role.AGENT, ("Sales Dijon",), False),
    ("julie", "Julie Marchand", Role.AGENT, ("Atelier Beaune",), True),
    ("victor", "Victor Lang", Role.AGENT, ("Atelier Beaune",), False),
    ("lucie", "Lucie Faivre", Role.AGENT, ("Pièces détachées",), False),
    ("sofia", "Sofia Supervisor", Role.SUPERVISOR, ("Contact centre",), False),
    ("ada", "Ada Administrator", Role.ADMINISTRATOR, ("Contact centre",), False),
)


class Store(PostgresCases, PostgresTasks, PostgresOrganisation):
    """Every part of the store over one sign-in."""

    def __init__(self, access: Access) -> None:
        self.access = access
        super().__init__(Database(open_engine(access)), "FR")

    async def close(self) -> None:
        await self._database.close()


@dataclass(frozen=True)
class Vallon:
    """A test organisation and how to sign in to it."""

    admin: Access
    organisation_id: UUID
    agents: dict[str, UUID]
    teams: dict[str, UUID]
    stores: dict[str, Store] = field(default_factory=dict)
    password: str = PASSWORD

    def access(self, name: str) -> Access:
        return replace(self.admin, user=name, password=self.password)

    def as_agent(self, name: str) -> Store:
        """The store as this agent sees it, under her own role."""
        if name not in self.stores:
            self.stores[name] = Store(self.access(name))
        return self.stores[name]

    async def close(self) -> None:
        for store in self.stores.values():
            await store.close()
        self.stores.clear()

    async def customer(self, name: str = "Perrin", phone: str = "06 39 98 12 34", by: str = "camille") -> Customer:
        fresh = Customer(new_id(), first_name="Marc", last_name=name, phones=(parse(phone, "FR"),))
        return await self.as_agent(by).insert_customer(fresh)

    async def case(self, team: str = "Contact centre", by: str = "camille", **more: object) -> UUID:
        """A new case for a new customer."""
        customer = await self.customer(by=by)
        case = NewCase(new_id(), customer.id, "Hydraulic leak", self.teams[team])
        await self.as_agent(by).insert_case(replace(case, **more))  # type: ignore[arg-type]
        return case.id


async def make_vallon(admin: Access) -> Vallon:
    """Make the organisation and its sign-ins in a fresh database of a private server."""
    await database.initialise(admin, PASSWORD)
    organisation = Organisation(new_id(), "Concession Vallon")
    connection = await connect(admin)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL ROLE guichet_owner")
            await make_organisation(connection, organisation)
            teams = await _teams(connection, organisation.id)
            agents = {}
            for name, shown, role, its_teams, leads in _PEOPLE:
                agent = Agent(new_id(), name, shown, role)
                await make_agent(connection, organisation.id, agent, PASSWORD, tuple(teams[team] for team in its_teams))
                await connection.execute("UPDATE memberships SET lead = $1 WHERE agent_id = $2", leads, agent.id)
                agents[name] = agent.id
    finally:
        await connection.close()
    return Vallon(admin, organisation.id, agents, teams)


async def _teams(connection: object, organisation_id: UUID) -> dict[str, UUID]:
    centre = await make_team(connection, organisation_id, "Contact centre", number="+33380123450")
    sales = await make_team(connection, organisation_id, "Sales Dijon", number="+33380123460")
    service = await make_team(connection, organisation_id, "Service Chalon", number="+33385412070")
    made = {"Contact centre": centre, "Sales Dijon": sales, "Service Chalon": service}
    for name, speaker in (("Atelier Beaune", centre), ("Pièces détachées", centre), ("Location", sales)):
        made[name] = await make_team(connection, organisation_id, name, speaks_as=speaker)
    return made
