"""Scenes of a team's mail on Manage: addresses, mailbox, replies, rules, ledger."""

from tests.helpers.gallery import Scene, settle
from tests.helpers.gallery_supervision import Shown, manage
from tests.helpers.sample_data import key
from tests.helpers.sample_mail_hub import BOX, RULES
from ui.administration.email_hub_page import EmailHubView


async def email_hub(size: tuple[int, int], part: str = "addresses") -> Shown:
    desk = await manage(size, "email_hub")
    desk.window.findChildren(EmailHubView)[0].show_part(part)
    await settle(desk)
    return desk.window, desk.close


async def email_hub_mailbox(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "email_hub")
    desk.window.findChildren(EmailHubView)[0].show_part("mailbox")
    assert desk.managing.team_mail.hub is not None
    desk.managing.team_mail.hub.test(BOX.id)
    await settle(desk)
    return desk.window, desk.close


async def email_hub_set_up(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "email_hub")
    desk.window.findChildren(EmailHubView)[0].show_part("mailbox")
    assert desk.managing.team_mail.hub is not None
    desk.managing.team_mail.hub.set_up()
    desk.managing.team_mail.hub.save_box()
    await settle(desk)
    return desk.window, desk.close


async def email_hub_replies(size: tuple[int, int]) -> Shown:
    return await email_hub(size, "replies")


async def email_hub_none(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "email_hub")
    assert desk.managing.team_mail.hub is not None
    desk.managing.team_mail.hub.choose_team(key("Atelier Beaune"))
    await settle(desk)
    return desk.window, desk.close


async def mail_rules(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "mail_rules")
    assert desk.managing.team_mail.rules is not None
    desk.managing.team_mail.rules.open(RULES[1].id)
    desk.managing.team_mail.rules.edit(name="Parts orders and quotes")
    desk.managing.team_mail.rules.try_out()
    await settle(desk)
    return desk.window, desk.close


async def mail_ledger(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "mail_ledger")
    assert desk.managing.team_mail.ledger is not None
    desk.managing.team_mail.ledger.open(key("mail 3"))
    await settle(desk)
    return desk.window, desk.close


MAIL: dict[str, Scene] = {
    "email_hub": email_hub,
    "email_hub_mailbox": email_hub_mailbox,
    "email_hub_set_up": email_hub_set_up,
    "email_hub_replies": email_hub_replies,
    "email_hub_none": email_hub_none,
    "mail_rules": mail_rules,
    "mail_ledger": mail_ledger,
}
