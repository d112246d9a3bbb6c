"""A STIX 2.1 bundle with sightings, also one as the library of OASIS writes it."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.monitoring import read_report
from dijkwacht.core.monitoring import Alert, Given, Read
from dijkwacht.core.suppliers.assurance import Span

OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))
GIVEN = Given("SOC Voorbeeld", OCTOBER)
AT = datetime(2026, 10, 3, 12, 5, tzinfo=UTC)


def by_the_library() -> dict[str, Any]:
    """An address that was seen on a server of the municipality."""
    maker = stix2.Identity(name="MDR Voorbeeld", identity_class="organization")
    place = stix2.Identity(name="srv-zaken-01", identity_class="system")
    address = stix2.IPv4Address(value="192.0.2.7")
    indicator = stix2.Indicator(
        name="Bekend kwaad adres", pattern="[ipv4-addr:value = '192.0.2.7']", pattern_type="stix", valid_from=AT,
        created_by_ref=maker,
    )  # fmt: skip
    data = stix2.ObservedData(
        first_observed=AT, last_observed=AT, number_observed=1, object_refs=[address], created_by_ref=maker
    )
    sighting = stix2.Sighting(
        sighting_of_ref=indicator, observed_data_refs=[data], where_sighted_refs=[place], first_seen=AT, count=3,
        description="Uitgaand verkeer.", created_by_ref=maker,
    )  # fmt: skip
    whole: dict[str, Any] = json.loads(stix2.Bundle(maker, place, address, indicator, data, sighting).serialize())
    return whole


def read(whole: object, given: Given = GIVEN) -> Read:
    return read_report(json.dumps(whole).encode(), "x", given)


def changed(kind: str, **fields: object) -> dict[str, Any]:
    """The bundle of the library with other fields in its object of this kind; ``...`` takes one away."""
    whole = by_the_library()
    for row in whole["objects"]:
        if row["type"] == kind:
            row.update(fields)
            for name in [name for name, value in fields.items() if value is ...]:
                del row[name]
    return whole


def alert(found: Read) -> Alert:
    assert found.problems == ()
    assert found.report is not None
    return found.report.alerts[0]


def codes(found: Read) -> list[str]:
    assert found.report is None
    return [each.code for each in found.problems]


def test_a_sighting_is_an_alert() -> None:
    whole = by_the_library()
    found = read(whole)
    assert (found.form, found.problems, found.remarks) == ("stix", (), ())
    (sighting,) = [row for row in whole["objects"] if row["type"] == "sighting"]
    assert alert(found) == Alert(
        sighting["id"], AT, "Bekend kwaad adres", None, "srv-zaken-01", "Uitgaand verkeer.",
        indicators=("[ipv4-addr:value = '192.0.2.7']", "192.0.2.7"),
    )  # fmt: skip
    assert found.report is not None
    assert (found.report.service, found.report.period) == ("MDR Voorbeeld", OCTOBER)


def test_the_period_has_to_be_given_and_the_service_when_nobody_signs() -> None:
    assert codes(read(by_the_library(), Given())) == ["no_period"]
    found = read(changed("sighting", created_by_ref=...))
    assert found.report is not None
    assert found.report.service == "SOC Voorbeeld"


def test_the_moment_by_what_it_is_worth() -> None:
    later = "2026-10-04T08:00:00Z"
    assert alert(read(changed("sighting", first_seen=..., last_seen=later))).at == AT  # of the observed data
    found = read(changed("sighting", first_seen=..., last_seen=later, observed_data_refs=...))
    assert alert(found).at == datetime(2026, 10, 4, 8, tzinfo=UTC)
    found = read(changed("sighting", first_seen=..., observed_data_refs=..., created=later))
    assert alert(found).at == datetime(2026, 10, 4, 8, tzinfo=UTC)
    assert [each.code for each in found.remarks] == ["moment_of_writing"]
    assert codes(read(changed("sighting", first_seen=..., observed_data_refs=..., created=...))) == ["field_missing"]
    assert codes(read(changed("sighting", first_seen="2026-10-03T12:05:00"))) == ["no_zone"]


def test_what_is_referred_to_and_not_there_is_told() -> None:
    whole = by_the_library()
    whole["objects"] = [row for row in whole["objects"] if row["type"] == "sighting"]
    found = read(whole)
    assert alert(found).title.startswith("indicator--")
    assert [each.code for each in found.remarks] == ["reference_missing"] * 3


def test_the_latest_edition_counts_and_what_was_withdrawn_does_not() -> None:
    whole = by_the_library()
    (sighting,) = [row for row in whole["objects"] if row["type"] == "sighting"]
    newer = {**sighting, "modified": "2030-01-01T00:00:00.000Z", "description": "Toch niet."}
    for objects in ([*whole["objects"], newer], [newer, *whole["objects"]], [*whole["objects"], sighting, newer]):
        assert alert(read({**whole, "objects": objects})).what == "Toch niet."
    assert codes(read({**whole, "objects": [*whole["objects"], {**sighting, "description": "Anders."}]})) == [
        "alert_differs"
    ]
    found = read({**whole, "objects": [*whole["objects"], {**newer, "revoked": True}]})
    assert codes(found) == ["no_sightings"]
    assert [each.code for each in found.remarks] == ["sighting_withdrawn"]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ({"type": "bundle"}, "no_sightings"),
        ({"type": "bundle", "objects": []}, "no_sightings"),
        ({"type": "bundle", "objects": [1]}, "not_a_stix_object"),
        ({"type": "bundle", "objects": [{"type": "sighting"}]}, "not_a_stix_object"),
        ({"type": "bundle", "objects": [{"type": "sighting", "id": "sighting--1"}]}, "field_missing"),
        ({"type": "bundle", "objects": [{}] * 50_001}, "too_many_alerts"),
        (changed("sighting", observed_data_refs="x"), "not_text"),
        (changed("sighting", where_sighted_refs=["x"] * 201), "too_many_names"),
        (changed("indicator", name="Muis\u202e"), "odd_characters"),
    ],
)
def test_bundles_that_are_no_report(whole: object, expected: str) -> None:
    assert codes(read(whole)) == [expected]


def test_a_web_of_references_ends_somewhere() -> None:
    names = [f"observed-data--{n}" for n in range(200)]
    data = [
        {"type": "observed-data", "id": name, "first_observed": "2026-10-03T12:00:00Z", "object_refs": names}
        for name in names
    ]
    seen = [
        {"type": "sighting", "id": f"sighting--{n}", "sighting_of_ref": names[0], "observed_data_refs": names,
         "first_seen": "2026-10-03T12:00:00Z"}
        for n in range(500)
    ]  # fmt: skip
    found = read({"type": "bundle", "objects": [*data, *seen]})
    assert found.report is not None
    assert len(found.report.alerts) == 500


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["type", "id", "at", "title", "alerts", "objects", "period", "first", "last", "sources",
        "sighting_of_ref",
                         "observed_data_refs", "first_seen", "handled", "closed_at", "indicators", "severity", "zone"]),
        inner | st.sampled_from(["sighting", "2026-10-03T12:00:00Z", "2026-10-03", "bundle"]), max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(VALUES, st.sampled_from(["alerts", "objects", "period", "sources", "zone", "service"]), st.booleans())
def test_json_of_any_shape_gives_a_report_or_problems(value: object, key: str, bundle: bool) -> None:
    found = read({**({"type": "bundle"} if bundle else {"alerts": []}), key: value})
    assert (found.report is None) == bool(found.problems)
