"""The hub's pages and its API joined with their adapters: one server for all of them."""

from app.bootstrap.sms import SmsParts
from app.bootstrap.web_chat import ChatParts
from app.hub.supervisor import Worker, every
from app.mail.acknowledging import acknowledgement
from app.mail.portal_link import portal_link
from app.services.messages import MailStops
from app.services.sms import TextSwitch
from app.settings.web import WebChoice
from app.store.broadcasts import PostgresMailStops
from app.store.engine import Access
from app.store.satisfaction import PostgresAnswers
from app.store.session import Database
from app.store.versions import VERSION
from app.store.web_api import PostgresApi, forget_api_answers
from app.store.web_forms import PostgresForms, sweep_forms
from app.store.web_portal import PostgresPortal, sweep_portal
from app.web.api import ApiRoutes
from app.web.form_page import FormPage
from app.web.portal_page import PortalPage
from app.web.proxies import Proxies
from app.web.satisfaction_page import SatisfactionPage
from app.web.server import serve
from app.web.stop_page import StopPage

FORGET_EVERY_S = 3600


def web_workers(
    database: Database, access: Access, choice: WebChoice, switch: TextSwitch | None = None
) -> tuple[Worker, ...]:
    """What the hub does for the web, for as long as it runs; `switch` brings and takes text messages."""
    sms, stops, chat = SmsParts(database, access, switch), PostgresMailStops(database), ChatParts(database, access)

    async def pages() -> None:
        routes = (
            *SatisfactionPage(PostgresAnswers(database)).routes(),
            *ApiRoutes(PostgresApi(database), VERSION).routes(),
            *FormPage(PostgresForms(database, acknowledgement)).routes(),
            *PortalPage(PostgresPortal(database, portal_link), chat.door).routes(),
            *StopPage(MailStops(stops.find, stops.set)).routes(),
            *sms.routes(),
            *chat.routes(),
        )
        await serve(routes, choice.host, choice.port, choice.tls(), proxies=Proxies(choice.proxies))

    return (
        Worker("pages", pages),
        *sms.workers(),
        *chat.workers(),
        Worker("answers of the API", every(FORGET_EVERY_S, lambda: forget_api_answers(database))),
        Worker("portal swept", every(FORGET_EVERY_S, lambda: sweep_portal(database))),
        Worker("forms swept", every(FORGET_EVERY_S, lambda: sweep_forms(database))),
    )
