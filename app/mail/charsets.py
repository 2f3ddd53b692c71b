"""Bytes into text when the charset that is named may be missing, unknown or wrong."""

import codecs
import re

# What senders write, and the larger set that they in fact use (WHATWG Encoding, section 4.2).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "iso8859-8": "cp1255",
}
_ALIASES = {
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "cp-850": "cp850",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
}
_NO_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "unicode-escape"}
_ESCAPES = re.compile(rb"\x1b[$(]")
# NUL and lone surrogates cannot be kept by the store; other controls would move the cursor of a reader.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text_of(data: bytes, charset: str | None) -> str:
    """Decode `data`, trusting its own form more than `charset` where the two disagree."""
    named = _codec(charset)
    if named in {"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"} or (named or "").startswith("iso2022"):
        found = _try(data, named)
        if found is not None:
            return printable(found)
    if _ESCAPES.search(data) and (japanese := _try(data, "iso2022_jp_ext")) is not None:
        return printable(japanese)
    # Text in another charset is hardly ever valid UTF-8 by chance.
    if (unicode := _try(data, "utf-8")) is not None:
        return printable(unicode.removeprefix("\ufeff"))
    meant = _MEANT.get(named or "ascii", named or "cp1252")
    if meant == "utf-8":
        # Damaged or wrongly named: mostly UTF-8 with a bad byte, or a Western text under a wrong name.
        broken = data.decode("utf-8", "replace")
        return printable(broken if broken.count("\ufffd") * 4 < _high(broken) else data.decode("cp1252", "replace"))
    return printable(data.decode(meant, "replace"))


def printable(text: str) -> str:
    """The text without characters that can neither be kept nor shown."""
    return _UNWANTED.sub("", text)


def _high(text: str) -> int:
    return sum(character > "\x7f" for character in text)


def _codec(charset: str | None) -> str | None:
    name = (charset or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name if name and "\0" not in name else None
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if found in _NO_TEXT else found


def _try(data: bytes, codec: str | None) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except (UnicodeError, LookupError, ValueError):
        return None
