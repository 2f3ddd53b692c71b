"""Pages for customers: one frame, safe by its headers; what comes from somewhere is escaped where it is put in."""

import secrets
from collections.abc import Iterable
from html import escape

from aiohttp import web

from app.web.satisfaction_words import STYLE as _COMMON

LANGUAGES = ("en", "fr")
STYLE = _COMMON + (
    "label,legend{font-weight:600}.field{margin:1rem 0}.field label,.field legend{display:block;margin:0 0 .25rem}"
    "input:not([type=radio]):not([type=checkbox]),select{width:100%;box-sizing:border-box;font:inherit;"
    "padding:.6rem;border:1px solid #767D8A;border-radius:8px;background:#fff;color:#161B26}"
    "input:focus-visible,select:focus-visible,summary:focus-visible{outline:3px solid #2449CF;outline-offset:2px}"
    ".hint{color:#4A5261;font-weight:400;font-size:.9rem;margin:.1rem 0 .3rem}.needed{color:#B3221A}"
    ".wrong-field input,.wrong-field textarea,.wrong-field select{border:2px solid #B3221A}"
    ".errors{border:2px solid #B3221A;border-radius:8px;padding:.7rem 1rem}.errors h2{font-size:1rem;margin:0 0 .3rem}"
    ".errors ul{margin:0;padding-left:1.2rem}.away{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}"
    ".cases{list-style:none;padding:0}.cases li{border-bottom:1px solid #D9DDE5;padding:.7rem 0}"
    ".cases a{font-weight:600}.meta{color:#4A5261;font-size:.9rem}"
    ".entry{border:1px solid #D9DDE5;border-radius:10px;padding:.8rem 1rem;margin:.8rem 0;overflow-wrap:anywhere}"
    ".entry.out{background:#EEF2FE}.entry p{white-space:pre-wrap;margin:.3rem 0}"
    "fieldset label.line{display:block;border:0;padding:.2rem 0;margin:0;font-weight:400}button.quiet{background:none;"
    "color:#2449CF;border:1px solid #767D8A}.bar{display:flex;gap:.8rem;align-items:center;flex-wrap:wrap}"
    ".bar{margin-top:1rem}.bar button{margin-top:0}"
    ".framed main{margin:0;max-width:none;border:0;border-radius:0}"
    "@media(prefers-color-scheme:dark){input:not([type=radio]):not([type=checkbox]),select{background:#1C222D;"
    "color:#E8EBF1}.hint,.meta{color:#A9B2C2}.entry.out{background:#1B2340}.entry,.cases li{border-color:#2F3848}"
    ".needed{color:#FF8B82}button.quiet{color:#8CA8FF}.errors,.wrong-field input,.wrong-field textarea,"
    ".wrong-field select{border-color:#FF8B82}}"
)


AGAIN_S = 5
_AWAY = {
    "en": ("One moment", "Just now this does not work. Please try again in a few minutes."),
    "fr": ("Un instant", "Cela ne fonctionne pas pour le moment. Merci de réessayer dans quelques minutes."),
}


def language_of(request: web.Request, house: str) -> str:
    """What she asked for, else what her browser prefers of ours, else the organisation's."""
    if (asked := request.query.get("lang", "")) in LANGUAGES:
        return asked
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        if (word := part.strip()[:2].lower()) in LANGUAGES:
            return word
    return house


def page(
    language: str,
    title: str,
    body: str,
    *,
    status: int = 200,
    frames: Iterable[str] = (),
    framed: bool = False,
    headers: dict[str, str] | None = None,
) -> web.Response:
    """A whole page; `frames` are the sites that may show it in a frame, nobody where there are none."""
    nonce = secrets.token_urlsafe(12)
    ancestors = " ".join(frames) or "'none'"
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<style nonce="{nonce}">{STYLE}</style></head><body{" class=framed" if framed else ""}><main>{body}</main>'
        "</body></html>"
    )
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
    return web.Response(
        text=text,
        status=status,
        content_type="text/html",
        headers={"Content-Security-Policy": policy, "Cache-Control": "no-store", **(headers or {})},
    )


def away_page(request: web.Request) -> web.Response:
    """What everybody gets while the database is away; with nothing to press on it, any site may show it in a frame."""
    language = language_of(request, "en")
    title, words = _AWAY[language]
    body = f"<h1>{title}</h1><p role='status'>{words}</p>"
    return page(language, title, body, status=503, frames=("*",), headers={"Retry-After": str(AGAIN_S)})


def other_language(language: str, more: str = "") -> str:
    """The link to the same page in the other language."""
    other = "fr" if language == "en" else "en"
    name = "Français" if other == "fr" else "English"
    return f'<p><a href="?lang={other}{more}" lang="{other}" hreflang="{other}">{name}</a></p>'


def errors(title: str, found: dict[str, str]) -> str:
    """What is wrong, each a link to its field."""
    if not found:
        return ""
    lines = "".join(f'<li><a href="#{escape(field)}">{escape(words)}</a></li>' for field, words in found.items())
    return f'<div class="errors" role="alert"><h2>{escape(title)}</h2><ul>{lines}</ul></div>'
