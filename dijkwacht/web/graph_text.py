"""Texts in a drawing: how wide they are about, broken over lines and cut, since SVG does neither. Pure.

Widths are those of a common sans serif of 14 units, taken on the wide side: a text that is cut early is better than one that
runs out of its box.
"""

import unicodedata

_NARROW, _WIDE = frozenset("iIjlft.,:;'|!()[] "), frozenset("mwMW@%&")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, direction and half characters: a picture shows none of them


def plain(text: str) -> str:
    """The text on one line without characters that cannot be seen; a dash when nothing is left."""
    seen = (
        " " if each.isspace() else each for each in text if each.isspace() or unicodedata.category(each) not in _UNSEEN
    )
    return " ".join("".join(seen).split()) or "–"


def width(text: str) -> float:
    """About how wide a text is, in units."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 15.0
    if letter in _NARROW:
        return 5.0
    if letter in _WIDE:
        return 13.0
    return 9.6 if letter.isupper() else 8.0


def wrapped(text: str, room: float, *, most: int) -> list[str]:
    """The text over at most so many lines that fit in the room, broken at words where it can; what is cut off ends in ``…``."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split():
        for piece in _pieces(word, room):
            longer = f"{line} {piece}" if line else piece
            if width(longer) <= room:
                line = longer
                continue
            lines.append(line)
            line = piece
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(lines[most - 1], room)]


def _pieces(word: str, room: float) -> list[str]:
    """The word, or parts of it that each fit: what is too long for a line breaks anywhere."""
    if width(word) <= room:
        return [word]
    parts, part = [], ""
    for letter in word:
        if part and width(part + letter) > room:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


def _cut(line: str, room: float) -> str:
    while line and width(line) + 12 > room:
        line = line[:-1]
    return line.rstrip() + "…"
