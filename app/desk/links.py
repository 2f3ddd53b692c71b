"""Links that ask the desk to call: `tel:` (RFC 3966), `callto:`, `sip:` (RFC 3261)."""

from urllib.parse import unquote

MOST = 100


def number_of(link: str) -> str:
    """The number or `sip:` address that a link names, empty when it is none; what is shown is dialled only by Enter."""
    scheme, colon, rest = link.strip().partition(":")
    scheme = scheme.lower()
    target = unquote(rest.removeprefix("//").partition(";")[0].partition("?")[0]).strip(" ")
    if not colon or not target or len(target) > MOST or not target.isprintable():
        return ""
    if scheme in {"tel", "callto"}:
        return target
    return f"sip:{target}" if scheme == "sip" and " " not in target else ""
