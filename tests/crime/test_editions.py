"""Tables that are brought: whole or not at all, once, in the trail, found when altered; and the picture that comes of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.apps.crime.models.figures import AreaName, Edition, Figure
from dijkwacht.apps.crime.queries import figures
from dijkwacht.apps.crime.queries.picture import Where, picture_of, span
from dijkwacht.apps.crime.queries.verify import verify_crime
from dijkwacht.apps.crime.services import editions, open_data, own
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.crime.intervals import Change
from dijkwacht.core.crime.periods import parse_period
from dijkwacht.core.crime.picture import Against, Step, Why, size_of
from tests.adapters.cbs.made import V3, v3, v3_row, v4
from tests.crime.tables import TOWNS, people, police, victims
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = Where({Step.MUNICIPALITY: "GM9901", Step.TEAM: "BT9901"}, "Town", 21_000)


# -- bringing --------------------------------------------------------------------------------------------
def test_a_table_comes_in_whole_and_once(
    organisation: Organisation, does: dict[str, Any], tmp_path: Path, other_organisation: Organisation
) -> None:
    found = editions.read(v3(tmp_path / "a"))
    row, again = editions.bring(organisation, found, fetched_on=TODAY, name="a", **does)
    assert (again, row.rows, row.suppressed, row.newest) == (False, 4, 1, "2025MM02")
    assert list(AreaName.objects.values_list("code", "name")) == [("GM9901", "Dijkstad (verzonnen)")]
    entry = Entry.objects.get(act="crime.edition_brought")
    assert (entry.organisation, entry.detail["table"]) == (organisation, "47022NED")
    same, again = editions.bring(other_organisation, found, fetched_on=TODAY, name="b", **does)
    assert (same, again, Figure.objects.count(), Edition.objects.count()) == (row, True, 4, 1)
    assert Entry.objects.filter(act="crime.edition_brought").count() == 1
    assert not verify_crime(organisation).faulty


def test_what_is_altered_behind_the_trail_is_found(organisation: Organisation, brought: Any, tmp_path: Path) -> None:
    row = brought(v3(tmp_path / "a"))
    Figure.objects.filter(edition=row, value=12).update(value=13)
    (faulty,) = verify_crime(organisation).faulty
    assert (faulty.table, faulty.columns) == ("crime_edition", ("figures",))


def test_the_newest_is_shown_and_a_wrong_one_is_withdrawn(
    organisation: Organisation, brought: Any, does: dict[str, Any]
) -> None:
    first = brought(police({"GM9901": 5}), fetched_on=TODAY.replace(day=1))
    second = brought(police({"GM9901": 6}))
    invented = brought(police({"GM9901": 7}), made_up=True)
    assert figures.current()["47022NED"] == second
    changed = editions.differences(editions.read(police({"GM9901": 7, "GM9902": 1}, months=24)))
    assert (changed.new, changed.other, changed.gone) == (24, 23, 1)
    with pytest.raises(Refused) as caught:
        editions.withdraw(second, because=" ", **does)
    assert caught.value.code == "empty"
    editions.withdraw(second, because="Wrong region", **does)
    assert figures.current()["47022NED"] == first
    with pytest.raises(Refused) as caught:
        editions.withdraw(second, because="Again", **does)
    assert caught.value.code == "gone"
    editions.withdraw(first, because="Old", **does)
    assert figures.current()["47022NED"] == invented  # only where there is no other
    anew = brought(police({"GM9901": 6}))  # the same figures may come in again once they were withdrawn
    assert anew.pk != second.pk
    assert not verify_crime(organisation).faulty


def test_a_table_is_not_fetched_tomorrow(organisation: Organisation, does: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        editions.bring(
            organisation, editions.read(v3(tmp_path / "a")), fetched_on=TODAY.replace(year=2027), name="a", **does
        )
    assert (caught.value.code, Edition.objects.count()) == ("future", 0)


# -- the picture ------------------------------------------------------------------------------------------
def test_without_any_table_the_country_speaks() -> None:
    found = picture_of(HERE)
    victim = found.survey["victim"]
    assert (victim.area.step, victim.now.value, victim.change) == (Step.COUNTRY, 15.6, Change.LOWER)
    assert found.packed == {"victim", "notified", "declared"}
    assert not found.registered


def test_a_small_municipality_is_not_in_the_survey(brought: Any, tmp_path: Path) -> None:
    shares = {"BT9901": {"2021": (15.0, 12.0, 18.5), "2023": (16.0, 13.0, 19.5)}, "NL01": {"2023": (15.6, 15.4, 15.9)}}
    brought(v4(tmp_path / "a", victims(shares)))
    victim = picture_of(HERE).survey["victim"]
    assert (victim.area.code, victim.why, victim.change) == ("BT9901", Why.TOO_FEW, Change.TOO_SMALL)
    assert picture_of(HERE).survey["declared"].area.step is Step.COUNTRY
    large = picture_of(Where({Step.MUNICIPALITY: "GM9903"}, "Large", 90_000)).survey["victim"]
    assert (large.area.step, large.why) == (Step.COUNTRY, Why.NO_VALUE)


def test_registrations_leave_the_last_month_out_and_keep_empty_apart_from_zero(brought: Any) -> None:
    brought(police({"GM9901": lambda month: None if month % 6 == 0 else 4, "GM9902": 0}))
    brought(people({"GM9901": 20_000, "GM9902": 20_000}))
    found = picture_of(HERE).registered["3.7.4"]
    assert (found.left_out.code, found.now.last.code) == ("2026MM10", "2026MM09")
    assert (found.now.total, found.now.answered, found.now.suppressed) == (40, 10, 2)
    assert found.now.rate is not None
    assert found.now.rate.value == pytest.approx(40 / (20_000 * 10 / 12) * 1000)
    zero = picture_of(Where({Step.MUNICIPALITY: "GM9902"}, "Zero")).registered["3.7.4"]
    assert (zero.now.total, zero.now.suppressed) == (0, 0)


def test_hidden_months_make_no_difference_to_speak_of(brought: Any) -> None:
    hides = {"GM9901": lambda month: None if month % 3 else 40}
    brought(police({**hides, **dict.fromkeys(TOWNS[1:], 5)}))
    brought(people(dict.fromkeys(TOWNS, 30_000)))
    found = picture_of(HERE)
    assert (found.like["3.7.4"].against, found.registered["3.7.4"].change) == (Against.TOO_SMALL, None)
    assert found.registered["3.7.4"].unlike


def test_like_municipalities_are_told_together_and_only_when_enough(brought: Any) -> None:
    brought(police({"GM9901": 40, **dict.fromkeys(TOWNS[1:], 5), "GM0001": 900}))
    brought(people({**dict.fromkeys(TOWNS, 30_000), "GM0001": 800_000}))
    like = picture_of(HERE).like["3.7.4"]
    assert (like.n, like.against) == (7, Against.HIGHER)
    alone = picture_of(Where({Step.MUNICIPALITY: "GM0001"}, "Large")).like["3.7.4"]
    assert (alone.n, alone.against, alone.middle) == (0, Against.TOO_FEW, None)


def test_the_files_say_the_same_and_suppressed_is_empty(brought: Any) -> None:
    brought(police({"GM9901": None}))
    data = open_data.data_of(picture_of(HERE))
    assert data["registered"]["3.7.4"]["now"]["total"] is None
    assert json.loads(open_data.as_json(data)) == json.loads(json.dumps(data))
    lines = open_data.as_csv(data).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("kind;what;area")
    assert next(line for line in lines if line.startswith("registered")).split(";")[5] == ""


def test_a_name_that_looks_like_a_formula_is_harmless_in_a_file() -> None:
    found = picture_of(Where({Step.MUNICIPALITY: "GM9901"}, "=HYPERLINK(1)", 5))
    told = open_data.as_csv(open_data.data_of(found) | {"local": [
        {"source": "=1+1", "period": "2026JJ00", "phenomenon": "phishing", "count": 5, "fewer_than": None, "made_up": False}
    ]})  # fmt: skip
    assert ";=HYPERLINK" not in told.decode()
    assert ";=1+1" not in told.decode()


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
@settings(deadline=None)
def test_size_rises_with_inhabitants(one: int, other: int) -> None:
    sizes = (20_000, 50_000, 100_000)
    assert (size_of(one, sizes) <= size_of(other, sizes)) or one > other


def test_a_span_is_twelve_months() -> None:
    found = span(parse_period("2025MM11"))
    assert (len(found), found[-1].code) == (12, "2026MM10")


# -- where, and own counts ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "code", "field"),
    [({}, "empty", "municipality"), ({"municipality": "BT9901"}, "code", "municipality"),
     ({"municipality": "GM\u06629901"}, "code", "municipality"), ({"municipality": "GM9901", "team": "=1"}, "code", "team")],
)  # fmt: skip
def test_what_is_no_place(organisation: Organisation, does: dict[str, Any], said: Any, code: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        own.choose_place(organisation, said, **does)
    assert (caught.value.code, caught.value.params["field"]) == (code, field)


COUNTS = b"bron;periode;fenomeen;aantal\nBalie;2026-09;phishing;12\nBalie;2026-09;hacken;2\nBalie;2026-08;hacken;0\n"


def test_small_counts_are_never_kept(organisation: Organisation, does: dict[str, Any]) -> None:
    row = own.take_over(organisation, COUNTS, name="a.csv", **does)
    assert row.counts == [
        ["Balie", "2026MM09", "phishing", 12],
        ["Balie", "2026MM09", "hacking", None],
        ["Balie", "2026MM08", "hacking", 0],
    ]
    with pytest.raises(Refused) as caught:
        own.take_over(organisation, COUNTS, name="a.csv", **does)
    assert caught.value.code == "again"
    own.withdraw_counts(row, **does)
    with pytest.raises(Refused) as caught:
        own.withdraw_counts(row, **does)
    assert caught.value.code == "gone"
    assert own.take_over(organisation, COUNTS, name="a.csv", **does).pk != row.pk
    assert not verify_crime(organisation).faulty


def test_a_file_with_one_wrong_row_brings_nothing(organisation: Organisation, does: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        own.take_over(organisation, COUNTS + b"Balie;2026-13;phishing;9\n", name="a.csv", **does)
    assert caught.value.code == "wrong"
    assert not Entry.objects.filter(act="crime.counts_brought").exists()


def test_a_moment_that_is_kept_is_the_moment_of_the_deed(brought: Any) -> None:
    row = brought(json.dumps({"odata.metadata": V3 + "x", "value": [v3_row(1, "GM1234", "2025MM01", 1)]}).encode())
    assert row.at == NOW
