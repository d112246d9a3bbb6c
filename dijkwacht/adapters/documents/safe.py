"""Texts of strangers made harmless for what they are put in. What is shown may differ; what is attached never does.

Sources: OWASP, CSV injection; XML 1.0 section 2.2; PDF/A-3 (ISO 19005-3) 6.2.11: every character has a glyph.
"""

import re
import unicodedata

from dijkwacht.core.chain import plain

# What the typefaces that typst brings along can draw; measured, and tests/adapters/test_documents_safe.py holds it.
_DRAWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x669), (0x1E00, 0x1EFF), (0x2010, 0x2027),
    (0x2030, 0x2040), (0x20A0, 0x20BF), (0x2190, 0x22FF), (0x25A0, 0x25FF), (0x2713, 0x2717),
)  # fmt: skip
_PLAIN = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x17F),
    (0x2010, 0x2014),
    (0x2018, 0x201E),
    (0x2022, 0x2022),
    (0x2026, 0x2026),
)
_SPACES = dict.fromkeys((0x09, 0x2002, 0x2003, 0x2009, 0x202F), " ") | {0x2028: "\n", 0x2029: "\n", 0x0D: None}
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200D, 0xFE0E, 0xFE0F, 0xFEFF))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def checked(text: str) -> str:
    """The text itself. Raises ValueError for a null character or half a surrogate pair, as the trail does."""
    return str(plain(text))


def drawn(text: str, *, plainly: bool = False) -> str:
    """The text as a page can show it: what no typeface has stands as its code, ``[U+1F600]``; so do marks that turn
    the direction of writing, which could make a page say what nobody wrote. ``plainly``: Latin letters only.
    """
    text = checked(text)
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SPACES).translate(_UNSEEN)
    ranges = _PLAIN if plainly else _DRAWN
    return "".join(_glyph(each, ranges) for each in text)


def _glyph(character: str, ranges: tuple[tuple[int, int], ...]) -> str:
    code = ord(character)
    if character == "\n" or any(first <= code <= last for first, last in ranges):
        return character
    return f"[U+{code:04X}]"


def xml(text: str) -> str:
    """The text within XML, also within an attribute; what XML cannot hold stands as its code."""
    text = _NO_XML.sub(lambda found: f"[U+{ord(found.group()):04X}]", checked(text))
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(raw, safe)
    return text


def neutral(text: str) -> str:
    """A cell that no spreadsheet program runs: what looks like a formula gets an apostrophe in front."""
    text = checked(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


MOST = 700  # characters of one text on paper; the lists have it whole


def brief(text: str) -> str:
    """The text as long as it may be on paper."""
    return text if len(text) <= MOST else clipped(text, MOST)


def clipped(text: str, most: int) -> str:
    """At most that many characters, cut at a word where that costs little."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word = cut.rsplit(" ", 1)[0]
    return (word if len(word) > most * 2 // 3 else cut).rstrip(" ,;:") + "…"
