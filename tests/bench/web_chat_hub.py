"""The hub's web, mail and automations as a process, without a switch, for measuring what chats cost it.

Arguments: the database's URL and the port; behind a proxy, so that each visitor has an address of her own.
"""

import asyncio
import sys

from app.bootstrap.automations import automation_workers
from app.bootstrap.hub import level_workers
from app.bootstrap.mail import mail_workers
from app.bootstrap.web import web_workers
from app.hub.supervisor import supervise
from app.settings.web import WebChoice
from app.store.engine import access_of, open_engine
from app.store.session import Database


async def main(url: str, port: int) -> None:
    access = access_of(url)
    database = Database(open_engine(access, connections=9, application="guichet hub"))
    choice = WebChoice(port=port, proxies=("127.0.0.1",))
    workers = (*web_workers(database, access, choice), *mail_workers(database), *automation_workers(database))
    await supervise((*workers, *level_workers(database)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
