"""What needs attention at a supplier, the last day for notice, and the signs of a service."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import Duration, add
from dijkwacht.core.suppliers.assurance import Proof, span
from dijkwacht.core.suppliers.signs import Leaning, signs
from dijkwacht.core.suppliers.standing import Delivered, Open, Press, Term, last_notice, needs
from dijkwacht.core.suppliers.tier import grade
from dijkwacht.norms.suppliers import supplier_rules

ON = date(2026, 11, 25)
RULES = supplier_rules()
CRITICAL = grade({"critical_process": True}, signs=RULES.signs, tiers=RULES.tiers)
BASIC = grade({each.id: False for each in RULES.signs}, signs=RULES.signs, tiers=RULES.tiers)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("until", "months", "last"),
    [
        (date(2027, 1, 1), 3, date(2026, 9, 30)),
        (date(2027, 1, 1), 0, date(2026, 12, 31)),
        (date(2027, 5, 31), 3, date(2027, 2, 27)),
        (date(2027, 1, 1), 12, date(2025, 12, 31)),
        (date(2027, 1, 1), None, None),
        (None, 3, None),
    ],
)
def test_the_last_day_for_notice(until: date | None, months: int | None, last: date | None) -> None:
    assert last_notice(until, months) == last


@given(days, st.integers(0, 240))
def test_notice_on_that_day_is_never_too_late(until: date, months: int) -> None:
    last = last_notice(until, months)
    assert last is not None
    assert last < until
    assert add(last + timedelta(days=1), Duration(months, 0)) <= until


def codes(*services: Delivered, **more: object) -> list[str]:
    base = {"terms": [], "proofs": [], "findings": [], "tiers": RULES.tiers, "direct": True, "on": ON}
    return [each.code for each in needs(services, **{**base, **more})]  # type: ignore[arg-type]


def test_a_critical_service_needs_proof_an_exit_plan_and_a_contract() -> None:
    service = Delivered("1", "Zaakwolk", CRITICAL, exit=False)
    assert codes(service) == ["no_proof", "no_exit", "no_contract"]
    kind = RULES.kinds["isae3402_2"]
    report = Proof("p", kind, span(date(2026, 1, 1), date(2026, 10, 1)), None)
    running = [Term("K", date(2026, 1, 1), None)]
    assert codes(Delivered("1", "Zaakwolk", CRITICAL, exit=True), proofs=[report], terms=running) == []
    word = Proof("p", RULES.kinds["own_statement"], span(date(2026, 11, 1), date(2026, 11, 2)), None)
    assert codes(Delivered("1", "Zaakwolk", CRITICAL, exit=True), proofs=[word], terms=running) == ["no_proof"]


def test_a_light_service_asks_nothing_and_an_unknown_one_says_so() -> None:
    running = [Term("K", date(2026, 1, 1), None)]
    assert codes(Delivered("1", "Bloemen", BASIC, exit=False), terms=running) == []
    unknown = grade({}, signs=RULES.signs, tiers=RULES.tiers)
    assert codes(Delivered("1", "Bloemen", unknown, exit=False), terms=running) == ["weight_open"]


def test_what_is_late_comes_first() -> None:
    terms = [Term("Oud", date(2020, 1, 1), date(2026, 11, 25))]
    found = needs(
        [Delivered("1", "Bloemen", BASIC, exit=False)], terms=terms, proofs=[],
        findings=[Open("Lek", ON - timedelta(days=1)), Open("Later", ON)], tiers=RULES.tiers, direct=True, on=ON,
    )  # fmt: skip
    assert [(each.code, each.press) for each in found] == [
        ("finding_late", Press.LATE),
        ("contract_over", Press.LATE),
        ("finding", Press.OPEN),
    ]
    assert found[1].day == date(2026, 11, 24)


def test_a_day_of_notice_that_comes_and_one_that_passed() -> None:
    service = Delivered("1", "Bloemen", BASIC, exit=False)
    coming, passed = Term("K", date(2020, 1, 1), date(2027, 4, 1), 2), Term("K", date(2020, 1, 1), date(2027, 1, 1), 3)
    assert codes(service, terms=[coming]) == ["notice_soon"]
    assert codes(service, terms=[passed]) == ["contract_ends"]
    assert codes(service, terms=[Term("K", date(2027, 1, 1), None)]) == ["no_contract"]


def test_a_sub_supplier_needs_no_contract() -> None:
    assert codes(Delivered("1", "Bloemen", BASIC, exit=False), direct=False) == []


answers = st.none() | st.booleans()


def test_nobody_knows_what_hangs_on_a_service_as_long_as_it_is_not_told() -> None:
    assert signs({}, []).found["critical_process"] is None
    assert signs({}, [Leaning("A", False)]).found["critical_process"] is False
    assert signs({}, [Leaning("A", False), Leaning("B", None)]).found["critical_process"] is None
    found = signs({}, [Leaning("A", True), Leaning("B", None)])
    assert (found.found["critical_process"], found.by["critical_process"]) == (True, ("A",))


@given(
    st.dictionaries(st.sampled_from(["special_data", "personal_data"]), answers), st.lists(answers, max_size=4), answers
)
def test_knowing_less_never_gives_more(
    told: dict[str, bool | None], critical: list[bool | None], special: bool | None
) -> None:
    rows = [Leaning(str(at), each, special) for at, each in enumerate(critical)]
    full, less = signs(told, rows), signs({}, [Leaning(each.name) for each in rows])
    for sign, answer in less.found.items():
        assert answer is None or answer == full.found[sign]
