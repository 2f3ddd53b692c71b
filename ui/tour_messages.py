"""The tour's scenes of messages: an SMS conversation, a message tree, a broadcast from its draft to its being sent."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.desk.message_pages import MessagePages
from app.desk.message_tree_editor import HEAD, Goes
from app.desk.shell import Screen
from app.domain.broadcasts import BroadcastState
from app.domain.conditions import Compare, Group, How, Joined
from app.services.desk import SignedIn
from ui.administration.message_tree_page import MessageTreePage
from ui.desk import Desk
from ui.tour_scenes import SUB_TEAM, Scene, Stage

CASE = {"en": "my mower", "fr": "ma tondeuse"}  # resources/sample/demo.toml
_REPLY = {
    "en": "Of course, come to gate 2 and ring: Hugo loads it with you.",
    "fr": "Bien sûr, venez à la porte 2 et sonnez : Hugo la charge avec vous.",
}
_ASKS = {
    "fr": "Bonjour, ici Vallon. Répondez 1 atelier, 2 pièces, 3 location, 4 horaires.",
    "en": "Hello, this is Vallon. Answer 1 workshop, 2 parts, 3 rental, 4 hours.",
}
_INNER = {"fr": "Pièces : 1 tracteur, 2 presse, 3 autre.", "en": "Parts: 1 tractor, 2 baler, 3 other."}
_HOURS = {"fr": "Du lundi au samedi, de 8 h à 18 h.", "en": "Monday to Saturday, 8 a.m. to 6 p.m."}
_CLOSED = {
    "fr": "Nous sommes fermés. Nous vous répondons demain dès 8 h.",
    "en": "We are closed. We answer tomorrow from 8 a.m.",
}
_NAME = {"en": "Open days in March", "fr": "Portes ouvertes de mars"}
_SUBJECT = {"en": "Our open days, 14 and 15 March", "fr": "Nos portes ouvertes, les 14 et 15 mars"}
_TEXTS = {
    "fr": "Venez essayer les nouveaux tracteurs les 14 et 15 mars à Dijon. Répondez STOP pour ne plus rien recevoir.",
    "en": "Come and try the new tractors on 14 and 15 March in Dijon. Answer STOP to get nothing more.",
}


async def sms_conversation(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.open_case((await stage.lead.cases.find(CASE[stage.language], 1))[0].id)
    await stage.settle()
    assert desk.mail.texting is not None
    desk.commands.run("case.reply")
    await stage.settle()
    if desk.mail.sms is not None:
        desk.mail.sms.text.setPlainText(_REPLY[stage.language])
    await stage.settle()
    return desk.window


async def message_tree(stage: Stage) -> QWidget:
    return (await _tree(stage))[0].window


async def message_tree_tried(stage: Stage) -> QWidget:
    desk, pages = await _tree(stage)
    desk.window.findChildren(MessageTreePage)[0].show_side("try")
    for text in ("Bonjour", "2", "1"):
        pages.tree_editor.try_text(text)
    await stage.settle()
    return desk.window


async def broadcast_none(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.shell.go(Screen.BROADCASTS)
    await stage.settle()
    return desk.window


async def broadcast_draft(stage: Stage) -> QWidget:
    desk, pages = await _broadcast(stage, stage.lead)
    pages.count()
    await stage.settle()
    return desk.window


async def broadcast_sub_team(stage: Stage) -> QWidget:
    desk, pages = await _broadcast(stage, stage.lead)
    pages.broadcasts.edit(team_id=next(t.id for t in stage.lead.directory.teams if t.name == SUB_TEAM))
    await stage.settle()
    return desk.window


async def broadcast_running(stage: Stage) -> QWidget:
    """As it looks while a hub sends it: the tour has none."""
    desk, pages = await _broadcast(stage, stage.lead)
    edited = pages.broadcasts.state.edited
    assert edited is not None
    figures = {"delivered": 118, "waiting": 22, "permanent": 1, "stopped": 2, "no_number": 9}
    running = replace(edited, state=BroadcastState.SENDING, may_send=True, figures=figures)
    pages.broadcasts.show(items=(running,), edited=running, stored=running)
    await stage.settle()
    return desk.window


MESSAGES: tuple[Scene, ...] = (
    sms_conversation, message_tree, message_tree_tried, broadcast_none, broadcast_draft, broadcast_sub_team,
    broadcast_running,
)  # fmt: skip


async def _tree(stage: Stage) -> tuple[Desk, MessagePages]:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page("message_trees")
    await stage.settle()
    pages = desk.managing.messages.pages_of
    assert pages is not None
    editor, teams = pages.tree_editor, {team.name: team.id for team in stage.administrator.directory.teams}
    editor.records.new()
    editor.edit(name="Vallon")
    for language, text in _ASKS.items():
        editor.ask(language, text)
    start = editor.state.chosen
    assert start is not None
    editor.add()
    editor.words("1, atelier, workshop")
    editor.lead(Goes.TEAM, teams[SUB_TEAM])
    editor.choose(start)
    editor.add()
    editor.words("2, pièces, parts")
    editor.lead(Goes.MENU)
    for language, text in _INNER.items():
        editor.ask(language, text)
    for words in ("1, tracteur", "2, presse"):
        editor.choose(next(line.place for line in editor.state.lines if line.menu == start[0] and line.number == 1))
        editor.add()
        editor.words(words)
        editor.lead(Goes.AGENT if "presse" in words else Goes.STAY, stage.lead.directory.me.id)
    editor.choose((start[0], HEAD))
    editor.add()
    editor.words("4, horaires, hours")
    editor.lead(Goes.ANSWER)
    for language, text in _HOURS.items():
        editor.say(language, text)
    editor.choose(editor.state.lines[-1].place)
    editor.lead(Goes.ANSWER)
    for language, text in _CLOSED.items():
        editor.say(language, text)
    editor.choose((start[0], 1))
    await stage.settle()
    return desk, pages


async def _broadcast(stage: Stage, agent: SignedIn) -> tuple[Desk, MessagePages]:
    desk = await stage.desk(agent)
    desk.shell.go(Screen.BROADCASTS)
    await stage.settle()
    pages = desk.managing.messages.pages_of
    assert pages is not None
    pages.broadcasts.new()
    region = Group(Joined.ALL, (Compare("customer.language", How.IS, ("fr",)),))
    texts = {f"text_{language}": text for language, text in _TEXTS.items()}
    subjects = {f"subject_{language}": text for language, text in _SUBJECT.items()}
    pages.broadcasts.edit(name=_NAME[stage.language], condition=region, **texts, **subjects)
    await stage.settle()
    return desk, pages
