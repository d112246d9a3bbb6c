"""Whether the proof of a service is enough for its tier, and what is lacking."""

from datetime import date

import pytest

from dijkwacht.core.suppliers.assurance import Proof, Span, cover
from dijkwacht.core.suppliers.proof_standing import holes, since, stands
from dijkwacht.norms.suppliers import supplier_rules

ON = date(2026, 11, 30)
ASKED = Span(date(2025, 12, 1), date(2026, 12, 1))
RULES = supplier_rules()
TIERS = {each.id: each for each in RULES.tiers}


def proof(kind: str, first: date, end: date, *, services: str = "", subs: bool | None = True, name: str = "r") -> Proof:
    return Proof(name, RULES.kinds[kind], Span(first, end), frozenset([services]) if services else None, subs)


def standing(*proofs: Proof, tier: str = "critical", alone: bool = False) -> tuple[str, tuple[str, ...]]:
    found = cover("1", proofs, on=ON, asked=ASKED)
    kinds = {each.id: each.kind.id for each in proofs}
    got = stands(found, expected=TIERS[tier].proofs, kinds=kinds, asked=ASKED, alone=alone)
    return got.word, got.lacks


REPORT = proof("isae3402_2", date(2025, 7, 1), date(2026, 7, 1))
CERTIFICATE = proof("iso27001", date(2025, 7, 1), date(2028, 7, 1))


@pytest.mark.parametrize(
    ("proofs", "tier", "word", "lacks"),
    [
        ((REPORT,), "critical", "met", ()),
        ((), "basic", "unknown", ("no_proof",)),
        ((CERTIFICATE,), "high", "met", ()),
        ((CERTIFICATE,), "critical", "partly", ("not_expected",)),
        ((proof("isae3402_2", date(2023, 1, 1), date(2024, 1, 1)),), "critical", "not_met", ("none_counts",)),
        ((proof("iso27001", date(2025, 7, 1), date(2028, 7, 1), services="2"),), "high", "unknown", ("no_proof",)),
        ((proof("iso27001", date(2025, 7, 1), date(2028, 7, 1), subs=None),), "high", "partly", ("subs_unsaid",)),
        ((proof("iso27001", date(2025, 7, 1), date(2028, 7, 1), subs=False),), "high", "partly", ("subs_left_out",)),
        ((proof("own_statement", date(2026, 7, 1), date(2026, 7, 2)),), "basic", "met", ()),
    ],
)
def test_how_a_service_stands(proofs, tier, word, lacks) -> None:
    assert standing(*proofs, tier=tier) == (word, lacks)


def test_without_sub_suppliers_none_can_be_left_out() -> None:
    assert standing(proof("iso27001", date(2025, 7, 1), date(2028, 7, 1), subs=None), tier="high", alone=True) == (
        "met",
        (),
    )


def test_a_hole_between_two_reports_shows_and_the_days_since_the_last_wait() -> None:
    early = proof("isae3402_2", date(2025, 7, 1), date(2026, 2, 1), name="a")
    later = proof("isae3402_2", date(2026, 4, 1), date(2026, 10, 1), name="b")
    assert standing(early, later) == ("partly", ("hole",))
    found = cover("1", [early, later], on=ON, asked=ASKED)
    assert holes(found, ASKED) == [Span(date(2026, 2, 1), date(2026, 4, 1))]
    assert since(found, ASKED) == Span(date(2026, 10, 1), date(2026, 12, 1))


def test_where_no_period_was_looked_at_no_days_wait() -> None:
    found = cover("1", [CERTIFICATE], on=ON, asked=ASKED)
    assert (holes(found, ASKED), since(found, ASKED)) == ([], None)
