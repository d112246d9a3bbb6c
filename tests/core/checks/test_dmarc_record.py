"""DMARC records: tags of RFC 7489 and RFC 9989, and that no text at all breaks the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.dmarc_record import is_record, parse


@pytest.mark.parametrize(
    "tags",
    [
        "p=none", "p=REJECT;sp=none;np=quarantine", "adkim=r;aspf=S", "fo=0:1:d:s", "pct=100", "pct=0", "ri=86400", "rf=afrf",
        "t=n;psd=u", "rua=mailto:a@b.nl,mailto:c@d.nl!10m", "ruf=https://b.nl/x", "onbekend=alles mag", "x-y_z=1",
    ],
)  # fmt: skip
def test_sound(tags: str) -> None:
    record = parse(f"v=DMARC1;{tags}")
    assert record.wrong == ()
    assert len(record.tags) == tags.count(";") + 1


@pytest.mark.parametrize(
    "part",
    [
        "p=", "p=nee", "sp=rejekt", "pct=101", "pct=-1", "pct=1000", "adkim=x", "fo=2", "ri=x", "rua=a@b.nl", "rua=",
        "rua=mailto:a@b.nl,", "rua=mailto:a@b.nl!10x", "ruf=mailto:a@b.nl!1!2", "t=ja", "psd=x", "zomaar", "=1", "p reject",
    ],
)  # fmt: skip
def test_wrong(part: str) -> None:
    assert parse(f"v=DMARC1; {part}").wrong == (part,)


def test_a_tag_stands_once() -> None:
    record = parse("v=DMARC1; p=none; p=reject")
    assert record.wrong == ("p=reject",)
    assert record.policy() == "none"


def test_hosts_of_reports() -> None:
    text = "v=DMARC1; p=none; rua=mailto:a@B.nl.!10m,https://c.nl/,mailto:d@b.nl; ruf=mailto:x%40y@z.nl"
    assert parse(text).hosts() == ("b.nl", "z.nl")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("v=DMARC1", True), ("v=DMARC1;", True), ("V = dmarc1 ; p=none", True), ("v=DMARC12;", False), ("v=DMARC1 p=none", False),
        (" v=DMARC1;", False), ("p=none; v=DMARC1", False),
    ],
)  # fmt: skip
def test_what_says_it_is_dmarc(text: str, says: bool) -> None:
    assert is_record(text) is says


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for each in (text, f"v=DMARC1;{text}"):
        record = parse(each)
        assert record.policy() in ("", "none", "quarantine", "reject")
        assert 0 <= record.percent <= 100
        assert isinstance(record.testing, bool)
        assert len(record.hosts()) <= 100


def test_a_thousand_tags_and_addresses_stay_small() -> None:
    record = parse("v=DMARC1; p=none;" + "".join(f"x{i}=1;" for i in range(1000)))
    assert len(record.tags) == 64
    assert parse("v=DMARC1; p=none; rua=" + ",".join(f"mailto:a@b{i}.nl" for i in range(1000))).wrong
