"""Text with bold words, lists, links and pictures: what a composer holds, and its two faces, HTML and plain."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from html.parser import HTMLParser

from app.domain.text import fold

DEEPEST = 8


class BlockKind(StrEnum):
    """What one line of a text is."""

    PLAIN = "plain"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look; with `image` the run is a picture of the mail, and `text` its name."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    link: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line as it was typed."""

    runs: tuple[Run, ...] = ()
    kind: BlockKind = BlockKind.PLAIN
    depth: int = 0

    @property
    def text(self) -> str:
        """The letters alone."""
        return "".join(run.text for run in self.runs if not run.image)


Blocks = tuple[Block, ...]


def from_text(text: str, kind: BlockKind = BlockKind.PLAIN) -> Blocks:
    """Plain lines as blocks."""
    return tuple(Block((Run(line),) if line else (), kind) for line in text.splitlines())


def is_blank(blocks: Blocks) -> bool:
    """Whether nothing was written: quoting alone says nothing."""
    return not any(
        run.image or run.text.strip() for block in blocks if block.kind is not BlockKind.QUOTE for run in block.runs
    )


def own_words(blocks: Blocks) -> str:
    """What the writer says herself, without what she quotes."""
    return "\n".join(block.text for block in blocks if block.kind is not BlockKind.QUOTE)


def images_in(blocks: Blocks) -> frozenset[str]:
    """The pictures that stand in the text."""
    return frozenset(run.image for block in blocks for run in block.runs if run.image)


def safe_link(address: str) -> str:
    """The address of a link as it may leave; empty for anything but the web, mail and telephone."""
    trimmed = address.strip()
    if any(letter.isspace() or ord(letter) < 32 for letter in trimmed) or len(trimmed) > 2000:
        return ""
    if trimmed.lower().startswith(("http://", "https://", "mailto:", "tel:")):
        return trimmed
    if trimmed and "." in trimmed and ":" not in trimmed.split("/")[0]:
        return f"https://{trimmed}"
    return ""


def to_plain(blocks: Blocks) -> str:
    """The text for a reader without HTML."""
    lines = []
    for number, block in _numbered(blocks):
        words = "".join(_plain_run(run) for run in block.runs)
        indent = "  " * min(block.depth, DEEPEST)
        mark = {BlockKind.BULLET: "- ", BlockKind.NUMBER: f"{number}. ", BlockKind.QUOTE: "> "}.get(block.kind, "")
        lines.append(f"{indent}{mark}{words}".rstrip())
    return "\n".join(lines).rstrip()


def _plain_run(run: Run) -> str:
    if run.image:
        return f"[{run.text}]"
    if run.link and fold(run.link) not in {fold(run.text), fold(f"https://{run.text}"), fold(f"mailto:{run.text}")}:
        return f"{run.text} <{run.link}>"
    return run.text


def _numbered(blocks: Blocks) -> Iterable[tuple[int, Block]]:
    numbers: dict[int, int] = {}
    for block in blocks:
        if block.kind is not BlockKind.NUMBER:
            numbers.clear()
        else:
            numbers = {depth: at for depth, at in numbers.items() if depth <= block.depth}
            numbers[block.depth] = numbers.get(block.depth, 0) + 1
        yield numbers.get(block.depth, 0), block


_LISTS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}
_QUOTE = '<blockquote style="margin:0 0 0 8px;padding-left:8px;border-left:2px solid #b4bdcb">'


def to_html(blocks: Blocks) -> str:
    """The same as HTML that every reader shows: one element a line, nothing fetched, nothing styled beyond it."""
    out: list[str] = []
    open_: list[str] = []
    for block in blocks:
        wanted = _around(block)
        while open_ and open_ != wanted[: len(open_)]:
            out.append(f"</{open_.pop()}>")
        for tag in wanted[len(open_) :]:
            out.append(_QUOTE if tag == "blockquote" else f"<{tag}>")
            open_.append(tag)
        tag = "li" if block.kind in _LISTS else "div"
        out.append(f"<{tag}>{''.join(map(_html_run, block.runs)) or '<br>'}</{tag}>")
    out += [f"</{tag}>" for tag in reversed(open_)]
    return "".join(out)


def _around(block: Block) -> list[str]:
    if block.kind is BlockKind.QUOTE:
        return ["blockquote"]
    return [_LISTS[block.kind]] * (min(block.depth, DEEPEST) + 1) if block.kind in _LISTS else []


def _html_run(run: Run) -> str:
    if run.image:
        return f'<img src="cid:{escape(run.image)}" alt="{escape(run.text)}" style="max-width:100%">'
    words = escape(run.text, quote=False).replace("  ", "&nbsp; ").replace("\t", "&nbsp; ")
    for on, tag in ((run.underline and not run.link, "u"), (run.italic, "i"), (run.bold, "b")):
        words = f"<{tag}>{words}</{tag}>" if on else words
    return f'<a href="{escape(run.link)}">{words}</a>' if run.link else words


def read_html(html: str) -> Blocks:
    """The blocks of HTML as `to_html` writes it; of foreign HTML the words, and the looks that we know."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._look = Run("")
        self._lists: list[BlockKind] = []
        self._quotes = 0
        self._mute = 0
        self._line = False

    def blocks(self) -> Blocks:
        self._end(keep=False)
        return tuple(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "head", "title"}:
            self._mute += 1
        elif tag in {"ul", "ol"}:
            self._end(keep=False)
            self._lists.append(BlockKind.BULLET if tag == "ul" else BlockKind.NUMBER)
        elif tag == "blockquote":
            self._end(keep=False)
            self._quotes += 1
        elif tag in {"div", "p", "li", "tr", "h1", "h2", "h3"}:
            self._end(keep=False)
            self._line = True
        elif tag == "br":
            self._end(keep=True)
        elif tag == "img" and values.get("src", "").startswith("cid:"):
            self._runs.append(Run(values.get("alt") or "image", image=values["src"][4:]))
        else:
            self._set(tag, values.get("href", ""), on=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "head", "title"}:
            self._mute = max(0, self._mute - 1)
        elif tag in {"ul", "ol"}:
            self._end(keep=False)
            self._lists = self._lists[:-1]
        elif tag == "blockquote":
            self._end(keep=False)
            self._quotes = max(0, self._quotes - 1)
        elif tag in {"div", "p", "li", "tr", "h1", "h2", "h3"}:
            self._end(keep=False)
        else:
            self._set(tag, "", on=False)

    def handle_data(self, data: str) -> None:
        words = data.replace("\r", "").replace("\n", " ").replace("\xa0", " ")
        if not self._mute and (words.strip() or (self._line and words) or self._runs):
            self._runs.append(replace(self._look, text=words))

    def _set(self, tag: str, href: str, *, on: bool) -> None:
        if tag in {"b", "strong"}:
            self._look = replace(self._look, bold=on)
        elif tag in {"i", "em"}:
            self._look = replace(self._look, italic=on)
        elif tag == "u":
            self._look = replace(self._look, underline=on)
        elif tag == "a":
            self._look = replace(self._look, link=safe_link(href) if on else "")

    def _end(self, *, keep: bool) -> None:
        runs, self._runs, self._line = tuple(self._runs), [], False
        if runs or keep:
            kind, depth = BlockKind.PLAIN, 0
            if self._quotes:
                kind = BlockKind.QUOTE
            elif self._lists:
                kind, depth = self._lists[-1], min(len(self._lists) - 1, DEEPEST)
            self._blocks.append(Block(runs, kind, depth))
