"""Foreign HTML made harmless: no script, nothing fetched, tracking images named and taken out."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import css_inline
import nh3

DEEPEST = 1000
"""Of nested elements; at 12,000 the inliner takes the whole process down."""
MOST_HTML = 4_000_000
_MOST_STYLED = 500_000
_MOST_ENTITIES = 50_000
"""In one text: the cleaner's time grows with their square."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,4000}?(/?)>")
# Void elements, and those whose end may be left out: they do not nest in themselves.
_NOT_NESTING = frozenset(
    "area base br col embed hr img input link meta source track wbr p li td th tr dt dd option tbody thead".split()
)
_IMAGE = re.compile(r"<img\b([^<>]{0,8000})>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?\s*(https?://[^\s"'>]{1,2000})""", re.IGNORECASE)
_TINY = re.compile(
    r"""\b(?:width|height)\s*[=:]\s*["']?\s*[0-3]\s*(?:px)?\s*["';\s/]|display\s*:\s*none|visibility\s*:\s*hidden""",
    re.IGNORECASE,
)
_STYLE_BLOCK = re.compile(r"<style\b", re.IGNORECASE)
_UNSAFE_STYLE = re.compile(r"url\s*\(|expression|@import|javascript:|\\", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_KEPT_CLASSES = frozenset(
    "gmail_quote yahoo_quoted moz-cite-prefix protonmail_quote zmail_extra gmail_signature moz-signature "
    "protonmail_signature_block".split()
)
# Outlook names its signature by an id, and ids are not kept.
_SIGNATURE_ID = re.compile(
    r"""(<div\b[^<>]{0,300}?)\bid=["']?(?:ms-outlook-mobile-)?signature["']?(?=[\s>])""", re.IGNORECASE
)

_TAGS = frozenset(
    "a abbr address b bdi bdo blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption "
    "figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table "
    "tbody td tfoot th thead tr tt u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align", "valign", "class"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size", "face"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "tr": {"bgcolor"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "blockquote": {"type"},
}
_STYLES = frozenset(
    "color background-color background font font-family font-size font-style font-weight text-align text-decoration "
    "line-height margin margin-left margin-right margin-top margin-bottom padding padding-left padding-right "
    "padding-top padding-bottom border border-left border-right border-top border-bottom border-collapse width height "
    "max-width vertical-align white-space list-style-type display".split()
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Harmless HTML; pictures from elsewhere stand as `remote:https://…` until somebody asks for them."""

    html: str
    trackers: tuple[str, ...]
    remote: int


def clean(html: str) -> Cleaned | None:
    """Make a mail's HTML harmless; None when it is too large or too deep to be shown as it was meant."""
    if len(html) > MOST_HTML or _depth(html) > DEEPEST or _entities(html) > _MOST_ENTITIES:
        return None
    trackers: dict[str, None] = {}

    def without_tracker(image: re.Match[str]) -> str:
        source = _SOURCE.search(image[1])
        if not source or not _TINY.search(image[1] + " "):
            return image[0]
        trackers[_host(source[1])] = None
        return ""

    safe = nh3.clean(
        _styled(_IMAGE.sub(without_tracker, _SIGNATURE_ID.sub(r'\1class="gmail_signature"', html))),
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        filter_style_properties=set(_STYLES),
        link_rel="noopener noreferrer",
    )
    return Cleaned(safe.strip(), tuple(trackers), safe.count('src="remote:'))


def _styled(html: str) -> str:
    """Style sheets written into the elements, where the reader's own rules cannot lose them."""
    if len(html) > _MOST_STYLED or not _STYLE_BLOCK.search(html):
        return html
    try:
        return css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=False)
    except (css_inline.InlineError, ValueError):
        return html


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        known = _KEPT_CLASSES.intersection(value.split())
        return " ".join(sorted(known)) or None
    if name == "style":
        return None if _UNSAFE_STYLE.search(value) else value
    if name == "src":
        low = value.strip().lower()
        if low.startswith(("http://", "https://")):
            return "remote:" + value.strip()
        return value if low.startswith("cid:") or _DATA_IMAGE.match(low) else None
    if name == "href" and value.strip().lower().startswith(("data:", "cid:")):
        return None
    return value


def _depth(html: str) -> int:
    deepest = depth = 0
    for closing, name, empty in _TAG.findall(html):
        if name.lower() in _NOT_NESTING or empty:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _entities(html: str) -> int:
    return max(text.count("&") for text in html.split("<"))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address[:100]
    except ValueError:
        return address[:100]
