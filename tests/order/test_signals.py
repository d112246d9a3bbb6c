"""Signals: kept with an end, warned of persons, looked at by the officer, erased by time with a chain that stays whole."""

from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.order.models import Signal, SignalState
from dijkwacht.apps.order.queries import files as queries
from dijkwacht.apps.order.queries.verify import verify_order
from dijkwacht.apps.order.services import signals
from dijkwacht.apps.order.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.marks import mark
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.signals import digest
from tests.house_people import NOW, Make

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=15)
NAMED = "Volgens Jan Voorbeeld, 06-12345678"


def code_of(deed: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code, found.value.params


def test_a_signal_waits_for_the_officer(organisation: Organisation, keep: Make, does: Make) -> None:
    row = keep()
    assert (row.name, row.state, row.leads) == ("S-2026-1", SignalState.CHECK, [])
    assert list(queries.to_check(organisation)) == [row]
    assert signals.check(row, agreed=True, advice="", **does("privacy_officer")).state == SignalState.AGREED
    assert code_of(lambda: signals.check(row, agreed=False, advice=" ", **does("privacy_officer")))[0] == "empty"


def test_what_may_lead_to_a_person_is_never_kept_silently(keep: Make) -> None:
    code, params = code_of(lambda: keep(reason=NAMED))
    assert (code, params["kinds"]) == ("persons", ("name", "phone"))
    assert code_of(lambda: keep(reason=NAMED, confirmed=True))[0] == "persons"
    assert code_of(lambda: keep(reason=NAMED, why_kept="Nodig"))[0] == "persons"
    row = keep(reason=NAMED, why_kept="De melder wil teruggebeld worden", confirmed=True)
    assert (row.leads, row.state) == (["name", "phone"], SignalState.CHECK)
    assert not Signal.objects.exclude(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"purpose": " "}, "empty"), ({"source": "closed"}, "source"), ({"keep_until": date(2026, 11, 25)}, "retention"),
        ({"keep_until": date(2028, 1, 1)}, "retention"),
    ],
)  # fmt: skip
def test_what_is_refused(keep: Make, fields: dict[str, Any], code: str) -> None:
    assert code_of(lambda: keep(**fields))[0] == code


def test_time_erases_the_text_and_leaves_that_it_was(organisation: Organisation, keep: Make) -> None:
    row = keep()
    kept = row.digest
    assert signals.erase_due(at=NOW + timedelta(days=14)) == 0  # its last day
    assert signals.erase_due(at=AFTER) == 1
    assert signals.erase_due(at=AFTER) == 0
    row.refresh_from_db()
    assert (row.reason, row.purpose, row.salt, row.digest) == ("", "", "", kept)
    assert row.erased_at == AFTER
    held = verify_order(organisation)
    assert (held.faulty, held.uncovered) == ([], [])
    entry = Entry.objects.filter(act="order.signal_erased").get()
    assert (entry.actor, entry.person) == ("tick", None)


def test_the_trail_never_holds_the_text_nor_what_it_can_be_guessed_by(keep: Make, does: Make) -> None:
    row = keep(reason="Marktplein")
    signals.check(row, agreed=False, advice="Te ruim", **does("privacy_officer"))
    told = str(list(Entry.objects.values_list("detail", flat=True)))
    assert "Marktplein" not in told
    assert "Te ruim" not in told
    assert digest("", ["Marktplein"]) not in told
    assert mark(row.digest) in told


def test_a_text_that_was_altered_is_seen(organisation: Organisation, keep: Make) -> None:
    row = keep()
    Signal.objects.filter(pk=row.pk).update(reason="Iets anders")
    assert [(each.table, each.columns) for each in verify_order(organisation).faulty] == [("order_signal", ("texts",))]


def test_what_is_erased_stays_so(keep: Make, does: Make) -> None:
    row = signals.erase(keep(), **does())
    assert code_of(lambda: signals.erase(row, **does()))[0] == "gone"
    assert code_of(lambda: signals.check(row, agreed=True, advice="", **does("privacy_officer")))[0] == "gone"
