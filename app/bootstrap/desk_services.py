"""The services of one desk over its store; their modules are imported behind the first list."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from app.bootstrap.desk_mail import TOOLS
from app.services.attachments import Attachments
from app.services.automations import AutomationDesk
from app.services.case_types import Types
from app.services.cases import Cases
from app.services.compose import Mails
from app.services.customers import Customers
from app.services.desk import SignedIn
from app.services.levels import Levels
from app.services.organisation import Administration
from app.services.outside import Outside
from app.services.practice import Practice
from app.services.sms import Texts
from app.services.tasks import Tasks
from app.services.views import Views
from app.services.web_chat import Chats
from app.store.desk import DeskStore

if TYPE_CHECKING:
    from app.services.desk import Setup
    from app.services.journal import Journal
    from app.services.phone import Phone
    from app.services.spelling import Speller


def services(
    store: DeskStore,
    journal: "Journal",
    phone: "Phone | None",
    speller: "Speller | None",
    sign_out: Callable[[], Awaitable[None]],
) -> SignedIn:
    """What an agent's desk works with; without `phone` she has none."""

    def make_setup() -> "Setup":
        from app.bootstrap.desk_setup import make_setup

        return make_setup(store.database, store.directory_now)

    return SignedIn(
        directory=store.directory_now,
        customers=Customers(store.cases),
        cases=Cases(store.cases),
        tasks=Tasks(store.tasks),
        administration=Administration(store.organisation),
        feed=store.feed,
        calls=store.calls,
        floor=store.floor,
        journal=journal,
        attachments=Attachments(store.blobs),
        mails=Mails(store.mail, TOOLS),
        phone=phone,
        sign_out=sign_out,
        make_setup=make_setup,
        automations=AutomationDesk(store.automations),
        types=Types(store.types),
        views=Views(store.views, store.cases),
        practice=Practice(store.practice),
        levels=Levels(store.levels),
        outside=Outside(store.outside),
        texts=Texts(store.sms),
        chats=Chats(store.chats),
        speller=speller,
    )
