"""Which kind of indicator a line is, also when it was written so that nobody can click on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.incidents.shared import MOST, indicators

SHA256 = "a" * 64


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("192.0.2.7", "ipv4", "192.0.2.7"),
        ("192[.]0[.]2[.]7", "ipv4", "192.0.2.7"),
        ("2001:DB8::1", "ipv6", "2001:db8::1"),
        ("kwaad.example", "domain", "kwaad.example"),
        ("KWAAD[.]example", "domain", "kwaad.example"),
        ("kwaad(dot)example", "domain", "kwaad.example"),
        ("hxxps://kwaad[.]example/pad?a=1", "url", "https://kwaad.example/pad?a=1"),
        ("hxxp[:]//kwaad[.]example", "url", "http://kwaad.example"),
        ("http://kwaad.example/hxxp", "url", "http://kwaad.example/hxxp"),
        ("dader[@]kwaad.example", "email", "dader@kwaad.example"),
        ("D41D8CD98F00B204E9800998ECF8427E", "md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ("b" * 40, "sha1", "b" * 40),
        (SHA256, "sha256", SHA256),
        ("cve-2026-12345", "cve", "CVE-2026-12345"),
        ("bestand.exe in map X", "text", "bestand.exe in map X"),
        ("999.1.2.3", "text", "999.1.2.3"),
        ("-slecht.example", "text", "-slecht.example"),
        ("aaaa", "text", "aaaa"),
    ],
)
def test_a_line(line: str, kind: str, value: str) -> None:
    (found,) = indicators(line)
    assert (found.kind, found.value) == (kind, value)


def test_lines_come_once_in_order_without_remarks_and_empty_ones() -> None:
    found = indicators("# van de leverancier\n\n192.0.2.7\r\nkwaad.example\n192[.]0.2.7\n")
    assert [each.value for each in found] == ["192.0.2.7", "kwaad.example"]


def test_a_feed_is_refused() -> None:
    text = "\n".join(f"a{n}.example" for n in range(MOST + 1))
    assert len(indicators(text.rpartition("\n")[0])) == MOST
    with pytest.raises(ValueError, match="more than"):
        indicators(text)


@given(st.text(max_size=300))
def test_whatever_somebody_writes_is_read_and_nothing_is_lost(text: str) -> None:
    found = indicators(text)
    wanted = {line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")}
    assert len(found) <= len(wanted)
    assert bool(found) == bool(wanted)
    assert {each.value for each in found if each.kind == "text"} <= wanted
