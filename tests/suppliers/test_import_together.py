"""One register brought in by two at once: everything once, and the trail whole."""

from typing import Any

import pytest

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import importing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.queries import verify
from tests.house_people import Make
from tests.ledger.test_together import together
from tests.suppliers.test_register_import import FILE, read

pytestmark = pytest.mark.django_db(transaction=True)


def counts() -> list[int]:
    return [model.objects.count() for model in (Supplier, Service, Contract, Use, SubSupplier)]


def test_two_bring_in_the_same_file_at_once(organisation: Organisation, does: Make) -> None:
    who = [does(), does("ciso")]
    taken = together(*(
        lambda by=by: importing.take_over(organisation, read(FILE), name="leveranciers.csv", **by) for by in who
    ))  # fmt: skip
    one, other = sorted(taken, key=lambda each: -each.added)
    assert (other.added, other.changed) == (0, 0)
    assert (one.added, other.unchanged, counts()) == (8, 8, [3, 2, 2, 1, 1])
    assert verify(organisation) is None
    assert verify_suppliers(organisation).faulty == []


def test_who_looked_at_a_plan_that_another_overtook_looks_again(organisation: Organisation, does: Make) -> None:
    does()
    seen = importing.fingerprint(importing.plan_of(organisation, read(FILE), at=does()["at"]))

    def take(by: dict[str, Any]) -> str:
        try:
            importing.take_over(organisation, read(FILE), name="leveranciers.csv", seen=seen, **by)
        except Refused as error:
            return error.code
        return ""

    who = [does(), does("ciso")]
    assert sorted(together(*(lambda by=by: take(by) for by in who))) == ["", "register_moved_on"]
    assert verify_suppliers(organisation).faulty == []
