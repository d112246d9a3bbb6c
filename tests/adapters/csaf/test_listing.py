"""What a provider lists: metadata, feeds, changes.csv, index.txt."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.csaf.listing import Feed, read_changes, read_feed, read_index, read_provider
from dijkwacht.adapters.csaf.load import Unreadable
from tests.adapters.csaf.made import raw

BASE = "https://dijkteam.example/csaf/"


def test_provider_metadata() -> None:
    body = {
        "publisher": {"namespace": "https://dijkteam.example", "name": "Dijkteam"},
        "role": "csaf_trusted_provider",
        "distributions": [
            {"directory_url": "white"},
            {
                "rolie": {
                    "feeds": [{"url": "feed.json", "tlp_label": "WHITE"}, {"url": "/amber.json", "tlp_label": "AMBER"}]
                }
            },
        ],
        "public_openpgp_keys": [{"fingerprint": "AB CD", "url": "key.asc"}],
    }
    found = read_provider(raw(body), BASE + "provider-metadata.json")
    assert found.feeds == (Feed(BASE + "feed.json", "CLEAR"), Feed("https://dijkteam.example/amber.json", "AMBER"))
    assert found.directories == (BASE + "white/",)
    assert found.keys == (("abcd", BASE + "key.asc"),)
    assert (found.namespace, found.role) == ("https://dijkteam.example", "csaf_trusted_provider")


def entry(**fields: Any) -> dict[str, Any]:
    return {"id": "x", "updated": "2026-09-01T00:00:00Z", "content": {"src": "2026/x.json"}, "link": [], **fields}


def test_a_feed() -> None:
    links = [
        {"rel": "self", "href": "2026/x.json"}, {"rel": "hash", "href": "2026/x.json.sha512"},
        {"rel": "hash", "href": "x.md5"}, {"rel": "signature", "href": "2026/x.json.asc"},
    ]  # fmt: skip
    found, odd = read_feed(raw({"feed": {"entry": [entry(link=links)]}}), BASE + "feed.json", tlp="GREEN")
    assert odd == []
    assert (found[0].url, found[0].tlp, found[0].updated) == (
        BASE + "2026/x.json",
        "GREEN",
        datetime(2026, 9, 1, tzinfo=UTC),
    )
    assert found[0].hashes == {"sha512": BASE + "2026/x.json.sha512"}
    assert found[0].signature == BASE + "2026/x.json.asc"


def test_entries_that_lead_nowhere_are_told() -> None:
    found, odd = read_feed(
        raw({"feed": {"entry": [entry(content={}), 7, entry(content=7, link=[{"rel": "self", "href": "y.json"}])]}}),
        BASE,
    )
    assert [each.url for each in found] == [BASE + "y.json"]
    assert [each.code for each in odd] == ["missing", "wrong_type", "wrong_type"]


def test_an_address_that_is_none_hides_no_other() -> None:
    none = "https://[::1/x.json"
    links = [{"rel": "signature", "href": none}]
    entries = [entry(content={"src": none}), entry(link=links)]
    found, odd = read_feed(raw({"feed": {"entry": entries}}), BASE)
    assert ([each.url for each in found], [each.code for each in odd]) == ([BASE + "2026/x.json"], ["missing"])
    lists = [{"directory_url": none}, {"directory_url": BASE}, {"rolie": {"feeds": [{"url": none}]}}]
    made = read_provider(raw({"distributions": lists, "public_openpgp_keys": [{"url": none}]}), BASE)
    assert (made.directories, made.feeds, made.keys) == ((BASE,), (), ())


@pytest.mark.parametrize("data", [b"{}", b"[]", b"<html>", b""])
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(data, BASE)


def test_changes() -> None:
    data = '\ufeff"2026/a.json","2026-09-01T10:00:00Z"\r\n2026/b c.json,2026-09-02T10:00:00\n\n2026/d.json\n'.encode()
    found, odd = read_changes(data, BASE)
    assert [(each.url, each.stamp) for each in found] == [
        (BASE + "2026/a.json", "2026-09-01T10:00:00Z"),
        (BASE + "2026/b%20c.json", "2026-09-02T10:00:00"),
        (BASE + "2026/d.json", ""),
    ]
    assert [each.code for each in odd] == ["no_zone", "missing"]
    assert found[0].signature == BASE + "2026/a.json.asc"


@pytest.mark.parametrize(
    "path",
    [
        "../x.json",
        "/etc/passwd",
        "https://elders.example/x.json",
        "a/%2e%2e/x.json",
        "file:///x",
        "\\\\x",
        "https://[x",
    ],
)
def test_paths_that_lead_out_are_left_and_told(path: str) -> None:
    for found, odd in (read_changes(f"{path},2026-09-01T00:00:00Z".encode(), BASE), read_index(path.encode(), BASE)):
        assert (found, [each.code for each in odd]) == ([], ["outside_folder"])


def test_an_index() -> None:
    found, odd = read_index(b"2026/a.json\r\n\r\n2026/b.json", BASE)
    assert ([each.url for each in found], odd) == ([BASE + "2026/a.json", BASE + "2026/b.json"], [])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_rubbish_never_falls_over(data: bytes) -> None:
    for read in (read_changes, read_index, read_feed):
        try:
            read(data, BASE)
        except Unreadable:
            pass
