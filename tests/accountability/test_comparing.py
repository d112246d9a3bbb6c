"""Organisations side by side: filter, order, and the sentence above them."""

from types import SimpleNamespace
from typing import Any

import pytest

from dijkwacht.apps.accountability import comparing, words
from dijkwacht.apps.accountability.queries import Shared
from tests.accountability.conftest import NORMS
from tests.ledger.small import TODAY


def shared(
    name: str, *, met: int = 0, not_met: int = 0, unknown: int = 0, account: str = "council", **about: Any
) -> Shared:
    owner = SimpleNamespace(
        name=name, slug=name, province=about.get("province", ""), inhabitants=about.get("inhabitants")
    )
    tally = SimpleNamespace(met=met, partly=0, not_met=not_met, not_applicable=5, unknown=unknown)
    return Shared(SimpleNamespace(owner=owner, what=account), tally if met + not_met + unknown else None)  # type: ignore[arg-type]


A = shared("A", met=1, not_met=3, province="Utrecht", inhabitants=19_999)
B = shared("B", met=3, unknown=1, province="Drenthe", inhabitants=20_000)
C = shared("C", account="rdi")
D = shared("D", province="Utrecht")


@pytest.mark.parametrize(
    ("by", "order"),
    [("", "ABD"), ("name", "ABD"), ("least", "ABD"), ("not_met", "ABD"), ("unknown", "BAD"), ("inhabitants", "BAD")],
)
def test_order(by: str, order: str) -> None:
    assert "".join(each.share.owner.name for each in comparing.ordered([D, B, A], by=by)) == order


@pytest.mark.parametrize(
    ("province", "size", "found"),
    [("", "", "ABD"), ("Utrecht", "", "AD"), ("", "0", "AD"), ("", "20", "B"), ("", "100", "")],
)
def test_chosen(province: str, size: str, found: str) -> None:
    kept = comparing.chosen([A, B, C, D], account="council", province=province, size=size)
    assert "".join(each.share.owner.name for each in kept) == found


def test_together() -> None:
    assert comparing.most_shared([C, A, B]) == ["council", "rdi"]
    assert comparing.provinces([A, B, C, D]) == ["Drenthe", "Utrecht"]
    assert comparing.total([A, B, D]) == {"met": 4, "partly": 0, "not_met": 3, "not_applicable": 10, "unknown": 1}
    assert (
        comparing.sentence([A, B, D])
        == "3 organisations share this account; on average 50% of what applies is in order."
    )
    assert comparing.sentence([D]) == "None of them has been judged yet."
    assert comparing.sentence([]) == ""


def test_terms_of_an_account() -> None:
    account = NORMS.accounts["council"]
    assert words.deadline(account, on=TODAY).day == TODAY.replace(year=2027, month=4, day=30)
    assert words.reference_date(account, on=TODAY).day == TODAY.replace(month=12, day=31)
    assert words.account_sentence({"met": 1, "unknown": 2}) == "3 lines: 1 in order, 2 unknown."
    assert words.reuse_number(None) == "–"
