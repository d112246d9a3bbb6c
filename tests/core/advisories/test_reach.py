"""How many assets an advisory reaches (A19), and how they stand (A20): clauses of docs/asset-matching.md."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.handling import STATUSES, Status
from dijkwacht.core.advisories.reach import MARKS, Row, Tally, per_document, per_weakness, tally

ROWS: list[Row] = [
    ("DT-1", "W", ("waterstad", "a"), "done"),
    ("DT-1", "V", ("waterstad", "a"), "open"),
    ("DT-1", "W", ("sluisdorp", "a"), "not_affected"),
    ("DT-1", "W", ("sluisdorp", "b"), "accepted"),
    ("DT-2", "W", ("waterstad", "a"), "in_progress"),
]


def test_an_asset_counts_once_per_document_as_its_weakest_weakness() -> None:
    found = per_document(ROWS)
    assert list(found) == ["DT-1", "DT-2"]
    assert found["DT-1"].matched == 3
    assert found["DT-1"].by_status == {"open": 1, "in_progress": 0, "accepted": 1, "done": 0, "not_affected": 1}
    assert [found["DT-1"].marked(each) for each in ("not_remediated", "in_progress", "done", "not_affected")] == [
        2,
        0,
        0,
        1,
    ]
    assert (found["DT-2"].matched, found["DT-2"].marked("in_progress")) == (1, 1)


def test_per_weakness() -> None:
    found = per_weakness(ROWS)
    assert {key: each.matched for key, each in found.items()} == {("DT-1", "W"): 3, ("DT-1", "V"): 1, ("DT-2", "W"): 1}
    assert found["DT-1", "W"].marked("done") == 1


def test_of_nothing() -> None:
    assert per_document([]) == {}
    assert tally([]) == Tally(dict.fromkeys(STATUSES, 0))
    assert tally([]).matched == 0


ROW = st.tuples(st.sampled_from(("DT-1", "DT-2")), st.sampled_from("VW"), st.integers(0, 5), st.sampled_from(STATUSES))


@given(st.lists(ROW))
def test_marks_add_up_to_what_matched(rows: list[tuple[str, str, int, Status]]) -> None:
    assets = Counter(document for document, _ in {(document, asset) for document, _, asset, _ in rows})
    found = per_document(rows)
    assert {document: each.matched for document, each in found.items()} == dict(assets)
    for each in (*found.values(), *per_weakness(rows).values()):
        assert sum(each.marked(mark) for mark in set(MARKS.values())) == each.matched
        assert set(each.by_status) == set(STATUSES)
