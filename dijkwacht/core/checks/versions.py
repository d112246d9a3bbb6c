"""An order of versions for which nobody states the scheme: numbers count as numbers, pre-releases come before, letters after.

    1.0-rc1 < 1.0 = 1.0.0 < 1.0a < 1.0p1 < 1.0.1 < 1.9 < 1.10

What it cannot know: epochs, and what a distribution mended without a new number (see `software`).
"""

import re

Key = tuple[tuple[int, int, str], ...]

LONGEST = 64  # characters that count; longer texts are no version
_PART = re.compile(r"[0-9]+|[a-z]+|~", re.IGNORECASE)
_BEFORE = {
    "dev": 0,
    "snapshot": 0,
    "pre": 1,
    "preview": 1,
    "alpha": 2,
    "beta": 3,
    "m": 4,
    "milestone": 4,
    "rc": 5,
    "cr": 5,
}
_TILDE, _EARLY, _END, _LETTERS, _NUMBER = range(5)
_STOP = (_END, 0, "")


def key(version: str) -> Key:
    """What versions are ordered by. Any text has a key; equal keys are equal versions. Build marks after `+` do not count."""
    text = version[:LONGEST].partition("+")[0].strip().lower()
    text = re.sub(r"^v(?=[0-9])", "", text)
    parts = [_part(word) for word in _PART.findall(text)]
    kept: list[tuple[int, int, str]] = []
    for part in reversed(parts):  # zeros at the end of a run of numbers say nothing: 1.0.0 is 1, 1.0-rc1 is 1-rc1
        if part == (_NUMBER, 0, "") and (not kept or kept[-1][0] != _NUMBER):
            continue
        kept.append(part)
    return (*reversed(kept), _STOP)


def is_version(text: str) -> bool:
    """Whether a text can be told apart as a version: it has a number in it and is not too long."""
    return len(text) <= LONGEST and any(mark.isascii() and mark.isdigit() for mark in text)


def _part(word: str) -> tuple[int, int, str]:
    if word == "~":
        return (_TILDE, 0, "")
    if word.isdigit():
        return (_NUMBER, int(word), "")
    return (_EARLY, _BEFORE[word], word) if word in _BEFORE else (_LETTERS, 0, word)
