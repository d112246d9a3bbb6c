"""Raw observations: what is written comes back the same, and what is not ours is refused."""

import gzip
import json
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.probing import raw
from dijkwacht.adapters.probing.raw import RawError
from dijkwacht.core.checks.observed import (
    Certificate,
    DomainSeen,
    HelloSeen,
    Lookup,
    MailHost,
    NameServerAddress,
    OpenPort,
    Routing,
    WebAddress,
)

texts = st.text(max_size=12)
AT = "2026-05-04T12:00:00+00:00"


@st.composite
def observations(draw) -> DomainSeen:
    lookups = draw(st.lists(st.builds(Lookup), max_size=4))
    return DomainSeen(
        name=draw(texts),
        at=AT,
        lookups={(each.name, each.kind): each for each in lookups},
        name_servers=tuple(draw(st.lists(st.builds(NameServerAddress), max_size=2))),
        web=tuple(draw(st.lists(st.builds(WebAddress), max_size=1))),
        mail=tuple(draw(st.lists(st.builds(MailHost), max_size=1))),
        routing=draw(st.none() | st.dictionaries(texts, st.builds(Routing), max_size=2)),
        certificates=draw(st.dictionaries(texts, st.builds(Certificate), max_size=1)),
        ports=tuple(draw(st.lists(st.builds(OpenPort), max_size=2))),
        subdomains=draw(st.dictionaries(texts, st.lists(texts, max_size=2).map(tuple), max_size=2)),
        organisational=draw(texts),
    )


@settings(max_examples=60, deadline=None)
@given(observations())
def test_what_is_written_comes_back_the_same(seen: DomainSeen) -> None:
    line = raw.line_of(seen)
    assert "\n" not in line
    again = raw.from_data(json.loads(line))
    assert again == seen
    assert raw.line_of(again) == line


def test_every_field_is_written() -> None:
    """A field that the strategy above forgets would come back as its default, unseen."""
    known = {each.name for each in fields(DomainSeen)}
    assert known == {
        "name", "at", "lookups", "name_servers", "web", "likeness", "mail", "routing", "certificates", "ports",
        "subdomains", "organisational",
    }  # fmt: skip


SEEN = DomainSeen("a.example", AT, {("a.example", "A"): Lookup("a.example", "A", "NOERROR", ("192.0.2.1",))})


@pytest.mark.parametrize("name", ["raw.jsonl", "raw.jsonl.gz"])
def test_a_file_with_its_first_line(tmp_path, name) -> None:
    path = tmp_path / name
    with raw.writing(path, at=AT, tool="dijkwacht") as out:
        out.write(raw.line_of(SEEN) + "\n")
    assert list(raw.read_all(path)) == [SEEN]


def written(path, *lines: str) -> None:
    head = json.dumps({"format": raw.FORMAT, "version": raw.VERSION})
    path.write_text("\n".join([head, *lines]) + "\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[]", "line 2"),
        ("{}", "line 2"),
        ("not json", "line 2"),
        ('{"name": "a", "at": "b", "lookups": [], "colour": "red"}', "DomainSeen has no colour"),
        ('{"name": 1, "at": "b", "lookups": []}', "is no str"),
        (
            '{"name": "a", "at": "b", "lookups": [{"name": "a", "kind": "A", "rcode": "NOERROR", "secure": 1}]}',
            "is no bool",
        ),
        (
            '{"name": "a", "at": "b", "lookups": [], "web": [{"address": "x", "https": "ajar", "http": "open"}]}',
            "is none of",
        ),
        ('{"name": "a", "at": "b", "lookups": [], "certificates": {"x": {"der": "%%"}}}', "line 2"),
    ],
)
def test_a_line_that_is_not_ours_is_refused_with_its_number(tmp_path, line, message) -> None:
    path = tmp_path / "raw.jsonl"
    written(path, line)
    with pytest.raises(RawError, match=message):
        list(raw.read_all(path))


@pytest.mark.parametrize(
    "octets", [b"", b"{}", b"\xff\xfe", b'{"format": "dijkwacht observations", "version": 2}\n', b"[1]\n"]
)
def test_a_file_that_is_not_ours_is_refused(tmp_path, octets) -> None:
    for name in ("raw.jsonl", "raw.jsonl.gz"):
        path = tmp_path / name
        path.write_bytes(octets if name.endswith("l") else gzip.compress(octets))
        with pytest.raises(RawError):
            list(raw.read_all(path))
    path.write_bytes(octets)
    with pytest.raises(RawError):
        list(raw.read_all(path))


def test_a_line_without_end_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(raw, "LONGEST_LINE", 100)
    path = tmp_path / "raw.jsonl"
    written(path, "x" * 200)
    with pytest.raises(RawError, match="too long"):
        list(raw.read_all(path))


def test_what_is_absent_is_not_written() -> None:
    assert set(raw.to_data(HelloSeen("tls12", "alert", alert=40))) == {"probe", "answer", "alert"}
