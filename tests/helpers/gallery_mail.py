"""The gallery's mail: a timeline with deliveries of every kind, the whole of a mail, the composer, the profile."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.domain.composing import Ending
from app.domain.deliveries import DeliveryState
from app.domain.follow_ups import Channel, Direction, FollowUp
from app.domain.mail import MailAddress
from app.domain.phone_numbers import parse
from app.domain.rich_text import Block, BlockKind, Run
from app.services.compose import Answering, Delivery, RawHead
from app.services.web_chat import Chats
from tests.helpers import sample
from tests.helpers.gallery import SIZES, Scene, open_desk, settle
from tests.helpers.mails import raw_mail
from tests.helpers.sample_mail import ACCOUNTS, AMELIE, CONTACT
from tests.helpers.sample_texts import SampleTexts
from ui.desk import Desk

Shown = tuple[QWidget, Callable[[], Awaitable[None]]]
CASE = sample.key("48213")
TEXT = (
    Block((Run("Hello Amélie,"),)),
    Block((Run("the mark shows coupling "), Run("81-204", bold=True), Run("; Victor comes on Tuesday."))),
    Block((Run("the estimate is attached"),), BlockKind.BULLET),
)
SENT = sample.key("a mail of ours")


def store_of(desk: Desk) -> sample.SampleStore:
    feed = desk._services.feed
    assert isinstance(feed, sample.SampleStore)
    return feed


async def texting_desk(
    prefers: str = "phone", *, stopped: bool = False, phones: bool = True, chats: Chats | None = None
) -> tuple[Desk, SampleTexts]:
    """A desk with SMS, and with chats where some are given, that shows a case whose customer can be written to."""
    store = sample.SampleStore()
    store.texts = texts = SampleTexts()
    row = next(row for row in store.list if row.id == CASE)
    number = parse("06 39 98 12 34", "FR")
    texts.stopped = {number.e164} if stopped else set()
    person = store.people[row.customer_id]
    store.people[row.customer_id] = replace(person, phones=(number,) if phones else (), preferred_channel=prefers)
    desk = Desk(replace(sample.signed_in(store), chats=chats), now=lambda: sample.NOW)
    await open_desk(SIZES[""], desk=desk)
    desk.window.activateWindow()
    desk.open_case(CASE)
    await settle(desk)
    return desk, texts


async def answering(desk: Desk) -> None:
    """Answer the case's mail, with everything that a composer can have to say."""
    desk.open_case(CASE)
    await settle(desk)
    desk.commands.run("case.reply")
    desk.mail.mail.text.show_blocks(TEXT, {})
    presenter = desk.mail.composer
    presenter.type(desk.mail.mail.text.blocks())
    presenter.add("to", "atelier.beaune@nouveau-domaine.example")
    presenter.remove(MailAddress("", ACCOUNTS))
    await settle(desk)


async def mail_timeline(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    store = store_of(desk)
    store.notes.append(
        FollowUp(SENT, CASE, Channel.EMAIL, "Victor comes on Tuesday.", sample.NOW, Direction.OUT, public=True)
    )
    raw = raw_mail(From=f"Camille <{CONTACT.address}>", To=AMELIE, Cc=ACCOUNTS)
    states = [state for state in DeliveryState if state is not DeliveryState.WITHDRAWN]
    soon = sample.NOW + timedelta(minutes=15)
    deliveries = tuple(
        Delivery(sample.key(state), f"{state}@tilleuls.example", state, soon, soon, 1, "451 4.7.1 try again later")
        for state in states
    )
    store.mail.heads = [RawHead(SENT, raw, SENT, store.kept.me.id, deliveries)]
    store.hint("follow_up", SENT, CASE)
    await settle(desk)
    await settle(desk)
    return desk.window, desk.close


async def whole_mail(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    desk.open_case(CASE)
    await settle(desk)
    desk.mail.show_whole(sample.key("f1"))
    await settle(desk)
    return desk.window, desk.close


async def composer(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    store = store_of(desk)
    store._replace(CASE, assignee_id=sample.key("Nadia Benali"), assignee_name="Nadia Benali")
    store.mail.colleagues = (Answering(sample.key("Nadia Benali"), "Nadia Benali", sample.NOW, "Hello"),)
    store.hint("draft", sample.key("Nadia Benali"), CASE)
    await answering(desk)
    return desk.window, desk.close


async def leaving_mail(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    await answering(desk)
    desk.mail.composer.send(Ending.SOLVE)
    desk.mail.composer.send(Ending.SOLVE)
    await settle(desk)
    return desk.window, desk.close


async def my_profile(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    desk.commands.run("profile")
    await settle(desk)
    return desk.window, desk.close


MAIL: dict[str, Scene] = {
    "mail_timeline": mail_timeline,
    "whole_mail": whole_mail,
    "composer": composer,
    "leaving_mail": leaving_mail,
    "my_profile": my_profile,
}
