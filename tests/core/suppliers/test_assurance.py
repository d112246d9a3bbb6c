"""What proof covers: worked cases as a supplier manager meets them, and laws of spans."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.assurance import Kind, Proof, Span, counts_until, cover, span, weakest, within, without

P1Y, P3M = parse_duration("P1Y"), parse_duration("P3M")
ISAE_2 = Kind("isae3402_2", "period", Assurance.AUDITED, P1Y, works=True, bridge=P3M)
ISAE_1 = Kind("isae3402_1", "day", Assurance.AUDITED, P1Y)
ISO = Kind("iso27001", "validity", Assurance.AUDITED, P1Y)
OWN = Kind("own_statement", "day", Assurance.STATED, P1Y)
YEAR = span(date(2026, 1, 1), date(2027, 1, 1))
HALF = span(date(2026, 1, 1), date(2026, 7, 1))
ON = date(2026, 11, 30)


def report(number: str = "r", days: Span = HALF, kind: Kind = ISAE_2, **more: object) -> Proof:
    return Proof(number, kind, days, **{"services": frozenset({"mail"}), "subs": True, **more})  # type: ignore[arg-type]


def codes(found: object) -> list[tuple[str, str]]:
    return [(each.proof, each.code) for each in found.reasons]  # type: ignore[attr-defined]


def test_half_a_year_was_looked_at() -> None:
    found = cover("mail", [report()], on=ON, asked=YEAR)
    assert (found.proofs, found.assurance, found.works, found.whole) == (("r",), Assurance.AUDITED, False, True)
    assert found.gaps == (Span(date(2026, 7, 1), date(2027, 1, 1)),)
    assert found.until == date(2027, 7, 1)


def test_two_reports_meet() -> None:
    later = report("s", span(date(2026, 6, 1), date(2027, 1, 1)))
    found = cover("mail", [report(), later], on=ON, asked=YEAR)
    assert (found.gaps, found.works) == ((), True)


def test_what_worked_then_worked_then() -> None:
    old = report("old", span(date(2025, 1, 1), date(2025, 7, 1)))
    found = cover("mail", [old], on=date(2026, 9, 1), asked=span(date(2025, 1, 1), date(2025, 7, 1)))
    assert (found.proofs, found.gaps, found.works, codes(found)) == ((), (), False, [("old", "expired")])


def test_a_letter_says_more_of_a_gap_and_never_closes_it() -> None:
    letter = span(date(2026, 7, 1), date(2027, 1, 1))
    found = cover("mail", [report(letters=(letter,))], on=ON, asked=YEAR)
    assert found.gaps == (letter,)
    assert found.bridged == (
        Span(date(2026, 7, 1), date(2026, 10, 1)),
    )  # three months, however long the letter speaks of
    assert not found.works


def test_the_certificate_is_of_another_service() -> None:
    found = cover("mail", [report(kind=ISO, services=frozenset({"hosting"}))], on=ON, asked=YEAR)
    assert (found.proofs, found.assurance, codes(found)) == ((), None, [("r", "not_this_service")])


def test_a_certificate_counts_until_its_end_and_not_a_day_longer() -> None:
    iso = report(kind=ISO, days=span(date(2024, 3, 1), date(2027, 3, 1)), services=None)
    assert counts_until(iso) == date(2027, 3, 1)
    assert cover("mail", [iso], on=date(2027, 2, 28), asked=YEAR).proofs == ("r",)
    assert codes(cover("mail", [iso], on=date(2027, 3, 1), asked=YEAR)) == [("r", "expired")]


def test_a_suspended_certificate_and_one_to_come() -> None:
    ended = report("e", kind=ISO, days=span(date(2024, 3, 1), date(2027, 3, 1)), ended_on=date(2026, 5, 1))
    ahead = report("f", kind=ISO, days=span(date(2026, 12, 1), date(2029, 12, 1)))
    found = cover("mail", [ended, ahead], on=ON, asked=YEAR)
    assert codes(found) == [("e", "withdrawn"), ("f", "ahead")]


def test_a_report_on_a_day_shows_no_working() -> None:
    one = report(kind=ISAE_1, days=span(date(2026, 6, 1), date(2026, 6, 2)))
    found = cover("mail", [one], on=ON, asked=YEAR)
    assert (found.works, found.gaps, codes(found)) == (False, (YEAR,), [("r", "not_worked")])
    assert found.until == date(2027, 6, 2)


@pytest.mark.parametrize(("subs", "code"), [(False, "subs_left_out"), (None, "subs_unsaid")])
def test_sub_suppliers_left_out(subs: bool | None, code: str) -> None:
    found = cover("mail", [report(subs=subs)], on=ON, asked=HALF)
    assert (found.whole, codes(found)) == (False, [("r", code)])


def test_the_strongest_word_first_and_the_weakest_service() -> None:
    own = report("own", kind=OWN, days=span(date(2026, 9, 1), date(2026, 9, 2)), services=None)
    covers = {name: cover(name, [own, report()], on=ON, asked=HALF) for name in ("mail", "hosting")}
    assert (covers["mail"].proofs, covers["hosting"].proofs) == (("r", "own"), ("own",))
    found = weakest(covers)
    assert found is not None
    assert found.service == "hosting"
    assert weakest({}) is None


def test_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot begin"):
        span(date(2026, 7, 1), date(2026, 7, 1))


days = st.integers(0, 60).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
spans = st.tuples(days, days).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair))


def each_day(found: list[Span]) -> list[date]:
    return [one.first + timedelta(days=n) for one in found for n in range((one.end - one.first).days)]


@given(spans, st.lists(spans, max_size=6))
def test_days_are_in_or_out_and_never_both(asked: Span, some: list[Span]) -> None:
    inside, outside = each_day(within(asked, some)), each_day(without(asked, some))
    assert sorted(inside + outside) == each_day([asked])
    assert all(any(one.first <= day < one.end for one in some) for day in inside)
    assert not any(one.first <= day < one.end for one in some for day in outside)
