"""The page behind the link of a satisfaction question: one click, a comment, in the customer's language.

A link is often opened by a mail filter before its receiver sees it, so opening alone answers nothing: the page sends
the answer by itself where scripts run, and by its button where they do not.
"""

import secrets
from html import escape

from aiohttp import web

from app.domain.satisfaction import COMMENT_MOST, RATINGS, Answered, Rating
from app.services.satisfaction import Answers, Question
from app.web.limits import Rate, read_fields, sender
from app.web.satisfaction_words import STYLE, WORDS

MOST_A_MINUTE, MOST_BODY = 60, 16 * 1024


class SatisfactionPage:
    """GET shows, POST keeps; whoever tries links that we did not sign again and again waits."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._strangers = Rate(MOST_A_MINUTE)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands."""
        return [web.get("/s/{token}", self.show), web.post("/s/{token}", self.keep)]

    async def show(self, request: web.Request) -> web.Response:
        """The question, the answer that the link proposes, or the thanks."""
        question = await self._question(request)
        if question is None:
            return _page("en", "unknown", status=404)
        language = _language(request, question)
        if question.expired:
            return _page(language, "expired", status=410)
        chosen = request.query.get("r", "")
        proposed = Rating(chosen) if chosen in set(Rating) else question.rating
        done = "done" in request.query and question.rating is not None
        return _form(question, language, proposed, done=done, at_once=chosen in set(Rating))

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """Keep the answer and go back to the page, which says so."""
        question = await self._question(request)
        if question is None:
            return _page("en", "unknown", status=404)
        language = _language(request, question)
        sent = await read_fields(request, MOST_BODY)
        rating, comment = sent.get("rating", ""), sent.get("comment", "").replace("\0", "").strip()[:COMMENT_MOST]
        if rating not in set(Rating):
            return _form(question, language, None, missing=True)
        became = await self._answers.answer(request.match_info["token"], rating, comment)
        if became is not Answered.KEPT:
            return _page(language, became.value, status=410 if became is Answered.EXPIRED else 409)
        raise web.HTTPSeeOther(request.rel_url.with_query(done="1", lang=language))

    async def _question(self, request: web.Request) -> Question | None:
        question = await self._answers.question(request.match_info["token"])
        if question is None:
            self._strangers.take(sender(request))
        return question


def _language(request: web.Request, question: Question) -> str:
    asked = request.query.get("lang", "")
    return asked if asked in WORDS else question.language


def _form(
    question: Question,
    language: str,
    proposed: Rating | None,
    *,
    done: bool = False,
    at_once: bool = False,
    missing: bool = False,
) -> web.Response:
    said, other = WORDS[language], "fr" if language == "en" else "en"
    choices = "".join(
        f'<label class="{rating.value}"><input type="radio" name="rating" value="{rating.value}" required'
        f"{' checked' if rating is proposed else ''}> <span>{escape(words)}</span></label>"
        for rating, words in RATINGS[language].items()
    )
    status = f'<p role="status" class="done">{said["thanks"]}</p>' if done else ""
    status += f'<p role="alert" class="wrong">{said["choose"]}</p>' if missing else ""
    case = said["case"].format(number=question.case_number, subject=escape(question.subject))
    body = (
        f"<h1>{said['title']}</h1><p>{escape(question.organisation)} · {case}</p>{status}"
        f'<form method="post" action="?lang={language}">'
        f"<fieldset><legend>{said['question']}</legend>{choices}</fieldset>"
        f'<label for="comment">{said["comment"]}</label>'
        f'<textarea id="comment" name="comment" rows="4" maxlength="{COMMENT_MOST}">'
        f"{escape(question.comment)}</textarea>"
        f'<button type="submit">{said["again" if done else "send"]}</button></form>'
        f'<p><a href="?lang={other}" lang="{other}" hreflang="{other}">{WORDS[other]["language"]}</a></p>'
    )
    script = "document.forms[0].requestSubmit();" if at_once else ""
    return _html(language, said["title"], body, script)


def _page(language: str, word: str, *, status: int) -> web.Response:
    said = WORDS[language]
    return _html(language, said["title"], f"<h1>{said['title']}</h1><p role='status'>{said[word]}</p>", "", status)


def _html(language: str, title: str, body: str, script: str = "", status: int = 200) -> web.Response:
    nonce = secrets.token_urlsafe(12)
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<style nonce="{nonce}">{STYLE}</style></head><body><main>{body}</main>'
        + (f'<script nonce="{nonce}">{script}</script>' if script else "")
        + "</body></html>"
    )
    return web.Response(
        text=text,
        status=status,
        content_type="text/html",
        headers={
            "Content-Security-Policy": f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
