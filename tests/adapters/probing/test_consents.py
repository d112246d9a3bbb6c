"""Consents and opt-outs out of files."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.adapters.probing.consents import ConsentError, read_consents, read_opted_out, window_of
from dijkwacht.core.consent import text_hash
from dijkwacht.core.consent_scope import Window

ZONE = ZoneInfo("Europe/Amsterdam")
ROW = {
    "organisation": "dijkstad",
    "scope": ["*.example", "192.0.2.0/24", "AS64500"],
    "level": 2,
    "from": "2026-01-01",
    "until": "2026-12-31",
}


def read(tmp_path, data):
    path = tmp_path / "consent.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return read_consents(path, zone=ZONE)


def test_one_consent_or_a_list(tmp_path) -> None:
    (one,) = read(tmp_path, ROW)
    assert read(tmp_path, [ROW]) == [one]
    assert (one.organisation, one.level, one.kind) == ("dijkstad", 2, "own")
    assert one.scope.systems == {64500}
    assert one.since == datetime(2026, 1, 1, tzinfo=ZONE)


def test_the_last_day_counts_whole(tmp_path) -> None:
    (one,) = read(tmp_path, ROW)
    assert one.until == datetime(2027, 1, 1, tzinfo=ZONE)
    (exact,) = read(tmp_path, ROW | {"until": "2026-06-01T12:00:00+02:00"})
    assert exact.until == datetime(2026, 6, 1, 12, tzinfo=ZONE)


def test_who_signed_what_and_by_which_mandate(tmp_path) -> None:
    (one,) = read(
        tmp_path,
        ROW
        | {"text": "We agree.", "version": "3", "signatory": "the secretary", "mandate": "2026/12", "kind": "supplier"},
    )
    assert one.text == text_hash("We agree.")
    assert (one.version, one.signatory, one.mandate, one.kind) == ("3", "the secretary", "2026/12", "supplier")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown field colour"), ({"level": "2"}, "whole number"), ({"level": True}, "whole number"),
        ({"level": 5}, "0 to 4"), ({"scope": "*.example"}, "list of texts"), ({"scope": ["*"]}, "all names"),
        ({"scope": ["a b"]}, "not a name"), ({"from": "yesterday"}, "ISO 8601"), ({"from": 2026}, "texts that say"),
        ({"until": "2025-12-31"}, "before from"), ({"organisation": " "}, "say something"), ({"kind": "friend"}, "one of own"),
        ({"kind": "csirt"}, "article"), ({"window": ["always"]}, "mon-fri"), ({"window": ["mon 24:00-25:00"]}, "mon"),
        ({"exclude": ["*"]}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_which_and_why(tmp_path, change, message) -> None:
    if change == {"exclude": ["*"]}:  # nobody may be looked at: strange, but clear
        assert read(tmp_path, ROW | change)
        return
    with pytest.raises(ConsentError, match=f"consent 2: .*{message}"):
        read(tmp_path, [ROW, ROW | change])


@pytest.mark.parametrize("field", ["organisation", "scope", "level", "from", "until"])
def test_what_is_missing_is_named(tmp_path, field) -> None:
    with pytest.raises(ConsentError, match=f"consent 1: {field} is missing"):
        read(tmp_path, {key: value for key, value in ROW.items() if key != field})


@pytest.mark.parametrize("data", ["", "nonsense", "[]", "3", "[3]"])
def test_files_that_hold_none(tmp_path, data) -> None:
    with pytest.raises(ConsentError):
        read(tmp_path, data)


def test_windows() -> None:
    assert window_of("mon-fri 20:00-06:00") == Window(frozenset({1, 2, 3, 4, 5}), 1200, 360)
    assert window_of("sat-mon 00:00-24:00") == Window(frozenset({6, 7, 1}), 0, 1440)
    assert window_of("Sun 09:30-10:00") == Window(frozenset({7}), 570, 600)


def test_opting_out_takes_all_below_a_name_along(tmp_path) -> None:
    path = tmp_path / "optout.txt"
    path.write_text("# asked by mail\ndijkstad.example\n192.0.2.0/24  # their network\n\n")
    scope = read_opted_out(path)
    assert scope.names == {"dijkstad.example", "*.dijkstad.example"}
    assert [str(each) for each in scope.networks] == ["192.0.2.0/24"]
    path.write_text("not a name\n")
    with pytest.raises(ConsentError, match=r"optout\.txt"):
        read_opted_out(path)
