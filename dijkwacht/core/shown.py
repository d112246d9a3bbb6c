"""Whether a text reads as it is: without characters that do not show, and without those that turn text around."""

import re

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def reads_as_it_is(text: str) -> bool:
    """Whether every character shows what it is; new lines and tabs do."""
    return text.isprintable() or _ODD.search(text) is None


def one_line(text: str) -> bool:
    """Whether it is one line that says something, of characters that show what they are."""
    return bool(text.strip()) and text.isprintable()


def as_shown(text: str) -> str:
    """What a stranger wrote, to be quoted in a message: what does not show, or steers a terminal, becomes a mark."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
