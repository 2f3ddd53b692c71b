"""Manage and the reports joined with the store; imported when an agent first opens them."""

from app.bootstrap.desk_pages import WebPagesThere
from app.services.desk import Setup
from app.services.email_hub import TeamMail
from app.services.export_feed import ExportTargets
from app.services.getting_started import GettingStarted
from app.services.imports import Imports
from app.services.messages import Messages
from app.services.numbers import Numbers
from app.services.organisation import Directory
from app.services.reports import Reports
from app.services.routing import RoutingSetup
from app.services.satisfaction import Surveys
from app.services.web_api import ApiTokens
from app.services.web_front import WebFront
from app.store.email_hub import PostgresEmailHub
from app.store.export_feed import PostgresTargets
from app.store.getting_started import PostgresStart
from app.store.messages import PostgresMessages
from app.store.numbers import PostgresNumbers
from app.store.reports import PostgresReports
from app.store.routing import PostgresRouting
from app.store.satisfaction import PostgresSurveys
from app.store.session import Database
from app.store.tables import PostgresTables
from app.store.web_api import PostgresApiTokens
from app.store.web_forms import PostgresWebStore


def make_setup(database: Database, directory: Directory) -> Setup:
    """Join them, over the connections of a desk that is signed in."""
    tables = PostgresTables(database)
    return Setup(
        routing=RoutingSetup(PostgresRouting(database)),
        numbers=Numbers(PostgresNumbers(database), directory.organisation.region),
        imports=lambda now: Imports(tables, now),
        team_mail=TeamMail(PostgresEmailHub(database)),
        reports=Reports(PostgresReports(database)),
        surveys=Surveys(PostgresSurveys(database)),
        export_targets=ExportTargets(PostgresTargets(database)),
        api_tokens=ApiTokens(PostgresApiTokens(database)),
        web_front=WebFront(PostgresWebStore(database)),
        start=GettingStarted(PostgresStart(database), WebPagesThere()),
        messages=Messages(PostgresMessages(database)),
    )
