"""The records behind Manage's pages of the web: getting started, forms, the portal, tokens of the API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.records import Kind, Records, RecordsState
from app.desk.way_trials import Trial, TrialsState, WayTrials
from app.domain.case_types import CaseType, TypeKind
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.services.case_types import Types
from app.services.feed import Feed
from app.services.getting_started import STEPS, GettingStarted, HouseHelp, Start, Way
from app.services.organisation import Directory
from app.services.web_api import SCOPES, ApiToken, ApiTokens
from app.services.web_front import WebForm, WebFront, WebSettings, form_snippet

__all__ = [
    "SCOPES", "STEPS", "ApiToken", "HouseHelp", "PortalRecord", "RecordsState", "Start", "Trial", "TrialsState", "Way",
    "WayTrials", "WebForm", "WebPages", "form_snippet", "may_make_tokens",
]  # fmt: skip

_ONLY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PortalRecord:
    """The settings, as the one record of their page."""

    settings: WebSettings = field(default_factory=WebSettings)


class WebPages:
    """One presenter a page. `secrets` holds a token that was made here just now, to be shown once."""

    def __init__(
        self,
        tokens: ApiTokens,
        front: WebFront,
        start: GettingStarted,
        types: Types,
        tests: WayTrials,
        directory: Callable[[], Awaitable[Directory]],
        feed: Feed,
    ) -> None:
        self._tokens, self._front, self._start, self._types = tokens, front, start, types
        self.trials = tests
        self.secrets: dict[UUID, str] = {}
        self.types: tuple[CaseType, ...] = ()
        self.settings = WebSettings()
        self.tokens: Records[ApiToken] = Records(
            Kind(self._read_tokens, self._make_token, lambda one: one.id, _new_token, self._revoke), directory, feed
        )
        self.forms: Records[WebForm] = Records(
            Kind(self._read_forms, self._save_form, lambda one: one.id, self._new_form, front.remove_form),
            directory,
            feed,
        )
        self.portal: Records[PortalRecord] = Records(
            Kind(self._read_portal, self._save_portal, lambda _: _ONLY), directory, feed
        )
        self.start: Records[Start] = Records(Kind(self._read_start, self._save_start, lambda _: _ONLY), directory, feed)

    def all(self) -> tuple[Presenter[Any], ...]:
        """Every presenter, to settle and to close."""
        return (self.start, self.forms, self.portal, self.tokens, self.trials)

    def address_of(self, form: WebForm) -> str:
        """Where a form stands; empty until it is saved and the hub's pages have an address."""
        return f"{self.settings.address}/f/{form.key}" if form.key and self.settings.address else ""

    async def _read_tokens(self, directory: Directory, _: object) -> tuple[ApiToken, ...]:
        found = await self._tokens.read() if may_make_tokens(directory) else ()
        return tuple(one for one in found if not one.revoked)

    async def _make_token(self, token: ApiToken, _: object) -> None:
        if token.made_at is None:
            self.secrets = {token.id: await self._tokens.make(token.name, token.scopes, token.team_id, token.id)}

    async def _revoke(self, token_id: UUID) -> None:
        await self._tokens.revoke(token_id)
        self.secrets.pop(token_id, None)

    async def _read_forms(self, *_: object) -> tuple[WebForm, ...]:
        self.settings = await self._front.settings()
        self.types = tuple(one for one in await self._types.all() if one.enabled and one.kind is not TypeKind.TASK)
        return await self._front.forms()

    async def _save_form(self, form: WebForm, _: object) -> None:
        await self._front.save_form(form)

    def _new_form(self, _: Directory, team: UUID) -> WebForm:
        kind = next((one.id for one in self.types), None)
        return WebForm(new_id(), type_id=kind, team_id=team)

    async def _read_portal(self, *_: object) -> tuple[PortalRecord, ...]:
        return (PortalRecord(await self._front.settings()),)

    async def _save_portal(self, record: PortalRecord, _: object) -> None:
        await self._front.save_settings(record.settings)

    async def _read_start(self, *_: object) -> tuple[Start, ...]:
        return (await self._start.read(),)

    async def _save_start(self, start: Start, _: object) -> None:
        await self._start.save(start.help)


def edit_help(records: Records[Start], **changes: str) -> None:
    """Change what the organisation writes itself."""
    edited = records.state.edited
    if edited is not None:
        records.put(replace(edited, help=replace(edited.help, **changes)))  # type: ignore[arg-type]


def may_make_tokens(directory: Directory) -> bool:
    """Whether programs may be let in: an administrator's affair."""
    return Permission.MANAGE_AUTOMATIONS in directory.permissions


def _new_token(*_: object) -> ApiToken:
    return ApiToken(new_id(), "", scopes=("cases:read",))
