"""What warnings ask on Today, of whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import Handled, Warned
from dijkwacht.apps.advisories.services import handling
from dijkwacht.apps.advisories.services.handling import Said
from dijkwacht.apps.people.models import Organisation, Person
from tests.advisories.handled import given_warning
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
HERE = "/o/dijkstad/"
DAY = timedelta(days=1)


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    return given_warning(served, register, receive, analyst)


def asked(people: Any, role: str = "ciso") -> tuple[Any, Any]:
    page = people.browser(role).get(HERE)
    return page, page.context["day"].warnings


def test_nothing(people: Any, served: Organisation) -> None:
    page, found = asked(people)
    assert not found.any
    assert 'id="warnings"' not in page.content.decode()


def test_what_nobody_saw(people: Any, warned: Any, does: Any) -> None:
    row = warned()
    page, found = asked(people)
    assert ([each.warning for each in found.unseen], found.unseen_count) == ([row], 1)
    text = page.content.decode()
    assert "1 warning that nobody has seen" in text
    assert f"/waarschuwingen/{row.pk}/" in text
    handling.see(row, **does())
    assert not asked(people)[1].any


def test_an_accepted_risk_that_ends(people: Any, warned: Any, does: Any) -> None:
    until = (NOW + 20 * DAY).date()
    handling.mark_all(warned(), Said("accepted", because="Later", decided=people("ciso"), until=until), **does())
    assert not asked(people)[1].any
    Handled.objects.update(until=until - 8 * DAY)
    page, found = asked(people)
    assert [last for _each, last in found.ending] == [until - 8 * DAY]
    assert "1 accepted risk that ends" in page.content.decode()
    Handled.objects.update(until=NOW.date() - DAY)
    assert not asked(people)[1].ending


def test_of_a_colleague_only_when_it_is_too_late(people: Any, warned: Any, does: Any) -> None:
    row = warned(kans="high", at=NOW - 5 * DAY)
    handling.give(row, handler=people("process_owner"), **does(at=NOW - 5 * DAY))
    assert not asked(people)[1].any
    page, found = asked(people, "process_owner")
    assert ([each.tone for each in found.weeks], found.late) == (["soon"], 0)
    assert "1 warning of which the week ends" in page.content.decode()
    Warned.objects.update(due_at=NOW - DAY)
    page, found = asked(people)
    assert ([each.tone for each in found.weeks], found.late) == (["late"], 1)
    assert "1 warning of which the week has passed" in page.content.decode()


def test_what_should_be_in_writing_by_now(people: Any, warned: Any, does: Any) -> None:
    row = warned(at=NOW - 8 * DAY)
    handling.mark_all(row, Said("done"), **does(at=NOW - 8 * DAY))
    page, found = asked(people)
    assert [each.warning for each in found.assess] == [row]
    assert f"/waarschuwingen/{row.pk}/beoordeling/" in page.content.decode()
    handling.assess(row, text="Gedaan.", **does())
    assert not asked(people)[1].any
    Warned.objects.update(told_at=NOW - 5 * DAY)
    assert not asked(people)[1].any


def test_only_of_what_a_person_may_see_and_handle(people: Any, warned: Any) -> None:
    warned(tlp="AMBER")
    assert asked(people)[1].unseen_count == 1
    assert not asked(people, "process_owner")[1].any
    assert not asked(people, "auditor")[1].any


def test_of_many_the_first_with_how_many_there_are_more(people: Any, warned: Any) -> None:
    for number in range(7):
        warned(number=f"VB-{number}")
    page, found = asked(people)
    assert (len(found.unseen), found.unseen_count, found.more) == (5, 7, 2)
    assert "2 more warnings ask something" in page.content.decode()
