"""Cleaned HTML as plain text; what it quotes stands behind ">" as in a text mail."""

import re
from html import unescape

_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*/?>|([^<]+)|<')
_BLOCKS = frozenset(
    "address blockquote center div dl dt dd figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_QUOTE = re.compile(r'class="[^"]*(?:gmail_quote|yahoo_quoted|protonmail_quote|zmail_extra)')
_SIGNATURE = re.compile(r'class="[^"]*(?:gmail_signature|moz-signature|protonmail_signature_block)')
_MANY = re.compile(r"\n{3,}")
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})


class _Page:
    """The text as it grows: lines, and how deep in a quote each stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.quotes = 0
        self.open: list[bool] = []

    def end_line(self) -> None:
        self.lines.append(("> " * min(self.quotes, 8) + self.line.strip()).rstrip())
        self.line = ""

    def end_block(self, *, spaced: bool) -> None:
        if self.line.strip():
            self.end_line()
        if spaced and self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * min(self.quotes, 8)).rstrip())


def to_text(html: str, most: int = 200_000) -> str:
    """The text of HTML that `clean` made (its tags are well-formed), at most `most` characters long."""
    page = _Page()
    length = 0
    for token in _TOKEN.finditer(html):
        closing, tag, attributes, text = token.groups()
        if tag:
            _take_tag(page, tag, attributes or "", closing=bool(closing))
        elif text:
            _take_text(page, _SPACES.sub(" ", unescape(text)))
            length += len(text)
        if length > most:
            break
    page.end_block(spaced=False)
    while page.lines and not page.lines[-1].strip("> "):
        page.lines.pop()
    return _MANY.sub("\n\n", "\n".join(page.lines)).strip()[:most]


def _take_text(page: _Page, text: str) -> None:
    page.line += text.lstrip() if not page.line else text


def _take_tag(page: _Page, tag: str, attributes: str, *, closing: bool) -> None:
    if tag == "br":
        page.end_line()
        return
    if tag == "hr":
        page.end_block(spaced=False)
        page.lines.append("_" * 32)
        return
    if tag in {"td", "th"} and closing:
        page.line += " "
    if tag in _BLOCKS:
        page.end_block(spaced=tag in _SPACED)
    if tag in {"blockquote", "div"}:
        _take_quote(page, tag, attributes, closing=closing)
        if not page.quotes and _SIGNATURE.search(attributes):
            _delimit(page)
    if tag == "li" and not closing:
        page.line = "- "
    if tag == "img" and not closing and 'src="cid:' in attributes and page.line:
        page.line += " "


def _delimit(page: _Page) -> None:
    """A signature stands behind "-- ", as in a text mail (RFC 3676, section 4.3)."""
    before = next((line for line in reversed(page.lines) if line.strip()), "")
    if before and before != "--":
        page.lines.append("--")


def _take_quote(page: _Page, tag: str, attributes: str, *, closing: bool) -> None:
    if not closing:
        quote = tag == "blockquote" or bool(_QUOTE.search(attributes))
        page.open.append(quote)
        page.quotes += quote
    elif page.open:
        page.quotes -= page.open.pop()
