"""A provider's web hooks: an SMS that came in, and what became of one that left; both signed with the line's secret.

A call that comes twice is taken once: an SMS by the provider's id, a state by the moves that a delivery may make.
"""

from uuid import UUID

from aiohttp import web

from app.domain.sms import is_signed
from app.services.sms import Hooks, SmsLine
from app.web.limits import fields_of, read_body

SIGNATURE = "X-Twilio-Signature"
MOST_BODY = 16 * 1024
_BECOMES = {
    "delivered": ("delivered", "received"),
    "read": ("delivered", "received"),
    "failed": ("permanent", "failed"),
    "undelivered": ("permanent", "undelivered"),
    "canceled": ("permanent", "canceled"),
}


class SmsHooks:
    """POST alone; who cannot sign learns nothing, not even whether there is such a line."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where they stand."""
        return [web.post("/sms/{line}/in", self.came), web.post("/sms/{line}/status/{message}", self.told)]

    async def came(self, request: web.Request) -> web.Response:
        """An SMS: kept before it is looked into, then the provider may forget it."""
        line, form, body = await self._signed(request)
        name = form.get("MessageSid") or form.get("SmsSid") or ""
        if not name:
            raise web.HTTPBadRequest
        if await self._hooks.keep(line.id, name, body):
            self._hooks.kept()
        return web.Response(text="<Response/>", content_type="text/xml")

    async def told(self, request: web.Request) -> web.Response:
        """What became of a message; states on the way say nothing that is not known."""
        line, form, _ = await self._signed(request)
        said = form.get("MessageStatus") or form.get("SmsStatus") or ""
        if said in _BECOMES:
            state, reason = _BECOMES[said]
            code = form.get("ErrorCode", "")
            reason = f"{reason} {code}".strip() if state == "permanent" else reason
            if not await self._hooks.told(line.id, _uuid(request.match_info["message"]), state, reason):
                raise web.HTTPNotFound
        return web.Response(status=204)

    async def _signed(self, request: web.Request) -> tuple[SmsLine, dict[str, str], bytes]:
        body = await read_body(request, MOST_BODY)
        form = fields_of(body)
        line = await self._hooks.line(_uuid(request.match_info["line"]))
        if line is None:
            raise web.HTTPForbidden
        # As the provider was told to call: a proxy in between may have changed what we see of it.
        address = (line.hooks_at + request.path_qs) if line.hooks_at else str(request.url)
        if not is_signed(line.secret, address, form, request.headers.get(SIGNATURE, "")):
            raise web.HTTPForbidden
        return line, form, body


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise web.HTTPForbidden from None
