"""A text document as blocks and back: Qt's own HTML is no mail, so we read its blocks and fragments ourselves."""

from typing import cast

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
    QTextList,
    QTextListFormat,
)

from app.domain.rich_text import Block, BlockKind, Blocks, Run, safe_link
from ui.theme.theme import theme

QUOTE = QTextBlockFormat.Property.BlockQuoteLevel
CID = "cid:"
_LISTS = {BlockKind.BULLET: QTextListFormat.Style.ListDisc, BlockKind.NUMBER: QTextListFormat.Style.ListDecimal}
_NAME = QTextCharFormat.Property.ImageAltText


def read_blocks(document: QTextDocument) -> Blocks:
    """What stands in a document, without the empty lines at its end."""
    found: list[Block] = []
    block = document.begin()
    while block.isValid():
        found += _lines(block)
        block = block.next()
    while found and not found[-1].runs:
        found.pop()
    return tuple(found)


def _lines(block: QTextBlock) -> list[Block]:
    kind, depth = _kind(block)
    lines: list[list[Run]] = [[]]
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if fragment.isValid():
            _add(lines, fragment)
        at += 1
    return [Block(tuple(runs), kind, depth) for runs in lines]


def _add(lines: list[list[Run]], fragment: QTextFragment) -> None:
    look = fragment.charFormat()
    if look.isImageFormat():
        image = look.toImageFormat()
        name = str(image.property(_NAME) or "image")
        # Two pictures side by side are one fragment of two letters.
        lines[-1] += [Run(name, image=image.name().removeprefix(CID))] * len(fragment.text())
        return
    for number, part in enumerate(fragment.text().replace("\u2029", "\u2028").split("\u2028")):
        if number:
            lines.append([])
        words = part.replace("\xa0", " ").replace("\ufffc", "")
        if words:
            link = safe_link(look.anchorHref())
            bold = look.fontWeight() >= QFont.Weight.DemiBold
            run = Run(words, bold, look.fontItalic(), look.fontUnderline() and not link, link)
            lines[-1].append(run)


def _kind(block: QTextBlock) -> tuple[BlockKind, int]:
    listed = cast("QTextList | None", block.textList())
    if listed is not None:
        numbered = listed.format().style() is QTextListFormat.Style.ListDecimal
        return (BlockKind.NUMBER if numbered else BlockKind.BULLET), max(0, listed.format().indent() - 1)
    quoted = block.blockFormat().hasProperty(QUOTE)
    return (BlockKind.QUOTE if quoted else BlockKind.PLAIN), 0


def write_blocks(cursor: QTextCursor, blocks: Blocks, *, fresh: bool = False) -> None:
    """Put blocks where the cursor stands; `fresh` begins at an empty document."""
    cursor.beginEditBlock()
    for number, block in enumerate(blocks):
        if number or not fresh:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        _shape(cursor, block)
        for run in block.runs:
            _put(cursor, run)
    cursor.endEditBlock()


def insert_runs(cursor: QTextCursor, blocks: Blocks) -> None:
    """Put pasted blocks into the text: the first goes on with the line that the cursor stands in."""
    if blocks:
        for run in blocks[0].runs:
            _put(cursor, run)
        write_blocks(cursor, blocks[1:])


def _shape(cursor: QTextCursor, block: Block) -> None:
    if block.kind in _LISTS:
        shape = QTextListFormat()
        shape.setStyle(_LISTS[block.kind])
        shape.setIndent(block.depth + 1)
        before = cursor.block().previous()
        known = before.textList() if before.isValid() else None
        same = known is not None and (known.format().style(), known.format().indent()) == (
            shape.style(),
            shape.indent(),
        )
        if same and known is not None:
            known.add(cursor.block())
        else:
            cursor.createList(shape)
    elif block.kind is BlockKind.QUOTE:
        cursor.setBlockFormat(quote_format())


def quote_format() -> QTextBlockFormat:
    """How a quoted line stands."""
    shape = QTextBlockFormat()
    shape.setProperty(QUOTE, 1)
    shape.setLeftMargin(theme().px(16))
    return shape


def _put(cursor: QTextCursor, run: Run) -> None:
    if run.image:
        image = QTextImageFormat()
        image.setName(f"{CID}{run.image}")
        image.setProperty(_NAME, run.text)
        cursor.insertImage(image)
        return
    look = QTextCharFormat()
    if run.bold:
        look.setFontWeight(QFont.Weight.DemiBold)
    look.setFontItalic(run.italic)
    look.setFontUnderline(run.underline or bool(run.link))
    if run.link:
        look.setAnchor(True)
        look.setAnchorHref(run.link)
        look.setForeground(theme().colour("accent"))
    if cursor.blockFormat().hasProperty(QUOTE):
        look.setForeground(theme().colour("text2"))
    cursor.insertText(run.text, look)
