"""The tour's pictures of a team's mail: EmailHub, rules with a dry run asked for, ledger."""

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QWidget

from app.desk.email_hub import CodeStep, Way
from app.desk.mail_rules import Action, Condition, How, On
from app.desk.shell import Screen
from ui.administration.email_hub_page import EmailHubView
from ui.administration.mail_rules_page import MailRulesPage
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

_RULE = {"en": ("Newsletters", "newsletter, advert"), "fr": ("Lettres et publicités", "lettre, publicité")}


async def email_hub(stage: Stage) -> QWidget:
    """Addresses and sender of a team."""
    return (await _manage(stage, "email_hub")).window


async def email_hub_mailbox(stage: Stage) -> QWidget:
    """The three ways, and a mailbox that is being set up."""
    desk = await _manage(stage, "email_hub")
    desk.managing.view.findChildren(EmailHubView)[0].show_part("mailbox")
    assert desk.managing.team_mail.hub is not None
    desk.managing.team_mail.hub.edit(way=Way.MICROSOFT)
    desk.managing.team_mail.hub.set_up()
    desk.managing.team_mail.hub.edit_box(address="service@vallon.example")
    await stage.settle()
    return desk.window


async def email_hub_code(stage: Stage) -> QWidget:
    """A mailbox that is opened by a code, while the hub waits for it to be typed."""
    desk = await _manage(stage, "email_hub")
    desk.managing.view.findChildren(EmailHubView)[0].show_part("mailbox")
    page = desk.managing.team_mail.hub
    assert page is not None
    assert page.state.hub is not None
    boxes = tuple(replace(box, sign_in="device", kind="graph") for box in page.state.hub.mailboxes[:1])
    step = CodeStep("FQ7K2MWDB", "https://microsoft.com/devicelogin")
    page.show(hub=replace(page.state.hub, mailboxes=boxes, sign_ins={box.id: step for box in boxes}))
    await stage.settle()
    return desk.window


async def email_hub_replies(stage: Stage) -> QWidget:
    """Automatic replies."""
    desk = await _manage(stage, "email_hub")
    desk.managing.view.findChildren(EmailHubView)[0].show_part("replies")
    await stage.settle()
    return desk.window


async def mail_rules(stage: Stage) -> QWidget:
    """A new rule with its conditions."""
    desk = await _manage(stage, "mail_rules")
    assert desk.managing.team_mail.rules is not None
    desk.managing.team_mail.rules.new()
    name, words = _RULE[stage.language]
    conditions = (Condition(On.SUBJECT, How.CONTAINS, words), Condition(On.HEADER, How.CONTAINS, "List-Unsubscribe:"))
    desk.managing.team_mail.rules.edit(name=name, conditions=conditions, action=Action.IGNORE, matches_all=False)
    await stage.settle()
    return desk.window


async def mail_rule_time_machine(stage: Stage) -> QWidget:
    """A new rule over what really came: mail by mail, and who would have been answered."""
    desk = await _manage(stage, "mail_rules")
    rules = desk.managing.team_mail.rules
    assert rules is not None
    rules.new()
    rules.edit(
        name=_RULE[stage.language][0], conditions=(Condition(On.SENDER, How.CONTAINS, "@"),), action=Action.CREATE_CASE
    )
    rules.choose_days(90)
    rules.try_out()
    await stage.settle()
    await stage.answer()
    rules.look()
    await stage.settle()
    for area in desk.window.findChildren(MailRulesPage)[0].findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    await stage.settle()
    return desk.window


async def mail_ledger(stage: Stage) -> QWidget:
    """The counter, and every message with its fate."""
    return (await _manage(stage, "mail_ledger")).window


MAIL: tuple[Scene, ...] = (email_hub, email_hub_mailbox, email_hub_code, email_hub_replies, mail_rules,
    mail_rule_time_machine, mail_ledger)  # fmt: skip


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk
