"""Texts that read otherwise than they are."""

import pytest

from dijkwacht.core.shown import as_shown, one_line, reads_as_it_is


@pytest.mark.parametrize(
    "text", ["gewoon", "é ï ß", "twee\nregels\tmet tab", "\U0001f600 عربي", "", "\r\n", "a\u00a0b"]
)
def test_what_reads_as_it_is(text: str) -> None:
    assert reads_as_it_is(text)


@pytest.mark.parametrize(
    "code", [0x00, 0x07, 0x1B, 0x7F, 0x9B, 0x61C, 0x200E, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800, 0xFFFF]
)
def test_what_does_not(code: int) -> None:
    text = f"a{chr(code)}b"
    assert not reads_as_it_is(text)
    assert not one_line(text)
    assert as_shown(text) == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "line"), [("piket", True), ("", False), ("  ", False), ("a\nb", False), ("a b", True)]
)
def test_one_line(text: str, line: bool) -> None:
    assert one_line(text) is line
