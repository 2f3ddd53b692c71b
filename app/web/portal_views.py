"""The portal's pages as HTML; everything that comes from somewhere is escaped here."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from app.domain.satisfaction import COMMENT_MOST, RATINGS
from app.services.web_front import BODY_MOST, House, PortalCase, PortalEntry, PortalLine
from app.web.portal_words import DAY, STATES, WORDS


def sign_in(house: House, root: str, language: str, wrong: str = "", typed: str = "") -> str:
    """Where the address is typed."""
    said = WORDS[language]
    alert = f'<p role="alert" class="wrong">{escape(wrong)}</p>' if wrong else ""
    return (
        f"<h1>{said['title']}</h1><p class=meta>{escape(house.name)}</p>{alert}<p>{said['how']}</p>"
        f'<form method="post" action="{root}?lang={language}"><div class="field"><label for="email">{said["email"]}'
        f'</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required '
        f'value="{escape(typed)}"></div><button type="submit">{said["mail_me"]}</button></form>'
    )


def enter(house: House, language: str) -> str:
    """Behind the link: one press, so that a filter that opens links signs nobody in."""
    said = WORDS[language]
    return (
        f"<h1>{said['title']}</h1><p class=meta>{escape(house.name)}</p>"
        f'<form method="post"><button type="submit">{said["enter"]}</button></form>'
    )


def listed(house: House, root: str, language: str, address: str, lines: tuple[PortalLine, ...]) -> str:
    """Her cases, newest first."""
    said = WORDS[language]
    rows = "".join(
        f'<li><a href="{root}/{line.number}?lang={language}">{escape(line.subject)}</a><br><span class="meta">'
        f"{said['case'].format(number=line.number)} · {said[STATES.get(line.category, 'open')]}"
        f" · {_day(line.at, house, language)}</span></li>"
        for line in lines
    )
    whole = f'<ul class="cases">{rows}</ul>' if rows else f"<p>{said['none']}</p>"
    return (
        f"<h1>{said['title']}</h1><p class=meta>{escape(house.name)}</p>{whole}"
        f'<form class="bar" method="post" action="{root}/leave?lang={language}"><button class="quiet" type="submit">'
        f"{said['leave']}</button><span class=meta>{escape(said['as'].format(address=address))}</span></form>"
    )


def case(
    house: House, root: str, language: str, found: PortalCase, told: str = "", wrong: str = "", chat: str = ""
) -> str:
    """One case: what was said, a place to answer, what can be done with it; `chat` leads to who is there now."""
    said, line = WORDS[language], found.line
    here = f"{root}/{line.number}"
    alert = f'<p role="alert" class="wrong">{escape(wrong)}</p>' if wrong else ""
    done = f'<p role="status" class="done">{escape(told)}</p>' if told else ""
    ended = STATES.get(line.category) == "ended"
    entries = "".join(_entry(one, house, here, language) for one in found.entries)
    return (
        f'<p><a href="{root}?lang={language}">{said["back"]}</a></p><h1>{escape(line.subject)}</h1>'
        f"<p class=meta>{said['case'].format(number=line.number)} · {said[STATES.get(line.category, 'open')]}</p>"
        f"{alert}{done}{_chat(chat, language)}{entries}"
        f'<form method="post" action="{here}/answer?lang={language}" enctype="multipart/form-data"><div class="field">'
        f'<label for="body">{said["answer"]}</label><textarea id="body" name="body" rows="5" maxlength="{BODY_MOST}" '
        f'required></textarea></div><div class="field"><label for="files">{said["files"]}</label>'
        f'<p class="hint" id="files-hint">{said["files_hint"]}</p><input id="files" name="files" type="file" multiple '
        f'aria-describedby="files-hint"></div><button type="submit">{said["send"]}</button></form>'
        f"{_rate(found, here, language) if ended else _solve(here, language)}"
    )


def _chat(chat: str, language: str) -> str:
    return f'<p><a href="{escape(chat)}">{WORDS[language]["chat"]}</a></p>' if chat else ""


def _solve(here: str, language: str) -> str:
    return (
        f'<form method="post" action="{here}/solve?lang={language}"><button class="quiet" type="submit">'
        f"{WORDS[language]['solve']}</button></form>"
    )


def _rate(found: PortalCase, here: str, language: str) -> str:
    said = WORDS[language]
    choices = "".join(
        f'<label class="{rating.value}"><input type="radio" name="rating" value="{rating.value}" required'
        f"{' checked' if rating.value == found.line.rating else ''}> <span>{escape(words)}</span></label>"
        for rating, words in RATINGS[language].items()
    )
    return (
        f'<form method="post" action="{here}/rate?lang={language}"><fieldset><legend>{said["rate"]}</legend>{choices}'
        f'</fieldset><label for="comment">{said["comment"]}</label><textarea id="comment" name="comment" rows="3" '
        f'maxlength="{COMMENT_MOST}"></textarea><button class="quiet" type="submit">{said["send"]}</button></form>'
    )


def _entry(one: PortalEntry, house: House, here: str, language: str) -> str:
    author = one.author or (house.name if one.direction == "out" else "")
    files = "".join(
        f'<li><a href="{here}/files/{file.id}" download>{escape(file.name)}</a> '
        f'<span class="meta">{max(1, file.size // 1000)} {"Ko" if language == "fr" else "kB"}</span></li>'
        for file in one.files
    )
    whose, at = "out" if one.direction == "out" else "in", _day(one.at, house, language, " %H:%M")
    return (
        f'<article class="entry {whose}"><span class="meta"><strong>{escape(author)}</strong> · {at}'
        f"</span><p>{escape(one.body)}</p>{f'<ul>{files}</ul>' if files else ''}</article>"
    )


def _day(at: datetime, house: House, language: str, more: str = "") -> str:
    """A moment in the organisation's zone, as its language writes it."""
    return at.astimezone(ZoneInfo(house.zone)).strftime(f"{DAY[language]}{more}")
