"""The hub's pages for customers served for a moment, with somebody signed in: what the tour takes pictures of."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from app.bootstrap.profile import administrator_url, database_url, service_secrets, with_sign_in
from app.mail.acknowledging import acknowledgement
from app.mail.portal_link import portal_link
from app.services.web_api import digest
from app.store.database import HUB_ROLE
from app.store.demo_web import open_demo_pages
from app.store.engine import access_of, open_engine
from app.store.session import Database
from app.store.web_forms import PostgresForms
from app.store.web_portal import PostgresPortal
from app.web.form_page import FormPage
from app.web.portal_page import SESSION, PortalPage
from app.web.server import serve

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses: a form, the portal's door, and the way in for who is signed in already."""

    form: str
    door: str
    enter: str


@asynccontextmanager
async def demo_pages(profile: str, address: str) -> AsyncIterator[Pages]:
    """Serve a form and the portal of a profile on loopback; whoever takes the way in is the customer of an address."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    url, session = f"http://{HOST}:{port}", secrets.token_urlsafe(32)
    form, portal = await open_demo_pages(access_of(administrator_url(profile)), url, address, digest(session))
    password = service_secrets(profile).get_or_make("hub")
    database = Database(open_engine(access_of(with_sign_in(database_url(profile), HUB_ROLE, password))))

    async def enter(request: web.Request) -> web.Response:
        place = f"/portal/{portal}"
        response = web.Response(status=303, headers={"Location": f"{place}?{request.query_string}"})
        response.set_cookie(SESSION, session, path=place)
        return response

    routes = [
        *FormPage(PostgresForms(database, acknowledgement)).routes(),
        *PortalPage(PostgresPortal(database, portal_link)).routes(),
        web.get("/enter", enter),
    ]
    serving = asyncio.create_task(serve(routes, HOST, port))
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    (await asyncio.open_connection(HOST, port))[1].close()
                    break
                except OSError:
                    await asyncio.sleep(0.02)
        yield Pages(f"{url}/f/{form}", f"{url}/portal/{portal}", f"{url}/enter")
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await database.close()
