"""A form for customers: made of the case form of its type, whole without a script, guarded without anybody's help.

The guard: a field that people do not see, a signed stamp that says when the page was given out (sent neither at once
nor half a day later, and once), and so many an hour from one address.
"""

import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web

from app.domain.fields import CustomField, FieldKind, read_values
from app.domain.phone_numbers import normalise
from app.domain.refusals import Refusal, Refused
from app.domain.shapes import EMAIL
from app.domain.signing import stamp, stamped
from app.services.web_front import BODY_MOST, FORM_FILES_MOST, Forms, Sent, ShownForm
from app.web.form_files import FormFiles, files_words
from app.web.form_words import WORDS
from app.web.html import errors, language_of, other_language, page
from app.web.limits import Rate, read_fields, sender
from app.web.uploads import MOST_AT_ONCE, read_parts

LEAST_S, MOST_S = 3, 12 * 3600
MOST_BODY = 256_000
A_WINDOW, WINDOW_S = 30, 600
_MOST = {"name": 200, "email": 254, "phone": 40, "subject": 250, "body": BODY_MOST}
_NEEDED = ("name", "email", "subject", "body")
_FILLED_BY = {"name": "name", "email": "email", "phone": "tel"}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
TRAP = "website2"


class FormPage:
    """GET shows, POST makes the case."""

    def __init__(self, forms: Forms, *, a_window: int = A_WINDOW, clock: Callable[[], float] = time.time) -> None:
        self._forms, self._clock = forms, clock
        self._sent, self._strangers = Rate(a_window, WINDOW_S), Rate(120)
        self._uploaders, self._uploads = Rate(a_window, WINDOW_S), 0

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands."""
        return [web.get("/f/{key}", self.show), web.post("/f/{key}", self.send)]

    async def show(self, request: web.Request) -> web.Response:
        """The empty form."""
        found = await self._found(request)
        if isinstance(found, web.Response):
            return found
        return await self._page(request, found, {}, {})

    async def send(self, request: web.Request) -> web.Response:
        """The case, or the form again with what is wrong."""
        found = await self._found(request)
        if isinstance(found, web.Response):
            return found
        language = language_of(request, found.language)
        said = WORDS[language]
        if not request.content_type.startswith("multipart/"):
            return await self._take(request, found, await read_fields(request, MOST_BODY), ())
        if self._uploads >= MOST_AT_ONCE:
            return self._say(request, found, "away", 503)
        key = await self._forms.key()

        def stamp_of(fields: Mapping[str, str]) -> UUID | None:
            self._uploaders.take(sender(request))
            known, age = self._known(key, found, fields)
            return known if LEAST_S <= age <= MOST_S else None

        files = FormFiles(self._forms, found, stamp_of)
        self._uploads += 1
        try:
            sent = await read_parts(request, files.of, FORM_FILES_MOST)
            return await self._take(request, found, sent.fields, sent.files)
        except Refused as refused:
            wrong, status = files.wrong(refused, said)
            return await self._page(request, found, files.fields, wrong, status, files.fields.get("stamp", ""))
        finally:
            self._uploads -= 1
            await files.drop()

    def _known(self, key: bytes, form: ShownForm, told: Mapping[str, str]) -> tuple[UUID | None, float]:
        """Whose page it was, and how long ago it was given out."""
        known = stamped(key, f"form {form.id}", told.get("stamp", ""))
        return (None, MOST_S + 1) if known is None else (known[0], self._clock() - known[1])

    async def _take(
        self, request: web.Request, found: ShownForm, told: Mapping[str, str], files: tuple[tuple[UUID, str, str], ...]
    ) -> web.Response:
        language = language_of(request, found.language)
        said = WORDS[language]
        known, age = self._known(await self._forms.key(), found, told)
        if told.get(TRAP) or not LEAST_S <= age <= MOST_S:
            word = "trapped" if told.get(TRAP) else "too_fast" if age < LEAST_S else "expired"
            return await self._page(request, found, told, {"send": said[word]}, 422)
        assert known is not None
        wrong, sent = _read(found, told, language)
        if sent is None:
            wrong |= {"files": said["files_again"]} if files else {}
            return await self._page(request, found, told, wrong, 422, told["stamp"])
        self._sent.take(sender(request))
        try:
            number = await self._forms.send(found, known, replace(sent, files=files))
        except Refused as refused:
            if refused.reason is Refusal.SERVER_AWAY:
                return self._say(request, found, "away", 503)
            return await self._page(request, found, told, {"send": said["expired"]}, 422)
        return self._say(request, found, "got", 200, str(number))

    async def _found(self, request: web.Request) -> ShownForm | web.Response:
        key = request.match_info["key"]
        form = await self._forms.form(key) if re.fullmatch("[a-z0-9]{10,40}", key) else None
        if form is None:
            self._strangers.take(sender(request))
            language = language_of(request, "en")
            return page(language, "404", f"<p role='status'>{WORDS[language]['unknown']}</p>", status=404)
        return form

    def _say(self, request: web.Request, form: ShownForm, word: str, status: int, number: str = "") -> web.Response:
        language = language_of(request, form.language)
        said = WORDS[language]
        more = _more(request)
        body = f"<h1>{said['thanks'] if word == 'got' else escape(form.title(language))}</h1>"
        body += f'<p role="status">{said[word].replace("{number}", f"<strong>{number}</strong>")}</p>'
        body += f'<p><a href="?lang={language}{more}">{said["again"]}</a></p>'
        return page(language, said["thanks"], body, status=status, frames=form.sites, framed=bool(more))

    async def _page(
        self,
        request: web.Request,
        form: ShownForm,
        told: Mapping[str, str],
        wrong: dict[str, str],
        status: int = 200,
        kept: str = "",
    ) -> web.Response:
        language = language_of(request, form.language)
        said, more = WORDS[language], _more(request)
        mark = kept or stamp(await self._forms.key(), f"form {form.id}", uuid4(), self._clock())
        intro = "".join(f"<p>{escape(part)}</p>" for part in form.intro(language).split("\n") if part.strip())
        shown = "".join(_core(name, said, told, wrong) for name in ("name", "email", "phone", "subject"))
        shown += "".join(_own(field, said, told, wrong) for field in form.fields)
        shown += _core("body", said, told, wrong) + _files(said, wrong)
        body = (
            f"<h1>{escape(form.title(language))}</h1><p class=meta>{escape(form.organisation)}</p>{intro}"
            f"{errors(said['errors'], wrong)}"
            f'<form method="post" action="?lang={language}{more}" enctype="multipart/form-data" novalidate>'
            # Before the files: of a page that is not ours no file is kept.
            f'<input type="hidden" name="stamp" value="{escape(mark)}">{shown}'
            f'<div class="away" aria-hidden="true"><label for="{TRAP}">{said["trap"]}</label>'
            f'<input id="{TRAP}" name="{TRAP}" tabindex="-1" autocomplete="off"></div>'
            f'<button type="submit" id="send">{said["send"]}</button></form>{other_language(language, more)}'
        )
        return page(language, form.title(language), body, status=status, frames=form.sites, framed=bool(more))


def _more(request: web.Request) -> str:
    return "&amp;embed=1" if "embed" in request.query else ""


def _read(form: ShownForm, told: Mapping[str, str], language: str) -> tuple[dict[str, str], Sent | None]:
    """What is wrong by field, or what was sent."""
    said = WORDS[language]
    values = {name: told.get(name, "").replace("\r\n", "\n").strip() for name in _MOST}
    wrong: dict[str, str] = {}
    for name, value in values.items():
        if name in _NEEDED and not value:
            wrong[name] = said["required"].replace("{field}", said[name])
        elif len(value) > _MOST[name] or _UNSTORABLE.search(value):
            wrong[name] = said["too_long"].replace("{field}", said[name])
    if values["email"] and not re.search(EMAIL, values["email"]):
        wrong.setdefault("email", said["not_an_email"].replace("{field}", said["email"]))
    e164 = normalise(values["phone"], form.region) if values["phone"] else None
    if values["phone"] and e164 is None:
        wrong.setdefault("phone", said["not_a_phone_number"].replace("{field}", said["phone"]))
    custom: dict[str, Any] = {}
    for field in form.fields:
        custom |= _one_value(field, told.get(f"c_{field.key}", ""), said, wrong)
    if wrong:
        return wrong, None
    phones = ({"e164": e164, "typed": values["phone"], "label": ""},) if e164 is not None else ()
    return {}, Sent(values["name"], values["email"], phones, values["subject"], values["body"], language, custom)


def _one_value(field: CustomField, typed: str, said: Mapping[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    reason = Refusal.TOO_LONG if _UNSTORABLE.search(typed) else None
    value: dict[str, Any] = {}
    try:
        value = read_values((field,), {field.key: typed.strip()})
    except Refused as refused:
        reason = refused.reason
    number = value.get(field.key)
    if isinstance(number, float) and not math.isfinite(number):
        reason = Refusal.NOT_A_NUMBER
    if reason is None:
        return value
    wrong[f"c_{field.key}"] = said.get(reason.value, said["not_a_choice"]).replace("{field}", field.label)
    return {}


def _frame(id_: str, label: str, inner: str, wrong: bool, needed: str, hint: str = "") -> str:
    mark = f' <span class="needed">{needed}</span>' if needed else ""
    said = f'<p class="hint" id="{id_}-hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<div class="field{" wrong-field" if wrong else ""}"><label for="{id_}">{escape(label)}{mark}</label>'
        f"{said}{inner}</div>"
    )


def _core(name: str, said: Mapping[str, str], told: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    needed = name in _NEEDED
    more = (' required aria-required="true"' if needed else "") + (' aria-invalid="true"' if name in wrong else "")
    value = escape(told.get(name, "")[: _MOST[name]])
    hint = said["phone_hint"] if name == "phone" else ""
    if hint:
        more += f' aria-describedby="{name}-hint"'
    if name == "body":
        inner = f'<textarea id="body" name="body" rows="7" maxlength="{_MOST[name]}"{more}>\n{value}</textarea>'
    else:
        kind = {"email": "email", "phone": "tel"}.get(name, "text")
        filled = f' autocomplete="{_FILLED_BY[name]}"' if name in _FILLED_BY else ""
        inner = (
            f'<input id="{name}" name="{name}" type="{kind}" value="{value}" maxlength="{_MOST[name]}"{filled}{more}>'
        )
    return _frame(name, said[name], inner, name in wrong, said["needed"] if needed else "", hint)


def _files(said: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    more = ' aria-invalid="true"' if "files" in wrong else ""
    inner = f'<input id="files" name="files" type="file" multiple aria-describedby="files-hint"{more}>'
    return _frame("files", said["files"], inner, "files" in wrong, "", files_words(said["files_hint"]))


def _own(field: CustomField, said: Mapping[str, str], told: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    id_ = f"c_{field.key}"
    value = told.get(id_, field.default)[:2000]
    more = (' required aria-required="true"' if field.required else "") + (
        ' aria-invalid="true"' if id_ in wrong else ""
    )
    choices: tuple[tuple[str, str], ...] = tuple((one, one) for one in field.choices)
    if field.kind is FieldKind.YES_NO:
        choices = (("yes", said["yes"]), ("no", said["no"]))
    if choices:
        options = "".join(
            f'<option value="{escape(one)}"{" selected" if one == value else ""}>{escape(words)}</option>'
            for one, words in (("", said["choose"]), *choices)
        )
        inner = f'<select id="{id_}" name="{id_}"{more}>{options}</select>'
    else:
        kind = {FieldKind.DATE: "date", FieldKind.URL: "url"}.get(field.kind, "text")
        mode = ' inputmode="decimal"' if field.kind is FieldKind.NUMBER else ""
        inner = f'<input id="{id_}" name="{id_}" type="{kind}" value="{escape(value)}" maxlength="2000"{mode}{more}>'
    return _frame(id_, field.label, inner, id_ in wrong, said["needed"] if field.required else "")
