"""The palette: commands, cases and customers for what is typed, in one list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from app.desk.presenter import Presenter
from app.domain.cases import CaseRow
from app.services.cases import Cases
from app.services.customers import CustomerHit, Customers

MOST = 6


class Scope(StrEnum):
    """What is searched; a sign before the words narrows it, and so does Tab."""

    ALL = ""
    COMMANDS = ">"
    CASES = "#"
    CUSTOMERS = "@"


@dataclass(frozen=True, slots=True)
class PaletteState:
    """What was typed and what was found for it; commands are matched by the view, in its language."""

    typed: str = ""
    scope: Scope = Scope.ALL
    cases: tuple[CaseRow, ...] = ()
    customers: tuple[CustomerHit, ...] = ()
    searching: bool = False

    @property
    def words(self) -> str:
        """What was typed, without the sign."""
        return self.typed[1:].strip() if self.typed[:1] in {">", "#", "@"} else self.typed.strip()


class Palette(Presenter[PaletteState]):
    """Searches while one types; a later letter gives up the earlier search."""

    def __init__(
        self,
        cases: Cases,
        customers: Customers,
        open_case: Callable[[UUID], None],
        open_customer: Callable[[UUID], None] | None = None,
    ) -> None:
        super().__init__(PaletteState())
        self._cases = cases
        self._customers = customers
        self.open_case = open_case
        self.open_customer = open_customer

    def begin(self, scope: Scope = Scope.ALL) -> None:
        """Start empty, over everything or over one kind."""
        self.show(typed="", scope=scope, cases=(), customers=(), searching=False)

    def type(self, typed: str) -> None:
        """Search for what is typed now."""
        scope = Scope(typed[0]) if typed[:1] in {">", "#", "@"} else self.state.scope if typed else Scope.ALL
        words = replace(self.state, typed=typed, scope=scope).words
        if words and scope is not Scope.COMMANDS:
            self.show(typed=typed, scope=scope, searching=True)
            self.work.latest("search", self._search(words, scope))
        else:
            self.show(typed=typed, scope=scope, cases=(), customers=(), searching=False)

    def narrow(self) -> None:
        """Go to the next kind of thing."""
        scopes = list(Scope)
        self.show(scope=scopes[(scopes.index(self.state.scope) + 1) % len(scopes)])
        self.type(self.state.words)

    async def _search(self, words: str, scope: Scope) -> None:
        cases = await self._cases.find(words, MOST) if scope in {Scope.ALL, Scope.CASES} else ()
        wanted = self.open_customer is not None and scope in {Scope.ALL, Scope.CUSTOMERS}
        customers = await self._customers.find(words, MOST) if wanted else ()
        self.show(cases=cases, customers=customers, searching=False)
