"""The register of municipalities: all rows or none, the same twice is the same, and errors name row and column."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import dijkwacht.norms
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.people.register import RegisterError, read
from dijkwacht.apps.people.services import Imported, import_municipalities
from dijkwacht.apps.trail.models import Entry

FILE = Path(dijkwacht.norms.__file__).parent / "data" / "municipalities.csv"


def row(**cells):
    return {
        "cbs_code": "GM9001", "name": "Dijkstad", "province": "Utrecht", "veiligheidsregio": "VR Midden",
        "inhabitants": "41000", **cells,
    }  # fmt: skip


def test_the_whole_register_goes_in_and_stays_the_same(db):
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert import_municipalities(rows) == Imported(added=342, changed=0, unchanged=0)
    before = list(Organisation.objects.order_by("pk").values())
    with CaptureQueriesContext(
        connection,
    ) as queries_made:
        assert import_municipalities(rows) == Imported(added=0, changed=0, unchanged=342)
    assert len(queries_made) <= 5
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert len({each["slug"] for each in before}) == 342
    assert not Role.objects.exists()
    assert not Entry.objects.exists()
    bergen = Organisation.objects.get(slug="bergen-nh")
    assert (bergen.name, bergen.kind, bergen.tooi_code) == ("Bergen (NH.)", "municipality", bergen.cbs_code.lower())


def test_a_newer_register_changes_what_it_holds_and_never_the_slug(db):
    import_municipalities([row()])
    assert import_municipalities([row(name="Dijkdorp", inhabitants="")]) == Imported(0, 1, 0)
    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.name, organisation.inhabitants) == ("dijkstad", "Dijkdorp", None)


def test_a_name_that_is_taken_gets_the_code_behind_it(organisation):
    import_municipalities([row(), row(cbs_code="GM9002")])
    assert set(Organisation.objects.values_list("slug", flat=True)) == {
        "dijkstad",
        "dijkstad-gm9001",
        "dijkstad-gm9002",
    }


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"cbs_code": "0344"}, "row 3, column cbs_code"),
        ({"cbs_code": "gm0344"}, "row 3, column cbs_code"),
        ({"cbs_code": None}, "row 3, column cbs_code"),
        ({"cbs_code": "GM9001"}, "GM9001 occurs twice"),
        ({"name": " "}, "row 3, column name"),
        ({"name": "()"}, "row 3, column name"),
        ({"inhabitants": "veel"}, "row 3, column inhabitants"),
        ({"inhabitants": "-1"}, "row 3, column inhabitants"),
        ({"inhabitants": "1e3"}, "row 3, column inhabitants"),
        ({"inhabitants": "²"}, "row 3, column inhabitants"),
        ({"inhabitants": "99999999999"}, "row 3, column inhabitants"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(db, settings, cells, said):
    with pytest.raises(RegisterError, match=said):
        import_municipalities([row(), row(**{"cbs_code": "GM9002", **cells})])
    assert not Organisation.objects.exists()


def test_a_row_without_the_columns_is_refused():
    with pytest.raises(RegisterError, match="cbs_code"):
        read([{"code": "GM9001"}])
