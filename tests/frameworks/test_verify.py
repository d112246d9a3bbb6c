"""`dijkwacht trail verify` over what was brought in: whatever somebody did to it is named."""

import json

import pytest
from django.apps import apps

from dijkwacht.apps.frameworks.marks import LINE, TABLES
from dijkwacht.apps.frameworks.models import Brought, Framework, Line, MappingSet, OwnText, TextSet
from dijkwacht.apps.frameworks.queries.verify import verify_frameworks
from dijkwacht.apps.frameworks.services import bringing, choosing
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.held_marks import Uncovered
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.commands.verifying import TABLES as WORDS
from dijkwacht.commands.verifying import verify
from dijkwacht.core.framework import link_key
from tests.adapters.oscal import made
from tests.frameworks.conftest import CATALOG, MAPPING
from tests.ledger.small import TODAY
from tests.tampering import gone_and_put_there, unseen

TEXTS = ("eigen.csv", b"nummer;titel;tekst\n1;Beleid;Onze eigen tekst\n2;MFA;Nog een\n")


@pytest.fixture
def busy(bring, organisation, ciso, at):
    """At least one row in every table; the catalog followed by a next version, the mapping moved along with it."""
    bring(CATALOG, MAPPING)
    mapping = MappingSet.objects.get()
    choosing.choose(
        organisation,
        mapping,
        [link_key(mapping.read_maps[1])],
        counts=False,
        why="Te ruim",
        person=ciso,
        on=TODAY,
        at=at,
    )
    bring(TEXTS, norm="bio2")
    bring(("eigen.csv", TEXTS[1].replace(b"Nog", b"Weer")), norm="bio2")
    later = made.catalog()
    later["catalog"]["metadata"]["version"] = "2"
    bring(("catalog.json", json.dumps(later).encode()))
    assert Framework.objects.filter(ended_at__isnull=False).count() == 1


def test_what_the_verbs_leave_is_what_the_trail_says(organisation, busy, ciso, at) -> None:
    assert verify_frameworks(organisation).faulty == []
    for model in (MappingSet, TextSet, Framework):
        thing = model.objects.filter(ended_at__isnull=True).get()
        bringing.remove(organisation, thing, person=ciso, on=TODAY, at=at)
    held = verify_frameworks(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_every_table_of_the_room_is_told_of() -> None:
    assert {each.model for each in TABLES} | {Line, OwnText} == set(apps.get_app_config("frameworks").get_models())
    assert {each.name for each in Line._meta.concrete_fields} == {"id", "framework", *LINE}
    assert {each.name for each in OwnText._meta.concrete_fields} == {"id", "text_set", "requirement", "title", "text"}
    assert {each.name for each in TABLES} <= set(WORDS)


def test_every_column_of_every_table(organisation, other_organisation, busy) -> None:
    assert unseen(organisation, TABLES, verify_frameworks) == []


@pytest.mark.parametrize(("name", "other"), [
    ("title", "x"), ("text", "x"), ("group", "x"), ("number", "x"), ("key", "x"), ("parent", "x"), ("position", 99),
    ("withdrawn", True),
])  # fmt: skip
def test_a_line_is_marked_with_its_framework(organisation, busy, name, other) -> None:
    line = Line.objects.order_by("-pk").first()
    Line.objects.filter(pk=line.pk).update(**{name: other})
    (found,) = verify_frameworks(organisation).faulty
    assert (found.table, found.row, found.columns) == ("framework", str(line.framework_id), ("lines",))


def test_a_text_is_marked_with_its_copy(organisation, busy, at) -> None:
    text = OwnText.objects.order_by("-pk").first()
    OwnText.objects.filter(pk=text.pk).update(text="Iets anders")
    (found,) = verify_frameworks(organisation).faulty
    assert (found.table, found.row, found.columns) == ("text_set", str(text.text_set_id), ("texts",))
    lines = verify(organisation, on=TODAY, at=at).lines
    assert any(
        f"copy of texts {text.text_set_id} is not what the trail says (altered: texts)" in each for each in lines
    )


def test_a_row_that_is_gone_and_one_that_nobody_made(organisation, busy) -> None:
    gone_and_put_there(organisation, MappingSet.objects.last(), "mapping_set", verify_frameworks)


def test_rows_from_before_are_counted(organisation, ciso, at, bring) -> None:
    detail = {"day": TODAY, "files": []}
    record(organisation, person=ciso, act="frameworks.brought", about="brought:1", detail=detail, at=at)
    Brought.objects.create(organisation=organisation, act=1, at=at, person=ciso, files=[])
    bring(CATALOG)
    held = verify_frameworks(organisation)
    assert (held.faulty, held.uncovered) == ([], [Uncovered("brought", 1)])
    Framework.objects.update(title="x")
    (found,) = verify_frameworks(organisation).faulty
    assert (found.columns, found.fault) == (("title",), Fault.ALTERED)
    assert Entry.objects.count() > 1
