"""Names out of a feed of certificate transparency."""

import gzip
import json

import pytest

from dijkwacht.adapters.probing import ct
from dijkwacht.adapters.probing.ct import FeedError, names_below

ROWS = [
    {"names": ["a.example", "WWW.a.example.", "*.a.example"]},
    {"name_value": "vpn.a.example\nmail.b.example"},
    {"names": ["evil-a.example", "c.example"]},
]


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "ct.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    return path


def test_only_what_lies_below_the_names_that_were_asked_for(feed) -> None:
    assert names_below(feed, ["a.example", "b.example", "x.example"]) == {
        "a.example": {"www.a.example", "*.a.example", "vpn.a.example"},
        "b.example": {"mail.b.example"},
    }


def test_the_nearest_name_above_counts(feed) -> None:
    assert names_below(feed, ["a.example", "example"])["a.example"] == {"www.a.example", "*.a.example", "vpn.a.example"}
    assert "evil-a.example" in names_below(feed, ["a.example", "example"])["example"]


def test_gzipped(feed, tmp_path) -> None:
    zipped = tmp_path / "ct.gz"
    zipped.write_bytes(gzip.compress(feed.read_bytes()))
    assert names_below(zipped, ["a.example"]) == names_below(feed, ["a.example"])


@pytest.mark.parametrize("line", ["[]", "{}", "nonsense", '{"names": "a.example"}', "1", '{"names": null}'])
def test_a_line_that_is_none_says_where(feed, line) -> None:
    feed.write_text(f"{json.dumps(ROWS[0])}\n{line}\n")
    with pytest.raises(FeedError, match="line 2"):
        names_below(feed, ["a.example"])


def test_names_and_lines_are_bounded(feed, monkeypatch) -> None:
    feed.write_text(json.dumps({"names": [f"n{n}.a.example" for n in range(100)]}))
    monkeypatch.setattr(ct, "MOST_NAMES", 10)
    assert len(names_below(feed, ["a.example"])["a.example"]) == 10
    monkeypatch.setattr(ct, "LONGEST_LINE", 100)
    with pytest.raises(FeedError, match="too long"):
        names_below(feed, ["a.example"])
