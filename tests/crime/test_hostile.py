"""What others do to figures that all share: tables of tomorrow, two at once, totals that give small numbers away."""

from typing import Any

import pytest

from dijkwacht.apps.crime.models.figures import Edition, Figure
from dijkwacht.apps.crime.picture_page import answer
from dijkwacht.apps.crime.queries.picture import Where, picture_of
from dijkwacht.apps.crime.queries.verify import verify_crime
from dijkwacht.apps.crime.services import editions, own
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.crime.picture import Step
from tests.crime.tables import people, police
from tests.house_people import TODAY

pytestmark = pytest.mark.django_db


def test_a_table_does_not_tell_of_the_time_after_it_was_fetched(
    organisation: Organisation, does: dict[str, Any]
) -> None:
    """With one month of 2099 the newest month would be there, and the picture of everybody empty."""
    ahead = editions.read(people({"GM9901": 20_000}, year=2099))
    with pytest.raises(Refused) as caught:
        editions.bring(organisation, ahead, fetched_on=TODAY, name="a", **does)
    assert (caught.value.code, Edition.objects.count()) == ("ahead", 0)


def test_of_two_that_bring_the_same_at_once_the_later_finds_it_there(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = editions.read(police({"GM9901": 5}))
    first, _again = editions.bring(organisation, found, fetched_on=TODAY, name="a", **does)
    seen = iter([None, first])  # it was not there yet when the second looked
    monkeypatch.setattr(editions, "_there", lambda _row: next(seen))
    row, again = editions.bring(other_organisation, found, fetched_on=TODAY, name="b", **does)
    assert (row, again, Edition.objects.count()) == (first, True, 1)
    assert Figure.objects.count() == first.rows
    assert Entry.objects.filter(act="crime.edition_brought").count() == 1


def test_every_altered_figure_is_found(organisation: Organisation, brought: Any) -> None:
    brought(police({"GM9901": lambda month: None if month % 5 == 0 else 4}))
    assert not verify_crime(organisation).faulty
    hidden = Figure.objects.filter(value=None).first()
    assert hidden is not None
    Figure.objects.filter(pk=hidden.pk).update(value=0)  # suppressed made zero
    assert [each.columns for each in verify_crime(organisation).faulty] == [("figures",)]
    Figure.objects.filter(pk=hidden.pk).update(value=None)
    Figure.objects.filter(area="GM9901").last().delete()  # type: ignore[union-attr]
    assert verify_crime(organisation).faulty


def test_a_code_that_vanished_is_told(brought: Any) -> None:
    brought(police({"GM9901": 4}))
    assert "GM1234" in answer(picture_of(Where({Step.MUNICIPALITY: "GM1234"}, "Merged")))


MONTHS = b"bron;periode;fenomeen;aantal\nBalie;2026-07;phishing;5\nBalie;2026-08;phishing;5\nBalie;2026-09;phishing;2\n"
QUARTER = b"bron;periode;fenomeen;aantal\nbalie;Q3 2026;phishing;12\n"


def test_a_total_in_another_file_gives_no_small_number_away(organisation: Organisation, does: dict[str, Any]) -> None:
    row = own.take_over(organisation, MONTHS, name="a.csv", **does)
    with pytest.raises(Refused) as caught:
        own.take_over(organisation, QUARTER, name="b.csv", **does)
    assert caught.value.code == "revealing"
    own.withdraw_counts(row, **does)
    own.take_over(organisation, QUARTER, name="b.csv", **does)
    with pytest.raises(Refused):
        own.take_over(organisation, MONTHS, name="a.csv", **does)
