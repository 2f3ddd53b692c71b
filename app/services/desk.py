"""What a signed-in desk works with: every service, the directory and the feed, in one frozen hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.services.attachments import Attachments
    from app.services.automations import AutomationDesk
    from app.services.calls import CallStore
    from app.services.case_types import Types
    from app.services.cases import Cases
    from app.services.compose import Mails
    from app.services.customers import Customers
    from app.services.email_hub import TeamMail
    from app.services.export_feed import ExportTargets
    from app.services.feed import Feed
    from app.services.floor import FloorStore
    from app.services.getting_started import GettingStarted
    from app.services.imports import Imports
    from app.services.journal import Journal
    from app.services.levels import Levels
    from app.services.messages import Messages
    from app.services.numbers import Numbers
    from app.services.organisation import Administration, Directory
    from app.services.outside import Outside
    from app.services.phone import Phone
    from app.services.practice import Practice
    from app.services.reports import Reports
    from app.services.routing import RoutingSetup
    from app.services.satisfaction import Surveys
    from app.services.sms import Texts
    from app.services.spelling import Speller
    from app.services.tasks import Tasks
    from app.services.views import Views
    from app.services.web_api import ApiTokens
    from app.services.web_chat import Chats
    from app.services.web_front import WebFront


@dataclass(frozen=True, slots=True)
class Entered:
    """What sign-in has first: enough for a list."""

    directory: Directory
    cases: Cases
    feed: Feed


@dataclass(frozen=True, slots=True)
class Setup:
    """What Manage and the reports work with."""

    routing: RoutingSetup
    numbers: Numbers
    imports: Callable[[Directory], Imports] | None = None
    team_mail: TeamMail | None = None
    reports: Reports | None = None
    surveys: Surveys | None = None
    export_targets: ExportTargets | None = None
    api_tokens: ApiTokens | None = None
    web_front: WebFront | None = None
    start: GettingStarted | None = None
    messages: Messages | None = None


@dataclass(frozen=True)
class SignedIn:
    """One agent's desk after sign-in; `phone` is None where she has none; `sign_out` ends its connections."""

    directory: Directory
    customers: Customers
    cases: Cases
    tasks: Tasks
    administration: Administration
    feed: Feed
    calls: CallStore
    floor: FloorStore
    journal: Journal
    attachments: Attachments
    mails: Mails
    phone: Phone | None
    sign_out: Callable[[], Awaitable[None]]
    make_setup: Callable[[], Setup]
    types: Types | None = None
    views: Views | None = None
    practice: Practice | None = None
    levels: Levels | None = None
    outside: Outside | None = None
    automations: AutomationDesk | None = None
    speller: Speller | None = None
    texts: Texts | None = None
    chats: Chats | None = None

    @cached_property
    def setup(self) -> Setup:
        """Made when somebody first opens it: most agents never do."""
        return self.make_setup()
