"""What to fetch, given a listing and what we have."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.feed import Cursor, Entry, advanced, failed, plan


def entry(name: str, day: int | None = 1, stamp: str | None = None) -> Entry:
    at = datetime(2026, 9, day, tzinfo=UTC) if day else None
    return Entry(name, stamp if stamp is not None else str(at or ""), at)


def urls(*args: Entry, cursor: Cursor = Cursor(), most: int = 100) -> list[str]:  # noqa: B008 - a frozen value
    return [each.url for each in plan(args, cursor, most=most).fetch]


def test_newest_first_and_what_we_have_not() -> None:
    listing = entry("a", 1), entry("b", 3), entry("c", 2)
    assert urls(*listing) == ["b", "c", "a"]
    cursor = advanced(Cursor(), listing[1])
    assert urls(*listing, cursor=cursor) == ["c", "a"]
    assert plan(listing, cursor).known == 1


def test_a_changed_document_comes_again_whatever_its_date_says() -> None:
    cursor = advanced(Cursor(), entry("a", 20))
    assert urls(entry("a", 5), cursor=cursor) == ["a"]
    assert urls(entry("a", 20), cursor=cursor) == []


def test_a_date_in_the_future_hides_nothing() -> None:
    cursor = advanced(Cursor(), entry("a", 30))
    assert urls(entry("a", 30), entry("b", 2), cursor=cursor) == ["b"]


def test_without_a_stamp_a_document_comes_once() -> None:
    cursor = advanced(Cursor(), entry("a", None))
    assert urls(entry("a", None), entry("b", None), cursor=cursor) == ["b"]


def test_an_address_twice_counts_once_with_its_newest_moment() -> None:
    found = plan([entry("a", 2), entry("a", 4), entry("a", 3)], Cursor())
    assert [(each.url, each.updated) for each in found.fetch] == [("a", datetime(2026, 9, 4, tzinfo=UTC))]


def test_what_failed_comes_after_what_did_not_and_is_never_dropped() -> None:
    cursor = failed(failed(Cursor(), entry("a", 9)), entry("a", 9))
    assert cursor.failures == {"a": 2}
    assert urls(entry("a", 9), entry("b", 1), cursor=cursor) == ["b", "a"]
    assert advanced(cursor, entry("a", 9)).failures == {}


def test_the_rest_waits() -> None:
    found = plan([entry(str(day), day) for day in range(1, 11)], Cursor(), most=3)
    assert [each.url for each in found.fetch] == ["10", "9", "8"]
    assert found.left == 7


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 28)), max_size=30), st.integers(1, 4))
def test_every_document_comes_in_the_end_and_then_nothing(rows: list[tuple[str, int]], most: int) -> None:
    listing = [entry(name, day) for name, day in rows]
    cursor = Cursor()
    for _ in range(10):
        for each in plan(listing, cursor, most=most).fetch:
            cursor = advanced(cursor, each)
    assert set(cursor.seen) == {name for name, _ in rows}
    assert plan(listing, cursor).fetch == ()
