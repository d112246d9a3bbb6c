"""Leases: kept by who lives, free when who had them is dead."""

from datetime import timedelta

import pytest

from dijkwacht.apps.perimeter.services import leasing
from tests.perimeter.conftest import NOW

pytestmark = pytest.mark.django_db


def test_what_a_living_worker_holds_stays_its_own_however_long_a_visit_takes() -> None:
    assert leasing.take(["mail:mx.example"], holder="one/1", at=NOW)
    for step in range(1, 5):
        at = NOW + step * leasing.LASTS * 0.6
        assert not leasing.take(["mail:mx.example"], holder="two/1", at=at)
        assert leasing.extend(holder="one", at=at) == 1


def test_what_a_dead_worker_held_is_free_soon() -> None:
    assert leasing.take_slot("net:192.0.2.*", holder="one/1", at=NOW, slots=1)
    assert not leasing.take_slot("net:192.0.2.*", holder="two/1", at=NOW + leasing.LASTS / 2, slots=1)
    assert leasing.take_slot("net:192.0.2.*", holder="two/1", at=NOW + leasing.LASTS, slots=1)
    assert timedelta(minutes=2) >= leasing.LASTS


def test_one_worker_extends_nothing_of_another_with_a_longer_name() -> None:
    assert leasing.take(["mail:mx.example"], holder="one2/1", at=NOW)
    assert leasing.extend(holder="one", at=NOW) == 0
