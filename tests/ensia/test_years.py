"""Opening a year, handing in its lines, closing it."""

from datetime import date

import pytest

from dijkwacht.apps.ensia.models import Term, Year
from dijkwacht.apps.ensia.queries.done import lines_done
from dijkwacht.apps.ensia.services import years
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms.read import ensia_lines
from tests.ensia.conftest import OPENED, TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}


def refused(verb, *args, **fields):
    with pytest.raises(Refused) as found:
        verb(*args, **fields)
    return found.value.code


def test_opening_fixes_the_terms_and_tells_the_trail(year, organisation):
    terms = {term.key: (term.on, term.remind_at) for term in Term.objects.filter(year=year)}
    assert terms["self-assessment"] == (date(2026, 12, 31), date(2026, 11, 1))
    assert terms["opening"] == (date(2026, 7, 1), None)
    assert terms["hand-in"] == (date(2027, 4, 30), date(2027, 3, 1))
    entry = Entry.objects.get(organisation=organisation, act="ensia.opened")
    assert (entry.about, entry.detail["coordinator"]) == ("ensia:2026", year.coordinator_id)


@pytest.mark.parametrize(("which", "code"), [(2026, "open"), (2027, "year"), (2016, "year")])
def test_a_year_opens_once_and_never_before_it_began(year, organisation, keeper, which, code):
    before = Entry.objects.count()
    assert refused(years.open_year, organisation, year=which, person=keeper, **NOW) == code
    assert (Year.objects.count(), Entry.objects.count()) == (1, before)


def test_a_coordinator_works_here(organisation, keeper, make_person):
    stranger = make_person()
    assert refused(years.open_year, organisation, year=2026, person=keeper, coordinator=stranger, **NOW) == "colleague"


def test_closing_needs_a_reason_while_lines_are_left(year, keeper, organisation):
    assert refused(years.close_year, year, person=keeper, **NOW) == "reason"
    years.close_year(year, person=keeper, reason="Handed in through the portal", **NOW)
    entry = Entry.objects.get(organisation=organisation, act="ensia.closed")
    assert len(entry.detail["left"]) == len(ensia_lines())
    assert not Term.objects.filter(year=year, remind_at__isnull=False).exists()
    assert refused(years.close_year, year, person=keeper, reason="again", **NOW) == "closed"
    assert refused(years.hand_in, year, line="BIO", person=keeper, **NOW) == "closed"


def test_closing_needs_no_reason_when_everything_was_handed_in(year, keeper):
    for line in ensia_lines():
        years.hand_in(year, line=line["line"], person=keeper, **NOW)
    assert years.close_year(year, person=keeper, **NOW).closed_on == TODAY


def test_a_line_is_handed_in_once_and_can_be_taken_back(year, keeper):
    years.hand_in(year, line="BAG", person=keeper, note="portal", **NOW)
    assert lines_done(year) == {"BAG"}
    assert refused(years.hand_in, year, line="BAG", person=keeper, **NOW) == "handed_in"
    assert refused(years.hand_in, year, line="nonsense", person=keeper, **NOW) == "line"
    years.take_back_hand_in(year, line="BAG", person=keeper, **NOW)
    assert lines_done(year) == frozenset()
    assert refused(years.take_back_hand_in, year, line="BAG", person=keeper, **NOW) == "not_handed_in"


def test_who_keeps_the_year_going_can_change(year, keeper, ciso):
    assert years.coordinate(year, coordinator=ciso, person=keeper, **NOW).coordinator == ciso
    entry = Entry.objects.get(act="ensia.coordinated")
    assert (entry.detail["before"], entry.detail["after"]) == (keeper.pk, ciso.pk)
    assert OPENED.isoformat() in str(Entry.objects.get(act="ensia.opened").detail)


def test_a_signed_statement_makes_a_line_done(year, ciso, organisation, monkeypatch):
    """A statement in force with a signature counts; one without, or withdrawn, does not."""
    from dijkwacht.apps.ensia.queries import done

    class Rows(list):
        def exclude(self, **fields):
            assert fields == {"signer_role": ""}
            return self

        def values_list(self, *columns):
            return [("ensia-council", organisation.slug, date(2026, 12, 31)), ("digid-annex", "digid-1", TODAY)]

    class Manager:
        def filter(self, **fields):
            assert (fields["on__year"], fields["state"]) == (2026, "frozen")
            return Rows()

    monkeypatch.setattr(done.Statement, "objects", Manager())
    assert done.signed_lines(year) == {"BIO", "DigiD"}  # no connection is registered, so none is missing
