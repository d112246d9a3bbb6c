"""What the register of warnings says in the ledger (BIO2 8.08.01; Cbw 21: targeted warnings assessed in writing)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import Service, Touched, Warned, WarningEvent
from dijkwacht.apps.advisories.services import handling, settling
from dijkwacht.apps.advisories.services.handling import Said
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.warning_facts import ASSESSED, IN_WEEK
from dijkwacht.core.facts import NOTHING_HAPPENED
from dijkwacht.web.speakers import speaker
from tests.advisories.handled import given_warning
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO = date(2026, 1, 1)
SOON, PAST = NOW + 2 * DAY, NOW + 9 * DAY


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    return given_warning(served, register, receive, analyst)


def said(organisation: Organisation, at: Any) -> tuple[Any, Any]:
    found = settling.say(organisation, at=at)
    return found.get(IN_WEEK), found.get(ASSESSED)


def test_who_does_not_use_it_says_nothing(organisation: Organisation) -> None:
    assert settling.say(organisation, at=NOW) == {}
    assert settling.settle_all(at=NOW) == 0


def test_a_quiet_quarter_counts_only_when_it_was_watched(served: Organisation) -> None:
    assert said(served, NOW) == (None, None)  # warned since today
    Service.objects.update(since=LONG_AGO)
    week, written = said(served, NOW)
    assert (set(week), set(written)) == ({NOTHING_HAPPENED}, {NOTHING_HAPPENED})


def test_in_time_and_in_writing(served: Organisation, warned: Any, does: Any) -> None:
    row = warned(kans="high")
    assert said(served, SOON) == (None, None)  # the week runs still
    handling.assess(row, text="Morgen.", **does())
    handling.mark_all(row, Said("done"), **does(at=SOON))
    assert said(served, SOON) == (100, True)
    assert said(served, PAST) == (100, True)


def test_too_late_and_not_written(served: Organisation, warned: Any, does: Any) -> None:
    row = warned(kans="high")
    assert said(served, PAST) == (0, False)
    handling.mark_all(row, Said("done"), **does(at=PAST))
    assert said(served, PAST) == (0, False)


def test_an_accepted_risk_is_not_finished(served: Organisation, warned: Any, does: Any, people: Any) -> None:
    row = warned(kans="high")
    accepted = Said("accepted", because="x", decided=people("college"), until=TODAY + 90 * DAY)
    handling.mark_all(row, accepted, **does())
    assert said(served, PAST)[0] == 0
    handling.mark_all(row, Said("done"), **does(at=PAST))
    assert said(served, PAST)[0] == 0  # done too late, whenever it was accepted


def test_a_new_task_is_a_telling_of_its_own(served: Organisation, warned: Any, does: Any, receive: Any) -> None:
    row = warned(kans="high")
    handling.assess(row, text="x", **does())
    handling.mark_all(row, Said("done"), **does(at=SOON))
    receive(version="2", kans="high", fix="Installeer 3.2.1.", at=PAST)
    first, second = settling.tellings(Warned.objects.get())
    assert (first.told_at, first.asks_week, first.week_end, first.finished_at) == (NOW, True, NOW + 7 * DAY, SOON)
    assert (second.told_at, second.week_end, second.finished_at) == (PAST, PAST + 7 * DAY, None)
    assert (first.assessed_at, second.assessed_at) == (NOW, None)
    assert said(served, PAST + 9 * DAY) == (50, False)


def test_what_lapsed_within_its_week_does_not_count_and_what_was_done_before_does(
    served: Organisation, warned: Any, register: Any, does: Any
) -> None:
    warned(kans="high")
    register(("Zaakzicht", "Zaaksysteem", "3.2"), at=SOON)
    assert said(served, PAST) == (None, None)
    register(("Zaakzicht", "Zaaksysteem", "3.1"), at=PAST)  # an older one again: a new task
    row = Warned.objects.get()
    assert (row.state, row.todo_at) == ("open", PAST)
    handling.mark_all(row, Said("done"), **does(at=PAST + DAY))
    register(("Zaakzicht", "Zaaksysteem", "3.2"), at=PAST + 2 * DAY)
    assert WarningEvent.objects.filter(kind="task").get().finished_at == PAST + DAY
    assert said(served, PAST + 9 * DAY)[0] == 100


def test_told_to_the_ledger_once_and_again_after_a_week(served: Organisation, warned: Any, does: Any) -> None:
    row = warned(kans="high")
    handling.assess(row, text="x", **does())
    handling.mark_all(row, Said("done"), **does())
    assert settling.settle_all(at=SOON) == 1
    assert settling.settle_all(at=SOON) == 0
    found = dict(Fact.objects.filter(said_by="advisories").values_list("fact_type", "value"))
    assert found == {IN_WEEK: 100, ASSESSED: True}
    assert speaker("advisories") == "Dijkwacht (security advisories)"
    assert settling.settle_all(at=PAST) == 1


def test_of_another_organisation_nothing(served: Organisation, warned: Any, other_organisation: Organisation) -> None:
    warned(kans="high")
    assert Touched.objects.exists()
    assert settling.say(other_organisation, at=PAST) == {}
